"""Who holds the floor: the definition that every figure of the evaluation stands on.

A turn is one speaker's speech joined over short pauses. Only a turn with a second of speech can take the floor, and
in overlap the floor changes when the old holder stops and the new one goes on. Must not know cameras, cuts, programs.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.bench.switching.truth import Span, Speakers

GRID_S = 0.01
PAUSE_S = 0.5
"""Pauses up to this never split a turn."""
PAUSE_ALONE_S = 1.5
"""Nor up to this while nobody else speaks."""
FLOOR_MIN_S = 1.0
"""Speech that a turn needs to be able to take the floor."""

Mask = NDArray[np.bool_]
"""Shape (steps,) or (rows, steps) on the grid of 10 ms."""


class Turn(NamedTuple):
    """From the first word to the last, and how much of it is speech."""

    on_s: float
    off_s: float
    speech_s: float


class FloorPeriod(NamedTuple):
    """holder has the floor from start_s up to end_s."""

    start_s: float
    end_s: float
    holder: int


def step(t_s: float) -> int:
    """The step of the grid nearest to a time."""
    return round(t_s / GRID_S)


def on_grid(spans: Sequence[Sequence[float]], steps: int) -> Mask:
    """True inside the spans."""
    mask = np.zeros(steps, bool)
    for on_s, off_s in spans:
        mask[step(on_s) : step(off_s)] = True
    return mask


def any_row(mask: Mask) -> Mask:
    """Where any of the rows is true."""
    found: Mask = np.logical_or.reduce(mask, axis=0)
    return found


def turns(speakers: Speakers, activity: Mask) -> list[list[Turn]]:
    """The turns of each speaker; activity: shape (speakers, steps)."""
    return [_turns(spans, any_row(np.delete(activity, k, 0))) for k, spans in enumerate(speakers)]


def _turns(spans: Sequence[Span], others: Mask) -> list[Turn]:
    found: list[Turn] = []
    for on_s, off_s in _without_overlaps(spans):
        if found and _goes_on(found[-1].off_s, on_s, others):
            last = found[-1]
            found[-1] = Turn(last.on_s, off_s, last.speech_s + (off_s - on_s))
        else:
            found.append(Turn(on_s, off_s, off_s - on_s))
    return found


def _goes_on(off_s: float, on_s: float, others: Mask) -> bool:
    pause_s = on_s - off_s
    if pause_s <= PAUSE_S:
        return True
    return pause_s <= PAUSE_ALONE_S and not others[int(off_s / GRID_S) : int(on_s / GRID_S) + 1].any()


def _without_overlaps(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for on_s, off_s in sorted(spans):
        if joined and on_s <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], off_s))
        else:
            joined.append((on_s, off_s))
    return joined


def floor_periods(spoken: Sequence[Sequence[Turn]], duration_s: float) -> list[FloorPeriod]:
    """One after the other, up to the end of the show; before the first nobody holds the floor."""
    candidates = sorted(
        (turn.on_s, turn.off_s, k) for k, each in enumerate(spoken) for turn in each if turn.speech_s >= FLOOR_MIN_S
    )
    taken: list[tuple[float, int]] = []
    end_s = -1.0
    for on_s, off_s, k in candidates:
        if taken and k == taken[-1][1]:
            end_s = max(end_s, off_s)
        elif on_s >= end_s:
            taken.append((on_s, k))
            end_s = off_s
        elif off_s - end_s >= FLOOR_MIN_S:
            taken.append((end_s, k))  # won in overlap: it changes when the other stops
            end_s = off_s
    ends_s = [start_s for start_s, _ in taken[1:]] + [duration_s]
    return [FloorPeriod(start_s, until_s, k) for (start_s, k), until_s in zip(taken, ends_s, strict=False)]
