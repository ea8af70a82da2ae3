"""Marks of slots: painted, joined, counted in runs."""

from fractions import Fraction

import pytest

from director_app.core.slot_marks import both, either, long_runs, marked, neither, painted, runs, several

ONE, OTHER, THIRD = b"\1\1\0\0\1", b"\0\1\1\0\1", b"\0\0\0\0\1"


def test_spans_are_painted_on_the_slots_they_cover() -> None:
    assert painted([(0.1, 0.3), (0.45, 9.0)], Fraction(10), 6) == b"\0\1\1\0\1\1"
    assert painted([], Fraction(10), 3) == b"\0\0\0"


def test_ranges_outside_the_show_mark_nothing() -> None:
    assert marked([(-3, 1), (4, 3), (9, 12)], 5) == b"\1\0\0\0\0"


def test_rows_are_joined_slot_by_slot() -> None:
    assert either([ONE, OTHER], 5) == b"\1\1\1\0\1"
    assert either([], 2) == b"\0\0"
    assert both(ONE, OTHER) == b"\0\1\0\0\1"
    assert neither(ONE, OTHER) == b"\0\0\0\1\0"
    assert several([ONE, OTHER, THIRD], 5) == b"\0\1\0\0\1"


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        (b"", []),
        (b"\0\0", []),
        (b"\1\1", [(0, 2)]),
        (b"\0\1\1\0\1", [(1, 3), (4, 5)]),
    ],
)
def test_runs_are_what_is_marked_without_a_gap(marks: bytes, found: list[tuple[int, int]]) -> None:
    assert list(runs(marks)) == found


def test_short_runs_are_forgotten() -> None:
    assert long_runs(b"\1\0\1\1\0\1\1\1", 2) == b"\0\0\1\1\0\1\1\1"
