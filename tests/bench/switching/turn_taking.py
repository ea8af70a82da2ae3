"""Simulated turn-taking, for as many fresh excerpts as wanted.

The tables are 21-point quantiles (0, 5, ... 100 %), in seconds, of 60 training meetings of the AMI corpus (3-5
speakers, 31 h) with the floor definition of floor.py. Must not look at any microphone or program.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tests.bench.switching.truth import Excerpt, Span


def _table(text: str) -> tuple[float, ...]:
    return tuple(float(each) for each in text.split())


_TURN = _table("1.0 1.16 1.34 1.54 1.76 2.01 2.3 2.63 2.99 3.45 3.97 4.59 5.33 6.18 7.21 8.61 10.4 13.0 17.4 26 60")
_UTTERANCE = _table(
    "0.2 1.15 1.46 1.77 2.09 2.47 2.85 3.3 3.76 4.31 4.9 5.62 6.4 7.32 8.52 9.99 12 14.9 19.1 26.6 60"
)
_PAUSE = _table(
    "0.16 0.39 0.52 0.68 0.84 0.97 1.05 1.09 1.12 1.15 1.18 1.2 1.23 1.26 1.29 1.32 1.36 1.39 1.43 1.47 1.5"
)
_GAP = _table(
    "-1.5 -1.4 -1.3 -1.14 -0.87 -0.65 -0.45 -0.25 -0.04 0.08 0.21 0.32 0.46 0.6 0.79 1.01 1.34 1.83 2.4 3 4"
)
_NOD = _table(
    "0.12 0.18 0.22 0.24 0.27 0.29 0.31 0.33 0.35 0.37 0.4 0.43 0.45 0.49 0.53 0.58 0.64 0.71 0.79 0.89 0.98"
)
_TRY = _table("1.0 1.05 1.11 1.18 1.24 1.31 1.39 1.48 1.55 1.66 1.76 1.88 2.03 2.18 2.37 2.57 2.84 3.21 3.81 4.98 6")
_SHARES = (0.42, 0.26, 0.19, 0.13)
_NOD_IN_PAUSE, _NOD_IN_GAP = 0.08, 0.15
_SHORTEST_S, _JOIN_S = 0.08, 0.05


@dataclass(frozen=True, slots=True)
class Manner:
    """turn: factor of their length; nods, tries: per minute, a try fails to take the floor; back: the last but one
    holder returns."""

    turn: float
    nods: float
    tries: float
    back: float


MANNERS = {
    "meeting": Manner(1.0, 4.7, 1.5, 0.55),
    "interview": Manner(1.6, 6.0, 0.8, 0.7),
    "banter": Manner(0.5, 5.0, 2.5, 0.6),
}


def simulate(people: int, duration_s: float, seed: int, manner: str = "meeting") -> Excerpt:
    """The same of the same seed."""
    talk = _Talk(people, MANNERS[manner], np.random.default_rng([seed, people, 5]))
    talk.go_on_until(duration_s)
    spans = tuple(_tidied(each, duration_s) for each in talk.spans)
    return Excerpt(f"sim{seed}-{manner}", float(duration_s), spans)


@dataclass
class _Talk:
    people: int
    manner: Manner
    rng: np.random.Generator
    spans: list[list[Span]] = field(init=False)

    def __post_init__(self) -> None:
        shares = self.rng.permutation(_SHARES[: self.people])
        self._shares: NDArray[np.float64] = shares / shares.sum()
        self.spans = [[] for _ in range(self.people)]

    def go_on_until(self, end_s: float) -> None:
        """Turn after turn."""
        t_s = self.rng.uniform(0.2, 1.5)
        holder, before = int(self.rng.choice(self.people, p=self._shares)), None
        while t_s < end_s:
            start_s, t_s = t_s, self._turn(holder, t_s)
            self._listeners(holder, start_s, t_s)
            following = self._next(holder, before)
            gap_s = max(self._one_of(_GAP), -(t_s - start_s) / 2)
            if gap_s > 0.9 and self.rng.uniform() < _NOD_IN_GAP:
                self._somebody_else(holder, t_s + 0.1, t_s + gap_s - 0.1, self._one_of(_NOD))
            t_s, before, holder = t_s + gap_s, holder, following

    def _turn(self, holder: int, t_s: float) -> float:
        """Utterances and pauses; returns when it ends."""
        left_s = max(self._one_of(_TURN) * self.manner.turn, 1.0)
        while left_s > 0.05:
            said_s = min(left_s, self._one_of(_UTTERANCE))
            self.spans[holder].append((t_s, t_s + said_s))
            t_s += said_s
            left_s -= said_s
            if left_s > 0.05:
                pause_s = self._one_of(_PAUSE)
                if self.rng.uniform() < _NOD_IN_PAUSE:
                    self._somebody_else(holder, t_s, t_s + pause_s, self._one_of(_NOD))
                t_s += pause_s
        return t_s

    def _listeners(self, holder: int, start_s: float, end_s: float) -> None:
        minutes = end_s - start_s
        for _ in range(self.rng.poisson(self.manner.nods * 0.7 * minutes / 60)):
            self._somebody_else(holder, start_s, end_s, self._one_of(_NOD))
        for _ in range(self.rng.poisson(self.manner.tries * minutes / 60)):
            if end_s - start_s > 2.5:
                self._somebody_else(holder, start_s + 0.5, end_s - 0.3, self._one_of(_TRY))

    def _next(self, holder: int, before: int | None) -> int:
        others = self._others(holder)
        if before is not None and self.rng.uniform() < self.manner.back:
            return before
        return int(self.rng.choice(self.people, p=others))

    def _somebody_else(self, holder: int, from_s: float, to_s: float, length_s: float) -> None:
        length_s = min(length_s, to_s - from_s)
        on_s = self.rng.uniform(from_s, max(from_s, to_s - length_s))
        who = int(self.rng.choice(self.people, p=self._others(holder)))
        self.spans[who].append((on_s, on_s + length_s))

    def _others(self, holder: int) -> NDArray[np.float64]:
        shares = self._shares.copy()
        shares[holder] = 0
        shares /= shares.sum()
        return shares

    def _one_of(self, quantiles: Sequence[float]) -> float:
        return float(np.interp(self.rng.uniform(), np.linspace(0, 1, 21), quantiles))


def _tidied(spans: Sequence[Span], duration_s: float) -> tuple[Span, ...]:
    """Inside the window, in order, without crumbs and cracks; to 10 ms."""
    kept: list[Span] = []
    for span in sorted(spans):
        on_s, off_s = max(0.0, span[0]), min(duration_s, span[1])
        if off_s - on_s < _SHORTEST_S:
            continue
        if kept and on_s - kept[-1][1] < _JOIN_S:
            kept[-1] = (kept[-1][0], max(kept[-1][1], off_s))
        else:
            kept.append((on_s, off_s))
    return tuple((round(on_s, 2), round(off_s, 2)) for on_s, off_s in kept)
