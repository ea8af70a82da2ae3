"""The promise of the whole house, read back from the files: right pictures on the right slots, sound in step."""

from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from director_app.core.canvas import SAMPLE_RATE
from director_app.core.events import Take
from director_app.core.sources import CameraId
from director_app.engine.recording import Recording
from director_app.media.packet_queue import PacketQueue
from director_app.media.strip import Strip, read_strip
from director_app.post.check import check_session
from director_app.post.cuts import recorded_cuts
from director_app.session.event_log import read_events
from director_app.session.manifest import FileRole, read_manifest
from tests.helpers.shows import events_of, recorded, small_show

A, B, C = CameraId("a"), CameraId("b"), CameraId("c")
SCRIPT = ((20, Take(B)), (47, Take(C)), (48, Take(A)), (90, Take(C)), (121, Take(B)))
SLOTS = 150
FRAME_S = 1 / 30
Pictures = list[tuple[Strip | None, bool]]
"""Of each slot: what the strip says, and whether the flash of a whole second shows."""


@pytest.fixture(scope="module", params=[0.0, 1.0], ids=["no delay", "delay of 1 s"])
def show(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show with takes, and with a subscriber to the program that never reads."""
    lazy: list[PacketQueue] = []

    def subscribe(recording: Recording) -> None:
        lazy.append(recording.pictures.bus.subscribe(limit_bytes=20_000))

    folder, engine = recorded(
        small_show(3, delay_s=request.param), tmp_path_factory.mktemp("show"), SLOTS, SCRIPT, during=subscribe
    )
    assert engine.problems == ()
    assert lazy[0].left_out > 0
    return folder


@cache
def pictures_of(path: Path) -> Pictures:
    found: Pictures = []
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            picture = np.asarray(frame.to_ndarray(format="yuv420p"), np.uint8)
            found.append((read_strip(picture), bool(picture[10:35, 10:35].mean() > 128)))
    return found


def sound_of(path: Path, track: int) -> NDArray[np.float32]:
    """One track from session time 0 on, mono."""
    sound = np.zeros(SAMPLE_RATE * 60, np.float32)
    end = 0
    with av.open(str(path)) as container:
        for frame in container.decode(audio=track):
            assert frame.pts is not None and frame.time_base is not None
            first = round(frame.pts * frame.time_base * SAMPLE_RATE)
            samples = frame.to_ndarray().astype(np.float32)
            if frame.format.name.startswith("s32"):
                samples /= 2**31
            end = first + frame.samples
            sound[max(0, first) : end] = samples.reshape(-1, frame.samples)[0][max(0, -first) :]
    return sound[:end]


def flashes_s(pictures: Pictures) -> list[float]:
    """When each flash begins."""
    lit = [False, *(flash for _, flash in pictures)]
    return [slot / 30 for slot, (before, now) in enumerate(pairwise(lit)) if now and not before]


def beeps_s(sound: NDArray[np.float32]) -> list[float]:
    """When each beep begins: loud after half a second of silence."""
    loud = np.flatnonzero(np.abs(sound) > 0.02)
    begins = [index for before, index in pairwise([-SAMPLE_RATE, *loud]) if index - before > SAMPLE_RATE // 2]
    return [float(index) / SAMPLE_RATE for index in begins]


def iso(folder: Path, camera: str) -> Path:
    part = read_manifest(folder).file(FileRole.ISO, camera)
    assert part is not None
    return folder / part.name


def test_every_program_picture_is_that_of_the_camera_on_air_by_the_log(show: Path) -> None:
    manifest, events = read_manifest(show), read_events(show)
    program = [strip for strip, _ in pictures_of(show / "program.mp4")]
    cameras = {camera: [strip for strip, _ in pictures_of(iso(show, camera))] for camera in (A, B, C)}
    on_air = recorded_cuts(manifest, events)
    assert len(program) >= SLOTS
    assert None not in program
    assert program == [cameras[on_air.on_air(slot)][slot] for slot in range(len(program))]


def test_cuts_fall_on_exactly_the_logged_slots(show: Path) -> None:
    indices = [strip.camera_index for strip, _ in pictures_of(show / "program.mp4") if strip]
    seen = [slot + 1 for slot, (before, now) in enumerate(pairwise(indices)) if now != before]
    shots = recorded_cuts(read_manifest(show), read_events(show)).shots(len(indices))
    assert seen == [shot.first for shot in shots[1:]]
    assert len(seen) >= 4


def test_a_take_is_on_air_within_a_tenth_of_a_second(show: Path) -> None:
    """In session time, whatever the programme delay: the key frame that was asked for, or one before it."""
    commands = [event for event in events_of(show, "command") if event["command"] == "Take"]
    cuts = events_of(show, "manual_cut")
    assert len(cuts) == len(SCRIPT)
    assert all(
        -FRAME_S < cut["slot"] / 30 - command["t_s"] < 0.2 for cut, command in zip(cuts, commands, strict=True)
    )


def test_all_files_begin_at_slot_0_and_are_equally_long(show: Path) -> None:
    manifest = read_manifest(show)
    assert manifest.slots is not None
    for part in manifest.files:
        if part.role not in {FileRole.PROGRAM, FileRole.ISO, FileRole.MICROPHONE}:
            continue
        with av.open(str(show / part.name)) as container:
            for stream in container.streams:
                assert stream.time_base is not None
                assert (stream.start_time or 0) == 0
                assert stream.duration is not None
                assert float(stream.duration * stream.time_base) == pytest.approx(
                    float(manifest.slots / Fraction(30)), abs=FRAME_S
                )
        if part.role is not FileRole.MICROPHONE:
            assert len(pictures_of(show / part.name)) == manifest.slots


def test_beep_and_flash_are_within_a_frame_in_every_file_and_track(show: Path) -> None:
    files = [(iso(show, camera), track) for camera in (A, B, C) for track in (0, 1)]
    for path, track in [(show / "program.mp4", 0), *files]:
        flashes, beeps = flashes_s(pictures_of(path)), beeps_s(sound_of(path, track))
        apart = [min(abs(beep - flash) for beep in beeps) for flash in flashes[1:-1]]
        assert len(apart) >= 2
        assert max(apart) <= FRAME_S


def test_a_clean_microphone_file_lies_like_the_pictures(show: Path) -> None:
    flashes, beeps = flashes_s(pictures_of(iso(show, A))), beeps_s(sound_of(show / "mic_1.flac", 0))
    assert max(min(abs(beep - flash) for beep in beeps) for flash in flashes[1:-1]) <= FRAME_S


def test_the_session_is_good(show: Path) -> None:
    assert check_session(show).lines()[-1] == "A small show: everything is good."
