"""The program as viewers see it is the program of the programme delay ago, picture by picture."""

from pathlib import Path

import pytest

from director_app.core.events import Take
from director_app.core.sources import CameraId
from director_app.engine.show_engine import ShowEngine
from director_app.media.frame import Frame
from director_app.media.strip import Strip, read_strip
from tests.helpers.shows import small_show, wait_for_slot
from tests.helpers.wait import eventually

pytestmark = pytest.mark.realtime

A, B = CameraId("a"), CameraId("b")
DELAY_SLOTS = 30


def _strip(frame: Frame | None) -> Strip | None:
    return None if frame is None else read_strip(frame.picture)


def test_viewers_see_what_the_room_saw_the_delay_ago(tmp_path: Path) -> None:
    engine = ShowEngine(small_show(delay_s=1.0), tmp_path)
    try:
        engine.open()
        assert engine.viewers_picture() is None
        engine.record()
        wait_for_slot(engine, 10)
        viewers = engine.viewers_picture()
        assert viewers is not None
        engine.tell(Take(B))

        def shows_b() -> Strip | None:
            seen = _strip(viewers.shelf.newest())
            return seen if seen is not None and seen.camera_index == 1 else None

        try:
            seen = eventually(shows_b, 20.0, "camera b before viewers")
            room = _strip(engine._sources.cameras[B].shelf.newest())
            assert room is not None
            # A slot takes a picture that is up to one and a half frames old.
            assert room.frame_number - seen.frame_number >= DELAY_SLOTS - 2
            eventually(lambda: (shows_b() or seen).frame_number > seen.frame_number + 10, 20.0, "later pictures")
        finally:
            viewers.close()
            viewers.close()
    finally:
        engine.close()


def test_the_picture_ends_with_the_recording(tmp_path: Path) -> None:
    engine = ShowEngine(small_show(), tmp_path)
    try:
        engine.open()
        engine.record()
        wait_for_slot(engine, 5)
        viewers = engine.viewers_picture()
        assert viewers is not None
        engine.stop()
        eventually(lambda: not viewers._thread.is_alive(), 10.0, "the end of the thread")
        viewers.close()
    finally:
        engine.close()
