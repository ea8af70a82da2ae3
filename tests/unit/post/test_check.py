"""What `director check` must find: one fault at a time, in a session that was good before."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from av.video.stream import VideoStream

from director_app.media.mp4_reader import Mp4Reader
from director_app.media.sound.flac_header import HEADER_BYTES
from director_app.post.check import Report, check_session
from director_app.post.cuts import missing_slots
from director_app.post.finish import add_hashes
from director_app.post.remux import write_part
from director_app.session.event_log import LOG_NAME, append_events
from director_app.session.manifest import FilePart, FileRole, SessionState, read_manifest, write_manifest
from tests.helpers.shows import events_of


def problems_of(report: Report) -> dict[str, tuple[str, ...]]:
    return {finding.name: finding.problems for finding in report.files if finding.problems}


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])


def flip(path: Path, place: int | None = None) -> None:
    """One byte, that in the middle if no place is given."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2 if place is None else place] ^= 0xFF
    path.write_bytes(content)


def place_of_picture(path: Path, slot: int) -> tuple[int, int]:
    """Where its packet begins in the file, and its size in bytes."""
    with Mp4Reader(path, Fraction(30)) as reader:
        for packet in reader.packets():
            if isinstance(packet.stream, VideoStream) and reader.slot_of(packet) == slot and packet.pos is not None:
                return packet.pos, packet.size
    raise AssertionError(slot)


def swap(first: Path, second: Path) -> None:
    one = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(one)


def test_a_good_session_is_good_with_and_without_hashes(closed: Path) -> None:
    asked: list[str] = []
    report = check_session(closed, asked.append)
    assert report.is_good
    assert report.lines()[-1] == "A small show: everything is good."
    assert asked[-1] == "Comparing the program with the cameras ..."
    add_hashes(closed)
    assert check_session(closed).is_good
    assert report.as_dict()["good"] is True


@pytest.mark.parametrize("name", ["program.mp4", "cam_1_iso.mp4", "mic_1.flac"])
def test_a_truncated_file(name: str, closed: Path) -> None:
    truncate(closed / name)
    assert name in problems_of(check_session(closed))


@pytest.mark.parametrize("name", ["program.mp4", "cam_2_iso.mp4", "mic_2.flac", "events.json"])
def test_a_flipped_byte(name: str, closed: Path) -> None:
    add_hashes(closed)
    flip(closed / name)
    found = problems_of(check_session(closed))
    assert found.pop(name)[0] == "its content has changed since it was recorded"
    assert found == {}


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_any_flipped_byte_in_a_picture_on_air_shows_even_without_hashes(part: float, closed: Path) -> None:
    start, size = place_of_picture(closed / "cam_2_iso.mp4", slot=30)
    flip(closed / "cam_2_iso.mp4", start + int(size * part))
    assert any("the first at 1.00 s" in problem for problem in check_session(closed).problems)


def test_a_picture_that_cannot_be_decoded_shows_even_without_hashes_and_off_air(closed: Path) -> None:
    start, _ = place_of_picture(closed / "cam_2_iso.mp4", slot=10)
    flip(closed / "cam_2_iso.mp4", start)  # the length of its first unit
    report = check_session(closed)
    assert "one place cannot be decoded" in problems_of(report)["cam_2_iso.mp4"]
    assert report.problems == ()


@pytest.mark.parametrize("name", ["program.mp4", "cam_1_iso.mp4", "mic_1.flac", "events.json"])
def test_a_missing_file(name: str, closed: Path) -> None:
    (closed / name).unlink()
    assert problems_of(check_session(closed))[name] == ("the file is missing",)


def test_swapped_cameras(closed: Path) -> None:
    swap(closed / "cam_1_iso.mp4", closed / "cam_2_iso.mp4")
    (problem,) = check_session(closed).problems
    assert "pictures of program.mp4 are not those of the camera on air, the first at 0.00 s" in problem


def test_a_program_that_differs_from_the_log(closed: Path) -> None:
    second = events_of(closed, "manual_cut")[1]
    lines = (closed / LOG_NAME).read_text("utf-8").splitlines(keepends=True)
    (closed / LOG_NAME).write_text("".join(line for line in lines if f'"seq": {second["seq"]},' not in line), "utf-8")
    (problem,) = check_session(closed).problems
    assert problem.endswith(f"are not those of the camera on air, the first at {second['slot'] / 30:.2f} s.")


def test_a_damaged_line_of_a_moved_cut_is_passed_over(closed: Path) -> None:
    append_events(
        closed, [{"t_s": 1.0, "type": "cut_moved"}, {"t_s": 1.0, "type": "cut_moved", "slot": "x", "to": 3}]
    )
    assert check_session(closed).problems == ()


def test_pictures_left_out_of_the_program(closed: Path) -> None:
    program, left_out = closed / "program.mp4", {30, 31, 32, 60}
    with Mp4Reader(program) as reader:
        kept = (
            packet
            for packet in reader.packets()
            if not (isinstance(packet.stream, VideoStream) and reader.slot_of(packet) in left_out)
        )
        part, _ = write_part(program, reader, reader.sound, kept)
    part.replace(program)
    with Mp4Reader(program, Fraction(30)) as reader:
        assert list(missing_slots(reader)) == [range(30, 33), range(60, 61)]
    assert check_session(closed).problems == ("4 pictures are missing in program.mp4, the first at 1.00 s.",)


def test_a_file_of_another_length(closed: Path) -> None:
    manifest = read_manifest(closed)
    assert manifest.slots is not None
    write_manifest(closed, manifest.model_copy(update={"slots": manifest.slots + 2}))
    found = problems_of(check_session(closed))
    assert set(found) == {"program.mp4", "cam_1_iso.mp4", "cam_2_iso.mp4", "mic_1.flac", "mic_2.flac"}
    assert all("s long, the recording" in problem for problems in found.values() for problem in problems)


def test_a_microphone_without_a_header(closed: Path) -> None:
    path = closed / "mic_1.flac"
    path.write_bytes(bytes(HEADER_BYTES) + path.read_bytes()[HEADER_BYTES:])
    assert "mic_1.flac" in problems_of(check_session(closed))


def _never_closed(folder: Path) -> str:
    write_manifest(folder, read_manifest(folder).model_copy(update={"state": SessionState.RECORDING}))
    return f"It was never closed. If nothing records it now: director recover {folder}"


def _without_length(folder: Path) -> str:
    write_manifest(folder, read_manifest(folder).model_copy(update={"slots": None}))
    return "The manifest does not say how long the recording is."


def _without_program(folder: Path) -> str:
    manifest = read_manifest(folder)
    parts = tuple(part for part in manifest.files if part.role is not FileRole.PROGRAM)
    write_manifest(folder, manifest.model_copy(update={"files": parts}))
    return "The manifest names no program."


def _without_log(folder: Path) -> str:
    (folder / LOG_NAME).unlink()
    return "The program could not be compared with the cameras: No such file or directory."


@pytest.mark.parametrize("spoil", [_never_closed, _without_length, _without_program, _without_log])
def test_a_session_that_cannot_be_compared(spoil: Callable[[Path], str], closed: Path) -> None:
    sentence = spoil(closed)
    report = check_session(closed)
    assert report.problems == (sentence,)
    assert not report.is_good


def test_what_the_recorder_could_not_write_is_told_again(closed: Path) -> None:
    manifest = read_manifest(closed)
    sentence = "mic_1.flac cannot be written any more: Input/output error. The other files go on."

    def told(part: FilePart) -> FilePart:
        return part.model_copy(update={"problem": sentence}) if part.name == "mic_1.flac" else part

    write_manifest(closed, manifest.model_copy(update={"files": tuple(map(told, manifest.files))}))
    assert problems_of(check_session(closed)) == {"mic_1.flac": (sentence,)}


def test_nothing_is_changed(closed: Path) -> None:
    before = {path.name: path.read_bytes() for path in closed.iterdir()}
    check_session(closed)
    assert {path.name: path.read_bytes() for path in closed.iterdir()} == before
