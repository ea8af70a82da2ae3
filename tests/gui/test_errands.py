"""A thread for what takes long: newest wish first served, nothing lost, nothing left behind."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from director_app.gui.sessions.errands import Errands, Urgency

pytestmark = pytest.mark.patient


def test_what_comes_of_it_arrives_in_the_thread_of_the_windows(qtbot: QtBot) -> None:
    errands = Errands("errands")
    came: list[tuple[int, bool]] = []
    errands.ask(
        "a", threading.get_ident, lambda worker: came.append((threading.get_ident(), worker != threading.get_ident()))
    )
    qtbot.waitUntil(lambda: bool(came))
    assert came == [(threading.get_ident(), True)]
    errands.close(5.0)


def test_the_same_wish_is_made_once_and_urgent_ones_come_first(qtbot: QtBot) -> None:
    errands = Errands("errands")
    begun, go = threading.Event(), threading.Event()
    made: list[str] = []
    came: list[str] = []

    def make(name: str) -> str:
        made.append(name)
        return name

    errands.ask("begin", begun.set, lambda _: None)
    errands.ask("block", lambda: go.wait(10), lambda _: None)
    assert begun.wait(10)
    errands.ask("thumbnail", lambda: make("thumbnail"), came.append, Urgency.THUMBNAIL)
    for number in range(5):
        errands.ask("scrub", lambda number=number: make(f"scrub {number}"), came.append, Urgency.SCRUB)  # type: ignore[misc]
    errands.ask("list", lambda: make("list"), came.append)
    go.set()
    qtbot.waitUntil(lambda: len(came) == 3)
    assert made == came == ["list", "scrub 4", "thumbnail"]
    errands.close(5.0)


def test_an_idle_one_has_no_thread(qtbot: QtBot) -> None:
    errands = Errands("idle errands")
    came: list[int] = []
    errands.ask("a", lambda: 1, came.append)
    qtbot.waitUntil(lambda: came == [1])
    qtbot.waitUntil(lambda: all(each.name != "idle errands" for each in threading.enumerate()))
    errands.ask("a", lambda: 2, came.append)
    qtbot.waitUntil(lambda: came == [1, 2])
    errands.close(5.0)


def test_what_nobody_expected_is_raised_by_the_owner_and_ends_nothing_else(qtbot: QtBot) -> None:
    errands = Errands("errands")
    came: list[int] = []
    errands.ask("bad", lambda: 1 // 0, came.append)
    errands.ask("good", lambda: 1, came.append)
    qtbot.waitUntil(lambda: came == [1])
    with pytest.raises(ZeroDivisionError):
        errands.close(5.0)
    errands.close(5.0)


def test_a_closed_one_takes_and_hands_over_nothing(qtbot: QtBot) -> None:
    errands = Errands("errands")
    begun, go = threading.Event(), threading.Event()
    came: list[object] = []

    def wait() -> bool:
        begun.set()
        return go.wait(10)

    errands.ask("a", wait, came.append)
    assert begun.wait(10)
    with pytest.raises(TimeoutError):
        errands.close(0.01)
    assert not errands.keep_going()
    go.set()
    errands.close(5.0)
    errands.ask("b", lambda: 1, came.append)
    qtbot.wait(1)
    assert came == []
