"""Heads in recorded files: checked by their pictures, found without a log, made again after a crash."""

import json
import shutil
import subprocess
from collections.abc import Callable, Container, Iterator, Mapping
from itertools import cycle
from pathlib import Path

import pytest
from av.video.stream import VideoStream

from director_app.core.events import Take
from director_app.core.sources import CameraId
from director_app.media.head import HeadError
from director_app.media.mp4_reader import AvPacket, Mp4Reader
from director_app.media.strip import Strip
from director_app.post.check import check_session
from director_app.post.cuts import RecordedHead, recorded_cuts, recorded_heads
from director_app.post.heads import camera_at, encoder_settings, head_again
from director_app.post.recover import recover_session
from director_app.post.remux import write_part
from director_app.session.event_log import LOG_NAME, EventRecord, read_events
from director_app.session.manifest import FileRole, SessionState, read_manifest, write_manifest
from tests.helpers.pictures import strips_of
from tests.helpers.shows import backdate, events_of, recorded, small_show

pytestmark = pytest.mark.realtime

A, B = CameraId("a"), CameraId("b")
SLOTS = 120
SCRIPT = ((30, Take(B)), (60, Take(A)), (85, Take(B)))
BACK_S = (0.31, 0.88, 0.5)


@pytest.fixture(scope="session")
def session_with_heads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three cuts that were wanted before they were decided; nobody changes this one."""
    folder, _ = recorded(
        small_show(delay_s=1.0),
        tmp_path_factory.mktemp("heads"),
        SLOTS,
        SCRIPT,
        during=lambda recording: backdate(recording, cycle(BACK_S)),
    )
    return folder


@pytest.fixture
def session(session_with_heads: Path, tmp_path: Path) -> Path:
    """A copy."""
    return Path(shutil.copytree(session_with_heads, tmp_path / session_with_heads.name))


@pytest.fixture
def wreck(session: Path) -> Path:
    """The same as a crash would have left it."""
    manifest = read_manifest(session)
    state = {"state": SessionState.RECORDING, "slots": None, "ended_at": None}
    write_manifest(session, manifest.model_copy(update=state))
    keep_lines(session, lambda event: not event["type"].endswith("_stop"))
    return session


def keep_lines(folder: Path, wanted: Callable[[EventRecord], bool]) -> None:
    """Leaves the lines of the log that `wanted` accepts."""
    lines = (folder / LOG_NAME).read_text("utf-8").splitlines(keepends=True)
    (folder / LOG_NAME).write_text("".join(line for line in lines if wanted(json.loads(line))), "utf-8")


def heads_of(folder: Path) -> tuple[RecordedHead, ...]:
    return recorded_heads(read_manifest(folder), read_events(folder))


def rewrite(folder: Path, change: Mapping[int, AvPacket], left_out: Container[int] = ()) -> None:
    """Puts other packets into program.mp4, by slot, and leaves some out."""
    path = folder / "program.mp4"
    with Mp4Reader(path) as reader:

        def packets() -> Iterator[AvPacket]:
            for packet in reader.packets():
                slot = reader.slot_of(packet) if isinstance(packet.stream, VideoStream) else -1
                if slot not in left_out:
                    yield change.get(slot, packet)

        part, _ = write_part(path, reader, reader.sound, packets())
    part.replace(path)


def shorten(folder: Path, slots: int) -> None:
    rewrite(folder, {}, range(slots, 10_000))


def wanted_strips(folder: Path) -> list[Strip | None]:
    """What the program must show, by the log and the cameras."""
    manifest = read_manifest(folder)
    on_air = recorded_cuts(manifest, read_events(folder))
    isos = {
        CameraId(str(part.source)): strips_of(folder / part.name)
        for part in manifest.files
        if part.role is FileRole.ISO
    }
    return [isos[on_air.on_air(slot)][slot] for slot in range(len(isos[A]))]


def shown_strips(folder: Path) -> list[Strip | None]:
    return strips_of(folder / "program.mp4")


def assert_decodes(path: Path) -> None:
    command = ["ffmpeg", "-v", "error", "-xerror", "-err_detect", "explode", "-i", str(path), "-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_cut_lies_where_it_was_wanted_and_has_its_head(session: Path) -> None:
    cuts = events_of(session, "manual_cut")
    # A take is on air with the first slot that begins at or after the moment that was wanted.
    assert [cut["slot"] for cut in cuts] == [-int(-cut["wanted_s"] * 30 // 1) for cut in cuts]
    assert [(head.first, head.end) for head in heads_of(session)] == [(cut["slot"], cut["head_end"]) for cut in cuts]
    assert all(head.end - head.first > 5 for head in heads_of(session))
    assert shown_strips(session) == wanted_strips(session)
    assert events_of(session, "cut_moved") == []
    assert_decodes(session / "program.mp4")


def test_a_session_with_heads_is_good(session: Path) -> None:
    assert check_session(session).lines()[-1] == "A small show: everything is good."


def test_pictures_of_another_camera_in_a_head_are_found(session: Path) -> None:
    head = heads_of(session)[0]
    with Mp4Reader(session / "cam_1_iso.mp4") as other:
        wrong = head_again(encoder_settings(read_manifest(session)), other, A, head.first, head.end)
        rewrite(session, dict(wrong))
    count, at_s = len(wrong), head.first / 30
    assert check_session(session).problems == (
        f"{count} pictures of program.mp4 are not those of the camera on air, the first at {at_s:.2f} s.",
    )


def test_a_head_that_is_the_other_camera_s_own_packets_is_found(session: Path) -> None:
    head = heads_of(session)[1]
    with Mp4Reader(session / "cam_2_iso.mp4") as other:
        rewrite(session, dict(other.video_packets(head.first, head.end)))
    assert f"first at {head.first / 30:.2f} s" in check_session(session).problems[0]


def test_a_hole_in_a_head_is_found(session: Path) -> None:
    head = heads_of(session)[0]
    rewrite(session, {}, {head.first + 3})
    assert "1 pictures are missing in program.mp4" in check_session(session).problems[0]


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("offset", [-1, 0, 1, "end - 2", "end - 1", "end", "end + 1"])
def test_a_program_that_ended_at_a_head_is_completed(number: int, offset: int | str, wreck: Path) -> None:
    head = heads_of(wreck)[number]
    slots = head.first + offset if isinstance(offset, int) else head.end + int(offset[4:].replace(" ", "") or 0)
    shorten(wreck, slots)
    assert assert_recovered(wreck) == ()
    assert shown_strips(wreck) == wanted_strips(wreck)


def assert_recovered(folder: Path) -> tuple[str, ...]:
    """Recovers; the session is good, and the program decodes; returns what people are told."""
    outcome = recover_session(folder)
    assert outcome is not None
    assert check_session(folder).lines()[-1] == "A small show: everything is good."
    assert_decodes(folder / "program.mp4")
    return outcome.problems


def test_a_program_that_is_gone_is_made_with_its_heads(wreck: Path) -> None:
    (wreck / "program.mp4").unlink()
    assert assert_recovered(wreck) == ()
    assert shown_strips(wreck) == wanted_strips(wreck)
    assert len(events_of(wreck, "head")) == 3


def test_without_a_log_heads_are_known_by_their_pictures(wreck: Path) -> None:
    whole, heads = shown_strips(wreck), heads_of(wreck)
    shorten(wreck, heads[2].first + 4)
    (wreck / LOG_NAME).unlink()
    (problem,) = assert_recovered(wreck)
    assert problem.startswith("events.jsonl is missing or empty")
    assert shown_strips(wreck) == whole
    assert [(head.camera, head.first) for head in heads_of(wreck)][:3] == [
        (head.camera, head.first) for head in heads
    ]


def test_lines_of_heads_that_were_lost_are_found_in_the_program(wreck: Path) -> None:
    whole, lost = shown_strips(wreck), heads_of(wreck)[1].first
    keep_lines(wreck, lambda event: event.get("slot", 0) < lost)
    assert assert_recovered(wreck) == ()
    assert shown_strips(wreck) == whole


def test_whose_picture_a_key_frame_is(session: Path) -> None:
    first, second, _ = heads_of(session)
    isos = {A: Mp4Reader(session / "cam_1_iso.mp4"), B: Mp4Reader(session / "cam_2_iso.mp4")}
    with Mp4Reader(session / "program.mp4") as program, isos[A], isos[B]:
        assert [camera_at(program, isos, head.first) for head in (first, second)] == [B, A]
        assert camera_at(program, {A: isos[A]}, first.first) is None


@pytest.mark.parametrize("change", [{"encoding": None}, {"preset": "superfast"}, {"codec": "h264_nvenc"}])
def test_where_heads_cannot_be_made_again_the_cut_falls_on_the_key_frame(
    change: dict[str, str | None], wreck: Path
) -> None:
    head = heads_of(wreck)[1]
    shorten(wreck, head.first - 2)
    other_encoder(wreck, change)
    assert assert_recovered(wreck) == ()
    assert shown_strips(wreck) == wanted_strips(wreck)
    moved = [(event["slot"], event["to"]) for event in events_of(wreck, "cut_moved")]
    assert moved[:2] == [(head.first, B), (head.end, A)]


def test_the_rest_of_a_head_that_cannot_be_made_again_is_left_out_and_told(wreck: Path) -> None:
    head = heads_of(wreck)[1]
    shorten(wreck, head.end - 3)
    other_encoder(wreck, {"preset": "superfast"})
    outcome = recover_session(wreck)
    assert outcome is not None
    assert outcome.problems == (
        "program.mp4 lacks 3 pictures after a cut: this computer's encoder is not the one that recorded it.",
    )
    assert "3 pictures are missing in program.mp4" in check_session(wreck).problems[0]


def other_encoder(folder: Path, change: dict[str, str | None]) -> None:
    """As if the session had been recorded with other settings, or by a version that did not note them."""
    manifest = read_manifest(folder)
    assert manifest.encoding is not None
    encoding = None if "encoding" in change else manifest.encoding.model_copy(update=change)
    write_manifest(folder, manifest.model_copy(update={"encoding": encoding}))


def test_heads_need_the_encoder_of_the_show(session: Path) -> None:
    other_encoder(session, {"encoding": None})
    with pytest.raises(HeadError, match="makes no heads"):
        encoder_settings(read_manifest(session))
