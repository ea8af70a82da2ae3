"""Whatever ends a show, or should not: signals, a second show, a clock that is set back, an encoder that raises."""

import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from pathlib import Path

import pytest

from director_app.core.events import Take
from director_app.core.sources import CameraId
from director_app.engine import manifests
from director_app.engine.recording import Parts
from director_app.media.encoder import EncoderError, VideoEncoder
from director_app.media.frame import I420
from director_app.media.packets import FrameKind, VideoPacket
from director_app.post.check import check_session
from director_app.session.event_log import read_events
from director_app.session.manifest import SessionState, read_manifest
from tests.helpers.pictures import strips_of
from tests.helpers.running import Running, director, reporting_director, slots_told
from tests.helpers.shows import events_of, recorded, show_file, small_show
from tests.helpers.wait import eventually

A, B = CameraId("a"), CameraId("b")


@pytest.fixture
def running(tmp_path: Path) -> Running:
    """A show that has begun."""
    return reporting_director("run", show_file(tmp_path / "show.toml"), "--sessions", tmp_path / "sessions")


def begun(running: Running) -> None:
    eventually(lambda: slots_told(running) > 20, 20, f"it records: {running.news}")


def term(running: Running) -> None:
    running.send(signal.SIGTERM)


def hang_up(running: Running) -> None:
    """The window of the terminal is closed."""
    running.send(signal.SIGHUP)


def ctrl_c(running: Running) -> None:
    running.press_ctrl_c()


def ctrl_c_until_it_ends(running: Running) -> None:
    """An impatient producer."""

    def pressed() -> bool:
        running.press_ctrl_c()
        return running.has_ended_within(0.1)

    eventually(pressed, 20, "it ends")


@pytest.mark.patient
@pytest.mark.parametrize("end", [term, hang_up, ctrl_c, ctrl_c_until_it_ends])
def test_a_show_closes_in_order(running: Running, end: Callable[[Running], None], tmp_path: Path) -> None:
    with running:
        begun(running)
        end(running)
        assert running.ended() == 0
        assert "Traceback" not in "\n".join(running.news)
        (line,) = running.results
    folder = Path(line)
    assert folder.parent == (tmp_path / "sessions").resolve()
    assert read_manifest(folder).state is SessionState.CLOSED
    assert check_session(folder).is_good


@pytest.mark.patient
def test_ctrl_z_freezes_no_recording(running: Running) -> None:
    with running:
        begun(running)
        running.send(signal.SIGTSTP)
        seen = slots_told(running)
        eventually(lambda: slots_told(running) > seen + 10, 10, "it goes on")
        term(running)
        assert running.ended() == 0


@pytest.mark.patient
def test_a_reader_of_the_pipe_that_goes_away_ends_no_show(tmp_path: Path) -> None:
    show = show_file(tmp_path / "show.toml")
    with reporting_director("run", show, "--for", "2s", "--sessions", tmp_path) as running:
        begun(running)
        running.stop_reading_news()
        assert running.ended() == 0
    manifest = read_manifest(Path(running.results[-1]))
    assert manifest.slots is not None and manifest.slots >= 50


@pytest.mark.patient
def test_a_second_show_into_the_same_folder_is_refused(running: Running, tmp_path: Path) -> None:
    with running:
        begun(running)
        with director("run", tmp_path / "show.toml", "--for", "1s", "--sessions", tmp_path / "sessions") as second:
            assert second.ended() == 2
            second.wait_for("Another show is being recorded into")
            assert second.results == []
        term(running)
        assert running.ended() == 0
    assert len(list((tmp_path / "sessions").glob("*/manifest.json"))) == 1


def test_a_wall_clock_that_is_set_back_changes_nothing_but_the_dates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Session time never comes from the wall clock: only the manifest's dates do."""

    class SetBack(datetime):
        asked = 0

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            """An hour earlier each time it is asked."""
            cls.asked += 1
            return datetime.now(tz) - timedelta(hours=cls.asked)

    monkeypatch.setattr(manifests, "datetime", SetBack)
    monkeypatch.setattr("time.time", lambda: 0.0)
    folder, _ = recorded(small_show(), tmp_path, 60, [(30, Take(B))])
    manifest = read_manifest(folder)
    assert manifest.ended_at is not None
    assert manifest.ended_at < manifest.created_at < datetime.now(UTC)
    times = [event["t_s"] for event in read_events(folder)]
    assert all(after >= before - 0.2 for before, after in pairwise(times))
    assert 2.0 <= times[-1] < 10
    assert check_session(folder).is_good


class Raising(VideoEncoder):
    """Raises at its camera's fortieth picture, `times` times over all encoders."""

    times = 1
    left = 1

    def encode(self, camera: CameraId, slot: int, picture: I420, kind: FrameKind) -> list[VideoPacket]:
        if camera == A and slot >= 40 and Raising.left > 0:
            Raising.left -= 1
            raise EncoderError("The driver of the encoder has gone.")
        return super().encode(camera, slot, picture, kind)


def test_an_encoder_that_raises_is_opened_anew_and_no_picture_is_missing(tmp_path: Path) -> None:
    Raising.left = 1
    folder, engine = recorded(small_show(), tmp_path, 90, parts=Parts(open_encoder=Raising))
    assert Raising.left == 0
    assert engine.problems == ()
    assert check_session(folder).is_good
    strips = strips_of(folder / "cam_1_iso.mp4")
    assert len(strips) == read_manifest(folder).slots
    assert None not in strips


def test_an_encoder_that_goes_on_raising_costs_its_camera_only(tmp_path: Path) -> None:
    Raising.left = 1000
    folder, engine = recorded(small_show(), tmp_path, 90, parts=Parts(open_encoder=Raising))
    problem, *rest = engine.problems
    # Until the director had left that camera the program had nothing to show.
    assert all(each.startswith("program.mp4 lacks") for each in rest)
    assert problem.startswith("The recording of camera 1 A has ended: The driver of the encoder has gone.")
    (lost,) = events_of(folder, "source_lost")
    assert lost["source"] == A
    (cut,) = events_of(folder, "switch")
    assert (cut["from"], cut["to"]) == (A, B)
    found = {finding.name: finding.problems for finding in check_session(folder).files}
    assert problem in found["cam_1_iso.mp4"]
    assert found["cam_2_iso.mp4"] == found["mic_1.flac"] == ()
    assert len(strips_of(folder / "cam_1_iso.mp4")) == 40
    assert len(strips_of(folder / "program.mp4")) >= 75
