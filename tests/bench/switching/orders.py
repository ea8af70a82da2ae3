"""Which shows are made: real excerpts, simulated ones, and real ones with something wrong. Makes none."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tests.bench.switching.faults import Fault
from tests.bench.switching.truth import Excerpt
from tests.bench.switching.turn_taking import MANNERS, simulate

FIRST_SEED = 2000
"""Excerpt k of a file is made with seed 2000 + k."""
CAUSAL_EVERY = 8
ROBUST_SHOWS = 8
ROBUST_LEVEL = "table"
_SIMULATED_S = 240.0


@dataclass(frozen=True, slots=True)
class Order:
    """A show to be made, and whether to look for looking ahead in it."""

    excerpt: Excerpt
    level: str
    seed: int
    fault: Fault = Fault.NONE
    check_causal: bool = False

    @property
    def name(self) -> str:
        """Good for a folder."""
        name = f"{self.excerpt.name.replace('@', '_')}_{self.level}_{self.seed}"
        return name if self.fault in {Fault.NONE, Fault.FAR} else f"{name}_{self.fault}"


def real(excerpts: Sequence[Excerpt], levels: Sequence[str]) -> list[Order]:
    """Each excerpt at each level; every eighth is also cut off."""
    each = [(excerpt, FIRST_SEED + index, level) for index, excerpt in enumerate(excerpts) for level in levels]
    return [
        Order(excerpt, level, seed, check_causal=number % CAUSAL_EVERY == 0)
        for number, (excerpt, seed, level) in enumerate(each)
    ]


def simulated(count: int, seed: int, levels: Sequence[str]) -> list[Order]:
    """Fresh shows of two to four people; another seed gives others."""
    rng, manners = np.random.default_rng([seed, 1]), list(MANNERS)
    excerpts = [
        simulate(int(rng.integers(2, 5)), _SIMULATED_S, seed + index, manners[index % len(manners)])
        for index in range(count)
    ]
    return [Order(excerpt, level, seed + index) for index, excerpt in enumerate(excerpts) for level in levels]


def faulty(excerpts: Sequence[Excerpt]) -> list[Order]:
    """Eight excerpts from all over the file, with each fault."""
    shows = min(ROBUST_SHOWS, len(excerpts))
    chosen = [index * len(excerpts) // shows for index in range(shows)]
    return [
        Order(excerpts[index], "far" if fault is Fault.FAR else ROBUST_LEVEL, FIRST_SEED + index, fault)
        for fault in Fault
        if fault is not Fault.NONE
        for index in chosen
    ]
