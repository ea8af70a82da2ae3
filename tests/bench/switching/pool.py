"""Many shows in one row of the table. Means are weighted by length; latencies are of all floor changes together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.bench.switching.score import Score

_RESAMPLES = 10_000
_SEED = 1


@dataclass(frozen=True, slots=True)
class Pooled:
    """Of several shows; see Score for the words."""

    shows: int
    quality: float
    quality_low: float
    quality_high: float
    worst_quality: float
    on_floor_pct: float
    wrong_face_pct: float
    needless_wide_pct: float
    wide_pct: float
    false_per_min: float
    ping_pongs_per_min: float
    cuts_per_min: float
    latency_median_s: float
    latency_p95_s: float
    missed_pct: float
    shortest_shot_s: float


def pool(scores: Sequence[Score]) -> Pooled:
    """Of one show at least."""
    weights = np.array([each.minutes for each in scores])
    weights = weights / weights.sum()
    qualities = np.array([each.quality for each in scores])
    low, high = interval(qualities, weights)
    latencies = [latency for each in scores for latency in each.latencies_s] or [0.0]

    def mean(of: Callable[[Score], float]) -> float:
        return float(sum(weight * of(each) for weight, each in zip(weights, scores, strict=True)))

    return Pooled(
        shows=len(scores),
        quality=mean(lambda each: each.quality),
        quality_low=low,
        quality_high=high,
        worst_quality=float(qualities.min()),
        on_floor_pct=mean(lambda each: each.on_floor_pct),
        wrong_face_pct=mean(lambda each: each.wrong_face_pct),
        needless_wide_pct=mean(lambda each: each.needless_wide_pct),
        wide_pct=mean(lambda each: each.wide_pct),
        false_per_min=mean(lambda each: each.false_per_min),
        ping_pongs_per_min=mean(lambda each: each.ping_pongs_per_min),
        cuts_per_min=mean(lambda each: each.cuts_per_min),
        latency_median_s=float(np.median(latencies)),
        latency_p95_s=float(np.percentile(latencies, 95)),
        missed_pct=100 * sum(each.missed for each in scores) / max(1, sum(each.floor_changes for each in scores)),
        shortest_shot_s=min(each.shortest_shot_s for each in scores),
    )


def interval(values: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[float, float]:
    """95 % of the weighted means that shows drawn with replacement give (percentile bootstrap)."""
    drawn = np.random.default_rng(_SEED).integers(len(values), size=(_RESAMPLES, len(values)))
    means = (values * weights)[drawn].sum(1) / weights[drawn].sum(1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
