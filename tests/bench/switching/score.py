"""How good a cut list is: right picture, latency and Q. The mistakes in it are counted in mistakes.py.

Q = 100 - wrong face % - half of needless wide % - 1.5 false cuts/min - ping-pongs/min - 50 if any shot is under 1.5 s
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.bench.switching.cut_list import Camera, Cut, in_order, on_air_rows
from tests.bench.switching.floor import GRID_S, FloorPeriod, step
from tests.bench.switching.mistakes import MIN_SHOT_S, FalseCuts, false_cuts, ping_pongs
from tests.bench.switching.reference import Reference, reference
from tests.bench.switching.truth import Truth

HOLD_MIN_S = 2.0
"""Shorter floor periods are no changes that one has to follow."""
WIDE_COST = 0.5
"""A needless wide shot hurts half as much as a wrong face."""
FALSE_CUT_COST = 1.5
PING_PONG_COST = 1.0
SHORT_SHOT_COST = 50.0
_SHORT_SHOT_LEEWAY_S = 0.011


@dataclass(frozen=True, slots=True)
class Score:
    """Of one show. Percentages of right and wrong pictures are of speech time; latencies one per floor change."""

    minutes: float
    quality: float
    on_floor_pct: float
    wrong_face_pct: float
    needless_wide_pct: float
    wide_pct: float
    latencies_s: tuple[float, ...]
    latency_median_s: float
    latency_p95_s: float
    latency_to_right_median_s: float
    floor_changes: int
    missed: int
    false_cuts: FalseCuts
    cuts: int
    ping_pongs: int
    shortest_shot_s: float
    short_shots_pct: float

    @property
    def false_per_min(self) -> float:
        """False cuts of all kinds."""
        return self.false_cuts.total / self.minutes

    @property
    def cuts_per_min(self) -> float:
        """Cuts that changed the picture."""
        return self.cuts / self.minutes

    @property
    def ping_pongs_per_min(self) -> float:
        """X-Y-X within 3 s without cause."""
        return self.ping_pongs / self.minutes


def score(truth: Truth, cuts: Iterable[Cut], start: Camera = "wide", known: Reference | None = None) -> Score:
    """known: the truth's reference, for those who have it at hand."""
    against = known or reference(truth)
    shown = in_order(cuts, start)
    rows = on_air_rows(shown, start, against.speakers, against.steps)
    pictures = _Pictures.of(rows, against)
    latencies = _latencies(rows, against)
    false = false_cuts(shown, against, truth.events)
    back_and_forth = ping_pongs(shown, start, against)
    shots = _shots_s(shown, truth.duration_s)
    short_pct = 100 * float((shots < MIN_SHOT_S - _SHORT_SHOT_LEEWAY_S).mean())
    minutes = truth.duration_s / 60
    quality = (
        100
        - pictures.wrong_face_pct
        - WIDE_COST * pictures.needless_wide_pct
        - FALSE_CUT_COST * (false.total / minutes)
        - PING_PONG_COST * (back_and_forth / minutes)
        - SHORT_SHOT_COST * (short_pct > 0)
    )
    return Score(
        minutes=minutes,
        quality=quality,
        on_floor_pct=pictures.on_floor_pct,
        wrong_face_pct=pictures.wrong_face_pct,
        needless_wide_pct=pictures.needless_wide_pct,
        wide_pct=pictures.wide_pct,
        latencies_s=tuple(round(each, 2) for each in latencies.to_holder_s),
        latency_median_s=float(np.median(latencies.to_holder_s or [0.0])),
        latency_p95_s=float(np.percentile(latencies.to_holder_s or [0.0], 95)),
        latency_to_right_median_s=float(np.median(latencies.to_right_s or [0.0])),
        floor_changes=len(latencies.to_holder_s),
        missed=latencies.missed,
        false_cuts=false,
        cuts=len(shown),
        ping_pongs=back_and_forth,
        shortest_shot_s=float(shots.min()),
        short_shots_pct=short_pct,
    )


@dataclass(frozen=True, slots=True)
class _Pictures:
    on_floor_pct: float
    wrong_face_pct: float
    needless_wide_pct: float
    wide_pct: float

    @classmethod
    def of(cls, rows: NDArray[np.int64], against: Reference) -> "_Pictures":
        speech, wide = against.speech, rows == against.speakers
        right = against.right[rows, np.arange(against.steps)]
        whole = max(1, speech.sum())
        return cls(
            on_floor_pct=float(100 * (speech & right).sum() / whole),
            wrong_face_pct=float(100 * (speech & ~right & ~wide).sum() / whole),
            needless_wide_pct=float(100 * (speech & ~right & wide).sum() / whole),
            wide_pct=float(100 * wide.mean()),
        )


@dataclass(frozen=True, slots=True)
class _Latencies:
    to_holder_s: list[float]
    to_right_s: list[float]
    missed: int


def _latencies(rows: NDArray[np.int64], against: Reference) -> _Latencies:
    """From each floor change to the holder's picture; one that never comes counts with the whole hold."""
    followed = [period for period in against.periods if period.end_s - period.start_s >= HOLD_MIN_S]
    right = against.right[rows, np.arange(against.steps)]
    to_holder = [_first_s(rows[_during(each, against)] == each.holder) for each in followed]
    to_right = [_first_s(right[_during(each, against)]) for each in followed]
    whole = [period.end_s - period.start_s for period in followed]
    return _Latencies(
        [hold_s if seen is None else seen for seen, hold_s in zip(to_holder, whole, strict=True)],
        [hold_s if seen is None else seen for seen, hold_s in zip(to_right, whole, strict=True)],
        sum(seen is None for seen in to_holder),
    )


def _during(period: FloorPeriod, against: Reference) -> slice:
    return slice(step(period.start_s), min(against.steps, step(period.end_s)))


def _first_s(seen: NDArray[np.bool_]) -> float | None:
    hits = np.flatnonzero(seen)
    return float(hits[0] * GRID_S) if len(hits) else None


def _shots_s(cuts: list[Cut], duration_s: float) -> NDArray[np.float64]:
    """Lengths of the shots between two cuts: the first may have begun before, the last is cut off by the end."""
    shots: NDArray[np.float64] = np.diff([0.0, *(cut.t_s for cut in cuts), duration_s])
    return shots[1:-1] if len(shots) > 2 else np.array([duration_s])
