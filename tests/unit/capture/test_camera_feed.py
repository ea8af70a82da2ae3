"""A feed with a scripted reader: what it makes of a camera that goes, comes, freezes and fails."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from director_app.capture import camera_feed
from director_app.capture.camera_feed import CameraFeed
from director_app.capture.errors import SourceLostError, SourceNotFoundError, SourceUnusableError
from director_app.capture.reader import CameraReader, Liveness, Picture
from director_app.core.canvas import Canvas
from director_app.core.sources import CameraId, SourceState
from director_app.media.fit import Fitter
from director_app.media.frame import Frame, FramePool
from director_app.media.shelf import FrameShelf
from tests.helpers.wait import eventually

pytestmark = pytest.mark.realtime

CANVAS = Canvas(64, 36, Fraction(30))


class Studio:
    """What all readers of one camera share. fault: raised by open() or read(), whichever comes next."""

    def __init__(self, liveness: Liveness = Liveness.SENSOR) -> None:
        self.liveness = liveness
        self.missing: Exception | None = None
        self.fault: BaseException | None = None
        self.next: NDArray[np.uint8] | Frame | None = None
        self.opened = 0
        self.closed = 0
        self.opened_at: list[float] = []

    def reader(self) -> CameraReader:
        return Reader(self)

    def give(self, value: int = 120) -> None:
        """One picture."""
        self.next = np.full((36, 64, 3), value, np.uint8)


class Reader:
    """Gives what the studio has."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.liveness = studio.liveness

    def open(self) -> None:
        self._studio.opened_at.append(time.monotonic())
        if self._studio.missing is not None:
            raise self._studio.missing
        self._studio.opened += 1

    def read(self, timeout_s: float) -> Picture | None:
        if self._studio.fault is not None:
            raise self._studio.fault
        image, self._studio.next = self._studio.next, None
        if image is None:
            threading.Event().wait(0.001)
            return None
        return Picture(image, time.perf_counter_ns())

    def close(self) -> None:
        self._studio.closed += 1


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits between openings as usual, only a hundred times shorter."""
    monkeypatch.setattr(camera_feed, "_FIRST_WAIT_S", 0.0025)
    monkeypatch.setattr(camera_feed, "_LONGEST_WAIT_S", 0.04)


@contextmanager
def running(make: Callable[[], CameraReader]) -> Iterator[CameraFeed]:
    feed = CameraFeed(CameraId("a"), make, FramePool(CANVAS), Fitter(CANVAS), FrameShelf(CANVAS.slot_time_ns(1)))
    feed.start()
    try:
        yield feed
    finally:
        feed.stop()
        feed.stop()


def state(feed: CameraFeed, after_s: float = 0.0) -> SourceState:
    """As if so much time had gone by."""
    return feed.look(time.perf_counter_ns() + round(after_s * 1e9))


def shown(feed: CameraFeed, count: int) -> None:
    eventually(lambda: feed.pictures >= count, 3, f"{count} pictures")


def test_the_life_of_a_camera() -> None:
    studio = Studio()
    with running(studio.reader) as feed:
        assert state(feed) is SourceState.OPENING
        assert not feed.wait_for_picture(0.01)
        studio.give()
        assert feed.wait_for_picture(3)
        shown(feed, 1)
        assert state(feed) is SourceState.OK
        assert state(feed, 1.2) is SourceState.FROZEN
        newest = feed.shelf.newest()
        assert newest is not None
        assert newest.picture.shape == (54, 64)
    assert studio.opened == studio.closed == 1


def test_a_camera_that_goes_is_lost_until_its_next_picture() -> None:
    studio = Studio()
    with running(studio.reader) as feed:
        studio.give()
        shown(feed, 1)
        assert state(feed) is SourceState.OK
        studio.fault = SourceLostError("Camera A stopped sending pictures.")
        eventually(lambda: feed.error is not None, 3, "the fault is seen")
        assert state(feed) is SourceState.LOST
        assert feed.error == "Camera A stopped sending pictures."
        studio.fault = None
        eventually(lambda: studio.opened > 1 and studio.closed == studio.opened - 1, 3, "it is opened again")
        assert state(feed) is SourceState.LOST
        studio.give()
        shown(feed, 2)
        assert state(feed) is SourceState.OK
        assert feed.error is None


def test_a_missing_camera_is_tried_more_and_more_rarely() -> None:
    studio = Studio()
    studio.missing = SourceNotFoundError("There is no camera A.")
    with running(studio.reader) as feed:
        eventually(lambda: len(studio.opened_at) >= 8, 3, "eight tries")
        waits = np.diff(studio.opened_at)
        assert state(feed) is SourceState.OPENING
        assert feed.error == "There is no camera A."
        assert [waits[index] >= least for index, least in enumerate((0.0025, 0.005, 0.01, 0.02, 0.04, 0.04))]
        assert all(waits[4:7] >= 0.04)
        studio.missing = None
        studio.give()
        shown(feed, 1)
        assert state(feed) is SourceState.OK


def test_an_unusable_camera_is_left_alone_and_its_sentence_stays() -> None:
    studio = Studio()
    studio.missing = SourceUnusableError("film.txt is no video.")
    with running(studio.reader) as feed:
        assert feed.wait_for_picture(3)
        eventually(lambda: studio.closed == 1, 3, "it is closed")
        assert len(studio.opened_at) == 1
        assert feed.error == "film.txt is no video."
        assert state(feed) is SourceState.OPENING
        assert feed.pictures == 0


def test_a_frame_given_away_is_used_as_it_is_unless_it_must_be_turned() -> None:
    pool = FramePool(CANVAS)
    for rotation in (0, 180):
        given = pool.lend()
        given.picture[:] = 90
        studio = Studio(Liveness.MADE)
        fitter = Fitter(CANVAS, rotation)
        feed = CameraFeed(CameraId("a"), studio.reader, pool, fitter, FrameShelf(CANVAS.slot_time_ns(1)))
        feed.start()
        studio.next = given
        shown(feed, 1)
        assert (feed.shelf.newest() is given) == (rotation == 0)
        feed.stop()


def test_a_picture_of_an_impossible_shape_is_a_sentence() -> None:
    studio = Studio()
    with running(studio.reader) as feed:
        studio.next = np.zeros((3, 3, 3), np.uint8)
        eventually(lambda: feed.error is not None, 3, "it is seen")
        assert "too small" in str(feed.error)


@pytest.mark.parametrize(
    ("liveness", "now"), [(Liveness.SENSOR, SourceState.FROZEN), (Liveness.MADE, SourceState.OK)]
)
def test_identical_pictures_are_frozen_from_a_sensor_only(liveness: Liveness, now: SourceState) -> None:
    class Slow(Studio):
        """Two equal pictures, 3.5 s apart by their stamps."""

        def __init__(self) -> None:
            super().__init__(liveness)
            self.stamps = [time.perf_counter_ns() - 3_500_000_000, time.perf_counter_ns()]

        def reader(self) -> CameraReader:
            studio = self

            class Stamped(Reader):
                def read(self, timeout_s: float) -> Picture | None:
                    if not studio.stamps:
                        threading.Event().wait(0.001)
                        return None
                    return Picture(np.full((36, 64, 3), 120, np.uint8), studio.stamps.pop(0))

            return Stamped(self)

    studio = Slow()
    with running(studio.reader) as feed:
        shown(feed, 2)
        assert state(feed) is now


@contextmanager
def failing(make: Callable[[], CameraReader], error: type[Exception]) -> Iterator[CameraFeed]:
    """Like running(), for a feed whose stop raises."""
    feed = CameraFeed(CameraId("a"), make, FramePool(CANVAS), Fitter(CANVAS), FrameShelf(CANVAS.slot_time_ns(1)))
    feed.start()
    try:
        yield feed
    finally:
        with pytest.raises(error):
            feed.stop()


@pytest.mark.parametrize(
    "odd", [np.zeros((3, 3, 3), np.uint8), np.zeros((54, 64, 5), np.uint8)], ids=["too small", "OpenCV raises"]
)
def test_one_odd_picture_later_in_the_show_costs_one_opening(odd: NDArray[np.uint8]) -> None:
    studio = Studio()
    with running(studio.reader) as feed:
        studio.give()
        shown(feed, 1)
        studio.next = odd
        eventually(lambda: studio.opened == 2, 3, "it is opened again")
        assert feed.error is not None
        studio.give()
        shown(feed, 2)
        assert feed.error is None


def test_a_camera_that_becomes_unusable_is_tried_again() -> None:
    studio = Studio()
    with running(studio.reader) as feed:
        studio.give()
        shown(feed, 1)
        studio.missing = studio.fault = SourceUnusableError("film.mp4 is no video.")
        eventually(lambda: len(studio.opened_at) >= 4, 3, "tries")
        assert feed.error == "film.mp4 is no video."
        studio.missing = studio.fault = None
        studio.give()
        shown(feed, 2)


def test_a_reader_that_crashes_once_is_opened_again_and_stop_raises_what_it_was() -> None:
    studio = Studio()
    with failing(studio.reader, ZeroDivisionError) as feed:
        studio.give()
        shown(feed, 1)
        studio.fault = ZeroDivisionError("oh")
        eventually(lambda: feed.error is not None, 3, "it is seen")
        assert feed.error == "It failed: oh"
        studio.fault = None
        studio.give()
        shown(feed, 2)
        assert state(feed) is SourceState.OK
    assert studio.opened == studio.closed


def test_a_reader_that_always_crashes_is_tried_more_and_more_rarely_and_its_first_crash_is_raised() -> None:
    studio = Studio()
    studio.missing = ZeroDivisionError()
    with failing(studio.reader, ZeroDivisionError) as feed:
        eventually(lambda: len(studio.opened_at) >= 6, 3, "six tries")
        assert feed.error == "It failed: ZeroDivisionError"
        assert not feed.wait_for_picture(0)
        studio.missing = KeyError("later")
        eventually(lambda: "later" in str(feed.error), 3, "another crash")
    assert np.diff(studio.opened_at)[4] >= 0.04


def test_what_is_no_ordinary_exception_ends_the_thread_and_makes_nobody_wait() -> None:
    studio = Studio()
    studio.fault = SystemExit("oh")
    feed = CameraFeed(
        CameraId("a"), studio.reader, FramePool(CANVAS), Fitter(CANVAS), FrameShelf(CANVAS.slot_time_ns(1))
    )
    feed.start()
    assert feed.wait_for_picture(3)
    with pytest.raises(SystemExit):
        feed.stop()
    assert studio.closed == 1


def test_a_feed_that_never_started_stops() -> None:
    studio = Studio()
    feed = CameraFeed(
        CameraId("a"), studio.reader, FramePool(CANVAS), Fitter(CANVAS), FrameShelf(CANVAS.slot_time_ns(1))
    )
    feed.stop()
    assert studio.opened == 0
