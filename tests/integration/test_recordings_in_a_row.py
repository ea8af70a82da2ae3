"""One recording after the other: what belonged to the last one is gone when it has stopped, threads and memory."""

import errno
import gc
import os
import weakref
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from director_app.core.canvas import SAMPLE_RATE
from director_app.engine.show_engine import ShowEngine
from director_app.media.sound.resampler import TimelineResampler
from tests.helpers.shows import small_show, wait_for_slot


@pytest.fixture
def no_collection_by_chance() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collection_by_chance")
def test_nothing_of_a_recording_outlives_it(tmp_path: Path) -> None:
    engine = ShowEngine(small_show(2), tmp_path)
    threads: list[int] = []
    try:
        engine.open()
        for _ in range(3):
            engine.record()
            recording = weakref.ref(engine._recording)
            wait_for_slot(engine, 5)
            engine.stop()
            assert recording() is None
            threads.append(psutil.Process().num_threads())
    finally:
        engine.close()
    assert threads[-1] <= threads[0], threads


def test_a_trouble_of_one_recording_is_not_told_in_the_next(tmp_path: Path) -> None:
    engine = ShowEngine(small_show(2), tmp_path)
    try:
        engine.open()
        engine.record()
        assert engine._recording is not None
        engine._recording._hooks.file_failed("mic_1.flac", OSError(errno.EIO, os.strerror(errno.EIO)))
        wait_for_slot(engine, 5)
        assert "mic_1.flac cannot be written any more" in str(told(engine))
        engine.stop()
        assert [sentence.split(" ")[0] for sentence in engine.problems] == ["mic_1.flac"]
        engine.record()
        wait_for_slot(engine, 5)
        assert told(engine) == []
        engine.stop()
        assert list(engine.problems) == []
    finally:
        engine.close()


def told(engine: ShowEngine) -> list[str]:
    """What the producer reads now."""
    snapshot = engine.snapshot()
    assert snapshot is not None
    return [notice.text for notice in snapshot.notices]


def test_a_resampler_has_no_threads_of_its_own() -> None:
    before = psutil.Process().num_threads()
    made = [TimelineResampler(SAMPLE_RATE) for _ in range(4)]
    assert psutil.Process().num_threads() == before
    assert made
