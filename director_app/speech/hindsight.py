"""Who spoke when, told afterwards: the same evidence as live, but what comes later counts as much as what was before.

Must not be used while a show runs. Everything is centred: levels, margins, the noise floor and the calibration.
"""

from dataclasses import dataclass, field

import numpy as np

from director_app.core.canvas import EVIDENCE_HOP_S
from director_app.core.turns import Span
from director_app.speech.calibration import Calibration, CalibrationSettings, Calibrator
from director_app.speech.gain_control import GainControlWatch
from director_app.speech.gate import SHARE_HOPS, Fired
from director_app.speech.levels import LevelFlux, Levels, NoiseFloor, decibels, one_pole, smoothing
from director_app.speech.moments import Flags, Moments
from director_app.speech.own_speech import (
    OwnSpeechSettings,
    contrast_thresholds,
    controlled_margins,
    explained_margins,
    held,
    overheard,
)


@dataclass(frozen=True, slots=True)
class HindsightSettings:
    """calibrate_every_hops, calibrate_over_s: a calibration every so often from what lies within so many seconds.
    level_smoothing_s, margin_smoothing_s: centred time constants. fill_s: gaps up to this are speech; drop_s: runs
    shorter than this are not. heard_late_s, lingers_s: what is left is heard to begin so much after the first sound
    of a word, and to end so much after the last: a voice fades, and detectors hold on to it.
    """

    own: OwnSpeechSettings = field(default_factory=OwnSpeechSettings)
    calibrate_every_hops: int = 500
    calibrate_over_s: float = 120.0
    level_smoothing_s: float = 0.02
    margin_smoothing_s: float = 0.05
    fill_s: float = 0.3
    drop_s: float = 0.2
    heard_late_s: float = 0.02
    lingers_s: float = 0.04


class Hindsight:
    """Collects the power and the voice detections of a whole show, then tells each microphone's own speech."""

    def __init__(self, microphones: int, settings: HindsightSettings | None = None) -> None:
        self._count = microphones
        self._settings = settings or HindsightSettings()
        self._power: list[Levels] = []
        self._fired: list[Fired] = []
        self._watch = GainControlWatch(microphones)
        self._hops = 0
        self._judged = 0
        self.gain_control_s: float | None = None

    def hear(self, power: Levels, fired: Fired) -> None:
        """The next hops, shape (hops, microphones)."""
        self._power.append(power)
        self._fired.append(fired)
        if self.gain_control_s is None:
            self._watch.hear(decibels(power), fired)
        self._hops += len(power)
        if self._hops - self._judged >= self._settings.own.calibrate_every_hops and self.gain_control_s is None:
            self._judged = self._hops
            self._watch.judge(self._hops * EVIDENCE_HOP_S)
            self.gain_control_s = self._watch.since_s

    def speech(self) -> list[list[Span]]:
        """For each microphone the spans of its own person's speech, seconds."""
        if not self._power:
            return [[] for _ in range(self._count)]
        power, fired = np.concatenate(self._power), np.concatenate(self._fired)
        own = self._own(power, fired)
        return [self._spans(own[:, microphone]) for microphone in range(self._count)]

    def _own(self, power: Levels, fired: Fired) -> Flags:
        levels = decibels(_centred(power, self._settings.level_smoothing_s))
        floors = np.maximum(NoiseFloor(self._count).of(levels), NoiseFloor(self._count).of(levels[::-1])[::-1])
        shares = _centred_share(fired)
        memories_s = (self._settings.own.flux_memory_s, *self._settings.own.controlled_memories_s)
        unsmoothed = decibels(power)
        every = (LevelFlux(*memories_s).of(unsmoothed) + LevelFlux(*memories_s).of(unsmoothed[::-1])[:, ::-1]) / 2
        flux = every[0]
        loud = levels > floors + self._settings.own.over_floor_db
        gates = loud & (shares >= self._settings.own.voice_share)
        margins, on_db = np.empty_like(levels), np.empty_like(levels)
        moments = self._moments(levels, flux, gates, shares)
        for first, calibration in self._calibrations(moments, len(levels)):
            part = slice(first, first + self._settings.calibrate_every_hops)
            margins[part] = explained_margins(
                levels[part], floors[part], calibration.offsets_db, overheard(calibration)
            )
            on_db[part] = contrast_thresholds(calibration, self._settings.own)
        if self.gain_control_s is not None:
            margins = controlled_margins(margins, every[1:], self._settings.own)
        margins = _centred(margins, self._settings.margin_smoothing_s)
        begins = gates & (margins > on_db)
        stays = gates & (margins > on_db - self._settings.own.hysteresis_db)
        off = np.zeros(self._count, bool)
        own: Flags = held(begins, stays, off) | held(begins[::-1], stays[::-1], off)[::-1]
        return own

    def _moments(self, levels: Levels, flux: Levels, gates: Flags, shares: Levels) -> list[Moments]:
        """What there is to learn from, in pieces of calibrate_every_hops."""
        pieces: list[Moments] = []
        for first in range(0, len(levels), self._settings.calibrate_every_hops):
            piece = Moments(self._count)
            end = min(len(levels), first + self._settings.calibrate_every_hops)
            for hop in range(first, end, self._settings.own.moment_every_hops):
                anybody = bool((shares[hop] > 0).any())
                piece.add(hop * EVIDENCE_HOP_S, levels[hop], flux[hop], gates[hop], anybody)
            pieces.append(piece)
        return pieces

    def _calibrations(self, pieces: list[Moments], hops: int) -> list[tuple[int, Calibration]]:
        """(first hop, what holds from there on)."""
        every = self._settings.calibrate_every_hops
        reach = round(self._settings.calibrate_over_s / (every * EVIDENCE_HOP_S))
        calibrator = Calibrator(self._count, CalibrationSettings(newest=80))
        found = []
        for index in range(-(-hops // every)):
            near = pieces[max(0, index - reach) : index + reach + 1]
            found.append(
                (index * every, calibrator.solve(_joined(self._count, near, index * every * EVIDENCE_HOP_S)))
            )
        return found

    def _spans(self, own: Flags) -> list[Span]:
        edges = np.flatnonzero(np.diff(np.concatenate([[0], own.astype(np.int8), [0]])))
        spans: list[Span] = []
        for first, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            start_s, end_s = first * EVIDENCE_HOP_S, end * EVIDENCE_HOP_S
            if spans and start_s - spans[-1][1] <= self._settings.fill_s + 1e-9:
                spans[-1] = (spans[-1][0], end_s)
            else:
                spans.append((start_s, end_s))
        early_s, late_s = self._settings.heard_late_s, self._settings.lingers_s
        return [
            (max(0.0, start_s - early_s), end_s - late_s)
            for start_s, end_s in spans
            if end_s - start_s >= self._settings.drop_s - 1e-9
        ]


def _joined(count: int, pieces: list[Moments], now_s: float) -> Moments:
    """The moments of several pieces, nearest to now last: the calibration trusts the newest most."""
    every = Moments(count)
    for piece in pieces:
        every.extend(piece)
    return every.by_nearness(now_s)


def _centred(values: Levels, seconds: float) -> Levels:
    """One-pole average forward and backward: no delay."""
    return _smooth(_smooth(values, seconds)[::-1], seconds)[::-1]


def _smooth(values: Levels, seconds: float) -> Levels:
    return one_pole(values, smoothing(seconds), values[0])


def _centred_share(fired: Fired) -> Levels:
    """Share of speech in the 200 ms around each hop."""
    before, after = SHARE_HOPS // 2, SHARE_HOPS - SHARE_HOPS // 2
    padded = np.pad(fired.astype(np.float64), ((before + 1, after - 1), (0, 0)))
    counts = np.cumsum(padded, axis=0)
    shares: Levels = (counts[SHARE_HOPS:] - counts[:-SHARE_HOPS]) / SHARE_HOPS
    return shares
