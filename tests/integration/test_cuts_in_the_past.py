"""Cuts that are wanted in the past of the room: the program shows every camera from the very slot that was wanted."""

import random
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from director_app.core.events import Take
from director_app.core.sources import CameraId
from director_app.engine import pictures
from director_app.engine.recording import Recording
from director_app.engine.show_engine import ShowEngine
from director_app.media.head_maker import Head, HeadMaker
from director_app.media.mp4_reader import Mp4Reader
from director_app.media.packet_queue import PacketQueue
from director_app.media.packets import FrameKind, VideoPacket
from director_app.post.check import check_session
from director_app.post.cuts import recorded_cuts, recorded_heads
from director_app.session.event_log import read_events
from director_app.session.manifest import FileRole, read_manifest
from tests.helpers.pictures import strips_of
from tests.helpers.shows import backdate, events_of, recorded, small_show, wait_for_slot

A, B, C = CameraId("a"), CameraId("b"), CameraId("c")
TAKES = (B, A, C, B, C, A, C, A, B, C, A, B)
SCRIPT = tuple((20 + 11 * number, Take(camera)) for number, camera in enumerate(TAKES))
SLOTS = 175


def moments() -> Iterator[float]:
    """How long before each take its cut is wanted; 0.9 s is the most that a delay of 1 s allows."""
    random_ = random.Random(5)
    yield from (0.0, 0.02, 0.4, 2.0)
    while True:
        yield random_.uniform(0.0, 0.9)


@pytest.fixture(scope="module")
def live() -> list[VideoPacket]:
    """What a live output got of the show."""
    return []


@pytest.fixture(scope="module")
def show(live: list[VideoPacket], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve cuts in four seconds, each somewhere between its take and a second before."""
    queues: list[PacketQueue] = []

    def during(recording: Recording) -> None:
        backdate(recording, moments())
        queues.append(recording.pictures.bus.subscribe(100_000_000))

    folder, engine = recorded(
        small_show(3, delay_s=1.0), tmp_path_factory.mktemp("show"), SLOTS, SCRIPT, during=during
    )
    assert engine.problems == ()
    while not queues[0].ended:
        packet = queues[0].get(1.0)
        live.extend([packet] if isinstance(packet, VideoPacket) else [])
    return folder


def test_every_picture_of_the_program_is_the_right_one(show: Path) -> None:
    manifest = read_manifest(show)
    cameras = {
        CameraId(str(part.source)): strips_of(show / part.name)
        for part in manifest.files
        if part.role is FileRole.ISO
    }
    on_air = recorded_cuts(manifest, read_events(show))
    program = strips_of(show / "program.mp4")
    assert manifest.slots == len(program) >= SLOTS
    assert program == [cameras[on_air.on_air(slot)][slot] for slot in range(len(program))]
    assert len(on_air.shots(len(program))) >= 8


def test_cuts_fall_where_they_were_wanted_if_that_has_not_left(show: Path) -> None:
    cuts = events_of(show, "manual_cut")
    assert len(cuts) == len(TAKES)
    for cut in (cut for cut in cuts if "late_s" not in cut):
        wanted, earliest = -int(-cut["wanted_s"] * 30 // 1), -int(-cut["t_s"] * 30 // 1) - 27
        assert cut["slot"] == max(wanted, earliest)
    assert events_of(show, "cut_moved") == []
    assert len(recorded_heads(read_manifest(show), read_events(show))) >= 5


def test_a_live_output_can_begin_at_every_cut(show: Path, live: list[VideoPacket]) -> None:
    manifest = read_manifest(show)
    shots = recorded_cuts(manifest, read_events(show)).shots(len(live))
    assert [packet.slot for packet in live] == list(range(manifest.slots or 0))
    assert all(live[shot.first].kind is FrameKind.KEY for shot in shots)


def test_the_session_is_good_and_decodes_without_a_word(show: Path) -> None:
    assert check_session(show).lines()[-1] == "A small show: everything is good."
    command = ["ffmpeg", "-v", "error", "-xerror", "-err_detect", "explode", "-i", str(show / "program.mp4")]
    done = subprocess.run([*command, "-f", "null", "-"], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_head_maker_that_crashes_costs_nothing_but_where_cuts_fall(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(HeadMaker):
        def _work(self, head: Head, packet: VideoPacket | None) -> None:
            raise MemoryError("none left")

    monkeypatch.setattr(pictures, "HeadMaker", Broken)
    sessions = tmp_path / "sessions"
    engine = ShowEngine(small_show(2, delay_s=1.0), sessions)
    try:
        engine.open()
        folder = engine.record()
        assert engine._recording is not None
        backdate(engine._recording, moments_ago())
        for slot, camera in ((40, B), (75, A), (110, B)):
            wait_for_slot(engine, slot)
            engine.tell(Take(camera))
        wait_for_slot(engine, 150)
        assert any("Cuts fall up to a second later" in notice.text for notice in engine.notices.all())
        with pytest.raises(MemoryError, match="none left"):
            engine.stop()
    finally:
        with suppress(MemoryError):
            engine.close()
    cuts, moved = events_of(folder, "manual_cut"), events_of(folder, "cut_moved")
    # The next key frame is where the head was to end, unless it is the next slot: no head is that short.
    with Mp4Reader(folder / "cam_2_iso.mp4") as iso:
        next_key = next(slot for slot, packet in iso.video_packets(cuts[0]["slot"] + 1) if packet.is_keyframe)
    assert next_key in {cuts[0]["slot"] + 1, cuts[0]["head_end"]}
    assert [(each["slot"], each["to"]) for each in moved] == [(cuts[0]["slot"], A), (next_key, B)]
    assert ["head_end" in cut for cut in cuts] == [True, False, False]
    assert check_session(folder).is_good


def moments_ago() -> Iterator[float]:
    """Half a second before each take."""
    while True:
        yield 0.5
