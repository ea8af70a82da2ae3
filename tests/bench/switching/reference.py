"""Which pictures are right at every moment of a show. Says nothing about how good a cut list is."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.bench.switching.floor import (
    FLOOR_MIN_S,
    GRID_S,
    FloorPeriod,
    Mask,
    Turn,
    any_row,
    floor_periods,
    on_grid,
    step,
    turns,
)
from tests.bench.switching.truth import Truth

OVERLAP_MIN_S = 0.5
"""Shorter overlaps of turns do not make the wide shot right."""
SILENCE_WIDE_S = 3.0
"""Longer silences make the wide shot right."""


@dataclass(frozen=True, slots=True)
class Reference:
    """On the grid of 10 ms. Row k of right and fair is camera k; the last row of right is the wide shot.

    holder: shape (steps,), -1 where nobody holds the floor. fair: faces that share a real overlap, where a cut to
    either is no mistake.
    """

    duration_s: float
    periods: list[FloorPeriod]
    activity: Mask
    holder: NDArray[np.int64]
    right: Mask
    fair: Mask

    @property
    def speakers(self) -> int:
        """How many there are; also the row of the wide shot."""
        return len(self.activity)

    @property
    def steps(self) -> int:
        """Length of the grid."""
        return self.holder.size

    @property
    def speech(self) -> Mask:
        """Where anybody speaks."""
        return any_row(self.activity)


def reference(truth: Truth) -> Reference:
    """Everything that metrics and ideal cuts need."""
    steps = step(truth.duration_s)
    activity = np.array([on_grid(spans, steps) for spans in truth.speakers])
    spoken = turns(truth.speakers, activity)
    periods = floor_periods(spoken, truth.duration_s)
    holder = np.full(steps, -1)
    for start_s, end_s, k in periods:
        holder[step(start_s) : step(end_s)] = k
    fair = _fair(spoken, steps)
    return Reference(truth.duration_s, periods, activity, holder, _right(activity, holder, fair), fair)


def _fair(spoken: list[list[Turn]], steps: int) -> Mask:
    """Who is in a turn while another one is, for half a second and more."""
    major = [[turn[:2] for turn in each if turn.speech_s >= FLOOR_MIN_S] for each in spoken]
    in_turn = np.array([on_grid(spans, steps) for spans in major])
    overlap = in_turn.sum(0) >= 2
    for first, end in runs(overlap):
        if (end - first) * GRID_S < OVERLAP_MIN_S:
            overlap[first:end] = False
    fair: Mask = in_turn & overlap
    return fair


def _right(activity: Mask, holder: NDArray[np.int64], fair: Mask) -> Mask:
    speakers, steps = activity.shape
    speech = any_row(activity)
    at_all = np.arange(steps)
    holder_silent = speech & ~((holder >= 0) & activity[holder, at_all])
    right = np.zeros((speakers + 1, steps), bool)
    right[:speakers] = holder == np.arange(speakers)[:, None]
    right[:speakers] |= fair
    right[:speakers] |= activity & holder_silent  # a short answer in the holder's pause
    right[speakers] = any_row(fair) | holder_silent | (holder < 0)
    for first, end in runs(~speech):
        if (end - first) * GRID_S >= SILENCE_WIDE_S:
            right[speakers, first:end] = True
    return right


def runs(mask: Mask) -> Iterator[tuple[int, int]]:
    """[first, end) of every stretch that is true."""
    edges = np.flatnonzero(np.diff(np.r_[0, mask.astype(int), 0]))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
