"""Hashes and the picture of a session: made from whatever there is, and never in the way of the recording."""

import hashlib
import json
from pathlib import Path

import pytest
from PIL import Image

from director_app.cli.finish import finish_session, recover_all, recover_before_show
from director_app.post.finish import OVERVIEW_NAME, add_hashes, add_overview
from director_app.post.overview import WIDTH
from director_app.session.event_log import LOG_NAME
from director_app.session.hashing import HashingStopped
from director_app.session.library import list_sessions
from director_app.session.manifest import FileRole, SessionState, read_manifest, write_manifest


def test_every_file_gets_its_hash_and_size(closed: Path) -> None:
    add_overview(closed)
    add_hashes(closed)
    for part in read_manifest(closed).files:
        content = (closed / part.name).read_bytes()
        assert (part.bytes, part.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_hashing_that_is_stopped_changes_nothing(closed: Path) -> None:
    before = read_manifest(closed)
    with pytest.raises(HashingStopped):
        add_hashes(closed, lambda: False)
    assert read_manifest(closed) == before


def test_the_overview_is_drawn_once_and_named_once(closed: Path) -> None:
    for _ in range(2):
        path = add_overview(closed)
    with Image.open(path) as sheet:
        assert sheet.width == WIDTH
        # Four shots, so four cards in a row under the lanes.
        assert sheet.height > 300
    names = [part.name for part in read_manifest(closed).files if part.role is FileRole.OVERVIEW]
    assert names == [OVERVIEW_NAME]
    assert not list(closed.glob("*.part"))


def test_the_overview_shows_the_camera_of_each_shot(closed: Path) -> None:
    """The made-up cameras differ in colour: a is green, b is blue."""
    with Image.open(add_overview(closed)) as sheet:
        cards = [sheet.convert("RGB").getpixel((32 + 100 + card * 388, sheet.height - 200)) for card in range(4)]
    blue = [isinstance(colour, tuple) and colour[2] > colour[1] for colour in cards]
    assert blue == [False, True, False, True]


def test_an_overview_is_drawn_without_program_and_log_lines(closed: Path) -> None:
    (closed / "program.mp4").unlink()
    (closed / LOG_NAME).write_text("", "utf-8")
    assert add_overview(closed).exists()


@pytest.mark.parametrize("line", ['{"t_s": 1.0, "type": "manual_cut"}', '{"t_s": 1, "type": "switch", "slot": "x"}'])
def test_lines_that_lack_something_do_not_stop_the_drawing(line: str, closed: Path) -> None:
    with (closed / LOG_NAME).open("a", encoding="utf-8") as log:
        log.write(line + "\n")
    assert add_overview(closed).exists()


def test_labels_in_any_language_and_length_are_drawn(closed: Path) -> None:
    manifest = read_manifest(closed)
    label = "Źdźbło Ελένη Привет 日本語 " + "w" * 178
    cameras = tuple(camera.model_copy(update={"label": label}) for camera in manifest.cameras)
    microphones = tuple(each.model_copy(update={"label": label}) for each in manifest.microphones)
    changes = {"title": label, "cameras": cameras, "microphones": microphones}
    write_manifest(closed, manifest.model_copy(update=changes))
    with Image.open(add_overview(closed)) as sheet:
        assert sheet.width == WIDTH


def test_finishing_never_raises_whatever_is_missing(closed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (closed / LOG_NAME).unlink()
    finish_session(closed, lambda: False)
    (closed / "manifest.json").write_text("{", "utf-8")
    finish_session(closed)


def test_one_hopeless_session_does_not_keep_the_next_from_being_recovered(
    wreck: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hopeless = wreck.parent / "00000000-0000-4000-8000-000000000000"
    hopeless.mkdir()
    content = json.loads((wreck / "manifest.json").read_text("utf-8"))
    (hopeless / "manifest.json").write_text(json.dumps(content), "utf-8")
    (hopeless / LOG_NAME).mkdir()
    recover_all(sorted(list_sessions(wreck.parent), key=lambda entry: entry.folder))
    assert read_manifest(wreck).state is SessionState.RECOVERED
    assert read_manifest(hopeless).state is SessionState.RECORDING


def test_a_large_session_waits_until_after_the_show(wreck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("director_app.cli.finish.QUICK_BYTES", 1000)
    (waiting,) = recover_before_show(list_sessions(wreck.parent))
    assert waiting.folder == wreck
    assert read_manifest(wreck).state is SessionState.RECORDING
