"""Blind calibration: how loud each microphone is set and how much of each voice it hears, learnt from the talk.

Knows levels only; nobody has to be silent or to speak on demand for it. Method and constants: measured on simulated
tables and rooms (see tests/bench/switching).
"""

from dataclasses import dataclass
from math import isnan

import numpy as np
from numpy.typing import NDArray

from director_app.speech.levels import SILENT_DB, Levels
from director_app.speech.moments import Moments

_HEARD_SILENT_DB = SILENT_DB + 2
_UNKNOWN_BLEED_DB = -9.0
BLEED_RANGE_DB = (-40.0, -2.0)
_NO_EVIDENCE_DB = -1e3

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CalibrationSettings:
    """newest: voiced moments per talker that count. least: fewer of them say nothing. history_s: how old they may be.

    prior_db, symmetric_db, one_sided_db: standard deviations of the three kinds of evidence, dB.
    one_sided_bleed_db: bleed taken for granted while only one of two people has talked.
    same_talker_db: two microphones whose mutual bleed sums to less than this hear one and the same person.
    checked_db, checked_one_sided_db: the same where a sound check said how the microphones are set; it is trusted
    less and less, and after checked_for_s no more than any other prior, because gains are turned.
    flux_weight: how many dB of level 1 dB of flux is worth in telling who talks; flux_most_db: it counts no more.
    """

    newest: int = 40
    least: int = 8
    history_s: float = 240.0
    prior_db: float = 3.5
    symmetric_db: float = 1.5
    one_sided_db: float = 4.0
    one_sided_bleed_db: float = 9.0
    same_talker_db: float = 2.0
    checked_db: float = 1.0
    checked_one_sided_db: float = 2.0
    checked_for_s: float = 60.0
    flux_weight: float = 6.0
    flux_most_db: float = 12.0
    rounds: int = 6


@dataclass(frozen=True, slots=True)
class Calibration:
    """What is known of the microphones.

    offsets_db: shape (microphones,), subtract from levels. bleed_db: [talker, microphone], how much weaker a
    microphone hears a talker than his own does. own_db: median level of each microphone's own person, NaN if unknown.
    """

    offsets_db: Levels
    bleed_db: Matrix
    own_db: Levels


def unknown(microphones: int) -> Calibration:
    """Before anybody has spoken."""
    bleed = np.full((microphones, microphones), _UNKNOWN_BLEED_DB)
    return Calibration(np.zeros(microphones), bleed, np.full(microphones, np.nan))


class Calibrator:
    """Solves for offsets and bleed from moments; keeps the last solution as the start of the next.

    prior: what a sound check has found; None: everything is learnt from the talk. It may say that more bleeds than is
    taken for granted, never less: to know at once how little does makes listeners' short words cut (measured).
    """

    def __init__(
        self, microphones: int, settings: CalibrationSettings | None = None, prior: Calibration | None = None
    ) -> None:
        self._count = microphones
        self._settings = settings or CalibrationSettings()
        self._checked = prior
        self.result = unknown(microphones)
        if prior is not None:
            bleed_db = np.maximum(prior.bleed_db, _UNKNOWN_BLEED_DB)
            self.result = Calibration(prior.offsets_db, bleed_db, prior.own_db)

    def solve(self, moments: Moments) -> Calibration:
        """A new calibration from all moments given."""
        prior = self._prior(moments)
        if not len(moments.voiced):
            self.result = Calibration(prior, self.result.bleed_db, self.result.own_db)
            return self.result
        levels = moments.voiced.array
        clues = levels + self._clues(moments.flux.array)
        gated = np.where(moments.gates.array, clues, _NO_EVIDENCE_DB)
        known = np.isfinite(self.result.own_db).any()
        offsets = self.result.offsets_db if known else prior
        for _ in range(self._settings.rounds):
            talkers = (gated - offsets).argmax(axis=1)
            signature = self._signatures(levels, talkers)
            new = self._offsets(signature, prior, self._prior_db(moments))
            settled = np.abs(new - offsets).max() < 0.05
            offsets = new
            if settled:
                break
        own = self._own_levels(levels, (gated - offsets).argmax(axis=1))
        self.result = Calibration(offsets, _bleed(signature, offsets, self._checked), own)
        return self.result

    def _clues(self, flux: Levels) -> Levels:
        """What the flux says about who talks, in dB of level."""
        most_db = self._settings.flux_most_db
        clues: Levels = np.clip(
            self._settings.flux_weight * (flux - flux.mean(axis=1, keepdims=True)), -most_db, most_db
        )
        return clues

    def _prior(self, moments: Moments) -> Levels:
        """Offsets before anybody has talked: the same room noise should read the same in all microphones."""
        if self._checked is not None:
            return self._checked.offsets_db
        if len(moments.unvoiced) >= 25:
            return 0.9 * _from_mean(_median(moments.unvoiced.array))
        if len(moments.every) > 50:
            return 0.3 * _from_mean(np.percentile(moments.every.array, 5, axis=0))
        return np.zeros(self._count)

    def _prior_db(self, moments: Moments) -> float:
        """The standard deviation of the prior now."""
        settings = self._settings
        if self._checked is None:
            return settings.prior_db
        aged = min(1.0, moments.voiced_s[-1] / settings.checked_for_s)
        return settings.checked_db + aged * (settings.prior_db - settings.checked_db)

    def _signatures(self, levels: Levels, talkers: NDArray[np.intp]) -> Matrix:
        """[p, j]: median level of j against p's own while p talks; NaN where too little is known."""
        signature = np.full((self._count, self._count), np.nan)
        heard = np.zeros(self._count, int)
        for person in range(self._count):
            at = np.flatnonzero(talkers == person)
            heard[person] = len(at)
            if len(at) >= self._settings.least:
                newest = levels[at[-self._settings.newest :]]
                middle = _median(newest - newest[:, [person]])
                silent = _median(newest) <= _HEARD_SILENT_DB
                signature[person] = np.where(silent, np.nan, middle)
        for one in range(self._count):
            for other in range(one + 1, self._count):
                if -(signature[one, other] + signature[other, one]) < self._settings.same_talker_db:
                    signature[one if heard[one] < heard[other] else other] = np.nan
        return signature

    def _offsets(self, signature: Matrix, prior: Levels, prior_db: float) -> Levels:
        """Least squares over all pairs; bleed is taken to be the same in both directions."""
        settings, count = self._settings, self._count
        rows: list[list[float]] = (np.eye(count) / prior_db).tolist()
        values: list[float] = (prior / prior_db).tolist()
        known = signature.tolist()
        for one in range(count):
            for other in range(count):
                there, back = known[one][other], known[other][one]
                if one == other or isnan(there) or (one > other and not isnan(back)):
                    continue
                if isnan(back):
                    bleed_db, deviation_db = self._expected(one, other)
                    value = there + bleed_db
                else:
                    value, deviation_db = (there - back) / 2, settings.symmetric_db
                row = [0.0] * count
                row[other], row[one] = 1.0 / deviation_db, -1.0 / deviation_db
                rows.append(row)
                values.append(value / deviation_db)
        solution: Levels = np.linalg.lstsq(np.array(rows), np.array(values), rcond=None)[0]
        return solution

    def _expected(self, talker: int, microphone: int) -> tuple[float, float]:
        """How much weaker a talker should be in another's microphone, and the standard deviation of that, dB."""
        if self._checked is None:
            return self._settings.one_sided_bleed_db, self._settings.one_sided_db
        return -float(self._checked.bleed_db[talker, microphone]), self._settings.checked_one_sided_db

    def _own_levels(self, levels: Levels, talkers: NDArray[np.intp]) -> Levels:
        own = self.result.own_db.copy()
        for person in range(self._count):
            at = np.flatnonzero(talkers == person)
            if len(at) >= self._settings.least:
                own[person] = _median(levels[at[-5 * self._settings.newest :], [person]])
        return own


def _bleed(signature: Matrix, offsets: Levels, checked: Calibration | None) -> Matrix:
    """What is unknown is as it was checked, or mirrored from the other direction, or taken to be strong."""
    bleed = np.clip(signature - (offsets[None, :] - offsets[:, None]), *BLEED_RANGE_DB)
    if checked is not None:
        return np.where(np.isnan(bleed), np.maximum(checked.bleed_db, _UNKNOWN_BLEED_DB), bleed)
    mirrored = np.where(np.isnan(bleed), bleed.T, bleed)
    return np.where(np.isnan(mirrored), _UNKNOWN_BLEED_DB, mirrored)


def _from_mean(levels: Levels) -> Levels:
    """Differences from the mean of the microphones that give sound at all; 0 for those that do not."""
    sounds = levels > _HEARD_SILENT_DB
    if not sounds.any():
        return np.zeros_like(levels)
    return np.where(sounds, levels - levels[sounds].mean(), 0.0)


def _median(rows: Levels) -> Levels:
    """Of every column, of finite numbers; numpy's own takes five times as long for so few."""
    low, high = (len(rows) - 1) // 2, len(rows) // 2
    parted = np.partition(rows, (low, high), axis=0)
    median: Levels = (parted[low] + parted[high]) / 2
    return median
