"""Notices automatic gain control: a microphone that turns itself up in pauses and down when somebody speaks.

It makes every microphone equally loud, whoever talks, and so takes away what tells people apart. Two signs:

- Pauses rise. While nothing but noise is heard the level climbs smoothly by some dB a second; noise itself does not.
- Levels do not follow talkers. When the talker changes, his own microphone begins to jump (its flux rises) and should
  become louder against the others by some 5 to 10 dB for every dB of flux; with gain control it hardly does.

Must not decide what to do about it. Measured on 144 simulated shows without gain control (no false alarm) and 48 with
it (94 % noticed within 20 s).
"""

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from director_app.core.canvas import EVIDENCE_HOP_S
from director_app.speech.gate import Fired
from director_app.speech.levels import SILENT_DB, Levels, decibels

_STEP_HOPS = 5
_STEP_S = _STEP_HOPS * EVIDENCE_HOP_S


@dataclass(frozen=True, slots=True)
class GainControlSettings:
    """window_hops: length of a piece of pause. calm_db: a pause jumps less than this from hop to hop.
    rise_db_s: slopes between these are a gain that rises. memory_s: what is older says nothing.
    pauses: evidence of rising pauses (a sign test) that is enough alone; none_against: so much does not speak against
    it. follow: dB of level for each dB of flux under which levels do not follow talkers; flux_db: how much the
    flux must vary for this to be judged. moments: least number of them, a tenth of a second each, none before
    warm_up_s; the first words of a show tell little (60 moments: one false alarm in 72 shows).
    clear: evidence of level pauses that ends the alarm.
    """

    window_hops: int = 12
    calm_db: float = 1.5
    rise_db_s: tuple[float, float] = (3.0, 14.0)
    memory_s: float = 30.0
    pauses: float = 0.8
    none_against: float = -0.1
    follow: float = 2.5
    flux_db: float = 0.8
    moments: int = 100
    warm_up_s: float = 2.0
    memory_of_moment_s: float = 0.5
    clear: float = -2.0


class GainControlWatch:
    """Causal, and independent of how many hops come at a time."""

    def __init__(self, microphones: int, settings: GainControlSettings | None = None) -> None:
        self._settings = settings or GainControlSettings()
        width = self._settings.window_hops
        self._levels = np.full((width, microphones), SILENT_DB)
        self._fired = np.ones((width, microphones), bool)
        self._power = np.zeros(microphones)
        self._flux = np.zeros(microphones)
        self._pauses: deque[tuple[float, int, int]] = deque()
        self._moments: deque[tuple[float, Levels, Levels]] = deque()
        ramp = np.arange(width) - (width - 1) / 2
        self._ramp = ramp / (np.sum(ramp**2) * EVIDENCE_HOP_S)
        self._share = 1 - np.exp(-_STEP_S / self._settings.memory_of_moment_s)
        self._pairs = np.triu_indices(microphones, 1)
        self._hops = 0
        self.since_s: float | None = None

    def hear(self, levels: Levels, fired: Fired) -> None:
        """The next hops: levels (dBFS, not smoothed) and voice detections, shape (hops, microphones)."""
        width, count = self._settings.window_hops, len(levels)
        levels = np.concatenate([self._levels, levels])
        every = np.concatenate([self._fired, fired])
        for row in range(_STEP_HOPS - self._hops % _STEP_HOPS, count + 1, _STEP_HOPS):
            now_s = (self._hops + row) * EVIDENCE_HOP_S
            self._step(now_s, levels[row : row + width], every[row : row + width])
        self._levels, self._fired = levels[-width:], every[-width:]
        self._hops += count

    def judge(self, now_s: float) -> None:
        """Looks at what was gathered; since_s tells what came of it."""
        self._forget(now_s - self._settings.memory_s)
        pauses = self._rising_pauses()
        if self.since_s is not None:
            self.since_s = None if pauses < self._settings.clear else self.since_s
        elif pauses > self._settings.pauses or (pauses >= self._settings.none_against and self._do_not_follow()):
            self.since_s = now_s

    def _step(self, now_s: float, levels: Levels, fired: Fired) -> None:
        """A tenth of a second further: what the last hops showed."""
        jumps = np.abs(levels[1:] - levels[:-1])
        self._note_pauses(now_s, levels, jumps, fired)
        power = _mean(10 ** (levels[-_STEP_HOPS:] / 10))
        self._power = self._power + self._share * (power - self._power)
        self._flux = self._flux + self._share * (_mean(np.minimum(jumps[-_STEP_HOPS:], 15.0)) - self._flux)
        if fired[-_STEP_HOPS:].any() and now_s >= self._settings.warm_up_s:
            self._moments.append((now_s, decibels(self._power), self._flux))

    def _note_pauses(self, now_s: float, levels: Levels, jumps: Levels, fired: Fired) -> None:
        heard = np.logical_or.reduce(fired)
        if heard.all():
            return
        calm = (_mean(jumps) < self._settings.calm_db) & ~heard & (levels[-1] > SILENT_DB + 1)
        count = int(np.count_nonzero(calm))
        if count:
            slopes = self._ramp @ levels
            low, high = self._settings.rise_db_s
            rising = int((calm & (slopes > low) & (slopes < high)).sum())
            self._pauses.append((now_s, rising, count))

    def _forget(self, before_s: float) -> None:
        while self._pauses and self._pauses[0][0] < before_s:
            self._pauses.popleft()
        while self._moments and self._moments[0][0] < before_s:
            self._moments.popleft()

    def _rising_pauses(self) -> float:
        """Sign test over pieces of pause: rising ones against all others, in about standard deviations."""
        rising, count = (sum(each[index] for each in self._pauses) for index in (1, 2))
        return (rising - 0.5 * count) / float(np.sqrt(count + 4.0))

    def _do_not_follow(self) -> bool:
        """Regression of level differences on flux differences over all pairs of microphones whose talkers changed."""
        if len(self._moments) < self._settings.moments or not len(self._pairs[0]):
            return False
        levels = self._differences(np.array([moment[1] for moment in self._moments]))
        flux = self._differences(np.array([moment[2] for moment in self._moments]))
        spread = (flux**2).mean(axis=0)
        if np.sqrt(spread.max()) < self._settings.flux_db:
            return False
        changed = spread > 0.25 * spread.max()
        slope = (levels * flux).sum(axis=0)[changed].sum() / (flux**2).sum(axis=0)[changed].sum()
        return bool(slope < self._settings.follow)

    def _differences(self, values: Levels) -> NDArray[np.float64]:
        """Of every pair, about their mean."""
        differences = values[:, self._pairs[0]] - values[:, self._pairs[1]]
        centred: NDArray[np.float64] = differences - differences.mean(axis=0)
        return centred


def _mean(rows: Levels) -> Levels:
    """Of every column; numpy's own mean takes three times as long for so few rows."""
    means: Levels = np.add.reduce(rows) / len(rows)
    return means
