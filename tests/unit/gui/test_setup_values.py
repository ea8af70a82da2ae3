"""The few values that Set up offers, and the worker behind it."""

import threading
from collections.abc import Sized
from pathlib import Path

import pytest

from director_app.gui.models import setup_edits as edits
from director_app.gui.models import setup_values as values
from director_app.gui.models.setup import draft_of
from director_app.gui.setup.work import Work
from director_app.session.demo_show import demo_show
from tests.helpers.wait import eventually


def test_what_the_file_says_stands_beside_what_is_usual() -> None:
    draft = draft_of(demo_show())
    assert values.canvases(draft).words == ("720p30", "1080p30") and values.canvases(draft).selected == 0
    odd = edits.set_canvas(edits.set_delay(draft, 1.25), 1280, 800, 25.0)
    assert values.canvases(odd).words[-1] == "1280 × 800, 25" and values.canvases(odd).selected == 2
    assert values.delays(odd).words == ("0", "0.5 s", "1.0 s", "1.25 s")
    assert values.delays(draft).selected == 2
    assert values.styles(edits.set_style(draft, "lively")).selected == 2


def test_how_long_a_disk_lasts() -> None:
    assert values.room_words(None, demo_show()) == ""
    assert values.room_words(0, demo_show()) == "0 s left"
    assert values.room_words(100_000_000_000, demo_show()) == "7 h 23 min left"


def test_the_disk_of_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    free = values.disk_free(tmp_path / "not" / "yet")
    assert free is not None and free > 0


def test_folders_as_people_write_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ana")
    assert values.shown_path(Path("/home/ana/Videos")) == "~/Videos"
    assert values.typed_path(" ~/Videos ") == Path("/home/ana/Videos")
    assert values.typed_path("  ") is None
    odd = values.typed_path("~nobody-here/x")
    assert odd is not None and odd.is_absolute()


def delivered(work: Work, got: Sized) -> bool:
    work.deliver()
    return bool(got)


def test_work_is_done_elsewhere_and_handed_over_here() -> None:
    work, here = Work(), threading.get_ident()
    got: list[tuple[int, int]] = []
    work.ask(threading.get_ident, lambda there: got.append((there, threading.get_ident())))
    eventually(lambda: delivered(work, got), 10, "the result")
    assert got[0][0] != here and got[0][1] == here
    work.close()
    work.close()
    work.ask(lambda: 1, lambda _: got.clear())
    assert got


def test_what_nobody_had_expected_is_raised_at_the_end() -> None:
    work = Work()
    gone_on: list[int] = []
    work.ask(lambda: 1 // 0, lambda _: None)
    work.ask(lambda: 2, gone_on.append)
    eventually(lambda: delivered(work, gone_on), 10, "the next job")
    with pytest.raises(ZeroDivisionError):
        work.close()
