"""Manifests that are damaged, newer or point outside; locks; the list of sessions."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from director_app.core.cuts_fall import CutsFall
from director_app.core.sources import CameraId
from director_app.engine.manifests import opening_manifest
from director_app.media.encoder import EncoderSettings
from director_app.session.errors import FolderError, InUseError, ManifestError
from director_app.session.library import (
    ensure_folder,
    interrupted_sessions,
    list_sessions,
    new_session_folder,
    remove_unused,
)
from director_app.session.lock import lock_library, lock_session
from director_app.session.manifest import (
    FILE_NAME,
    FileRole,
    Manifest,
    PersonPart,
    SessionState,
    TitlesPart,
    read_manifest,
    write_manifest,
)
from director_app.session.show_file import parse_show
from tests.helpers.shows import small_show, tables


def session(sessions: Path, **changes: Any) -> tuple[Path, Manifest]:
    """A folder with the manifest of a recording that has begun."""
    folder = new_session_folder(sessions)
    show = small_show()
    manifest = opening_manifest(
        folder, show, EncoderSettings(show.canvas.canvas()), CameraId("a"), CutsFall.KEY_FRAMES
    )
    manifest = manifest.model_copy(update=changes)
    write_manifest(folder, manifest)
    return folder, manifest


def damaged(folder: Path, **changes: Any) -> None:
    """Changes the JSON as no program would."""
    content = json.loads((folder / FILE_NAME).read_text("utf-8"))
    (folder / FILE_NAME).write_text(json.dumps(content | changes), "utf-8")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    folder, manifest = session(tmp_path)
    assert read_manifest(folder) == manifest
    assert manifest.state is SessionState.RECORDING
    assert [part.name for part in manifest.files] == [
        "program.mp4",
        "cam_1_iso.mp4",
        "cam_2_iso.mp4",
        "mic_1.flac",
        "mic_2.flac",
    ]
    second = manifest.file(FileRole.ISO, "b")
    assert second is not None and second.name == "cam_2_iso.mp4"


def test_names_in_films_are_as_the_show_file_says_and_an_older_manifest_says_nothing_of_them(tmp_path: Path) -> None:
    content = tables(
        titles={"lower_thirds": True, "live": True, "position": "right", "colour": "#00FF00", "seconds": 6.0}
    )
    content["microphone"][0] |= {"name": "Ana Ruiz", "role": "Architect"}
    show = parse_show(content, "this test")
    folder = new_session_folder(tmp_path)
    manifest = opening_manifest(
        folder, show, EncoderSettings(show.canvas.canvas()), CameraId("a"), CutsFall.KEY_FRAMES
    )
    people = (
        PersonPart(microphone="mic_a", name="Ana Ruiz", role="Architect"),
        PersonPart(microphone="mic_b", name="B"),
    )
    assert manifest.titles == TitlesPart(
        lower_thirds=True, live=True, position="right", colour="#00FF00", seconds=6, people=people
    )
    older = json.loads(manifest.model_dump_json())
    del older["titles"]
    (folder / FILE_NAME).write_text(json.dumps(older), "utf-8")
    assert read_manifest(folder).titles is None


@pytest.mark.parametrize("text", ["", "{", "\x00\x00", "nonsense", "[" * 100_000])
def test_no_json_is_told_with_the_file_and_the_next_step(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(text)
    with pytest.raises(ManifestError, match=r"manifest\.json is damaged, it is no JSON.*were not touched"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"title": 3}, "title"),
        ({"state": "lost"}, "state"),
        ({"created_at": "yesterday"}, "created_at"),
        ({"opening_camera": "z"}, 'camera "z", which does not exist'),
        ({"canvas": {"width": 640, "height": 360, "fps": [30, 0]}}, "canvas.fps"),
        ({"canvas": {"width": 640, "height": 360, "fps": [0, 1]}}, "canvas.fps"),
        ({"files": [{"name": "../../precious.mp4", "role": "iso"}]}, "files.0.name"),
        ({"files": [{"name": "/etc/passwd", "role": "iso"}]}, "files.0.name"),
        ({"files": [{"name": "..", "role": "iso"}]}, "files.0.name"),
        ({"files": [{"name": "a\\b.mp4", "role": "iso"}]}, "files.0.name"),
        ({"schema_version": 0}, "schema_version"),
        ({"schema_version": "1"}, "schema_version"),
    ],
)
def test_a_manifest_that_makes_no_sense_is_told_with_the_place(
    changes: dict[str, Any], place: str, tmp_path: Path
) -> None:
    folder, _ = session(tmp_path)
    damaged(folder, **changes)
    with pytest.raises(ManifestError) as told:
        read_manifest(folder)
    assert place in str(told.value)
    assert "were not touched" in str(told.value)


def test_a_newer_manifest_says_to_update(tmp_path: Path) -> None:
    folder, _ = session(tmp_path)
    damaged(folder, schema_version=7)
    with pytest.raises(ManifestError, match=r"newer AI Director .schema 7.*Update the program"):
        read_manifest(folder)


def test_keys_of_a_later_version_of_the_same_schema_are_passed_over(tmp_path: Path) -> None:
    folder, manifest = session(tmp_path)
    damaged(folder, colour="red")
    assert read_manifest(folder) == manifest


def test_no_session_at_all(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="is no session"):
        read_manifest(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(ManifestError, match="is no session"):
        read_manifest(tmp_path / "file")


def test_sessions_are_listed_newest_first_and_damaged_ones_last(tmp_path: Path) -> None:
    old, _ = session(tmp_path, created_at=datetime(2020, 1, 1, tzinfo=UTC))
    new, _ = session(tmp_path, created_at=datetime(2030, 1, 1, tzinfo=UTC))
    bad, _ = session(tmp_path)
    (bad / FILE_NAME).write_text("{")
    (tmp_path / "no session").mkdir()
    (tmp_path / "file").touch()
    entries = list_sessions(tmp_path)
    assert [entry.folder for entry in entries] == [new, old, bad]
    assert entries[2].problem is not None and "damaged" in entries[2].problem
    assert entries[0].size == (new / FILE_NAME).stat().st_size


def test_a_missing_folder_holds_no_sessions_and_a_file_is_told(tmp_path: Path) -> None:
    assert list_sessions(tmp_path / "none") == []
    (tmp_path / "file").touch()
    with pytest.raises(FolderError, match="cannot be read: Not a directory"):
        list_sessions(tmp_path / "file")


def test_interrupted_means_recording_and_nobody_holds_the_lock(tmp_path: Path) -> None:
    folder, manifest = session(tmp_path)
    closed, _ = session(tmp_path, state=SessionState.CLOSED)
    with lock_session(folder):
        assert interrupted_sessions(tmp_path) == []
    assert [entry.folder for entry in interrupted_sessions(tmp_path)] == [folder]
    assert closed != folder and manifest.state is SessionState.RECORDING


def test_a_lock_ends_with_its_owner_however_that_one_ends(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from director_app.session.lock import lock_session; "
        "lock = lock_session(Path(sys.argv[1])); print('locked', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "locked\n"
        with pytest.raises(InUseError, match=r"is still being recorded\. Stop that show first"):
            lock_session(tmp_path)
        owner.kill()
    lock_session(tmp_path).release()


def test_two_shows_into_one_folder_are_refused(tmp_path: Path) -> None:
    first = lock_library(tmp_path)
    with pytest.raises(InUseError, match="Another show is being recorded into"):
        lock_library(tmp_path)
    first.release()
    first.release()
    lock_library(tmp_path).release()


def test_a_place_that_cannot_be_written_is_told_with_the_next_step(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderError, match=r"cannot be written: Not a directory\. Choose another folder"):
        ensure_folder(tmp_path / "file" / "sessions")
    with pytest.raises(FolderError, match="cannot be made"):
        new_session_folder(tmp_path / "none")
    with pytest.raises(FolderError, match="cannot be written"):
        lock_session(tmp_path / "file" / "x")


def test_the_folder_of_sessions_is_made_and_left_clean(tmp_path: Path) -> None:
    made = ensure_folder(tmp_path / "a" / "b")
    assert made.is_dir()
    assert [each.name for each in made.iterdir()] == []


def test_the_folder_of_a_recording_that_never_began_is_taken_away(tmp_path: Path) -> None:
    folder = new_session_folder(tmp_path)
    (folder / "program.mp4").touch()
    remove_unused(folder)
    assert [each.name for each in tmp_path.iterdir()] == []
    remove_unused(folder)
