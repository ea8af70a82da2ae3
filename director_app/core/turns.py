"""Turns and the floor, seen afterwards, when every pause and every overlap is known.

The definition that the score of a cut list uses: a turn is one person's speech joined over short pauses; turns with a
second of speech or more can take the floor; in overlap it changes when the old holder stops and the new one goes on.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from director_app.core.sources import MicrophoneId

JOIN_S = 0.5
"""Pauses up to this never split a turn ..."""

JOIN_ALONE_S = 1.5
"""... nor up to this while nobody else speaks."""

FLOOR_TURN_S = 1.0
"""Speech that a turn needs to take the floor, and what must be left of it when the old holder stops."""

Span = tuple[float, float]
"""From, to; seconds."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's turn, seconds. speech_s: how much of it was spoken."""

    microphone: MicrophoneId
    start_s: float
    end_s: float
    speech_s: float

    @property
    def is_major(self) -> bool:
        """Long enough to take the floor."""
        return self.speech_s >= FLOOR_TURN_S - 1e-9


@dataclass(frozen=True, slots=True)
class Period:
    """The floor is held by one person from start_s to end_s."""

    holder: MicrophoneId
    start_s: float
    end_s: float


def turns(speech: Mapping[MicrophoneId, Sequence[Span]]) -> list[Turn]:
    """Every turn, in the order of beginnings. speech: spans of own speech of each microphone, in any order."""
    found: list[Turn] = []
    for microphone, spans in speech.items():
        others = [span for other, theirs in speech.items() if other != microphone for span in theirs]
        found += _joined(microphone, disjoint(spans), sorted(others))
    return sorted(found, key=lambda turn: (turn.start_s, turn.end_s))


def disjoint(spans: Sequence[Span]) -> list[Span]:
    """In order; what touches or overlaps is one."""
    kept: list[Span] = []
    for start_s, end_s in sorted(spans):
        if kept and start_s <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(kept[-1][1], end_s))
        else:
            kept.append((start_s, end_s))
    return kept


def _joined(microphone: MicrophoneId, spans: Sequence[Span], others: Sequence[Span]) -> list[Turn]:
    """others: every span of everybody else, by beginning."""
    beginnings = [start_s for start_s, _ in others]
    latest_end = list(accumulate((end_s for _, end_s in others), max))
    joined: list[Turn] = []
    for start_s, end_s in spans:
        last = joined[-1] if joined else None
        if last is not None and start_s - last.end_s <= JOIN_ALONE_S:
            before = bisect_left(beginnings, start_s)
            alone = before == 0 or latest_end[before - 1] <= last.end_s
            if alone or start_s - last.end_s <= JOIN_S:
                joined[-1] = replace(last, end_s=end_s, speech_s=last.speech_s + end_s - start_s)
                continue
        joined.append(Turn(microphone, start_s, end_s, end_s - start_s))
    return joined


def floor(every: Sequence[Turn], end_s: float) -> list[Period]:
    """Who held the floor when. every: turns in the order of beginnings."""
    holders: list[tuple[float, MicrophoneId]] = []
    until_s = -1.0
    for turn in every:
        if not turn.is_major:
            continue
        if holders and turn.microphone == holders[-1][1]:
            until_s = max(until_s, turn.end_s)
        elif not holders or turn.start_s >= until_s:
            holders.append((turn.start_s, turn.microphone))
            until_s = turn.end_s
        elif turn.end_s - until_s >= FLOOR_TURN_S:
            holders.append((until_s, turn.microphone))
            until_s = turn.end_s
    starts = [start_s for start_s, _ in holders]
    return [
        Period(holder, start_s, end) for (start_s, holder), end in zip(holders, [*starts[1:], end_s], strict=False)
    ]
