"""Films that cannot be made, are no longer wanted or are killed: a sentence, and nothing half under a final name."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path

import pytest

from director_app.core.canvas import Canvas, Slot
from director_app.core.cut_list import CutList, Shot
from director_app.core.edits import Edit, Stretch, whole_show
from director_app.core.sources import CameraId
from director_app.media.encoder import EncoderSettings
from director_app.media.mp4_reader import Mp4Reader
from director_app.post.remux import write_part
from director_app.post.render.errors import (
    DiskFullError,
    MissingPicturesError,
    RenderCancelledError,
    RenderError,
    ToolError,
)
from director_app.post.render.film import render_film
from director_app.post.render.order import FilmOrder, Missing, Way
from director_app.post.render.parts import LOCK_NAME
from director_app.post.render.progress import Progress, Stage
from director_app.session.errors import InUseError
from director_app.session.lock import FolderLock
from director_app.session.manifest import SessionState, read_manifest, write_manifest
from tests.helpers.made_sessions import Making, made_session, sine
from tests.helpers.pictures import strips_of
from tests.helpers.render_process import order_of
from tests.helpers.rendered import random_edit, wanted_strips

pytestmark = pytest.mark.computes

A, B = CameraId("a"), CameraId("b")
TINY = Canvas(320, 180, Fraction(30))
SLOTS = 130


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cameras; nobody changes it."""
    return made_session(tmp_path_factory.mktemp("made"), Making(TINY, SLOTS, sound=sine()))


@pytest.fixture
def show(made: Path, tmp_path: Path) -> Path:
    """A copy."""
    return Path(shutil.copytree(made, tmp_path / "sessions" / made.name))


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """In a folder of its own."""
    (tmp_path / "films").mkdir()
    return tmp_path / "films" / "film.mp4"


def film_of(show: Path, output: Path, **more: object) -> FilmOrder:
    return FilmOrder(show, random_edit((A, B), SLOTS), output, **more)  # type: ignore[arg-type]


def left_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {LOCK_NAME}


def test_a_missing_camera_is_refused_with_its_name_and_times(show: Path, output: Path) -> None:
    (show / "cam_2_iso.mp4").unlink()
    with pytest.raises(MissingPicturesError, match=r'Camera "2 B" has no pictures from .* cam_2_iso.mp4 is missing'):
        render_film(film_of(show, output))
    assert left_in(output.parent) == set()


def test_a_camera_that_ends_too_soon_is_refused_only_where_it_is_needed(show: Path, output: Path) -> None:
    keep_slots(show / "cam_2_iso.mp4", range(70))
    with pytest.raises(MissingPicturesError, match=r"cam_2_iso.mp4 ends at 00:00:02.3 \(slot 70\)"):
        render_film(film_of(show, output))
    early = Edit([Stretch((Shot(B, Slot(10), Slot(70)), Shot(A, Slot(70), Slot(SLOTS))))])
    assert render_film(FilmOrder(show, early, output)).slots == 120


@pytest.mark.parametrize("way", [Way.SMART, Way.FULL])
def test_a_placeholder_stands_where_pictures_are_missing(way: Way, show: Path, output: Path) -> None:
    wanted = wanted_strips(show, film_of(show, output).edit)
    # What follows a hole can be shown from the camera's next key frame on.
    keep_slots(show / "cam_2_iso.mp4", [slot for slot in range(SLOTS) if not 40 <= slot < 50])
    film = render_film(film_of(show, output, missing=Missing.PLACEHOLDER, way=way))
    shots = [(each.shot.camera, slot) for each in film_of(show, output).edit.shots() for slot in slots_of(each.shot)]
    gone = {frame for frame, (camera, slot) in enumerate(shots) if camera == B and 40 <= slot < 60}
    seen = strips_of(output)
    assert len(gone) > 3
    assert seen == [None if frame in gone else strip for frame, strip in enumerate(wanted)]
    assert 'Camera "2 B" has no pictures' in film.warnings[0]


def test_a_camera_that_is_missing_altogether_is_a_placeholder_too(show: Path, output: Path) -> None:
    (show / "cam_2_iso.mp4").write_bytes(b"nothing that could be read")
    film = render_film(film_of(show, output, missing=Missing.PLACEHOLDER))
    assert "cam_2_iso.mp4 cannot be read" in film.warnings[0]
    (show / "cam_1_iso.mp4").unlink()
    with pytest.raises(RenderError, match="None of the film's cameras has a recording that can be read"):
        render_film(film_of(show, output, missing=Missing.PLACEHOLDER))


def test_a_damaged_place_is_found_before_the_film_has_its_name(show: Path, output: Path) -> None:
    wanted = wanted_strips(show, film_of(show, output).edit)
    damage(show / "cam_1_iso.mp4", 61, 64)
    with pytest.raises(MissingPicturesError, match=r'Camera "1 A" has no pictures .* cam_1_iso.mp4 is damaged there'):
        render_film(film_of(show, output))
    assert left_in(output.parent) == set()
    render_film(film_of(show, output, missing=Missing.PLACEHOLDER))
    seen = strips_of(output)
    assert {strip for strip in seen if strip is not None} < set(wanted)
    assert [strip for strip in seen[:61] if strip] == wanted[:61]


def test_cameras_with_other_settings_are_encoded_anew(tmp_path: Path, output: Path) -> None:
    other = EncoderSettings(TINY, preset="superfast")
    show = made_session(tmp_path / "sessions", Making(TINY, SLOTS, settings={1: other}))
    film = render_film(film_of(show, output))
    assert film.way is Way.FULL
    assert "packets of 2 B cannot stand beside" in film.why
    assert strips_of(output) == wanted_strips(show, film_of(show, output).edit)
    with pytest.raises(RenderError, match="cannot be made by copying"):
        render_film(film_of(show, output, way=Way.SMART))


@pytest.mark.parametrize("stage", [Stage.LISTENING, Stage.SOUND, Stage.COPYING, Stage.ENCODING, Stage.JOINING])
def test_a_cancelled_film_leaves_nothing_and_what_was_there(stage: Stage, made: Path, output: Path) -> None:
    output.write_bytes(b"an older film")
    reached: list[Stage] = []
    progress = Progress(lambda at, done, of: reached.append(at), lambda: stage in reached)
    with pytest.raises(RenderCancelledError):
        render_film(film_of(made, output, way=Way.FULL), progress)
    assert reached[-1] is stage
    assert left_in(output.parent) == {"film.mp4"}
    assert output.read_bytes() == b"an older film"


@pytest.mark.parametrize(("way", "at"), [("smart", "SOUND 0"), ("smart", "COPYING 60"), ("full", "ENCODING 1")])
def test_a_killed_render_leaves_no_film_and_can_be_done_again(way: str, at: str, made: Path, output: Path) -> None:
    whole, shown = render_film(order_of(made, output, Way(way))).path.read_bytes(), strips_of(output)
    output.unlink()
    command = [sys.executable, "-m", "tests.helpers.render_process", str(made), str(output), way, *at.split()]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "there\n"
        running.kill()
    assert not output.exists()
    assert any(name.endswith(".part") for name in left_in(output.parent))
    render_film(order_of(made, output, Way(way)))
    assert left_in(output.parent) == {"film.mp4"}
    assert strips_of(output) == shown
    # On a busy computer ffmpeg's own threads may come to one grey level more or less in a few lines.
    assert way == "full" or output.read_bytes() == whole


def test_recordings_are_never_replaced(show: Path) -> None:
    before = (show / "cam_1_iso.mp4").read_bytes()
    os.link(show / "cam_1_iso.mp4", show / "film.mp4")
    for name in ("cam_1_iso.mp4", "mic_1.flac", "film.mp4"):
        with pytest.raises(RenderError, match="is a recording of the session"):
            render_film(film_of(show, show / name))
    assert (show / "cam_1_iso.mp4").read_bytes() == before


def test_what_cannot_be_begun_is_said_before_anything_is_written(show: Path, output: Path) -> None:
    with pytest.raises(RenderError, match="is no folder"):
        render_film(film_of(show, output.parent / "nowhere" / "film.mp4"))
    with pytest.raises(RenderError, match="is a folder"):
        render_film(film_of(show, output.parent))
    with pytest.raises(RenderError, match=r'no camera "z"\. It has: a, b'):
        render_film(FilmOrder(show, whole_show(CutList(CameraId("z")), 10), output))
    manifest = read_manifest(show)
    write_manifest(show, manifest.model_copy(update={"state": SessionState.RECORDING, "slots": None}))
    with pytest.raises(RenderError, match="was never closed"):
        render_film(film_of(show, output))
    assert left_in(output.parent) == set()


def test_two_renders_do_not_write_into_one_folder(made: Path, output: Path) -> None:
    with (
        FolderLock(output.parent / LOCK_NAME, "busy"),
        pytest.raises(InUseError, match="Another render is writing into"),
    ):
        render_film(film_of(made, output))


def test_an_old_ffmpeg_or_none_is_a_sentence(made: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = output.parent / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    with pytest.raises(
        ToolError, match=r"needs the program ffmpeg, which was not found\. Install ffmpeg 5\.0 or newer"
    ):
        render_film(film_of(made, output, way=Way.FULL))
    (programs / "ffmpeg").write_text("#!/bin/sh\necho ffmpeg version 4.4.2-0ubuntu0 Copyright\n", "utf-8")
    (programs / "ffmpeg").chmod(0o755)
    with pytest.raises(ToolError, match=r"is version 4\.4\.2-0ubuntu0, which is too old"):
        render_film(film_of(made, output, way=Way.FULL))
    assert render_film(film_of(made, output)).way is Way.SMART


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A small file system, most of which the renderer leaves alone."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=53m", "tmpfs", str(disk)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.strip()}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_is_too_small_is_refused_and_one_that_gets_full_is_told_of(made: Path, small_disk: Path) -> None:
    output = small_disk / "film.mp4"
    (small_disk / "filler").write_bytes(bytes(shutil.disk_usage(small_disk).free - 50_050_000))
    with pytest.raises(
        DiskFullError, match=r"about 1\.\d MB are needed and 0\.[01] MB are free, so 1\.\d MB are missing"
    ):
        render_film(film_of(made, output))
    (small_disk / "filler").unlink()

    def fill(stage: Stage, done: int, of: int) -> None:
        if stage is Stage.SOUND and not (small_disk / "filler").exists():
            with ExitStack() as stack:
                file = stack.enter_context((small_disk / "filler").open("wb", buffering=0))
                while shutil.disk_usage(small_disk).free:
                    file.write(bytes(min(65536, shutil.disk_usage(small_disk).free)))

    with pytest.raises(DiskFullError, match=r"is full; about 1\.\d MB are missing for film\.mp4"):
        render_film(film_of(made, output), Progress(fill))
    assert left_in(small_disk) == {"filler"}


def slots_of(shot: Shot) -> range:
    return range(shot.first, shot.end)


def keep_slots(path: Path, slots: range | list[int]) -> None:
    """Makes of a recording one that has only these pictures."""
    wanted = set(slots)
    with Mp4Reader(path) as reader:
        pictures = (packet for slot, packet in reader.video_packets() if slot in wanted)
        part, _ = write_part(path, reader, (), pictures)
    part.replace(path)


def damage(path: Path, first: int, end: int) -> None:
    """Zeros where the packets of these slots lie."""
    with Mp4Reader(path) as reader:
        places = [(packet.pos, packet.size) for _, packet in reader.video_packets(first, end)]
    with path.open("r+b") as file:
        for place, size in places:
            assert place is not None
            file.seek(place)
            file.write(bytes(size))
