"""Edits: what a film consists of."""

import pytest

from director_app.core.canvas import Slot
from director_app.core.cut_list import Shot, cut_list
from director_app.core.edits import Edit, FilmShot, Stretch, parts_of, whole_show, with_leads
from director_app.core.sources import CameraId


def shot(camera: str, first: int, end: int) -> Shot:
    return Shot(CameraId(camera), Slot(first), Slot(end))


SHOW = whole_show(cut_list(CameraId("a"), [(100, CameraId("b")), (250, CameraId("a"))]), 400)


def test_a_whole_show_is_one_stretch_of_all_its_shots() -> None:
    assert SHOW.stretches == (Stretch((shot("a", 0, 100), shot("b", 100, 250), shot("a", 250, 400))),)
    assert len(SHOW) == 400


def test_parts_keep_the_order_they_are_asked_for_in_and_the_cuts_within() -> None:
    film = parts_of(SHOW, [(240, 260), (90, 110)])

    assert list(film.shots()) == [
        FilmShot(0, shot("b", 240, 250)),
        FilmShot(10, shot("a", 250, 260)),
        FilmShot(20, shot("a", 90, 100), stretch=1),
        FilmShot(30, shot("b", 100, 110), stretch=1),
    ]
    assert len(film) == 40


def test_frames_and_slots_find_each_other() -> None:
    film = parts_of(SHOW, [(240, 260), (90, 110), (250, 255)])

    assert [film.slot_of(frame) for frame in (0, 19, 20, 39, 40, 44)] == [240, 259, 90, 109, 250, 254]
    assert film.frames_of(252) == (12, 42)
    assert film.frames_of(0) == ()
    with pytest.raises(IndexError):
        film.slot_of(45)
    with pytest.raises(IndexError):
        film.slot_of(-1)


def test_what_is_no_film_is_refused() -> None:
    with pytest.raises(ValueError, match="ends in slot 5, and the next begins in 6"):
        Stretch((shot("a", 0, 5), shot("b", 6, 9)))
    with pytest.raises(ValueError, match="at least one shot"):
        Stretch(())
    with pytest.raises(ValueError, match="cannot be"):
        Stretch((shot("a", 5, 5),))
    with pytest.raises(ValueError, match="film of nothing"):
        whole_show(cut_list(CameraId("a"), []), 0)
    with pytest.raises(ValueError, match="one stretch"):
        parts_of(SHOW, [(390, 401)])


def test_films_that_show_the_same_are_equal() -> None:
    assert parts_of(SHOW, [(0, 400)]) == SHOW
    assert hash(parts_of(SHOW, [(0, 400)])) == hash(SHOW)
    assert Edit(SHOW.stretches * 2) != SHOW


def test_a_card_before_a_stretch_takes_frames_and_shows_no_slot() -> None:
    film = with_leads(parts_of(SHOW, [(240, 260), (90, 110)]), 60)

    assert [(each.frame, each.stretch, each.lead) for each in film.shots()] == [
        (60, 0, 60),
        (70, 0, 0),
        (140, 1, 60),
        (150, 1, 0),
    ]
    assert len(film) == 160
    assert [film.slot_of(frame) for frame in (60, 79, 140, 159)] == [240, 259, 90, 109]
    assert film.frames_of(95) == (145,)
    for card in (0, 59, 80, 139):
        with pytest.raises(IndexError):
            film.slot_of(card)
    with pytest.raises(ValueError, match="frames before a stretch"):
        with_leads(SHOW, -1)
