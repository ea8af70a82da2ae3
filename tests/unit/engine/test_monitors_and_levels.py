"""Pictures and levels for windows."""

import threading
import time
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, cast

import numpy as np
import pytest

from director_app.core.canvas import Canvas
from director_app.core.sources import CameraId, MicrophoneId
from director_app.engine.monitors import Monitor, MonitorPicture
from director_app.engine.monitors_ahead import Ahead
from director_app.engine.recent_events import RecentEvents
from director_app.engine.sound import MicrophoneLine
from director_app.engine.sound_levels import LOWEST_DB, SoundLevels
from director_app.media.frame import FramePool
from director_app.media.shelf import FrameShelf
from director_app.media.sound.block import SoundBlock

CAMERA = CameraId("cam_1")


def _shelf(luma: int, u: int = 128, v: int = 128) -> FrameShelf:
    pool = FramePool(Canvas(640, 360, Fraction(30)))
    shelf = FrameShelf(33_333_333)
    frame = pool.lend()
    frame.picture[:360], frame.picture[360:450], frame.picture[450:] = luma, u, v
    frame.arrived_ns = 7
    shelf.put(frame, 0)
    return shelf


def test_a_picture_comes_in_the_size_that_is_asked_for_and_keeps_its_colour() -> None:
    found = Monitor(lambda: {CAMERA: _shelf(81, 90, 240)}).look(CAMERA, 201, 113)
    assert found is not None
    assert found.pixels.shape == (114, 202, 4)
    assert found.arrived_ns == 7
    blue, green, red, alpha = found.pixels[50, 50].tolist()
    assert red > 220 and green < 40 and blue < 40 and alpha == 255


_COLOURS = {"red": (81, 90, 240), "green": (145, 54, 34), "blue": (41, 240, 110), "grey": (128, 128, 128)}
"""Y, U and V."""


@pytest.mark.parametrize("size", [(160, 90), (202, 114), (212, 120), (320, 180), (638, 358), (640, 360), (1280, 720)])
def test_every_corner_keeps_its_brightness_and_colour_at_every_size(size: tuple[int, int]) -> None:
    shelf = FrameShelf(33_333_333)
    frame = FramePool(Canvas(640, 360, Fraction(30))).lend()
    luma = frame.picture[:360]
    planes = (luma, *frame.picture[360:].reshape(2, 180, 320))
    for corner, colour in enumerate(_COLOURS.values()):
        for plane, value in zip(planes, colour, strict=True):
            down, across = plane.shape[0] // 2, plane.shape[1] // 2
            plane[corner // 2 * down :][:down, corner % 2 * across :][:, :across] = value
    shelf.put(frame, 0)
    found = Monitor(lambda: {CAMERA: shelf}).look(CAMERA, *size)
    assert found is not None
    width, height = size
    for corner, name in enumerate(_COLOURS):
        left, top = corner % 2 * width // 2, corner // 2 * height // 2
        inside = found.pixels[top + 2 : top + height // 2 - 2, left + 4 : left + width // 2 - 4, :3].reshape(-1, 3)
        least, most = inside.min(axis=0).astype(int), inside.max(axis=0).astype(int)
        assert (most - least).max() <= 2, name
        if name == "grey":
            assert np.ptp(most) <= 4
        else:
            assert most.argmax() == {"blue": 0, "green": 1, "red": 2}[name]
            assert most.max() > 200
            assert np.sort(most)[1] < 60


def test_nothing_new_is_nothing() -> None:
    shelf = _shelf(100)
    monitor = Monitor(lambda: {CAMERA: shelf})
    assert monitor.look(CAMERA, 160, 90) is not None
    assert monitor.look(CAMERA, 160, 90) is None
    assert monitor.look(CAMERA, 320, 180) is not None
    shelf.put(FramePool(Canvas(640, 360, Fraction(30))).lend(), 1)
    assert monitor.look(CAMERA, 320, 180) is not None


def test_an_unknown_camera_shows_nothing() -> None:
    assert Monitor(dict).look(CAMERA, 160, 90) is None


class _Later:
    """Makes what was ordered when the test says so."""

    def __init__(self) -> None:
        self.orders: list[tuple[int, Any]] = []
        self.serves = True

    def at(self, due_ns: int, make: Any) -> None:
        self.orders.append((due_ns, make))

    def work(self) -> None:
        orders, self.orders = self.orders, []
        for _, make in orders:
            make()


def _put(shelf: FrameShelf, luma: int) -> None:
    frame = FramePool(Canvas(640, 360, Fraction(30))).lend()
    frame.picture[:360], frame.picture[360:] = luma, 128
    shelf.put(frame, 1)


def _grey(found: MonitorPicture | None) -> int:
    assert found is not None
    return int(found.pixels[20, 20, 0])


@dataclass
class _Clock:
    """Stands still but for the test."""

    now_ns: int = 10**12

    def perf_counter_ns(self) -> int:
        return self.now_ns


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Clock:
    made = _Clock()
    monkeypatch.setattr("director_app.engine.monitors.time", made)
    return made


@pytest.mark.usefixtures("clock")
def test_the_next_picture_is_made_before_it_is_asked_for() -> None:
    shelf, later = _shelf(100), _Later()
    monitor = Monitor(lambda: {CAMERA: shelf}, cast("Ahead", later))
    dark = _grey(monitor.look(CAMERA, 160, 90))
    _put(shelf, 200)
    assert monitor.look(CAMERA, 160, 90) is None and len(later.orders) == 1
    later.work()
    second = monitor.look(CAMERA, 160, 90)
    # What is painted stays as it is while the one after it is made.
    _put(shelf, 30)
    later.work()
    assert _grey(second) > dark + 50
    assert _grey(monitor.look(CAMERA, 160, 90)) < dark


def test_the_next_picture_is_ordered_for_just_before_the_next_look() -> None:
    later = _Later()
    monitor = Monitor(lambda: {CAMERA: _shelf(100)}, cast("Ahead", later))
    monitor.look(CAMERA, 160, 90)
    later.work()
    before_ns = time.perf_counter_ns()
    monitor.look(CAMERA, 160, 90)
    assert later.orders[0][0] < before_ns + 100_000_000


def test_a_window_that_has_not_looked_for_long_gets_the_newest_picture(clock: _Clock) -> None:
    shelf, later = _shelf(100), _Later()
    monitor = Monitor(lambda: {CAMERA: shelf}, cast("Ahead", later))
    monitor.look(CAMERA, 160, 90)
    _put(shelf, 30)
    later.work()
    _put(shelf, 200)
    clock.now_ns += 60_000_000_000
    assert _grey(monitor.look(CAMERA, 160, 90)) > 150
    clock.now_ns += 60_000_000_000
    assert monitor.look(CAMERA, 160, 90) is None


def test_another_size_or_camera_is_there_at_once_whatever_is_being_made() -> None:
    shelf, other, later = _shelf(100), _shelf(220), _Later()
    monitor = Monitor(lambda: {CAMERA: shelf, CameraId("cam_2"): other}, cast("Ahead", later))
    first = monitor.look(CAMERA, 160, 90)
    assert _grey(monitor.look(CameraId("cam_2"), 160, 90)) > _grey(first) + 50
    larger = monitor.look(CameraId("cam_2"), 320, 180)
    later.work()
    assert larger is not None and larger.pixels.shape == (180, 320, 4)
    assert monitor.look(CameraId("cam_2"), 320, 180) is None
    assert _grey(monitor.look(CAMERA, 320, 180)) == _grey(first)


def test_a_thread_that_has_failed_costs_no_picture() -> None:
    shelf, later = _shelf(100), _Later()
    monitor = Monitor(lambda: {CAMERA: shelf}, cast("Ahead", later))
    monitor.look(CAMERA, 160, 90)
    later.serves = False
    _put(shelf, 200)
    assert _grey(monitor.look(CAMERA, 160, 90)) > 150


def test_what_is_ordered_is_made_in_a_thread_of_its_own_soonest_first() -> None:
    ahead, made, done = Ahead(), list[str](), threading.Event()
    now_ns = time.perf_counter_ns()
    ahead.at(now_ns + 3_600_000_000_000, lambda: made.append("never"))
    ahead.at(now_ns + 30_000_000, done.set)
    ahead.at(now_ns, lambda: made.append(threading.current_thread().name))
    assert done.wait(10)
    ahead.close()
    assert made == ["monitors"]
    assert not ahead.serves
    ahead.at(0, lambda: made.append("after the end"))
    assert len(made) == 1


def test_what_fails_in_the_thread_is_raised_by_its_owner() -> None:
    begun = threading.Event()

    def fails() -> None:
        begun.set()
        raise ValueError("no such picture")

    ahead = Ahead()
    ahead.at(0, fails)
    assert begun.wait(10)
    with pytest.raises(ValueError, match="no such picture"):
        ahead.close()
    assert not ahead.serves


@dataclass
class _Feed:
    """Hands on what the test says."""

    listeners: list[Any] = field(default_factory=list)

    def add_listener(self, listener: Any) -> None:
        self.listeners.append(listener)

    def remove_listener(self, listener: Any) -> None:
        self.listeners.remove(listener)

    def say(self, *samples: tuple[float, ...]) -> None:
        for listener in self.listeners:
            listener(SoundBlock(np.array(samples, np.float32), 48000, 0))


def _levels() -> tuple[_Feed, SoundLevels]:
    feed = _Feed()
    lines = [
        MicrophoneLine(MicrophoneId(f"mic_{channel}"), CAMERA, cast("Any", feed), channel, 0.0) for channel in (0, 1)
    ]
    return feed, SoundLevels(lines)


def test_each_channel_has_its_own_level() -> None:
    feed, levels = _levels()
    feed.say((0.1, -0.5), (0.0, 0.2))
    found = levels.look()
    assert -21 < found[MicrophoneId("mic_0")].level_db <= -19.9
    assert -7.1 < found[MicrophoneId("mic_1")].level_db <= -6.0


def test_a_clip_and_digital_silence_are_noted() -> None:
    feed, levels = _levels()
    before_s = time.perf_counter()
    feed.say((1.0, 0.0))
    loud, silent = levels.look()[MicrophoneId("mic_0")], levels.look()[MicrophoneId("mic_1")]
    assert loud.clipped_s is not None and loud.clipped_s >= before_s
    assert loud.heard_s is not None and loud.heard_s >= before_s
    assert silent.heard_s is not None and silent.heard_s < before_s
    assert silent.level_db == LOWEST_DB and silent.clipped_s is None


def test_sound_that_is_no_number_and_empty_blocks_harm_nobody() -> None:
    feed, levels = _levels()
    feed.say((float("nan"), 0.1))
    for listener in feed.listeners:
        listener(SoundBlock(np.zeros((0, 2), np.float32), 48000, 0))
    assert levels.look()[MicrophoneId("mic_0")].level_db == LOWEST_DB


def test_closed_levels_listen_no_more() -> None:
    feed, levels = _levels()
    levels.close()
    assert feed.listeners == []


def test_events_are_read_from_a_position_on() -> None:
    recent = RecentEvents()
    recent.add({"type": "a"})
    position, events = recent.since(0)
    assert (position, events) == (1, [{"type": "a"}])
    assert recent.since(position) == (1, [])
    recent.add({"type": "b"})
    assert recent.since(position) == (2, [{"type": "b"}])


def test_old_events_are_left_out_when_there_are_too_many() -> None:
    recent = RecentEvents()
    for number in range(25_000):
        recent.add({"n": number})
    position, events = recent.since(0)
    assert position == 25_000
    assert len(events) == 20_000 and events[-1] == {"n": 24_999}
