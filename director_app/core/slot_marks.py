"""Yes or no for every slot of a show, a byte each: whole shows are joined, cut and counted without a loop over slots.

Must not know what is marked.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from director_app.core.turns import Span

Marks = bytes
"""1 or 0 for every slot."""


def painted(spans: Iterable[Span], fps: Fraction, length: int) -> Marks:
    """1 in every slot inside a span; length in slots."""
    return marked(((round(start_s * fps), round(end_s * fps)) for start_s, end_s in spans), length)


def marked(ranges: Iterable[tuple[int, int]], length: int) -> Marks:
    """1 from the first slot of each range up to, not including, its end."""
    marks = bytearray(length)
    for first, end in ranges:
        begin, until = max(0, first), min(length, end)
        marks[begin:until] = b"\x01" * max(0, until - begin)
    return bytes(marks)


def either(rows: Iterable[Marks], length: int) -> Marks:
    """1 where any of the rows has it."""
    found = 0
    for row in rows:
        found |= int.from_bytes(row)
    return found.to_bytes(length)


def both(one: Marks, other: Marks) -> Marks:
    """1 where both have it."""
    return (int.from_bytes(one) & int.from_bytes(other)).to_bytes(len(one))


def neither(*rows: Marks) -> Marks:
    """1 where none of the rows has it; of at least one row."""
    return either(rows, len(rows[0])).translate(_TURNED)


def several(rows: Iterable[Marks], length: int) -> Marks:
    """1 where two rows or more have it."""
    once = twice = 0
    for row in rows:
        here = int.from_bytes(row)
        twice |= once & here
        once |= here
    return twice.to_bytes(length)


def runs(marks: Marks) -> Iterator[tuple[int, int]]:
    """(first, end) of everything that is marked without a gap."""
    first = marks.find(1)
    while first >= 0:
        end = marks.find(0, first)
        yield first, len(marks) if end < 0 else end
        first = -1 if end < 0 else marks.find(1, end)


def long_runs(marks: Marks, least: int) -> Marks:
    """Without runs of fewer slots."""
    return marked(((first, end) for first, end in runs(marks) if end - first >= least), len(marks))


_TURNED = bytes([1, 0, *[0] * 254])
