"""Films for narrow screens: the part that shows the person, of the camera of whoever speaks, frame by frame."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from director_app.core.canvas import Canvas
from director_app.core.cut_list import cut_list
from director_app.core.edits import whole_show
from director_app.core.sources import CameraId
from director_app.media.frame import I420
from director_app.post.render.film import render_film
from director_app.post.render.framing import Shape, framing, person_at
from director_app.post.render.graph import left_edge
from director_app.post.render.order import Crop, Delivery, FilmOrder
from tests.helpers.made_sessions import Making, made_session

pytestmark = pytest.mark.computes

CANVAS = Canvas(640, 360, Fraction(30))
PLACES = (0.25, 0.7)
SLOTS = 150


def somebody(canvas: Canvas, camera: int, slot: int) -> I420:
    """A grey room in which a bright box sways where the person of this camera sits; its luma tells the camera."""
    picture = np.full((canvas.height * 3 // 2, canvas.width), 128, np.uint8)
    picture[: canvas.height] = 60 + 40 * camera
    middle = round(PLACES[camera] * canvas.width + 14 * np.sin(slot / 9))
    picture[100:300, middle - 40 : middle + 40] = 200
    # A clock in the corner runs all the time and is nobody.
    picture[340:358, :200] = 30 + slot % 200
    return picture


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two people who sit left and right in their pictures."""
    making = Making(CANVAS, slots=SLOTS, picture=somebody, microphones=0)
    return made_session(tmp_path_factory.mktemp("sessions"), making)


def test_people_are_found_where_they_move(show: Path) -> None:
    for number, place in enumerate(PLACES, 1):
        assert abs(person_at(show / f"cam_{number}_iso.mp4") - place) < 0.06


def test_who_cannot_be_found_is_taken_to_be_in_the_middle(tmp_path: Path) -> None:
    assert person_at(tmp_path / "none.mp4") == 0.5
    still = made_session(
        tmp_path, Making(CANVAS, slots=70, picture=lambda canvas, camera, _: somebody(canvas, camera, 0))
    )
    assert person_at(still / "cam_1_iso.mp4") == 0.5


@pytest.mark.parametrize("shape", list(Shape))
def test_every_picture_shows_the_person_of_its_camera(show: Path, tmp_path: Path, shape: Shape) -> None:
    edit = whole_show(cut_list(CameraId("a"), [(40, CameraId("b")), (95, CameraId("a"))]), SLOTS)
    crop = framing(show, edit, shape)
    size = (shape.size[0] // 5 // 2 * 2, shape.size[1] // 5 // 2 * 2)

    made = render_film(FilmOrder(show, edit, tmp_path / "narrow.mp4", Delivery(size, crop=crop)))

    assert made.slots == SLOTS
    with av.open(str(made.path)) as container:
        pictures = [frame.to_ndarray(format="yuv420p")[: size[1]] for frame in container.decode(video=0)]
    assert len(pictures) == SLOTS
    for slot, picture in enumerate(pictures):
        assert picture.shape == (size[1], size[0])
        camera = 1 if 40 <= slot < 95 else 0
        room = picture[: size[1] // 5]
        assert abs(float(room.mean()) - (60 + 40 * camera)) < 6, slot
        bright = np.flatnonzero(picture[size[1] // 2] > 150)
        assert abs(bright.mean() / size[0] - 0.5) < 0.22, slot


def test_the_left_edge_moves_at_its_frame_by_the_difference() -> None:
    assert left_edge(Crop(200, 360, ((0, 40), (40, 300), (95, 10)))) == "40+gte(n,40)*(260)+gte(n,95)*(-290)"


def test_a_part_never_reaches_over_the_edge(show: Path) -> None:
    edit = whole_show(cut_list(CameraId("a"), []), SLOTS)
    for shape in Shape:
        crop = framing(show, edit, shape)
        for _, left in crop.places:
            assert 0 <= left <= CANVAS.width - crop.width
            assert not (left % 2 or crop.width % 2 or crop.height % 2)
