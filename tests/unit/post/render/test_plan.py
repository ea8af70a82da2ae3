"""Chapters of a film and what an ISO's index says, without a file."""

from fractions import Fraction

import numpy as np

from director_app.core.canvas import Canvas
from director_app.core.cut_list import cut_list
from director_app.core.edits import parts_of, whole_show
from director_app.core.sources import CameraId
from director_app.post.render.chapters import chapters_of, fitting_chapters
from director_app.post.render.iso_index import IsoIndex
from director_app.post.render.order import Chapter

A, B = CameraId("a"), CameraId("b")
CANVAS = Canvas(640, 360, Fraction(30))
EDIT = whole_show(cut_list(A, [(50, B)]), 300)


def index(slots: list[int], keys: set[int]) -> IsoIndex:
    return IsoIndex(
        np.array(slots, np.int64), np.array([slot in keys for slot in slots], bool), np.full(len(slots), 10, np.int32)
    )


def marker(t_s: float, label: str = "") -> dict[str, object]:
    return {"type": "marker", "t_s": t_s, "label": label}


def test_markers_are_chapters_and_there_is_one_at_the_beginning() -> None:
    events = [{"type": "switch", "t_s": 1.0}, marker(2.0, "Budget"), marker(5.0), marker(90.0, "After the end")]
    assert chapters_of(events, EDIT, CANVAS, "The show") == (
        Chapter(0, "The show"),
        Chapter(60, "Budget"),
        Chapter(150, "Marker 2"),
    )


def test_a_reel_has_the_markers_of_its_parts_in_its_own_order() -> None:
    reel = parts_of(EDIT, [(140, 200), (30, 80), (60, 61)])
    assert chapters_of([marker(2.0, "Budget"), marker(5.0, "Dog")], reel, CANVAS, "The show") == (
        Chapter(0, "The show"),
        Chapter(10, "Dog"),
        Chapter(90, "Budget"),
        Chapter(110, "Budget"),
    )


def test_chapters_that_somebody_else_made_are_fitted() -> None:
    given = [Chapter(30, "Two"), Chapter(300, "Behind"), Chapter(-1, "Before")]
    assert fitting_chapters(given, 300, "One") == (Chapter(0, "One"), Chapter(30, "Two"))
    assert fitting_chapters([Chapter(0, "First")], 300, "One") == (Chapter(0, "First"),)


def test_what_follows_a_hole_can_be_shown_from_the_next_key_frame_on() -> None:
    found = index([*range(2, 10), *range(12, 20), *range(25, 28)], {4, 15, 25})
    assert found.spans == ((4, 10), (15, 20), (25, 28))
    assert found.end == 28
    assert found.lacking(0, 30) == [(0, 4), (10, 15), (20, 25), (28, 30)]
    assert found.lacking(5, 9) == []
    assert found.run(5, 9) == (True, 9)
    assert found.run(10, 30) == (False, 15)
    assert found.run(28, 30) == (False, 30)


def test_key_frames_are_found() -> None:
    found = index(list(range(10)), {0, 4, 8})
    assert [found.is_key(slot) for slot in (0, 1, 4, 9)] == [True, False, True, False]
    assert [found.next_key(slot, 10) for slot in (0, 1, 4, 5, 9)] == [0, 4, 4, 8, 10]
    assert found.next_key(1, 3) == 3


def test_bytes_of_slots_and_an_empty_file() -> None:
    assert index(list(range(10)), {0}).bytes_of(3, 7) == 40
    nothing = index([], set())
    assert (nothing.end, nothing.lacking(0, 5)) == (0, [(0, 5)])
