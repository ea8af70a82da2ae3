"""The program clock and the dispatch on an injected time, without waiting for anything."""

import threading
from fractions import Fraction

import numpy as np
import pytest

from director_app.core.canvas import Canvas, Slot
from director_app.core.sources import CameraId
from director_app.media.clock import Lateness, ProgramClock
from director_app.media.dispatch import Dispatch
from director_app.media.frame import Frame, FramePool
from director_app.media.packets import FrameKind
from director_app.media.shelf import FrameShelf

TINY = Canvas(64, 64, Fraction(25))
FRAME_NS = 40_000_000
A, B = CameraId("a"), CameraId("b")


def test_after_a_stall_the_missed_slots_follow_at_once_and_in_order() -> None:
    called: list[int] = []
    caught_up = threading.Event()
    now = iter([0, *([1_000_000_000] * 200)])

    def on_slot(slot: Slot) -> None:
        called.append(slot)
        if slot == 25:
            caught_up.set()

    clock = ProgramClock(TINY, 0, on_slot, lambda: next(now))
    clock.start()
    assert caught_up.wait(5.0)
    assert clock.stop() == 26
    assert called == list(range(26))
    assert clock.lateness.worst_ms == 960.0


def test_a_clock_that_was_stopped_before_its_first_slot_has_no_length() -> None:
    clock = ProgramClock(TINY, 10**18, lambda _: None, lambda: 0)
    clock.start()
    assert clock.stop() == 0


def test_what_a_slot_raises_comes_out_of_stop() -> None:
    def fail(_slot: Slot) -> None:
        raise KeyError("slot")

    clock = ProgramClock(TINY, 0, fail, lambda: 0)
    clock.start()
    clock._thread.join(5.0)
    with pytest.raises(KeyError, match="slot"):
        clock.stop()


def test_lateness_percentiles() -> None:
    lateness = Lateness()
    assert lateness.percentile_ms(99) == 0.0
    for late_ms in [0.1] * 98 + [5.1, 30.0]:
        lateness.add(late_ms)
    assert lateness.percentile_ms(50) == 0.25
    assert lateness.percentile_ms(99) == 5.25
    assert lateness.worst_ms == 30.0


class RecordingEncoder:
    """Stands where a CameraEncoder does and remembers what it was offered."""

    def __init__(self, camera: CameraId) -> None:
        self.camera = camera
        self.offered: list[tuple[int, Frame, FrameKind]] = []
        self.overloaded = 0

    def offer(self, slot: int, frame: Frame, kind: FrameKind) -> None:
        """Never blocks."""
        self.offered.append((slot, frame, kind))


class Desk:
    """A dispatch with two cameras."""

    def __init__(self) -> None:
        self.pool = FramePool(TINY)
        self.dispatch = Dispatch(TINY, 0, 50)
        self.encoders = {camera: RecordingEncoder(camera) for camera in (A, B)}
        self.shelves = {camera: FrameShelf(FRAME_NS) for camera in (A, B)}
        self.placeholder = self.pool.lend()
        for camera in (A, B):
            self.dispatch.add(self.encoders[camera], self.shelves[camera], self.placeholder)  # type: ignore[arg-type]

    def frame(self, camera: CameraId, at_ns: int) -> Frame:
        """A new picture of this camera."""
        frame = self.pool.lend()
        frame.arrived_ns = at_ns
        self.shelves[camera].put(frame, at_ns)
        return frame

    def slots(self, first: int, end: int) -> None:
        """The program clock passes these slots."""
        for slot in range(first, end):
            self.dispatch.on_slot(Slot(slot))


def test_a_slot_takes_the_newest_picture_and_repeats_it_when_none_came() -> None:
    desk = Desk()
    first = desk.frame(A, -10_000_000)
    desk.slots(0, 2)
    second = desk.frame(A, 60_000_000)
    desk.slots(2, 3)
    assert [frame for _, frame, _ in desk.encoders[A].offered] == [first, first, second]
    assert desk.dispatch.frames_repeated()[A] == 1


def test_a_camera_without_a_picture_gets_its_placeholder() -> None:
    desk = Desk()
    desk.slots(0, 1)
    assert desk.encoders[B].offered[0][1] is desk.placeholder


def test_an_absent_camera_gets_its_placeholder_until_it_is_back() -> None:
    desk = Desk()
    picture = desk.frame(A, -10_000_000)
    desk.dispatch.show_placeholders({A})
    desk.slots(0, 1)
    desk.dispatch.show_placeholders(set())
    desk.slots(1, 2)
    assert [frame for _, frame, _ in desk.encoders[A].offered] == [desk.placeholder, picture]


def test_slot_0_is_a_key_frame_and_so_is_every_slot_that_is_asked_for() -> None:
    desk = Desk()
    desk.slots(0, 5)
    assert desk.dispatch.ask_key(B) == 5
    assert desk.dispatch.ask_key(A, 8) == 8
    assert desk.dispatch.key_for_cut(B, 3, 20) == 5
    assert desk.dispatch.key_for_cut(B, 6, 20) == 20
    desk.slots(5, 80)
    kinds = {
        camera: [slot for slot, _, kind in desk.encoders[camera].offered if kind is FrameKind.KEY]
        for camera in (A, B)
    }
    assert kinds == {A: [0, 8, 58], B: [0, 5, 20, 70]}


def test_buffers_are_used_again_and_never_while_somebody_holds_them() -> None:
    pool = FramePool(TINY)
    first, second = pool.lend(), pool.lend()
    assert not np.shares_memory(first.picture, second.picture)
    kept = first.picture
    del first
    third = pool.lend()
    assert third.picture is kept
    assert pool.made == 2
