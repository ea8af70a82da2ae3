"""Whether the person at a microphone speaks, or somebody else is heard in it. Decides nothing about the floor."""

from dataclasses import dataclass

import numpy as np

from director_app.core.canvas import EVIDENCE_HOP_S
from director_app.speech.calibration import Calibration, CalibrationSettings, Calibrator, Matrix
from director_app.speech.gain_control import GainControlWatch
from director_app.speech.gate import Fired, VoiceShare
from director_app.speech.levels import (
    SILENT_DB,
    LevelFlux,
    Levels,
    NoiseFloor,
    SmoothLevel,
    decibels,
    one_pole,
    smoothing,
)
from director_app.speech.moments import Flags, Moments


@dataclass(frozen=True, slots=True)
class OwnSpeechSettings:
    """voice_share: least share of speech in the last 200 ms. over_floor_db, under_own_db: the level gate: so much
    above the noise floor, or at most so much below the person's usual level. on_db: margin at which own speech
    begins, at most; contrast_share: the same as a share of the expected contrast between two people; least_on_db:
    never less. hysteresis_db: it ends so much lower. margin_smoothing_s: time constant of the margin.
    calibrate_every_hops, moment_every_hops: rhythm of the calibration and of what it learns from.
    flux_memory_s: time constant of the flux the calibration uses.
    With gain control, which makes all microphones equally loud, the margin is made of: controlled_margin times
    itself, and controlled_flux times the flux over the other microphones, for each of controlled_memories_s.
    """

    voice_share: float = 0.2
    over_floor_db: float = 7.0
    under_own_db: float = 16.0
    on_db: float = 3.0
    contrast_share: float = 0.35
    least_on_db: float = 1.5
    hysteresis_db: float = 2.0
    margin_smoothing_s: float = 0.06
    calibrate_every_hops: int = 100
    moment_every_hops: int = 5
    flux_memory_s: float = 0.25
    controlled_margin: float = 0.3
    controlled_memories_s: tuple[float, float] = (0.8, 0.1)
    controlled_flux: tuple[float, float] = (8.0, 2.0)


@dataclass(frozen=True, slots=True)
class Evidences:
    """Every array has the shape (hops, microphones); levels in dBFS, margins in dB."""

    levels: Levels
    floors: Levels
    margins: Levels
    voiced: Flags
    own: Flags


class OwnSpeech:
    """Follows all microphones hop by hop; causal, and independent of how many hops come at a time."""

    def __init__(
        self,
        microphones: int,
        settings: OwnSpeechSettings | None = None,
        calibration: CalibrationSettings | None = None,
        prior: Calibration | None = None,
    ) -> None:
        """prior: what a sound check has found."""
        self._settings = settings or OwnSpeechSettings()
        self._history_s = (calibration or CalibrationSettings()).history_s
        self._level = SmoothLevel()
        self._flux = LevelFlux(self._settings.flux_memory_s, *self._settings.controlled_memories_s)
        self._floor = NoiseFloor(microphones)
        self._share = VoiceShare(microphones)
        self._moments = Moments(microphones)
        self.gain_control = GainControlWatch(microphones)
        self._calibrator = Calibrator(microphones, calibration, prior)
        self._margin = np.zeros(microphones)
        self._on = np.zeros(microphones, bool)
        self._margin_share = smoothing(self._settings.margin_smoothing_s)
        self._hops = 0
        self._use(self._calibrator.result)

    @property
    def calibration(self) -> Calibration:
        """What is known of the microphones now."""
        return self._calibrator.result

    def hear(self, power: Levels, fired: Fired) -> Evidences:
        """power (full scale 1.0) and voice detections of the next hops, shape (hops, microphones)."""
        levels, unsmoothed = self._level.of(power), decibels(power)
        flux = self._flux.of(unsmoothed)
        floors = self._floor.of(levels)
        self.gain_control.hear(unsmoothed, fired)
        shares = self._share.of(fired)
        parts, first = [], 0
        while first < len(levels):
            # A calibration changes what the hops after it mean.
            end = min(len(levels), first + self._until_calibration())
            hops = slice(first, end)
            parts.append(self._follow(levels[hops], floors[hops], shares[hops], flux[:, hops]))
            first = end
        margins, voiced, own = (
            parts[0] if len(parts) == 1 else (np.concatenate(each) for each in zip(*parts, strict=True))
        )
        return Evidences(levels, floors, margins, voiced, own)

    def _until_calibration(self) -> int:
        return self._settings.calibrate_every_hops - self._hops % self._settings.calibrate_every_hops

    def _follow(self, levels: Levels, floors: Levels, shares: Levels, flux: Levels) -> tuple[Levels, Flags, Flags]:
        loud = (levels > floors + self._settings.over_floor_db) | (levels > self._own_gate)
        gates = loud & (shares >= self._settings.voice_share)
        margins = self._margins(levels, floors, flux[1:])
        own = self._states(margins, gates)
        self._remember(levels, flux[0], gates, shares)
        return margins, gates, own

    def _margins(self, levels: Levels, floors: Levels, flux: Levels) -> Levels:
        """Calibrated level over the power sum of noise and every other microphone's voice in this one; smoothed."""
        raw = explained_margins(levels, floors, self._calibrator.result.offsets_db, self._overheard)
        if self.gain_control.since_s is not None:
            raw = controlled_margins(raw, flux, self._settings)
        smooth = one_pole(raw, self._margin_share, self._margin)
        self._margin = smooth[-1]
        return smooth

    def _states(self, margins: Levels, gates: Flags) -> Flags:
        begins = gates & (margins > self._on_db)
        stays = gates & (margins > self._on_db - self._settings.hysteresis_db)
        own = held(begins, stays, self._on)
        self._on = own[-1]
        return own

    def _remember(self, levels: Levels, flux: Levels, gates: Flags, shares: Levels) -> None:
        every = self._settings.moment_every_hops
        for row in range(-self._hops % every, len(levels), every):
            anybody = bool((shares[row] > 0).any())
            self._moments.add((self._hops + row) * EVIDENCE_HOP_S, levels[row], flux[row], gates[row], anybody)
        self._hops += len(levels)
        if self._hops % self._settings.calibrate_every_hops == 0:
            self._moments.forget_before(self._hops * EVIDENCE_HOP_S - self._history_s, most=2000)
            self._use(self._calibrator.solve(self._moments))
            self.gain_control.judge(self._hops * EVIDENCE_HOP_S)

    def _use(self, calibration: Calibration) -> None:
        """Numbers that stay the same until the next calibration."""
        self._own_gate = np.where(
            np.isnan(calibration.own_db),
            np.inf,
            np.maximum(calibration.own_db - self._settings.under_own_db, SILENT_DB),
        )
        self._on_db = contrast_thresholds(calibration, self._settings)
        self._overheard = overheard(calibration)


def held(begins: Flags, stays: Flags, on: Flags) -> Flags:
    """Hysteresis down the rows, shape (hops, microphones); on: the state before them, shape (microphones,)."""
    now, states = on.tolist(), []
    for begin, stay in zip(begins.tolist(), stays.tolist(), strict=True):
        now = [last if is_on else first for is_on, first, last in zip(now, begin, stay, strict=True)]
        states.append(now)
    return np.array(states, bool).reshape(begins.shape)


def overheard(calibration: Calibration) -> Matrix:
    """[talker, microphone]: the share of a talker's power that another's microphone hears; 0 in his own."""
    others = ~np.eye(len(calibration.offsets_db), dtype=bool)
    return np.where(others, 10 ** (calibration.bleed_db / 10), 0.0)


def explained_margins(levels: Levels, floors: Levels, offsets_db: Levels, shares: Matrix) -> Levels:
    """Each microphone's level over the power sum of its noise and of every other voice's bleed into it, dB.

    levels, floors: shape (hops, microphones), dBFS. offsets_db: shape (microphones,). shares: as overheard() gives
    them. About 0 for a voice that is only overheard, and the contrast of the two microphones for its own.
    """
    calibrated = levels - offsets_db
    power = 10 ** (calibrated / 10)
    explained = 10 ** ((floors - offsets_db) / 10) + np.add.reduce(power[:, :, None] * shares, axis=1)
    margins: Levels = calibrated - 10 * np.log10(explained)
    return margins


def controlled_margins(margins: Levels, flux: Levels, settings: OwnSpeechSettings) -> Levels:
    """Margins for microphones that turn themselves up and down: the flux counts most, because gain cannot move it.

    flux: shape (memories, hops, microphones), one for each of settings.controlled_memories_s.
    """
    margins = settings.controlled_margin * margins
    for weight, each in zip(settings.controlled_flux, flux, strict=True):
        margins = margins + weight * over_others(each)
    return margins


def over_others(values: Levels) -> Levels:
    """Each microphone's value over the largest of the others, shape (hops, microphones); a lone one over nothing."""
    if values.shape[1] < 2:
        return values
    order = np.sort(values, axis=1)
    largest, second = order[:, -1:], order[:, -2:-1]
    return np.where(values >= largest, values - second, values - largest)


def contrast_thresholds(calibration: Calibration, settings: OwnSpeechSettings) -> Levels:
    """The margin at which own speech begins, for each microphone, dB: lower where people are hard to tell apart."""
    others = ~np.eye(len(calibration.offsets_db), dtype=bool)
    mutual = np.where(others, -(calibration.bleed_db + calibration.bleed_db.T), np.inf)
    contrast = mutual.min(axis=1, initial=np.inf)
    thresholds: Levels = np.clip(settings.contrast_share * contrast, settings.least_on_db, settings.on_db)
    return thresholds
