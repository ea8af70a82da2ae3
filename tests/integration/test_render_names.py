"""Names in films: the plate lies where it was drawn, all around it is the camera's, and most packets are copies."""

import subprocess
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from director_app.core.canvas import Canvas
from director_app.core.cut_list import Shot, cut_list
from director_app.core.edits import Edit, Stretch, whole_show
from director_app.core.lower_thirds import Look, LowerThird, LowerThirds, Person
from director_app.core.sources import CameraId
from director_app.media.encoder import EncoderSettings
from director_app.media.frame import I420
from director_app.media.layer import Layer
from director_app.media.lower_third import Stage, name_plate
from director_app.media.mp4_reader import Mp4Reader
from director_app.post.heads import psnr_db
from director_app.post.render.film import render_film
from director_app.post.render.order import Crop, Delivery, FilmOrder, Quality, RenderedFilm, Way
from tests.helpers.made_sessions import Making, made_session, sine
from tests.helpers.pictures import strips_of
from tests.helpers.rendered import isos_of, wanted_strips

pytestmark = pytest.mark.computes

CANVAS = Canvas(640, 360, Fraction(30))
A, B = CameraId("a"), CameraId("b")
SLOTS = 230
ANA, BEN = Person("Ana Ruiz", "Architect"), Person("Ben")
LOOK = Look(colour=(217, 43, 47))
EDIT = whole_show(cut_list(A, [(100, B)]), SLOTS)
NAMES = LowerThirds(LOOK, (LowerThird(20, 50, ANA), LowerThird(115, 175, BEN)))
"""Key frames of both cameras: 0, 60, 120, 180. A's are encoded from 20 to 60; B's head is at 100, its name to 180."""


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cameras whose pictures move and say which they are; nobody changes it."""
    return made_session(tmp_path_factory.mktemp("sessions"), Making(CANVAS, slots=SLOTS, microphones=1, sound=sine()))


@pytest.fixture(scope="module")
def film(show: Path, tmp_path_factory: pytest.TempPathFactory) -> RenderedFilm:
    """The show with both names, copied."""
    return render_film(FilmOrder(show, EDIT, tmp_path_factory.mktemp("films") / "master.mp4", names=NAMES))


def test_every_picture_is_the_one_that_was_asked_for(film: RenderedFilm, show: Path) -> None:
    assert strips_of(film.path) == wanted_strips(show, EDIT)
    assert (film.way, film.warnings) == (Way.SMART, ())
    assert (
        film.why
        == "Pictures are copied; only the beginning of one shot and the pictures with 2 names are encoded anew."
    )


def test_only_what_is_under_a_name_is_encoded_up_to_the_next_key_frame(film: RenderedFilm, show: Path) -> None:
    made, isos = packets(film.path), {camera: packets(path) for camera, path in isos_of(show).items()}
    recorded = [isos[A if frame < 100 else B][frame] for frame in range(SLOTS)]
    anew = [frame for frame in range(SLOTS) if made[frame] != recorded[frame]]
    assert anew == [*range(20, 60), *range(100, 180)]
    assert film.encoded_frames == len(anew)


def test_the_plate_is_as_drawn_and_all_around_it_is_the_cameras(film: RenderedFilm, show: Path) -> None:
    shown, isos = decoded(film.path), {camera: decoded(path) for camera, path in isos_of(show).items()}
    for frame in (*range(0, SLOTS, 5), 20, 21, 49, 50, 115, 116, 174, 175):
        picture = isos[A if frame < 100 else B][frame]
        wanted = with_names(picture, frame)
        assert psnr_db(shown[frame], wanted) > 33, frame
        for name in NAMES.shown:
            part = where(plate(name.person))
            drawn = wanted[part].astype(np.float32) - picture[part]
            seen = shown[frame][part].astype(np.float32) - picture[part]
            assert abs(float(seen.mean() - drawn.mean())) < 2.5, frame
    assert abs(float(shown[35][where(plate(ANA))].mean()) - isos[A][35][where(plate(ANA))].mean()) > 20


def test_other_decoders_have_nothing_to_say(film: RenderedFilm) -> None:
    command = ["ffmpeg", "-v", "error", "-xerror", "-err_detect", "explode", "-i", str(film.path), "-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_colour_of_the_line_is_the_one_that_was_asked_for(film: RenderedFilm) -> None:
    left, top = plate(ANA).left, plate(ANA).top
    with av.open(str(film.path)) as container:
        frames = [frame for _, frame in zip(range(41), container.decode(video=0), strict=False)]
    shown = frames[40].to_ndarray(format="rgb24", src_colorspace="ITU601")[top + 8 : top + 32, left : left + 2]
    assert np.abs(shown.reshape(-1, 3).mean(axis=0) - LOOK.colour).max() < 12


def test_a_name_right_after_a_cut_and_one_up_to_the_next(show: Path, tmp_path: Path) -> None:
    names = LowerThirds(LOOK, (LowerThird(0, 30, ANA), LowerThird(61, 100, BEN), LowerThird(101, 230, ANA)))
    film = render_film(FilmOrder(show, EDIT, tmp_path / "film.mp4", names=names))
    assert strips_of(film.path) == wanted_strips(show, EDIT)
    made = packets(film.path)
    isos = {camera: packets(path) for camera, path in isos_of(show).items()}
    # Slot 60 is a key frame: one right behind it may not be told from it, so that it is encoded, too.
    assert [f for f in range(100) if made[f] != isos[A][f]] == [*range(60), *range(60, 100)]
    assert key_frames(film.path) == [0, 60, 100, 120, 180]


def test_a_shot_that_goes_on_after_a_join_is_not_copied_on_top_of_other_pictures(show: Path, tmp_path: Path) -> None:
    shots = [Shot(A, 0, 45), Shot(A, 45, 58), Shot(B, 60, 70)]  # type: ignore[arg-type]
    edit = Edit([Stretch((each,)) for each in shots])
    names = LowerThirds(LOOK, (LowerThird(10, 40, ANA),))
    film = render_film(FilmOrder(show, edit, tmp_path / "reel.mp4", names=names))
    assert strips_of(film.path) == wanted_strips(show, edit)
    assert key_frames(film.path) == [0, 10, 45, 58]


def test_a_film_that_is_encoded_anyway_has_the_same_names(show: Path, tmp_path: Path) -> None:
    delivery = Delivery(quality=Quality("ultrafast", 16))
    film = render_film(FilmOrder(show, EDIT, tmp_path / "full.mp4", delivery, names=NAMES))
    assert film.way is Way.FULL
    shown, isos = decoded(film.path), {camera: decoded(path) for camera, path in isos_of(show).items()}
    for frame in (0, 25, 40, 90, 130, 200):
        wanted = with_names(isos[A if frame < 100 else B][frame], frame)
        assert psnr_db(shown[frame], wanted) > 33, frame


def test_recordings_that_cannot_be_joined_get_their_names_all_the_same(tmp_path: Path) -> None:
    other = {1: EncoderSettings(CANVAS, preset="veryfast")}
    mixed = made_session(tmp_path, Making(CANVAS, slots=SLOTS, microphones=0, settings=other))
    film = render_film(FilmOrder(mixed, EDIT, tmp_path / "film.mp4", names=NAMES))
    assert film.way is Way.FULL
    assert strips_of(film.path) == wanted_strips(mixed, EDIT)
    shown, isos = decoded(film.path), {camera: decoded(path) for camera, path in isos_of(mixed).items()}
    for frame in (25, 40, 130):
        wanted = with_names(isos[A if frame < 100 else B][frame], frame)
        assert psnr_db(shown[frame], wanted) > 30, frame


def test_in_a_narrow_film_the_name_lies_within_what_is_seen(show: Path, tmp_path: Path) -> None:
    crop = Crop(202, 360, ((0, 120), (100, 400)))
    delivery = Delivery((202, 360), crop=crop, quality=Quality("ultrafast", 16))
    film = render_film(FilmOrder(show, EDIT, tmp_path / "narrow.mp4", delivery, names=NAMES))
    shown, isos = decoded(film.path), {camera: decoded(path) for camera, path in isos_of(show).items()}
    for frame, person, left in ((35, ANA, 120), (150, BEN, 400)):
        layer = name_plate(person.name, person.role, LOOK, Stage(202, 360), CANVAS)
        assert layer is not None
        picture = isos[A if frame < 100 else B][frame].copy()
        layer.paint(picture, 1.0, left)
        luma = picture[:360, left : left + 202]
        assert psnr_db(shown[frame][:360], luma) > 30, frame


def test_a_name_that_no_font_can_write_is_told_of_and_costs_nothing_else(show: Path, tmp_path: Path) -> None:
    names = LowerThirds(LOOK, (LowerThird(20, 50, Person("\U0010fffd")),))
    film = render_film(FilmOrder(show, EDIT, tmp_path / "film.mp4", names=names))
    assert film.warnings == (
        'The name "\U0010fffd" is not shown: no font on this computer has all of its letters. Write it in other '
        "letters in the show file, or install a font that has them.",
    )
    assert film.why == "Pictures are copied; only the beginning of one shot is encoded anew."


def plate(person: Person) -> Layer:
    layer = name_plate(person.name, person.role, LOOK, Stage(CANVAS.width, CANVAS.height), CANVAS)
    assert layer is not None
    return layer


def where(layer: Layer) -> tuple[slice, slice]:
    """Its pixels of luma."""
    width, height = layer.size
    return slice(layer.top, layer.top + height), slice(layer.left, layer.left + width)


def with_names(picture: I420, frame: int) -> I420:
    painted = picture.copy()
    for name in NAMES.shown:
        if name.first <= frame < name.end:
            plate(name.person).paint(painted, name.opacity(frame, CANVAS))
    return painted


def packets(path: Path) -> list[bytes]:
    with Mp4Reader(path) as reader:
        return [bytes(packet) for _, packet in reader.video_packets()]


def key_frames(path: Path) -> list[int]:
    with Mp4Reader(path) as reader:
        return [slot for slot, packet in reader.video_packets() if packet.is_keyframe]


def decoded(path: Path) -> list[I420]:
    with av.open(str(path)) as container:
        return [np.asarray(frame.to_ndarray(format="yuv420p"), np.uint8) for frame in container.decode(video=0)]
