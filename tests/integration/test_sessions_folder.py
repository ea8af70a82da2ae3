"""The folder of sessions goes away, or is not what it was, between two recordings."""

import shutil
from pathlib import Path

import pytest

from director_app.engine.finishing import Finishing
from director_app.engine.show_engine import ShowEngine
from director_app.engine.studio import Studio
from director_app.engine.studio_state import Phase
from director_app.session.errors import FolderError, InUseError
from tests.helpers.shows import small_show, wait_for_slot
from tests.helpers.wait import eventually

pytestmark = pytest.mark.patient


def test_a_folder_that_was_taken_away_is_made_again_and_is_still_ours_alone(tmp_path: Path) -> None:
    sessions = tmp_path / "sessions"
    engine = ShowEngine(small_show(1), sessions)
    try:
        engine.open()
        shutil.rmtree(sessions)
        engine.record()
        wait_for_slot(engine, 3)
        with pytest.raises(InUseError):
            ShowEngine(small_show(1), sessions)
        folder = engine.stop()
    finally:
        engine.close()
    assert folder is not None and (folder / "program.mp4").stat().st_size > 0


def test_a_file_in_the_place_of_the_folder_is_a_sentence_and_can_be_mended(tmp_path: Path) -> None:
    sessions = tmp_path / "sessions"
    engine = ShowEngine(small_show(1), sessions)
    try:
        engine.open()
        shutil.rmtree(sessions)
        sessions.write_text("not a folder")
        with pytest.raises(FolderError, match="sessions cannot be written"):
            engine.record()
        sessions.unlink()
        engine.record()
        wait_for_slot(engine, 3)
        assert engine.stop() is not None
    finally:
        engine.close()


def test_a_session_taken_away_while_it_is_recorded_is_told_in_words(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    studio.start(small_show(1))
    try:
        eventually(lambda: studio.look().phase is Phase.READY, 20.0, "the show")
        studio.record()
        eventually(lambda: studio.look().phase is Phase.RECORDING and studio.look().snapshot, 20.0, "the recording")
        folder = studio.look().folder
        assert folder is not None
        shutil.rmtree(folder)
        start = f"{folder} was taken away while it was recorded."
        eventually(lambda: any(text.startswith(start) for text in _troubles(studio)), 20.0, "the trouble")
        studio.stop()
        eventually(lambda: studio.look().phase is Phase.READY, 20.0, "the end of the recording")
        problem = studio.look().problem
        assert problem is not None and problem.startswith(start)
        assert "Errno" not in problem
    finally:
        studio.close()


def _troubles(studio: Studio) -> list[str]:
    snapshot = studio.look().snapshot
    return [] if snapshot is None else [notice.text for notice in snapshot.notices]


def test_what_cannot_be_finished_is_told_with_one_full_stop_each(tmp_path: Path) -> None:
    (tmp_path / "sessions").write_text("not a folder")
    finishing = Finishing(lambda: False)
    finishing.start()
    try:
        finishing.recover(tmp_path / "sessions")
        told = eventually(finishing.news, 20.0, "news")
        assert ".." not in told[0]
    finally:
        finishing.close()
