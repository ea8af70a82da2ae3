"""Disks that are nearly full, stand still or fail in the middle of a show: what can be recorded is recorded."""

import errno
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from director_app.engine.recording import Parts
from director_app.engine.show_engine import ShowEngine
from director_app.media.recorded_file import RecordedFile
from director_app.post.check import check_session
from director_app.session.manifest import FileRole, SessionState, read_manifest, write_manifest
from tests.helpers.pictures import strips_of
from tests.helpers.running import director
from tests.helpers.shows import events_of, recorded, show_file, small_show, wait_for_slot
from tests.helpers.wait import eventually

RESERVE = 200_000_000
ROOM = 700_000
"""Bytes above the reserve: a few seconds of a small show."""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own that is full but for the reserve and a little more."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=230m", "tmpfs", str(disk)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.strip()}")
    try:
        (disk / "filler").write_bytes(bytes(230 * 1024 * 1024 - RESERVE - ROOM))
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_show_ends_by_itself_at_the_reserve_warned_and_whole(small_disk: Path, tmp_path: Path) -> None:
    show = show_file(tmp_path / "show.toml")
    with director("run", show, "--sessions", small_disk) as running:
        running.wait_for("The disk is full in about")
        assert running.ended() == 3
        folder = Path(running.results[-1])
        running.wait_for("The disk was nearly full: the recording was closed")
    (low,) = events_of(folder, "disk_low")
    (stop,) = events_of(folder, "record_stop")
    assert low["t_s"] < stop["t_s"]
    assert "nearly full" in stop["reason"]
    assert read_manifest(folder).state is SessionState.CLOSED
    with director("check", folder) as checking:
        assert (checking.ended(), checking.results[-1]) == (0, "A small show: everything is good.")


@pytest.mark.patient
def test_a_disk_without_the_reserve_is_refused_before_anything_is_made(small_disk: Path, tmp_path: Path) -> None:
    (small_disk / "more").write_bytes(bytes(ROOM))
    with director("run", show_file(tmp_path / "show.toml"), "--sessions", small_disk) as running:
        assert running.ended() == 2
        running.wait_for("200 MB must stay free")
        assert running.results == []
    assert not list(small_disk.glob("*-*"))


@pytest.mark.patient
def test_a_recovery_for_which_there_is_no_room_changes_nothing_and_is_done_later(
    small_disk: Path, tmp_path: Path
) -> None:
    made, _ = recorded(small_show(), tmp_path / "made", 60)
    folder = Path(shutil.copytree(made, small_disk / made.name))
    manifest = read_manifest(folder)
    write_manifest(folder, manifest.model_copy(update={"state": SessionState.RECORDING, "slots": None}))
    (small_disk / "more").write_bytes(bytes(shutil.disk_usage(small_disk).free - 50_000))
    before = {path.name: path.read_bytes() for path in folder.glob("*.mp4")}
    with director("recover", folder) as running:
        assert running.ended() == 2
        running.wait_for("could not be recovered: No space left on device. Nothing in it was lost.")
    assert {path.name: path.read_bytes() for path in folder.glob("*.mp4")} == before
    assert read_manifest(folder).state is SessionState.RECORDING
    assert not list(folder.glob("*.part"))
    (small_disk / "more").unlink()
    with director("recover", folder) as running:
        assert running.ended() == 0
    assert check_session(folder).is_good


class StallingDisk:
    """Makes files whose writes all stand still from a moment on, until it wakes."""

    def __init__(self) -> None:
        self.awake = threading.Event()
        self.awake.set()
        self.stalled: set[str] = set()

    def open(self, path: Path) -> RecordedFile:
        """One of its files."""
        disk = self

        class File(RecordedFile):
            def write(self, data: bytes) -> int:
                if not disk.awake.is_set():
                    disk.stalled.add(self.path.name)
                    disk.awake.wait(30)
                return super().write(data)

        return File(path)


def test_a_disk_that_stalls_for_five_seconds_loses_nothing_and_makes_nothing_late(tmp_path: Path) -> None:
    disk = StallingDisk()
    engine = ShowEngine(small_show(delay_s=0.2), tmp_path, Parts(open_file=disk.open))
    try:
        engine.open()
        folder = engine.record()
        wait_for_slot(engine, 40)
        disk.awake.clear()
        wait_for_slot(engine, 190)
        repeated = dict(engine._recording.frames_repeated()) if engine._recording else {}
        disk.awake.set()
        wait_for_slot(engine, 210)
        engine.stop()
    finally:
        engine.close()
    manifest = read_manifest(folder)
    assert manifest.slots is not None and manifest.slots >= 210
    assert disk.stalled == {part.name for part in manifest.files if part.role is not FileRole.EVENTS}
    assert engine.problems == ()
    assert check_session(folder).is_good
    assert events_of(folder, "packets_left_out") == []
    for number, camera in enumerate(("a", "b"), 1):
        strips = strips_of(folder / f"cam_{number}_iso.mp4")
        assert len(strips) == manifest.slots
        changes = len({strip.frame_number for strip in strips[:190] if strip})
        assert changes >= 190 - sum(repeated.values()) - 5, f"camera {camera} went on while the disk stood still"


def test_one_file_that_cannot_be_written_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    class Failing(RecordedFile):
        def write(self, data: bytes) -> int:
            if self.path.name == "cam_1_iso.mp4" and self.size > 60_000 and self.error is None:
                self.error = OSError(errno.EIO, "Input/output error")
            return super().write(data)

    folder, engine = recorded(small_show(), tmp_path, 100, parts=Parts(open_file=Failing))
    sentence = "cam_1_iso.mp4 cannot be written any more: Input/output error. The other files go on."
    assert engine.problems == (sentence,)
    assert [event["file"] for event in events_of(folder, "file_failed")] == ["cam_1_iso.mp4"]
    report = check_session(folder)
    found = {finding.name: finding.problems for finding in report.files}
    assert sentence in found.pop("cam_1_iso.mp4")
    assert not any(found.values())
    assert read_manifest(folder).state is SessionState.CLOSED
    assert 15 < len(strips_of(folder / "cam_1_iso.mp4")) < 100


@pytest.mark.patient
def test_a_disk_that_does_not_answer_is_told_of_and_the_show_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = ShowEngine(small_show(1), tmp_path)
    try:
        engine.open()
        folder = engine.record()

        def gone(*_: object) -> object:
            raise OSError(errno.ENODEV, "No such device")

        monkeypatch.setattr("director_app.engine.disk_watch.shutil.disk_usage", gone)
        eventually(lambda: "The disk does not answer" in str(engine.notices.all()), 10, "the producer is told")
        monkeypatch.undo()
        eventually(lambda: not engine.notices.all(), 10, "it is over")
        engine.stop()
    finally:
        engine.close()
    assert check_session(folder).is_good
