"""Films of a recorded show by copying: every picture is the one that was asked for, and the sound lies under it."""

import shutil
import subprocess
from fractions import Fraction
from itertools import cycle
from pathlib import Path

import av
import numpy as np
import pytest

from director_app.core.cut_list import Shot
from director_app.core.edits import Edit, Stretch, parts_of, whole_show
from director_app.core.events import Take
from director_app.core.sources import CameraId
from director_app.media.mp4_reader import Mp4Reader
from director_app.post.cuts import recorded_cuts, recorded_heads
from director_app.post.heads import psnr_db
from director_app.post.recover import recover_session
from director_app.post.render.film import render_film
from director_app.post.render.order import Chapter, Delivery, EncodedBy, FilmOrder, RenderedFilm, VideoCodec, Way
from director_app.post.render.progress import Progress, Stage
from director_app.session.event_log import read_events
from director_app.session.manifest import read_manifest
from tests.helpers.pictures import strips_of
from tests.helpers.rendered import isos_of, random_edit, wanted_strips
from tests.helpers.shows import backdate, recorded, small_show
from tests.helpers.wrecks import wreck_session

pytestmark = pytest.mark.computes

A, B, C = CameraId("a"), CameraId("b"), CameraId("c")
SLOTS = 110


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three cameras and cuts that were wanted before they were decided; nobody changes it."""
    script = ((35, Take(B)), (60, Take(A)), (80, Take(C)))
    folder, engine = recorded(
        small_show(3, delay_s=1.0),
        tmp_path_factory.mktemp("show"),
        SLOTS,
        script,
        during=lambda recording: backdate(recording, cycle((0.3, 0.5, 0.8))),
    )
    assert engine.problems == ()
    return folder


@pytest.fixture(scope="module")
def edit() -> Edit:
    """Cuts at moments without key frames."""
    return random_edit((A, B, C), SLOTS)


@pytest.fixture(scope="module")
def told() -> list[tuple[Stage, int, int]]:
    """What was told of the film's progress."""
    return []


@pytest.fixture(scope="module")
def film(
    show: Path, edit: Edit, told: list[tuple[Stage, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> RenderedFilm:
    """The whole show, cut anew."""
    output = tmp_path_factory.mktemp("films") / "master.mp4"
    chapters = (Chapter(40, "The middle"), Chapter(SLOTS + 5, "Never"))
    order = FilmOrder(show, edit, output, chapters=chapters)
    return render_film(order, Progress(lambda *each: told.append(each)))


def test_every_picture_is_the_one_that_was_asked_for(film: RenderedFilm, show: Path, edit: Edit) -> None:
    assert strips_of(film.path) == wanted_strips(show, edit)
    assert film.way is Way.SMART
    assert (film.slots, film.bytes) == (SLOTS, film.path.stat().st_size)
    assert "only the beginning" in film.why


def test_pictures_are_copies_but_for_heads_that_look_the_same(film: RenderedFilm, show: Path, edit: Edit) -> None:
    isos = {camera: packets(path) for camera, path in isos_of(show).items()}
    made = packets(film.path)
    slots = [(each.shot.camera, slot) for each in edit.shots() for slot in range(each.shot.first, each.shot.end)]
    anew = [frame for frame, (camera, slot) in enumerate(slots) if made[frame] != isos[camera][slot]]
    assert len(anew) == film.encoded_frames < SLOTS
    pictures = {camera: decoded(path) for camera, path in isos_of(show).items()}
    shown = decoded(film.path)
    nearness = [psnr_db(shown[frame], pictures[camera][slot]) for frame, (camera, slot) in enumerate(slots)]
    assert min(nearness[frame] for frame in anew) > 35
    assert min(nearness[frame] for frame in set(range(SLOTS)) - set(anew)) == 99


def test_times_are_exact_and_other_decoders_have_nothing_to_say(film: RenderedFilm) -> None:
    assert times(film.path) == list(range(SLOTS))
    with av.open(str(film.path)) as container:
        assert [container.streams[index].start_time for index in (0, 1)] == [0, 0]
    command = ["ffmpeg", "-v", "error", "-xerror", "-err_detect", "explode", "-i", str(film.path), "-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_it_plays_at_once_has_chapters_and_a_title(film: RenderedFilm) -> None:
    content = film.path.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    with av.open(str(film.path)) as container:
        found = container.chapters()
        chapters = [(each["start"] * float(each["time_base"] or 0), each["metadata"]["title"]) for each in found]
        assert container.metadata["title"] == "A small show"
    assert chapters == [(0, "A small show"), (pytest.approx(40 / 30, abs=0.001), "The middle")]


def test_progress_rises_to_the_end_of_every_stage(film: RenderedFilm, told: list[tuple[Stage, int, int]]) -> None:
    copying = [done for stage, done, of in told if stage is Stage.COPYING and of == SLOTS]
    assert copying == list(range(1, SLOTS + 1))
    assert list(dict.fromkeys(stage for stage, _, _ in told))[-2:] == [Stage.COPYING, Stage.CHECKING]
    assert all(done <= of for _, done, of in told)


def test_a_film_of_the_live_cuts_takes_their_heads_from_the_program(show: Path, tmp_path: Path) -> None:
    manifest, events = read_manifest(show), read_events(show)
    live = whole_show(recorded_cuts(manifest, events), SLOTS)
    assert len(recorded_heads(manifest, events)) >= 2
    film = render_film(FilmOrder(show, live, tmp_path / "master.mp4"))
    assert film.encoded_frames == 0
    assert film.why == "All pictures are copied: every shot begins with a key frame."
    assert packets(film.path) == packets(show / "program.mp4")[:SLOTS]
    assert strips_of(film.path) == wanted_strips(show, live)


def test_parts_of_the_show_follow_each_other_in_any_order(show: Path, edit: Edit, tmp_path: Path) -> None:
    parts = parts_of(edit, [(80, 110), (3, 4), (20, 60), (60, 75)])
    film = render_film(FilmOrder(show, parts, tmp_path / "reel.mp4"))
    assert strips_of(film.path) == wanted_strips(show, parts)


def test_a_recovered_session_gives_the_same_film(show: Path, edit: Edit, film: RenderedFilm, tmp_path: Path) -> None:
    wreck = wreck_session(Path(shutil.copytree(show, tmp_path / show.name)))
    assert recover_session(wreck) is not None
    again = render_film(FilmOrder(wreck, edit, tmp_path / "master.mp4"))
    assert packets(again.path) == packets(film.path)


def test_another_size_or_codec_shows_the_same_pictures(show: Path, edit: Edit, tmp_path: Path) -> None:
    part = parts_of(edit, [(20, 60)])
    small = Delivery(size=(320, 180), encoded_by=EncodedBy.HARDWARE)
    film = render_film(FilmOrder(show, part, tmp_path / "small.mp4", small))
    assert (film.way, film.encoded_frames) == (Way.FULL, 40)
    assert strips_of(film.path) == wanted_strips(show, part)
    assert times(film.path) == list(range(40))
    film = render_film(FilmOrder(show, part, tmp_path / "hevc.mp4", Delivery(codec=VideoCodec.HEVC)))
    assert strips_of(film.path) == wanted_strips(show, part)
    with av.open(str(film.path)) as container:
        video = container.streams.video[0].codec_context
        assert (video.name, video.codec_tag, video.width) == ("hevc", "hvc1", 640)


def test_the_same_camera_going_on_over_a_join_is_copied(show: Path, tmp_path: Path) -> None:
    going_on = Edit([Stretch((Shot(A, 0, 33),)), Stretch((Shot(A, 33, 50),)), Stretch((Shot(B, 60, 70),))])  # type: ignore[arg-type]
    film = render_film(FilmOrder(show, going_on, tmp_path / "reel.mp4"))
    assert packets(film.path)[:50] == packets(isos_of(show)[A])[:50]
    assert strips_of(film.path) == wanted_strips(show, going_on)


def times(path: Path) -> list[Fraction]:
    """When each picture is shown, in frames."""
    with av.open(str(path)) as container:
        video = container.streams.video[0]
        assert video.time_base is not None
        return sorted(each.pts * video.time_base * 30 for each in container.demux(video) if each.pts is not None)


def packets(path: Path) -> list[bytes]:
    """Of the pictures."""
    with Mp4Reader(path) as reader:
        return [bytes(packet) for _, packet in reader.video_packets()]


def decoded(path: Path) -> list[np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]:
    """All pictures, I420."""
    with av.open(str(path)) as container:
        return [np.asarray(frame.to_ndarray(format="yuv420p"), np.uint8) for frame in container.decode(video=0)]
