"""kill -9 in the middle of a show: what is on the disk decodes, next to nothing is lacking, recovery ends well."""

import json
import shutil
import signal
import subprocess
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import pytest

from director_app.core.canvas import SAMPLE_RATE
from director_app.core.sources import CameraId
from director_app.media.mp4_reader import Mp4Reader
from director_app.post.check import check_session
from director_app.post.cuts import recorded_cuts
from director_app.session.event_log import read_events
from director_app.session.library import interrupted_sessions
from director_app.session.manifest import FileRole, SessionState, read_manifest
from tests.helpers.pictures import strips_of
from tests.helpers.running import Running, director, reporting_director, slots_told
from tests.helpers.shows import events_of, show_file
from tests.helpers.wait import eventually

LACKING_S = 0.6
MOMENTS = (41, 74, 118)
"""Slots at which the program is killed: early in a fragment, late in one, after several takes."""


def killed_at(slot: int, sessions: Path, delay_s: float) -> tuple[Path, int]:
    """A session whose recorder was killed, and the last slot that it had told of."""
    show = show_file(sessions / "show.toml", cameras=2, delay_s=delay_s)
    with reporting_director("run", show, "--sessions", sessions) as running:
        eventually(lambda: slots_told(running) >= slot, 30, f"slot {slot}: {running.news}")
        running.send(signal.SIGKILL)
        assert running.ended() == -signal.SIGKILL
        told = slots_told(running)
    (entry,) = interrupted_sessions(sessions)
    return entry.folder, told


@pytest.fixture(scope="module", params=MOMENTS)
def killed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """The same wreck for all looks at it; nobody changes it."""
    return killed_at(request.param, tmp_path_factory.mktemp("killed"), delay_s=1.0)


def errors_of_ffmpeg(path: Path) -> str:
    """What FFmpeg's own program complains of when it decodes all of a file."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-map", "0", "-f", "null", "-"]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stderr


def sound_length_s(path: Path) -> float:
    """Of the first sound track, decoded."""
    with av.open(str(path)) as container:
        return sum(frame.samples for frame in container.decode(audio=0)) / SAMPLE_RATE


def names(folder: Path, role: FileRole) -> list[str]:
    return [part.name for part in read_manifest(folder).files if part.role is role]


def test_every_camera_and_microphone_decodes_without_an_error(killed: tuple[Path, int]) -> None:
    folder, _ = killed
    for name in names(folder, FileRole.ISO) + names(folder, FileRole.MICROPHONE):
        assert (name, errors_of_ffmpeg(folder / name)) == (name, "")


def test_nothing_lacks_more_than_six_tenths_of_a_second(killed: tuple[Path, int]) -> None:
    folder, told = killed
    for name in names(folder, FileRole.ISO):
        frames = [strip.frame_number for strip in strips_of(folder / name) if strip]
        assert told / 30 - len(frames) / 30 <= LACKING_S
        assert told / 30 - sound_length_s(folder / name) <= LACKING_S
    for name in names(folder, FileRole.MICROPHONE):
        assert told / 30 - sound_length_s(folder / name) <= LACKING_S


def test_recovery_completes_the_program_as_logged(killed: tuple[Path, int], tmp_path: Path) -> None:
    folder = Path(shutil.copytree(killed[0], tmp_path / killed[0].name))
    before = {name: len(strips_of(folder / name)) for name in names(folder, FileRole.ISO)}
    with director("recover", folder) as running:
        assert running.ended() == 0
        assert running.results == [str(folder.resolve())]
    manifest = read_manifest(folder)
    assert manifest.state is SessionState.RECOVERED
    cameras = {
        CameraId(str(part.source)): strips_of(folder / part.name)
        for part in manifest.files
        if part.role is FileRole.ISO
    }
    program = strips_of(folder / "program.mp4")
    on_air = recorded_cuts(manifest, read_events(folder))
    last = on_air.on_air(len(program) - 1)
    assert all(len(strips_of(folder / name)) >= slots for name, slots in before.items())
    assert len(program) == len(cameras[last]) == manifest.slots
    assert max(len(strips) for strips in cameras.values()) - len(program) <= LACKING_S * 30
    assert program == [cameras[on_air.on_air(slot)][slot] for slot in range(len(program))]
    assert any("head_end" in event for event in events_of(folder, "manual_cut"))
    assert_cuts(
        program_cuts=[strip.camera_index for strip in program if strip], shots=len(on_air.shots(len(program)))
    )
    for name in ("program.mp4", *before, *names(folder, FileRole.MICROPHONE)):
        assert (name, errors_of_ffmpeg(folder / name)) == (name, "")
    assert abs(sound_length_s(folder / "program.mp4") - float(len(program) / Fraction(30))) < 0.3
    assert check_session(folder).lines()[-1] == "A small show: everything is good."


def assert_cuts(program_cuts: list[int], shots: int) -> None:
    assert sum(1 for before, now in pairwise(program_cuts) if before != now) == shots - 1


@pytest.mark.patient
def test_the_next_run_recovers_by_itself_and_a_hopeless_session_keeps_no_show_from_starting(tmp_path: Path) -> None:
    folder, _ = killed_at(50, tmp_path, delay_s=0.0)
    with director("check", folder) as running:
        assert running.ended() == 1
        running.wait_for(f"director recover {folder}")
    hopeless = Path(shutil.copytree(folder, tmp_path / "3e5c8a54-1111-4222-8333-444455556666"))
    for file in hopeless.glob("*.mp4"):
        file.write_bytes(b"not a movie")
    with director("run", tmp_path / "show.toml", "--for", "1s", "--sessions", tmp_path) as running:
        assert running.ended() == 0
        new = Path(running.results[-1])
        running.wait_for("Recovered A small show: 00:00:0")
        running.wait_for("cam_1_iso.mp4 cannot be read")
    assert read_manifest(folder).state is SessionState.RECOVERED
    assert (hopeless / "cam_1_iso.mp4").read_bytes() == b"not a movie"
    assert read_manifest(new).state is SessionState.CLOSED
    assert_listed(tmp_path, {folder: "recovered", hopeless: "recovered", new: "closed"})
    with director("check", folder) as running:
        assert (running.ended(), running.results[-1]) == (0, "A small show: everything is good.")


def assert_listed(sessions: Path, states: dict[Path, str]) -> None:
    with director("sessions", "--sessions", sessions, "--json") as running:
        assert running.ended() == 0
    listed = json.loads("\n".join(running.results))
    assert {Path(entry["folder"]).name: entry["state"] for entry in listed} == {
        folder.name: state for folder, state in states.items()
    }


@pytest.mark.patient
def test_a_session_that_is_being_recorded_is_neither_recovered_nor_spoilt(tmp_path: Path) -> None:
    show = show_file(tmp_path / "show.toml", cameras=1)
    with director("run", show, "--sessions", tmp_path) as recording:
        folder = being_recorded(tmp_path, recording)
        with director("recover", folder) as recovery:
            assert recovery.ended() == 2
            recovery.wait_for("is still being recorded")
        recording.send(signal.SIGTERM)
        assert recording.ended() == 0
    with director("recover", folder) as recovery:
        assert recovery.ended() == 0
        recovery.wait_for("nothing to recover")
    with Mp4Reader(folder / "program.mp4") as reader:
        assert reader.slots == read_manifest(folder).slots


def being_recorded(sessions: Path, running: Running) -> Path:
    """The folder of a session that has begun."""
    running.wait_for("REC")
    return next(path.parent for path in sessions.glob("*/manifest.json"))
