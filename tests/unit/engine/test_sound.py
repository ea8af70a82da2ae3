"""The sound of one recording: a broken microphone is told by name; nothing is freed under a living thread."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import cast

import numpy as np
import pytest

from director_app.capture.microphone_feed import Listener, MicrophoneFeed
from director_app.core.sound_batch import TOGETHER
from director_app.core.sources import CameraId, MicrophoneId, SourceState
from director_app.engine.sound import MicrophoneFailedError, MicrophoneLine, Sound
from director_app.media.packet_queue import PacketQueue
from director_app.media.sound.block import SoundBlock
from director_app.media.sound.packets import SoundPacket, SoundTick
from tests.helpers.wait import eventually

pytestmark = pytest.mark.realtime

MIC_A, MIC_B = MicrophoneId("mic_a"), MicrophoneId("mic_b")
CAMERA = CameraId("a")


class FakeFeed:
    """A healthy microphone that gives what a test gives."""

    state = SourceState.OK

    def __init__(self) -> None:
        self.listeners: list[Listener] = []

    def add_listener(self, listener: Listener) -> None:
        self.listeners.append(listener)

    def remove_listener(self, listener: Listener) -> None:
        self.listeners.remove(listener)

    def give(self, samples: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> None:
        for listener in self.listeners:
            listener(SoundBlock(samples, 48_000, time.perf_counter_ns()))


class FakeQueue:
    """Keeps what a file would be given."""

    def __init__(self) -> None:
        self.packets: list[SoundPacket] = []

    def put(self, *packets: SoundPacket) -> None:
        self.packets.extend(packets)


class Studio:
    """Two microphones of one camera, and all that their sound becomes."""

    def __init__(self, listener: Callable[[Sequence[SoundTick]], None] = lambda _: None) -> None:
        self.feeds = {MIC_A: FakeFeed(), MIC_B: FakeFeed()}
        self.sound = Sound(
            [MicrophoneLine(each, CAMERA, cast("MicrophoneFeed", feed), 0, 0.0) for each, feed in self.feeds.items()],
            TOGETHER,
        )
        self.flac = {each: FakeQueue() for each in self.feeds}
        for each, queue in self.flac.items():
            self.sound.write_flac(each, cast("PacketQueue", queue))
        self.sound.write_iso(CAMERA, cast("PacketQueue", FakeQueue()))
        self.failures: list[Exception] = []
        self.sound.start(time.perf_counter_ns(), lambda *_: None, listener, self.failures.append)


def test_a_microphone_that_breaks_is_told_by_name_once_and_the_others_are_complete() -> None:
    studio = Studio()
    for _ in range(2):
        studio.feeds[MIC_B].give(np.zeros(960, np.float32))
    eventually(lambda: studio.failures, 3, "it is told")
    studio.feeds[MIC_B].give(np.zeros(960, np.float32))
    with pytest.raises(MicrophoneFailedError, match="mic_b"):
        studio.sound.stop(24_000)
    studio.sound.close()
    assert [type(failure) for failure in studio.failures] == [MicrophoneFailedError]
    assert isinstance(studio.failures[0].__cause__, IndexError)
    assert [sum(packet.duration for packet in queue.packets) for queue in studio.flac.values()] == [24_000] * 2
    assert not any(feed.listeners for feed in studio.feeds.values())


def test_encoders_are_not_freed_while_the_sound_thread_uses_them(monkeypatch: pytest.MonkeyPatch) -> None:
    entered, go_on = threading.Event(), threading.Event()

    def wait(_: Sequence[SoundTick]) -> None:
        entered.set()
        go_on.wait(5)

    studio, freed = Studio(wait), list[str]()
    assert entered.wait(5)
    close = studio.sound.mix.close

    def noted() -> None:
        freed.append("mix")
        close()

    monkeypatch.setattr(studio.sound.mix, "close", noted)
    thread = studio.sound._thread
    assert thread is not None
    with pytest.raises(TimeoutError):
        thread.stop(24_000, 0.01)
    studio.sound.close()
    assert freed == []
    go_on.set()
    studio.sound.stop(24_000)
    studio.sound.close()
    assert freed == ["mix"]
