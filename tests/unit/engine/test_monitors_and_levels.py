"""Pictures and levels for windows."""

import time
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, cast

import numpy as np

from director_app.core.canvas import Canvas
from director_app.core.sources import CameraId, MicrophoneId
from director_app.engine.monitors import Monitor
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
