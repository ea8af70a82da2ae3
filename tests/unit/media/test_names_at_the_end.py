"""A recording that ends while a name is on air: what still comes is waited for, however slowly, but not for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from director_app.media import bus
from director_app.media.packets import VideoPacket
from tests.helpers.studio import A, HandMadeHeads, Studio, told
from tests.helpers.wait import eventually

_SLOW_S = 0.9
"""What each picture takes by a clock that is moved by hand."""


class _SlowHeads:
    """Makes one picture after the other in a thread of its own, while the recording ends."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._passed_s = 0.0
        monkeypatch.setattr(bus, "time", SimpleNamespace(monotonic=lambda: self._passed_s))
        self.heads = HandMadeHeads(slowly=True)

    def program(self, studio: Studio, slots: range, wait_for: Callable[[int], None]) -> list[VideoPacket]:
        """wait_for: until the picture of this slot may be made."""

        def make_slowly() -> None:
            for slot in slots:
                wait_for(slot)
                self._passed_s += _SLOW_S
                self.heads.make(1)

        with ThreadPoolExecutor(1) as slow:
            making = slow.submit(make_slowly)
            program = studio.program()
            making.result()
        return program


def test_a_recording_that_ends_under_a_name_has_every_slot() -> None:
    heads = HandMadeHeads(slowly=True)
    studio = Studio(10, heads=heads).run(50)
    studio.name(A, 45)
    assert told(studio.end_late(heads)[43:]) == "aa" + "N!NNNN"


def test_a_recording_that_ends_under_a_slow_name_has_every_slot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the last pictures takes nearly a second, all of them longer than anything that hangs is waited for."""
    slow = _SlowHeads(monkeypatch)
    studio = Studio(10, heads=slow.heads).run(50)
    studio.name(A, 42)
    studio.until_left(40)
    program = slow.program(studio, range(42, 50), studio.until_left)
    assert told(program[40:]) == "aa" + "N!" + "N" * 7
    assert (studio.undressed, studio.bus.skipped) == ([], 0)


def test_a_recording_does_not_wait_for_ever_for_pictures_that_trickle(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = _SlowHeads(monkeypatch)
    studio = Studio(60, heads=slow.heads).run(100)
    studio.name(A, 42, 100)
    studio.until_left(40)

    def left_or_over(slot: int) -> None:
        eventually(lambda: studio.bus._ended or studio.bus._on_air.next_slot == slot, 5.0, "it goes on")

    program = slow.program(studio, range(42, 100), left_or_over)
    assert [packet.slot for packet in program] == list(range(len(program)))
    assert 20 <= (len(program) - 42) * _SLOW_S <= 25
    assert studio.bus.skipped == 100 - len(program)
