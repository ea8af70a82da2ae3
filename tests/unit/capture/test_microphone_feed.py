"""The feed against a reader that does what the test's script says; nothing here waits for real time."""

import threading
from collections.abc import Iterable

import numpy as np
import pytest

from director_app.capture import microphone_feed
from director_app.capture.errors import SourceError, SourceLostError, SourceNotFoundError, SourceUnusableError
from director_app.capture.microphone_feed import MicrophoneFeed
from director_app.core.sources import SourceState
from director_app.media.sound.block import SoundBlock

pytestmark = pytest.mark.realtime


def block() -> SoundBlock:
    return SoundBlock(np.zeros((960, 2), np.float32), 48_000, 1)


class Scripted:
    """Gives or raises what the script says, per opening; then nothing more, until closed."""

    def __init__(self, *openings: Exception | Iterable[SoundBlock | Exception]) -> None:
        self._openings = iter(openings)
        self._now: list[SoundBlock | Exception] = []
        self.idle = threading.Event()
        self.open_count = 0
        self.closed = threading.Event()

    def open(self) -> None:
        self.open_count += 1
        opening = next(self._openings, ())
        if isinstance(opening, Exception):
            raise opening
        self._now = list(opening)

    def read(self, timeout_s: float) -> SoundBlock | None:
        if not self._now:
            self.idle.set()
            threading.Event().wait(0.001)
            return None
        given = self._now.pop(0)
        if isinstance(given, Exception):
            raise given
        return given

    def close(self) -> None:
        self.closed.set()


def test_blocks_go_to_every_listener_and_state_is_ok() -> None:
    reader = Scripted([block(), block()])
    feed = MicrophoneFeed(reader, "mixer")
    first: list[SoundBlock] = []
    second: list[SoundBlock] = []
    feed.add_listener(first.append)
    feed.add_listener(second.append)
    feed.remove_listener(print)
    feed.start()
    feed.start()
    assert reader.idle.wait(5)
    assert feed.state is SourceState.OK
    assert feed.last_block_ns is not None
    late: list[SoundBlock] = []
    feed.add_listener(late.append)
    assert len(late) == 2
    feed.stop()
    feed.stop()
    assert (len(first), len(second)) == (2, 2)
    assert reader.closed.is_set()
    assert not any(given.gap_before for given in first)


def test_a_lost_device_is_opened_again_and_leaves_a_gap() -> None:
    reader = Scripted([block(), SourceLostError("The mixer has gone.")], [block(), block()])
    feed, heard = MicrophoneFeed(reader, "mixer"), list[SoundBlock]()
    feed.add_listener(heard.append)
    feed.start()
    assert reader.idle.wait(5)
    feed.stop()
    assert [given.gap_before for given in heard] == [False, True, False]
    assert feed.state is SourceState.OK


def test_a_missing_device_says_why_and_does_not_hold_up_the_stop() -> None:
    trouble: list[Exception] = [SourceNotFoundError("There is no mixer.")] * 100
    reader = Scripted(*trouble)
    feed = MicrophoneFeed(reader, "mixer")
    feed.start()
    assert reader.closed.wait(5)
    feed.stop(1.0)
    assert (feed.state, feed.error) == (SourceState.LOST, "There is no mixer.")
    assert reader.open_count == 1


def test_what_can_never_work_is_not_tried_again() -> None:
    errors: list[SourceError] = [SourceUnusableError("The file is no sound."), SourceUnusableError("again")]
    reader = Scripted(*errors)
    feed = MicrophoneFeed(reader, "file")
    feed.start()
    feed._thread.join(5)
    assert (feed.state, feed.error, reader.open_count) == (SourceState.LOST, "The file is no sound.", 1)
    feed.stop()


@pytest.mark.parametrize("trouble", [SourceUnusableError("The file is no sound."), SourceLostError("It has gone.")])
def test_what_was_heard_once_is_opened_again(trouble: SourceError, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(microphone_feed, "FIRST_WAIT_S", 0.001)
    reader = Scripted([block(), trouble], trouble, [block()])
    feed, heard = MicrophoneFeed(reader, "mixer"), list[SoundBlock]()
    feed.add_listener(heard.append)
    feed.start()
    assert reader.idle.wait(5)
    assert (feed.state, feed.error) == (SourceState.OK, None)
    feed.stop()
    assert [given.gap_before for given in heard] == [False, True]


def test_what_nobody_expected_is_opened_again_and_raised_at_the_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(microphone_feed, "FIRST_WAIT_S", 0.001)
    reader = Scripted([ZeroDivisionError("oops")], KeyError("later"), [block()])
    feed, heard = MicrophoneFeed(reader, "mixer"), list[SoundBlock]()
    feed.add_listener(heard.append)
    feed.start()
    assert reader.idle.wait(5)
    assert (feed.state, feed.error, reader.open_count) == (SourceState.OK, None, 3)
    with pytest.raises(ZeroDivisionError):
        feed.stop()
    assert [given.gap_before for given in heard] == [True]


def test_what_nobody_expected_is_a_sentence() -> None:
    reader = Scripted([ZeroDivisionError("oops")])
    feed = MicrophoneFeed(reader, "mixer")
    feed.start()
    assert reader.closed.wait(5)
    with pytest.raises(ZeroDivisionError):
        feed.stop()
    assert (feed.state, feed.error) == (SourceState.LOST, "The microphone mixer failed unexpectedly: oops")


def test_a_feed_that_never_started_stops() -> None:
    MicrophoneFeed(Scripted(), "mixer").stop()
