"""What a show prints while it runs may fail in every way; and so may what a key does."""

import threading
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from director_app.cli import display, outcome
from director_app.cli.display import Guarded, PlainLines
from director_app.cli.keys import _listen
from director_app.cli.outcome import ToldOnce
from director_app.core.decisions import Mode
from director_app.core.sources import CameraId
from director_app.core.switcher import ProgramState
from director_app.engine.state import DirectorState, DiskState, Notice, Snapshot, Urgency
from tests.helpers.script import cast_of

NOTICE = Notice(Urgency.TROUBLE, "Camera 1 A stopped sending pictures.")
NOW = Snapshot(
    recording=True,
    t_s=1.0,
    director=DirectorState(1.0, ProgramState(CameraId("a"), 0.0, "The show opens.", Mode.AUTO, None, None, None), {}),
    cameras={},
    microphones={},
    frames_repeated=0,
    disk=DiskState(10**9, None),
    notices=(),
)


@pytest.fixture
def news(monkeypatch: pytest.MonkeyPatch) -> Console:
    """Records what would stand on standard error."""
    console = Console(record=True, soft_wrap=True, file=StringIO())
    monkeypatch.setattr(outcome, "news", console)
    monkeypatch.setattr(display, "news", console)
    return console


class Failing:
    """Fails where it is told to."""

    def __init__(self, *where: str) -> None:
        self._where = where
        self.calls: list[str] = []

    def show(self, snapshot: Snapshot) -> None:
        self._call("show")

    def close(self) -> None:
        self._call("close")

    def _call(self, name: str) -> None:
        self.calls.append(name)
        if name in self._where:
            raise ZeroDivisionError(name)


def lines(console: Console) -> list[str]:
    return console.export_text().splitlines()


def test_a_display_that_fails_is_closed_and_told_of_once(news: Console) -> None:
    inner = Failing("show", "close")
    shown = Guarded(lambda: inner)
    for _ in range(3):
        shown.show(NOW)
    shown.close()
    assert inner.calls == ["show", "close"]
    (line,) = lines(news)
    assert line == "The status cannot be shown any more; the show goes on. (close)"


def test_a_display_that_cannot_begin_or_end_is_told_of(news: Console) -> None:
    def fail() -> Failing:
        raise ValueError

    shown = Guarded(fail)
    shown.show(NOW)
    shown.close()
    assert lines(news) == ["The status cannot be shown any more; the show goes on. (ValueError)"]
    ending = Guarded(lambda: Failing("close"))
    ending.close()
    ending.close()
    assert lines(news) == ["The status cannot be shown any more; the show goes on. (close)"]


def test_plain_lines_tell_a_trouble_again_when_it_comes_again(news: Console) -> None:
    plain = PlainLines(cast_of("ab"))
    for notices in ((NOTICE,), (NOTICE,), (), (NOTICE,)):
        plain.show(replace(NOW, notices=notices))
    plain.close()
    told = lines(news)
    assert told.count(NOTICE.text) == 2
    assert len(told) == 3


def test_telling_survives_a_standard_error_that_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(Console):
        def print(self, *_: object, **__: object) -> None:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(outcome, "news", Gone())
    ToldOnce("It broke.").tell(ZeroDivisionError())


def test_a_key_that_fails_costs_no_other_key() -> None:
    typed, obeyed, failed = ["a", "bc", None], list[str](), list[str]()

    def obey(key: str) -> None:
        if key in "ab":
            raise ZeroDivisionError(key)
        obeyed.append(key)

    _listen(lambda _: typed.pop(0), obey, lambda error: failed.append(str(error)), threading.Event())
    assert (obeyed, failed) == (["c"], ["a", "b"])
