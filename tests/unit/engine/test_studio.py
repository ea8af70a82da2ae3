"""The studio over the real engine: asked and looked at, never waited for."""

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from director_app.core.sources import CameraId, MicrophoneId, SourceState
from director_app.engine.commands import SHOW_COMMANDS, CommandError, Commands
from director_app.engine.studio import Studio
from director_app.engine.studio_state import Phase, StudioState
from director_app.media.decoder import DecoderError
from director_app.session.event_log import read_events
from director_app.session.lock import lock_session
from director_app.session.manifest import SessionState, read_manifest
from director_app.session.show import Show
from director_app.session.show_file import parse_show
from tests.helpers.wait import eventually


def _show(cameras: int = 2, title: str = "Test", **canvas: float) -> Show:
    return parse_show(
        {
            "title": title,
            "canvas": {"width": 320, "height": 180, "fps": 30, **canvas},
            "camera": [
                {"id": f"cam_{number}", "label": f"Camera {number}", "kind": "synthetic"}
                for number in range(1, cameras + 1)
            ],
            "microphone": [{"id": "mic_1", "label": "Ana", "camera": "cam_1", "kind": "synthetic"}],
        },
        "the test",
    )


@contextmanager
def _opened(folder: Path, show: Show | None = None) -> Iterator[Studio]:
    studio = Studio(folder / "sessions")
    studio.start(show or _show())
    try:
        _until(studio, lambda state: state.phase in {Phase.READY, Phase.FAILED})
        yield studio
    finally:
        studio.close()


def _until(studio: Studio, done: Callable[[StudioState], bool]) -> StudioState:
    return eventually(lambda: state if done(state := studio.look()) else None, 20.0, "this state of the studio")


def _wait(event: threading.Event) -> None:
    event.wait(60)


def _record(studio: Studio) -> None:
    """Until its first pictures are on their way."""
    studio.record()
    _until(studio, lambda state: state.snapshot is not None and state.snapshot.t_s > 0.1)


def test_a_studio_shows_levels_and_pictures_before_anything_is_recorded(tmp_path: Path) -> None:
    with _opened(tmp_path) as studio:
        state = _until(studio, lambda state: all(now.pictures > 3 for now in state.cameras.values()))
        assert state.snapshot is None
        _until(studio, lambda state: state.microphones[MicrophoneId("mic_1")].level.level_db > -60)
        picture = studio.monitor().look(CameraId("cam_1"), 160, 90)
        assert picture is not None and picture.pixels.shape == (90, 160, 4)
        _until(studio, lambda state: state.cameras[CameraId("cam_1")].state is SourceState.OK)
        _until(studio, lambda state: state.free_bytes is not None)
    assert not (tmp_path / "sessions").exists() or not [*(tmp_path / "sessions").glob("*/manifest.json")]


def test_a_recording_begins_is_directed_and_ends(tmp_path: Path) -> None:
    finished: list[Path] = []
    with _opened(tmp_path) as studio:
        studio.on_finished(finished.append)
        _record(studio)
        commands = Commands(studio)
        commands.obey("take 2")
        commands.obey("marker")
        _until(studio, lambda s: s.snapshot is not None and s.snapshot.director.program.on_air == "cam_2")
        studio.mark_wrong_cut(0)
        position, events = studio.events_since(0)
        assert {"record_start", "command", "manual_cut", "marker"} <= {event["type"] for event in events}
        assert studio.events_since(position)[1] == []
        studio.stop()
        _until(studio, lambda state: state.phase is Phase.READY)
    assert len(finished) == 1
    assert read_manifest(finished[0]).state is SessionState.CLOSED
    assert {"marker", "wrong_cut"} <= {event["type"] for event in read_events(finished[0])}


def test_what_there_was_before_a_show_is_searched_for_garbage_only_after_it(tmp_path: Path) -> None:
    with _opened(tmp_path) as studio:
        _record(studio)
        assert gc.get_freeze_count() > 10_000
        studio.stop()
        _until(studio, lambda state: state.phase is Phase.READY)
        assert gc.get_freeze_count() == 0


def test_two_recordings_of_one_studio_are_two_sessions(tmp_path: Path) -> None:
    with _opened(tmp_path) as studio:
        for _ in range(2):
            _record(studio)
            studio.stop()
            _until(studio, lambda state: state.phase is Phase.READY)
    assert len([*(tmp_path / "sessions").glob("*/manifest.json")]) == 2


def test_closing_in_the_middle_of_a_recording_loses_nothing(tmp_path: Path) -> None:
    with _opened(tmp_path) as studio:
        _record(studio)
    manifest = next((tmp_path / "sessions").glob("*/manifest.json"))
    assert read_manifest(manifest.parent).state is SessionState.CLOSED


def test_another_show_keeps_the_sources_that_serve_on(tmp_path: Path) -> None:
    with _opened(tmp_path) as studio:
        _until(studio, lambda state: all(now.pictures > 3 for now in state.cameras.values()))
        assert studio._sources is not None
        kept = studio._sources.cameras[CameraId("cam_1")]
        counted = kept.pictures
        studio.use(_show(3, "Another"))
        state = _until(studio, lambda state: len(state.cameras) == 3 and state.phase is Phase.READY)
        assert state.show.title == "Another"
        assert studio._sources.cameras[CameraId("cam_1")] is kept
        assert state.cameras[CameraId("cam_1")].pictures >= counted
        studio.use(_show(1, "Small"))
        _until(studio, lambda state: len(state.cameras) == 1 and state.phase is Phase.READY)
        _record(studio)


def test_another_canvas_opens_every_source_anew(tmp_path: Path) -> None:
    with _opened(tmp_path) as studio:
        assert studio._sources is not None
        before = studio._sources.cameras[CameraId("cam_1")]
        studio.use(_show(width=640, height=360))
        _until(studio, lambda state: state.show.canvas.width == 640 and state.phase is Phase.READY)
        assert studio._sources.cameras[CameraId("cam_1")] is not before


def test_a_show_is_not_changed_while_it_is_recorded(tmp_path: Path) -> None:
    with _opened(tmp_path) as studio:
        _record(studio)
        studio.use(_show(1))
        state = _until(studio, lambda state: state.problem is not None)
        assert state.problem == "The show is being recorded. Stop the recording before you change its set-up."
        assert state.phase is Phase.RECORDING and len(state.cameras) == 2


def test_a_folder_that_cannot_be_leaves_the_cameras_in_sight(tmp_path: Path) -> None:
    (tmp_path / "sessions").write_text("in the way")
    with _opened(tmp_path) as studio:
        state = studio.look()
        assert state.phase is Phase.FAILED
        assert state.problem is not None and "sessions" in state.problem
        _until(studio, lambda state: all(now.pictures > 3 for now in state.cameras.values()))
        (tmp_path / "sessions").unlink()
        studio.use(_show())
        _until(studio, lambda state: state.phase is Phase.READY and state.problem is None)


def test_record_tries_again_what_has_failed_says_so_anew_and_records_when_nothing_is_in_the_way(
    tmp_path: Path,
) -> None:
    (tmp_path / "sessions").write_text("in the way")
    with _opened(tmp_path) as studio:
        before = studio.look().problem
        assert before is not None
        Commands(studio).obey("record")
        state = _until(studio, lambda state: state.problem is not None and state.problem is not before)
        assert state.problem == before and state.snapshot is None
        _until(studio, lambda state: state.phase is Phase.FAILED)
        (tmp_path / "sessions").unlink()
        Commands(studio).obey("record")
        state = _until(studio, lambda state: state.phase is Phase.RECORDING)
        assert state.problem is None


def test_nobody_waits_for_a_studio(tmp_path: Path) -> None:
    """Every call returns although the studio's own thread is kept busy."""
    with _opened(tmp_path) as studio:
        busy = threading.Event()
        studio._wishes.put(partial(_wait, busy))
        try:
            studio.record()
            studio.stop()
            studio.mark()
            assert studio.look().phase is Phase.READY
        finally:
            busy.set()


def test_commands_that_cannot_be_say_why(tmp_path: Path) -> None:
    with _opened(tmp_path) as studio:
        commands = Commands(studio)
        with pytest.raises(CommandError, match='no command "make coffee"'):
            commands.obey("make coffee")
        with pytest.raises(CommandError, match="Nothing is being recorded"):
            commands.obey("take 1")
        _record(studio)
        with pytest.raises(CommandError, match="There is no camera 9"):
            commands.obey("take 9")
        with pytest.raises(CommandError, match="being recorded already"):
            commands.obey("record")


def test_every_command_of_a_running_show_can_be_said(tmp_path: Path) -> None:
    with _opened(tmp_path) as studio:
        _record(studio)
        commands = Commands(studio)
        for name in SHOW_COMMANDS:
            number = name.rpartition(" ")[2]
            if name in {"record", "stop"} or (number.isdigit() and int(number) > 2):
                continue
            commands.obey(name.upper())
        commands.obey("stop")
        _until(studio, lambda state: state.phase is Phase.READY)


def test_a_window_that_cannot_let_go_of_the_viewers_picture_keeps_no_recording_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hangs() -> None:
        raise TimeoutError("The viewers' picture did not end within 5 s.")

    with _opened(tmp_path) as studio:
        _record(studio)
        monkeypatch.setattr(studio, "_leave_viewers", hangs)
        studio.stop()
        folder = _until(studio, lambda state: state.phase is Phase.READY).folder
        assert folder is not None
        assert read_manifest(folder).state is SessionState.CLOSED


def test_a_recording_that_ends_with_an_error_leaves_no_source_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _opened(tmp_path) as studio:
        _record(studio)
        assert studio._engine is not None and studio._sources is not None
        engine, stop = studio._engine, studio._engine.stop
        feeds = [feed._thread for feed in studio._sources.cameras.values()]

        def stops_badly() -> Path | None:
            stop()
            raise OSError("The disk has gone.")

        monkeypatch.setattr(engine, "stop", stops_badly)
    assert not any(thread is not None and thread.is_alive() for thread in feeds)
    assert studio.look().phase is Phase.CLOSED


def test_a_show_whose_sources_cannot_be_made_says_so_instead_of_opening_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_show: Show) -> None:
        raise OSError("There is no such driver.")

    monkeypatch.setattr("director_app.engine.studio.make_sources", broken)
    with _opened(tmp_path) as studio:
        assert studio.look().problem == "There is no such driver."
        monkeypatch.undo()
        Commands(studio).obey("record")
        _until(studio, lambda state: state.phase is Phase.RECORDING and state.problem is None)


def test_a_record_key_while_files_are_closed_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with _opened(tmp_path) as studio:
        monkeypatch.setattr(studio, "_phase", Phase.STOPPING)
        with pytest.raises(CommandError, match="files of the last recording are being closed"):
            Commands(studio).obey("record")
        monkeypatch.undo()


def test_a_viewers_picture_that_cannot_be_decoded_any_more_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_packet: object) -> None:
        raise DecoderError("damaged")

    with _opened(tmp_path) as studio:
        _record(studio)
        studio.watch_viewers()
        Commands(studio).obey("take 2")
        eventually(lambda: studio.shows_viewers, 20.0, "the picture as viewers see it")
        assert studio._viewers is not None
        monkeypatch.setattr(studio._viewers, "_decoder", SimpleNamespace(decode=damaged))
        eventually(lambda: not studio.shows_viewers, 10.0, "its end")


def test_a_recording_whose_end_fails_is_finished_all_the_same_and_its_files_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_deadline_s: float) -> None:
        raise RuntimeError("The encoder of camera 1 hangs")

    finished: list[Path] = []
    studio = Studio(tmp_path / "sessions")
    studio.on_finished(finished.append)
    studio.start(_show())
    _until(studio, lambda state: state.phase is Phase.READY)
    _record(studio)
    assert studio._engine is not None and studio._engine._recording is not None
    pictures = studio._engine._recording.pictures
    close = pictures.close
    monkeypatch.setattr(pictures, "close", fails)
    studio.stop()
    state = _until(studio, lambda state: state.phase is Phase.READY)
    assert finished == [state.folder] and state.folder is not None
    assert state.problem == (
        "The encoder of camera 1 hangs. The recording has ended; its files are in "
        f"{state.folder}. Look at them under Sessions."
    )
    close(10.0)
    _record(studio)
    with pytest.raises(RuntimeError, match="hangs"):
        studio.close()
    assert len(finished) == 2


def test_a_log_that_takes_no_more_keeps_no_session_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OSError("The disk has gone.")

    with _opened(tmp_path) as studio:
        _record(studio)
        assert studio._engine is not None and studio._engine._log is not None
        monkeypatch.setattr(studio._engine._log, "append", fails)
        studio.stop()
        state = _until(studio, lambda state: state.phase is Phase.READY)
        assert state.problem is not None and state.problem.startswith("The disk has gone.")
        assert state.folder is not None
        lock_session(state.folder).release()
        _record(studio)


@pytest.mark.realtime
def test_a_recording_without_a_first_picture_leaves_no_session_and_says_so(tmp_path: Path) -> None:
    finished: list[Path] = []
    with _opened(tmp_path) as studio:
        studio.on_finished(finished.append)
        # Both are waiting before either is done, so that the first frame has no time to come.
        busy = threading.Event()
        studio._wishes.put(partial(_wait, busy))
        studio.record()
        studio.stop()
        busy.set()
        state = _until(studio, lambda state: state.problem is not None)
        assert state.problem is not None and state.problem.startswith("Nothing was recorded: ")
        state = _until(studio, lambda state: state.phase is Phase.READY)
        assert state.folder is None and not [*(tmp_path / "sessions").glob("*/manifest.json")]
        _record(studio)
        studio.stop()
        state = _until(studio, lambda state: state.phase is Phase.READY)
        assert state.problem is None
    assert finished == [state.folder]


def test_files_that_are_taken_away_while_they_are_recorded_are_told_of_then_and_at_the_end(tmp_path: Path) -> None:
    def told(state: StudioState) -> bool:
        notices = () if state.snapshot is None else state.snapshot.notices
        return any(notice.text.startswith("cam_2_iso.mp4 was taken away") for notice in notices)

    with _opened(tmp_path) as studio:
        _record(studio)
        folder = studio.look().folder
        assert folder is not None
        (folder / "cam_2_iso.mp4").unlink()
        _until(studio, told)
        studio.stop()
        state = _until(studio, lambda state: state.phase is Phase.READY)
        assert state.problem is not None and state.problem.startswith("cam_2_iso.mp4 was taken away")
        assert [part.name for part in read_manifest(folder).files if part.problem] == ["cam_2_iso.mp4"]
