"""Past sessions as windows find them, made by the real engine and then hurt in every way."""

import shutil
from pathlib import Path

import pytest

from director_app.engine.past_sessions import (
    Outcome,
    PastSession,
    PastSessions,
    PastState,
    RecoveryStep,
    recover_past,
    rename_session,
)
from director_app.engine.past_show import look_into, picture_of, thumbnail_of
from director_app.session.errors import FolderError, InUseError, SessionError
from director_app.session.event_log import LOG_NAME
from director_app.session.library import default_sessions_folder
from director_app.session.lock import lock_session
from director_app.session.manifest import FILE_NAME, read_manifest, write_manifest
from tests.helpers.shows import recorded, small_show
from tests.helpers.wrecks import wreck_session


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One closed session; nobody changes it."""
    return recorded(small_show(), tmp_path_factory.mktemp("made"), 60)[0]


@pytest.fixture
def sessions(tmp_path: Path) -> Path:
    folder = tmp_path / "sessions"
    folder.mkdir()
    return folder


@pytest.fixture
def session(made: Path, sessions: Path) -> Path:
    """A copy of it to hurt."""
    return shutil.copytree(made, sessions / made.name)


def only(sessions: Path, recording: Path | None = None) -> PastSession:
    (found,) = PastSessions(sessions).look(recording)
    return found


def test_a_closed_session_is_recorded(session: Path) -> None:
    found = only(session.parent)
    assert (found.state, found.title, found.folder) == (PastState.RECORDED, "A small show", session)
    assert found.length_s is not None and found.length_s >= 2.0
    assert found.bytes == sum(file.stat().st_size for file in session.iterdir())


def test_newest_first_and_damaged_ones_last(session: Path) -> None:
    older = shutil.copytree(session, session.parent / "older")
    manifest = read_manifest(session)
    before = manifest.created_at.replace(year=2020)
    write_manifest(older, manifest.model_copy(update={"created_at": before}))
    broken = shutil.copytree(session, session.parent / "broken")
    (broken / FILE_NAME).write_text("{", "utf-8")
    found = PastSessions(session.parent).look()
    assert [each.folder for each in found] == [session, older, broken]
    assert found[-1].state is PastState.DAMAGED and "damaged" in (found[-1].problem or "")


def test_a_session_without_an_end_is_interrupted_unless_somebody_writes_to_it(session: Path) -> None:
    wreck_session(session)
    assert only(session.parent).state is PastState.INTERRUPTED
    with lock_session(session):
        assert only(session.parent).state is PastState.IN_USE
        assert only(session.parent, recording=session).state is PastState.RECORDING


def test_a_manifest_that_has_changed_is_read_again_and_one_that_has_gone_is_forgotten(session: Path) -> None:
    past = PastSessions(session.parent)
    assert past.look()[0].title == "A small show"
    rename_session(session, "Another title")
    assert past.look()[0].title == "Another title"
    shutil.rmtree(session)
    assert past.look() == ()


def test_a_missing_folder_is_told_of_unless_it_is_the_usual_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FolderError, match="is not there"):
        PastSessions(tmp_path / "gone").look()
    (tmp_path / "file").touch()
    with pytest.raises(FolderError, match="cannot be read"):
        PastSessions(tmp_path / "file").look()
    monkeypatch.setenv("XDG_VIDEOS_DIR", str(tmp_path / "videos"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert PastSessions(default_sessions_folder()).look() == ()


def test_a_title_is_one_line_of_at_most_200_letters(session: Path) -> None:
    rename_session(session, "  An evening\n with " + "x" * 500)
    title = read_manifest(session).title
    assert title.startswith("An evening with x") and len(title) == 200
    with pytest.raises(FolderError, match="at least one letter"):
        rename_session(session, " \n ")
    assert read_manifest(session).title == title


def test_a_session_that_is_written_to_keeps_its_title(session: Path) -> None:
    with lock_session(session), pytest.raises(InUseError, match="still written to"):
        rename_session(session, "Another")
    assert read_manifest(session).title == "A small show"


def test_a_session_that_has_gone_cannot_be_renamed(session: Path) -> None:
    shutil.rmtree(session)
    with pytest.raises(SessionError):
        rename_session(session, "Another")


def test_an_interrupted_session_is_recovered_and_says_how_far_it_is(session: Path) -> None:
    wreck_session(session)
    told: list[RecoveryStep] = []
    assert recover_past(only(session.parent), told.append) == Outcome()
    assert only(session.parent).state is PastState.RECOVERED
    assert [step.text for step in told][:2] == ["Completing the program and the files", "Drawing the overview"]
    assert told[-1].share is not None
    assert all(part.sha256 for part in read_manifest(session).files if part.name.endswith(".mp4"))


def test_a_recovery_that_shall_end_leaves_the_hashes_out(session: Path) -> None:
    wreck_session(session)
    recover_past(only(session.parent), lambda _step: None, lambda: False)
    assert only(session.parent).state is PastState.RECOVERED
    assert not any(part.sha256 for part in read_manifest(session).files)


def test_a_session_that_is_written_to_is_not_recovered(session: Path) -> None:
    wreck_session(session)
    found = only(session.parent)
    with lock_session(session):
        outcome = recover_past(found, lambda _step: None)
    assert outcome.failure is not None and "still being recorded" in outcome.failure


def test_a_session_that_vanished_is_told_of(session: Path) -> None:
    wreck_session(session)
    found = only(session.parent)
    shutil.rmtree(session)
    assert recover_past(found, lambda _step: None).failure is not None
    gone = look_into(found)
    assert gone.problem == "program.mp4 is missing."
    assert gone.shots == () and gone.figures is None
    assert picture_of(found, 0.0, 64, 36) is None


def test_a_show_is_looked_into(session: Path) -> None:
    show = look_into(only(session.parent))
    assert show.problem is None
    assert show.key_times_s[0] == 0.0 and list(show.key_times_s) == sorted(show.key_times_s)
    assert show.shots[0].first_s == 0.0 and show.shots[-1].end_s == pytest.approx(show.length_s)
    assert show.figures is not None and sum(show.figures.on_air_s.values()) == pytest.approx(show.length_s)
    names = [file.path.name for file in show.files]
    assert names[:3] == ["program.mp4", "cam_1_iso.mp4", "cam_2_iso.mp4"]
    assert names[-3:] == ["events.json", "events.jsonl", "manifest.json"]
    assert all(file.problem is None and file.bytes for file in show.files)


def test_pictures_have_the_size_that_was_asked_for(session: Path) -> None:
    found = only(session.parent)
    for picture in (thumbnail_of(found, 112, 63), picture_of(found, 1.0, 512, 288), picture_of(found, 1e6, 512, 288)):
        assert picture is not None and picture.shape[2] == 4 and picture.std() > 10


def test_looking_writes_nothing(session: Path) -> None:
    before = {file.name: file.stat().st_mtime_ns for file in session.iterdir() if file.suffix != ".lock"}
    found = only(session.parent)
    look_into(found)
    thumbnail_of(found, 112, 63)
    assert before == {file.name: file.stat().st_mtime_ns for file in session.iterdir() if file.suffix != ".lock"}


def test_what_the_log_tells_of_trouble_is_counted(session: Path) -> None:
    with (session / LOG_NAME).open("a", encoding="utf-8") as log:
        for line in (
            '{"t_s": 0.5, "type": "source_lost", "source": "a"}',
            '{"t_s": 1.0, "type": "source_back", "source": "a"}',
            '{"t_s": 1.5, "type": "source_lost", "source": "b"}',
            '{"t_s": 1.2, "type": "wrong_cut", "slot": 12}',
            '{"t_s": 1.3, "type": "wrong_cut", "slot": 12}',
            '{"t_s": 1.4, "type": "marker", "label": ""}',
        ):
            log.write(line + "\n")
    show = look_into(only(session.parent))
    assert show.figures is not None and show.figures.wrong_cuts == 1 and show.markers_s == (1.4,)
    assert show.figures.lost_s == {1: pytest.approx(0.5), 2: pytest.approx(show.length_s - 1.5)}
    lost = {file.path.name: file.lost_s for file in show.files}
    assert lost["cam_1_iso.mp4"] == pytest.approx(0.5) and lost["program.mp4"] == 0.0


@pytest.mark.parametrize(
    "line",
    [
        '{"t_s": NaN, "type": "marker"}',
        '{"t_s": 1e300, "type": "switch", "to": "a", "slot": 5}',
        '{"t_s": -4, "type": "marker"}',
        '{"t_s": 1, "type": "wrong_cut", "slot": [1]}',
        '{"t_s": 1, "type": "source_lost", "source": {}}',
        '{"t_s": 1, "type": "record_start", "states": {"a": []}}',
        '{"t_s": 1, "type": "record_start", "states": 7}',
        '{"t_s": 1, "type": "switch", "to": "nobody", "slot": "x"}',
    ],
)
def test_senseless_lines_are_passed_over(session: Path, line: str) -> None:
    with (session / LOG_NAME).open("a", encoding="utf-8") as log:
        log.write(line + "\n")
    show = look_into(only(session.parent))
    assert show.markers_s == () and show.shots


def test_files_that_are_missing_or_empty_are_told_of(session: Path) -> None:
    (session / "program.mp4").write_bytes(b"")
    (session / "cam_1_iso.mp4").unlink()
    (session / "cam_2_iso.mp4").write_bytes(b"no film at all")
    (session / LOG_NAME).unlink()
    found = only(session.parent)
    show = look_into(found)
    problems = {file.path.name: file.problem for file in show.files if file.problem}
    assert problems == {"program.mp4": "program.mp4 is empty.", "cam_1_iso.mp4": "cam_1_iso.mp4 is missing."}
    assert show.problem == "program.mp4 is empty."
    assert show.figures is None and thumbnail_of(found, 112, 63) is None
    (session / "program.mp4").write_bytes(b"no film at all")
    assert (look_into(found).problem or "").startswith("program.mp4 cannot be read")


def test_a_damaged_manifest_leaves_files_and_pictures_to_look_at(session: Path) -> None:
    (session / FILE_NAME).write_text("[1, 2", "utf-8")
    found = only(session.parent)
    show = look_into(found)
    assert show.files[0].path.name == "program.mp4" and show.key_times_s and show.length_s > 1.0
    assert thumbnail_of(found, 112, 63) is not None


def test_a_program_that_a_crash_left_open_can_be_looked_at(session: Path, made: Path) -> None:
    whole = (made / "program.mp4").read_bytes()
    (session / "program.mp4").write_bytes(whole[: len(whole) // 2])
    wreck_session(session)
    show = look_into(only(session.parent))
    assert show.problem is None or show.problem.startswith("program.mp4")
