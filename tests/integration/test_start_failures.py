"""A recording that cannot begin leaves no thread, file or lock, at whatever step it fails; the next one works."""

from pathlib import Path
from typing import NoReturn

import pytest

from director_app.engine import show_engine
from director_app.engine.director import Director
from director_app.engine.pictures import Pictures
from director_app.engine.show_engine import ShowEngine
from director_app.engine.sound import Sound
from director_app.engine.supervisor import Supervisor
from director_app.media.clock import ProgramClock
from director_app.media.mp4 import Mp4File
from director_app.post.check import check_session
from tests.helpers.shows import small_show, wait_for_slot

pytestmark = pytest.mark.patient

STEPS = {
    "files": (Mp4File, "__init__"),
    "manifest": (show_engine, "write_manifest"),
    "pictures": (Pictures, "start"),
    "clock": (ProgramClock, "start"),
    "sound": (Sound, "start"),
    "director": (Director, "start"),
    "supervisor": (Supervisor, "start"),
}


def fail(*_arguments: object, **_names: object) -> NoReturn:
    """Like a system that has no thread, no memory or no descriptor left."""
    raise RuntimeError("can't start new thread")


@pytest.mark.parametrize("step", STEPS)
def test_a_recording_that_cannot_begin_leaves_nothing_and_the_next_one_works(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = ShowEngine(small_show(), tmp_path)
    try:
        engine.open()
        with monkeypatch.context() as broken:
            owner, name = STEPS[step]
            broken.setattr(owner, name, fail)
            with pytest.raises(RuntimeError, match="can't start new thread"):
                engine.record()
        assert [path for path in tmp_path.iterdir() if path.is_dir()] == []
        assert engine.snapshot() is None
        folder = engine.record()
        wait_for_slot(engine, 15)
        engine.stop()
    finally:
        engine.close()
    assert check_session(folder).is_good
