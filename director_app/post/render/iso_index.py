"""Which slots of an ISO can be shown, where its key frames lie and how large its packets are: from the file's index.

A packet can be shown only if every packet since its key frame is there. Reads nothing but the index.
"""

from bisect import bisect_right
from fractions import Fraction
from itertools import pairwise

import numpy as np
from av.video.stream import VideoStream
from numpy.typing import NDArray

from director_app.core.canvas import Slot

Span = tuple[int, int]
"""(first slot, the slot after the last)."""


class IsoIndex:
    """One file's index. Holds four bytes a slot."""

    def __init__(self, slots: NDArray[np.int64], is_key: NDArray[np.bool_], sizes: NDArray[np.int32]) -> None:
        """All of the same shape (packets,), slots rising."""
        self._slots, self._sizes = slots, sizes
        self._keys: list[int] = slots[is_key].tolist()
        self.spans: tuple[Span, ...] = tuple(_whole_spans(slots, is_key))
        """What can be shown, in order."""
        self._firsts = [first for first, _ in self.spans]

    @property
    def end(self) -> Slot:
        """The slot after the last that can be shown."""
        return Slot(self.spans[-1][1] if self.spans else 0)

    def is_key(self, slot: int) -> bool:
        """Whether this slot's packet is a key frame."""
        at = bisect_right(self._keys, slot) - 1
        return at >= 0 and self._keys[at] == slot

    def next_key(self, slot: int, end: int) -> int:
        """The first key frame from this slot on, or end."""
        at = bisect_right(self._keys, slot - 1)
        return min(self._keys[at], end) if at < len(self._keys) else end

    def run(self, slot: int, end: int) -> tuple[bool, int]:
        """Whether the slot can be shown, and up to where, at most end, the same is true of its neighbours."""
        at = bisect_right(self._firsts, slot) - 1
        if at >= 0 and slot < self.spans[at][1]:
            return True, min(end, self.spans[at][1])
        return False, min(end, self._firsts[at + 1]) if at + 1 < len(self._firsts) else end

    def lacking(self, first: int, end: int) -> list[Span]:
        """What of these slots cannot be shown."""
        found, slot = [], first
        while slot < end:
            can_be_shown, until = self.run(slot, end)
            if not can_be_shown:
                found.append((slot, until))
            slot = until
        return found

    def bytes_of(self, first: int, end: int) -> int:
        """Of the packets of these slots."""
        low, high = np.searchsorted(self._slots, [first, end])
        return int(self._sizes[low:high].sum(dtype=np.int64))


def read_index(video: VideoStream, fps: Fraction) -> IsoIndex:
    """The index of an open file's pictures."""
    entries = video.index_entries
    count = len(entries)
    stamps, sizes = np.empty(count, np.int64), np.empty(count, np.int32)
    is_key = np.empty(count, np.bool_)
    for number, entry in enumerate(entries):
        stamps[number], sizes[number], is_key[number] = entry.timestamp, entry.size, entry.is_keyframe
    slots = np.rint(stamps * float((video.time_base or Fraction(1, 90_000)) * fps)).astype(np.int64)
    order = np.argsort(slots, kind="stable")
    return IsoIndex(slots[order], is_key[order], sizes[order])


def _whole_spans(slots: NDArray[np.int64], is_key: NDArray[np.bool_]) -> list[Span]:
    """Runs without a hole that begin with a key frame."""
    if not len(slots):
        return []
    holes = (np.flatnonzero(np.diff(slots) != 1) + 1).tolist()
    bounds = [0, *holes, len(slots)]
    spans: list[Span] = []
    for begin, end in pairwise(bounds):
        keys = np.flatnonzero(is_key[begin:end])
        if len(keys):
            spans.append((int(slots[begin + keys[0]]), int(slots[end - 1]) + 1))
    return spans
