"""Recovery of every kind of wreck: files only ever get better, twice does no harm, people are told what lacks."""

import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path

import av
import pytest

from director_app.media.mp4_reader import AvPacket, Mp4Reader
from director_app.post import recover as recovery
from director_app.post.check import check_session
from director_app.post.recover import Recovered, recover_session
from director_app.post.remux import write_part
from director_app.session.errors import FolderError, InUseError, ManifestError
from director_app.session.event_log import AGGREGATE_NAME, LOG_NAME, read_events
from director_app.session.lock import lock_session
from director_app.session.manifest import FileRole, SessionState, read_manifest
from tests.helpers.pictures import strips_of
from tests.helpers.shows import events_of


def recovered(folder: Path) -> Recovered:
    outcome = recover_session(folder)
    assert outcome is not None
    assert read_manifest(folder).state is SessionState.RECOVERED
    return outcome


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "session.lock"}


def shorten(path: Path, slots: int) -> None:
    """Leaves the first so many slots, as a program that lags behind by the delay would."""

    def first(packets: Iterator[AvPacket]) -> Iterator[AvPacket]:
        for packet in packets:
            assert packet.pts is not None and packet.time_base is not None
            if packet.pts * packet.time_base < slots / 30:
                yield packet

    with Mp4Reader(path) as reader:
        part, _ = write_part(path, reader, reader.sound, first(reader.packets()))
    part.replace(path)


def program(folder: Path) -> list[tuple[int, int]]:
    return [(strip.camera_index, strip.frame_number) for strip in strips_of(folder / "program.mp4") if strip]


def test_a_wreck_becomes_a_good_session(wreck: Path) -> None:
    outcome = recovered(wreck)
    assert outcome.problems == ()
    assert outcome.duration_s >= 95 / 30
    assert check_session(wreck).is_good
    assert events_of(wreck, "record_stop")[-1]["reason"] == "recovered"
    assert json.loads((wreck / AGGREGATE_NAME).read_text("utf-8"))["events"] == read_events(wreck)
    assert not list(wreck.glob("*.part"))


def test_twice_the_second_time_nothing_is_touched(wreck: Path) -> None:
    recovered(wreck)
    before = bytes_of(wreck)
    assert recover_session(wreck) is None
    assert bytes_of(wreck) == before


def test_a_closed_session_is_not_touched(closed: Path) -> None:
    before = bytes_of(closed)
    assert recover_session(closed) is None
    assert bytes_of(closed) == before


def test_a_session_that_is_being_recorded_is_refused(wreck: Path) -> None:
    before = bytes_of(wreck)
    with lock_session(wreck), pytest.raises(InUseError, match="still being recorded"):
        recover_session(wreck)
    assert bytes_of(wreck) == before


def test_a_program_that_ended_early_is_completed_as_logged(wreck: Path) -> None:
    whole = program(wreck)
    shorten(wreck / "program.mp4", 35)
    assert recovered(wreck).problems == ()
    assert program(wreck) == whole
    assert check_session(wreck).is_good


@pytest.mark.parametrize("content", [None, b"", b"no movie"])
def test_a_program_that_is_gone_is_made_from_the_cameras(content: bytes | None, wreck: Path) -> None:
    whole = program(wreck)
    (wreck / "program.mp4").unlink()
    if content is not None:
        (wreck / "program.mp4").write_bytes(content)
    assert recovered(wreck).problems == ()
    assert program(wreck) == whole
    with av.open(str(wreck / "program.mp4")) as container:
        assert (len(container.streams.video), len(container.streams.audio)) == (1, 1)
    assert check_session(wreck).is_good


def test_a_missing_camera_file_is_told_and_the_rest_recovered(wreck: Path) -> None:
    (wreck / "cam_2_iso.mp4").unlink()
    assert recovered(wreck).problems == ("cam_2_iso.mp4 is missing.",)
    (missing,) = [finding for finding in check_session(wreck).files if finding.problems]
    assert (missing.name, missing.problems) == ("cam_2_iso.mp4", ("the file is missing",))


def test_a_damaged_camera_file_is_left_as_it_is(wreck: Path) -> None:
    (wreck / "cam_1_iso.mp4").write_bytes(b"scratched" * 1000)
    (problem,) = recovered(wreck).problems
    assert problem.startswith("cam_1_iso.mp4 cannot be read")
    assert problem.endswith("It was left as it is.")
    assert (wreck / "cam_1_iso.mp4").read_bytes() == b"scratched" * 1000
    part = read_manifest(wreck).file(FileRole.ISO, "a")
    assert part is not None and part.problem == problem


def test_a_camera_file_that_is_damaged_in_the_middle_is_never_cut_off(
    wreck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind a hole there may be pictures that a better program can read."""
    monkeypatch.setattr(recovery, "_TORN_BYTES", 10_000)
    monkeypatch.setattr(Mp4Reader, "packets", _first_half)
    before = (wreck / "cam_1_iso.mp4").read_bytes()
    problems = recovered(wreck).problems
    assert "cam_1_iso.mp4 is damaged after 1.0 s; later pictures may be in it. It was left as it is." in problems
    assert (wreck / "cam_1_iso.mp4").read_bytes() == before


def _first_half(reader: Mp4Reader) -> Iterator[AvPacket]:
    for slot, packet in reader.video_packets(0, 30):
        reader.read_bytes = slot
        yield packet


@pytest.mark.parametrize("content", [b"", b"fLaC"])
def test_an_empty_microphone_file_is_told(content: bytes, wreck: Path) -> None:
    (wreck / "mic_1.flac").write_bytes(content)
    (problem,) = recovered(wreck).problems
    assert problem == (
        "mic_1.flac is no recording that can be repaired: its header is missing. It was left as it is."
    )


def test_a_torn_line_of_the_log_is_passed_over(wreck: Path) -> None:
    with (wreck / LOG_NAME).open("a", encoding="utf-8") as log:
        log.write('{"seq": 99, "t_s": 3.0, "type": "swi')
    assert recovered(wreck).problems == ()
    assert check_session(wreck).is_good


def test_without_a_log_the_program_itself_says_what_was_on_air(wreck: Path) -> None:
    whole = program(wreck)
    shorten(wreck / "program.mp4", 80)
    (wreck / LOG_NAME).unlink()
    (problem,) = recovered(wreck).problems
    assert problem.startswith("events.jsonl is missing or empty")
    assert program(wreck) == whole, "the camera that was on air last stays on air"
    assert len(events_of(wreck, "switch")) == 3
    assert check_session(wreck).is_good


def test_lines_lost_at_the_end_of_the_log_are_found_in_the_program(wreck: Path) -> None:
    """As a power cut leaves it: pictures on the disk, the newest lines not."""
    whole = program(wreck)
    lines = (wreck / LOG_NAME).read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if json.loads(line)["t_s"] < 1.5]
    (wreck / LOG_NAME).write_text("".join(kept), "utf-8")
    assert recovered(wreck).problems == ()
    assert program(wreck) == whole
    assert check_session(wreck).is_good


def test_leftovers_of_a_recovery_that_was_killed_are_taken_away(wreck: Path) -> None:
    (wreck / "cam_1_iso.mp4.part").write_bytes(b"half")
    assert recovered(wreck).problems == ()
    assert not list(wreck.glob("*.part"))


@pytest.mark.parametrize("broken", ["write_part", "write_manifest", "append_events", "aggregate", "repair_flac"])
def test_where_the_system_says_no_it_can_be_done_again(
    broken: str, wreck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = program(wreck)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(recovery, broken, full)
    with pytest.raises(FolderError) as told:
        recover_session(wreck)
    assert "could not be recovered: No space left on device. Nothing in it was lost." in str(told.value)
    assert f"director recover {wreck}" in str(told.value)
    monkeypatch.undo()
    assert read_manifest(wreck).state is SessionState.RECORDING
    assert program(wreck) == whole
    assert recovered(wreck).problems == ()
    assert len(events_of(wreck, "record_stop")) == 1
    assert check_session(wreck).is_good


def test_a_half_written_copy_is_taken_away(wreck: Path) -> None:
    def torn() -> Iterator[AvPacket]:
        with Mp4Reader(wreck / "cam_1_iso.mp4") as other:
            for _, packet in other.video_packets(0, 10):
                yield packet
        raise OSError(errno.EIO, "Input/output error")

    with Mp4Reader(wreck / "cam_1_iso.mp4") as reader, pytest.raises(OSError, match="Input/output error"):
        write_part(wreck / "cam_1_iso.mp4", reader, reader.sound, torn())
    assert not list(wreck.glob("*.part"))


def test_a_damaged_manifest_changes_nothing(wreck: Path) -> None:
    (wreck / "manifest.json").write_text("{", "utf-8")
    before = bytes_of(wreck)
    with pytest.raises(ManifestError):
        recover_session(wreck)
    assert bytes_of(wreck) == before
