"""How restless a cut is, and how much of it was made by hand. Judges nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from director_app.core.cut_list import Shot


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Of one cut. takes: cuts by hand among its cuts; by_hand_pct: share of time in the shots that they began."""

    cuts: int
    cuts_per_minute: float
    shot_median_s: float
    takes: int
    by_hand_pct: float


def rhythm(shots: Sequence[Shot], takes: Collection[int], fps: Fraction) -> Rhythm:
    """shots: what was on air, in order. takes: the slots of cuts by hand."""
    lengths = [shot.end - shot.first for shot in shots]
    begun = [shot.end - shot.first for shot in shots if shot.first in takes]
    cuts, length = max(0, len(shots) - 1), sum(lengths)
    return Rhythm(
        cuts=cuts,
        cuts_per_minute=float(60 * cuts * fps / length) if length else 0.0,
        shot_median_s=float(median(lengths) / fps) if lengths else 0.0,
        takes=len(begun),
        by_hand_pct=100 * sum(begun) / length if length else 0.0,
    )
