"""Readings cut into breath groups, and a timeline of turns fitted to them, so that nobody is cut off inside a word.

Works on samples at 16 kHz. Must not mix or write anything.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
Segments = list[list[float]]

RATE = 16_000
HOP = 160
SHORT_S = 1.0
"""Speech below this is a back-channel, as score.py has it."""


def breath_groups(reading: Samples) -> list[Samples]:
    """The reading cut at its pauses of 0.15 s and more, levelled to -26 dBFS while it speaks."""
    frames = reading[: len(reading) // HOP * HOP].reshape(-1, HOP)
    level = 10 * np.log10((frames**2).mean(1) + 1e-10)
    spoken = np.convolve(level > np.percentile(level, 95) - 19, np.ones(5), "same") > 1
    edges = np.flatnonzero(np.diff(np.r_[0, spoken.astype(int), 0]))
    pieces = [[int(a), int(b)] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    joined: list[list[int]] = []
    for a, b in pieces:
        if joined and a - joined[-1][1] < 15:
            joined[-1][1] = b
        else:
            joined.append([a, b])
    loud = reading * np.float32(10 ** (-26 / 20)) / np.sqrt((frames[spoken] ** 2).mean())
    return [_faded(loud[max(0, a - 4) * HOP : (b + 8) * HOP]) for a, b in joined if b - a >= 15]


def _faded(piece: Samples) -> Samples:
    out = piece.astype(np.float32).copy()
    out[:HOP] *= np.linspace(0, 1, HOP, dtype=np.float32)
    out[-2 * HOP :] *= np.linspace(1, 0, 2 * HOP, dtype=np.float32)
    return out


@dataclass(frozen=True, slots=True)
class Group:
    """One breath group and the file it was cut from."""

    samples: Samples
    file: str


@dataclass(slots=True)
class Reader:
    """One voice that reads on where it stopped. files: those it has read from."""

    groups: list[Group]
    files: set[str] = field(default_factory=set)
    _next: int = 0
    _short: int = 0

    def say(self, length_s: float) -> Samples:
        """Whole breath groups, together as near to length_s as they come."""
        if length_s < SHORT_S:
            short = [group for group in self.groups if 0.25 < len(group.samples) / RATE < 0.95]
            if short:
                self._short += 1
                short.sort(key=lambda group: len(group.samples))
                return self._read(short[(self._short * 3) % len(short)])
        said = self._take()
        while len(said) / RATE < length_s:
            following = self._peek()
            more = np.concatenate([said, np.zeros(int(0.16 * RATE), np.float32), following.samples])
            if len(more) / RATE - length_s > length_s - len(said) / RATE:
                break
            said = more
            self._take()
        return said

    def _peek(self) -> Group:
        return self.groups[self._next % len(self.groups)]

    def _take(self) -> Samples:
        group = self._peek()
        self._next += 1
        return self._read(group)

    def _read(self, group: Group) -> Samples:
        self.files.add(group.file)
        return group.samples


@dataclass(slots=True)
class Conversation:
    """Who speaks when, and the very samples of every stretch of speech."""

    speakers: list[Segments] = field(default_factory=list)
    said: list[list[Samples]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def fitted(timeline: list[Segments], voices: list[list[Group]], length_s: float) -> Conversation:
    """The timeline with every stretch as long as its words; what follows moves along, gaps and overlaps stay."""
    readers = [Reader(groups) for groups in voices]
    out = Conversation([[] for _ in voices], [[] for _ in voices])
    moved = 0.0
    for start, end, who in sorted((a, b, k) for k, s in enumerate(timeline) for a, b in s):
        samples = readers[who].say(end - start)
        at = round(start + moved, 2)
        if out.speakers[who]:
            at = max(at, round(out.speakers[who][-1][1] + 0.2, 2))
        until = at + len(samples) / RATE
        if end - start >= SHORT_S:
            moved += len(samples) / RATE - (end - start)
        if until > length_s:
            break
        out.files = sorted(set(out.files) | readers[who].files)
        out.speakers[who].append([at, round(until, 3)])
        out.said[who].append(samples)
    return out


@dataclass(frozen=True, slots=True)
class Shape:
    """What makes a timeline a good demo."""

    floors: list[tuple[float, float, int]]
    backchannels: int
    overlaps: list[float]
    ends_s: float
    begins_s: float

    def good(self, length_s: float) -> bool:
        """Lively, everybody has a say, one short overlap, one interruption."""
        holds = [b - a for a, b, _ in self.floors]
        shares = [sum(b - a for a, b, k in self.floors if k == who) for who in range(3)]
        return (
            9 <= len(holds) <= 15
            and min(holds) >= 2.4
            and max(holds) <= 9.5
            and min(shares) >= 12.0
            and 3 <= self.backchannels <= 7
            and sum(0.15 <= o <= 0.55 for o in self.overlaps) == 1
            and sum(0.6 <= o <= 1.7 for o in self.overlaps) == 1
            and len(self.overlaps) == 2
            and self.begins_s >= 0.3
            and length_s - 2.2 <= self.ends_s <= length_s - 0.3
        )


def shape(speakers: list[Segments], length_s: float, floor: Callable[..., Any]) -> Shape:
    """Measures a timeline with score.py's own floor()."""
    periods, _, units = floor(speakers, length_s)
    major = sorted((a, b, k) for k, unit in enumerate(units) for a, b, spoken in unit if spoken >= SHORT_S)
    overlaps = [
        min(first[1], second[1]) - second[0]
        for i, first in enumerate(major)
        for second in major[i + 1 :]
        if second[0] < first[1] - 0.05
    ]
    brief = sum(spoken < SHORT_S for unit in units for _, _, spoken in unit)
    ends = [b for s in speakers for _, b in s]
    starts = [a for s in speakers for a, _ in s]
    return Shape(periods, brief, overlaps, max(ends), min(starts))
