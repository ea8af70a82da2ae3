"""The folder of sessions goes away, or is not what it was, between two recordings."""

import shutil
from pathlib import Path

import pytest

from director_app.engine.show_engine import ShowEngine
from director_app.session.errors import FolderError, InUseError
from tests.helpers.shows import small_show, wait_for_slot


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
        assert engine.stop() is not None
    finally:
        engine.close()
