"""Cut lists of those who know the truth: bounds to compare with. Never to be used on sound."""

import numpy as np

from tests.bench.switching.best_cut import Costs, best_cuts
from tests.bench.switching.cut_list import Cut
from tests.bench.switching.floor import GRID_S
from tests.bench.switching.mistakes import MIN_SHOT_S
from tests.bench.switching.reference import Reference
from tests.bench.switching.score import WIDE_COST

_ORACLE_STEPS = 5
_FOLLOWER_STEPS = 2
_NOT_ON_HOLDER_COST = 0.05
"""Breaks ties: rest on the holder between words."""


def oracle(known: Reference) -> list[Cut]:
    """The cheapest cut list with full knowledge, on a grid of 50 ms."""
    costs = _costs(known)
    steps = known.steps // _ORACLE_STEPS * _ORACLE_STEPS
    coarse = costs[:, :steps].reshape(len(costs), -1, _ORACLE_STEPS).mean(2)
    return best_cuts(coarse, GRID_S * _ORACLE_STEPS)


def _costs(known: Reference) -> Costs:
    costs = np.ones((known.speakers + 1, known.steps))
    costs[-1] = WIDE_COST
    costs[known.right] = 0
    costs *= known.speech
    not_on_holder = _NOT_ON_HOLDER_COST * (np.arange(known.speakers + 1)[:, None] != known.holder)
    costs += not_on_holder * (~known.speech | known.right)
    return costs


def follower(known: Reference, late_s: float) -> list[Cut]:
    """Knows the true floor, but only so late, and cuts as soon as the minimum shot allows."""
    cuts: list[Cut] = []
    late = round(late_s / GRID_S)
    last_s, on_air = -9.0, known.speakers
    for at in range(late, known.steps, _FOLLOWER_STEPS):
        holder = int(known.holder[at - late])
        if holder >= 0 and holder != on_air and at * GRID_S - last_s >= MIN_SHOT_S:
            on_air, last_s = holder, at * GRID_S
            cuts.append(Cut(last_s, holder))
    return cuts
