"""Names as they are drawn: their colours as players show them, their place, and what becomes of long or rare ones."""

from fractions import Fraction

import av
import numpy as np
import pytest

from director_app.core.canvas import Canvas
from director_app.core.lower_thirds import Look, Side
from director_app.media.frame import I420, black_picture
from director_app.media.layer import Layer
from director_app.media.lettering import REGULAR, SEMIBOLD
from director_app.media.letters import letters_for
from director_app.media.lower_third import Stage, name_plate

HD, SMALL = Canvas(1280, 720, Fraction(30)), Canvas(640, 360, Fraction(30))


def grey(canvas: Canvas) -> I420:
    picture = black_picture(canvas)
    picture[: canvas.height] = 120
    return picture


def plate(canvas: Canvas, name: str = "Ana Ruiz", role: str = "Architect", look: Look | None = None) -> Layer:
    made = name_plate(name, role, look or Look(), Stage(canvas.width, canvas.height), canvas)
    assert made is not None
    return made


def as_players_show(picture: I420, matrix: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """RGB."""
    frame = av.VideoFrame.from_ndarray(picture, format="yuv420p")
    shown = frame.reformat(format="rgb24", src_colorspace=matrix, interpolation="POINT")
    return np.asarray(shown.to_ndarray(), np.uint8)


@pytest.mark.parametrize(("canvas", "matrix"), [(HD, "ITU709"), (SMALL, "ITU601")])
@pytest.mark.parametrize("colour", [(90, 169, 255), (217, 43, 47), (255, 255, 255), (0, 128, 0)])
def test_the_line_beside_the_name_has_the_colour_that_was_asked_for(
    canvas: Canvas, matrix: str, colour: tuple[int, int, int]
) -> None:
    picture, drawn = grey(canvas), plate(canvas, look=Look(colour=colour))
    drawn.paint(picture)
    shown = as_players_show(picture, matrix)[drawn.top + 8 : drawn.top + 24, drawn.left : drawn.left + 2]
    assert np.abs(shown.reshape(-1, 3).mean(axis=0) - colour).max() < 4


def test_nothing_outside_of_the_plate_is_changed() -> None:
    picture, drawn = grey(HD), plate(HD)
    drawn.paint(picture)
    changed = picture[: HD.height] != grey(HD)[: HD.height]
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    width, height = drawn.size
    assert (rows[0], rows[-1]) == (drawn.top, drawn.top + height - 1)
    assert (columns[0], columns[-1]) == (drawn.left, drawn.left + width - 1)


def test_it_fades_between_the_picture_and_itself() -> None:
    none, half, whole = grey(HD), grey(HD), grey(HD)
    drawn = plate(HD)
    for picture, opacity in ((none, 0.0), (half, 0.5), (whole, 1.0)):
        drawn.paint(picture, opacity)
    assert np.array_equal(none, grey(HD))
    between = (none.astype(np.float32) + whole) / 2
    assert np.abs(half - between).max() <= 1


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize(
    ("stage", "name"),
    [
        (Stage(1280, 720), "Ana Ruiz"),
        (Stage(1280, 720), "Dr. Maximiliane-Theodora von Hohenstein-Wittgenburg zu Altenstein und der Lauenburg"),
        (Stage(404, 720), "Dr. Maximiliane-Theodora von Hohenstein-Wittgenburg"),
        (Stage(720, 720), "Jo"),
    ],
)
def test_it_stays_in_the_part_that_every_screen_shows(stage: Stage, name: str, side: Side) -> None:
    drawn = name_plate(name, "Architect", Look(side), stage, HD)
    assert drawn is not None
    width, height = drawn.size
    assert drawn.left >= 0.05 * stage.width - 2
    assert drawn.left + width <= 0.95 * stage.width + 2
    assert drawn.top + height <= 0.95 * stage.height
    assert (drawn.left + width / 2 < stage.width / 2) is (side is Side.LEFT) or width > 0.4 * stage.width


def test_a_larger_canvas_has_larger_letters() -> None:
    small, large = plate(SMALL).size, plate(Canvas(1920, 1080, Fraction(30))).size
    assert large[0] / small[0] == pytest.approx(3, rel=0.05)
    assert large[1] / small[1] == pytest.approx(3, rel=0.05)


def test_a_role_is_a_second_line() -> None:
    assert plate(HD, role="").size[1] < plate(HD).size[1] == plate(HD, role="A").size[1]


def test_words_that_are_too_long_end_in_an_ellipsis() -> None:
    letters = letters_for("Architect", REGULAR, 30)
    assert letters is not None
    cut = letters.fitting("An architect of many houses", 200)
    assert cut.endswith("…") and cut[:-1] in "An architect of many houses"
    assert letters.width(cut) <= 200
    assert letters.fitting("An architect", 500) == "An architect"


@pytest.mark.parametrize("name", ["Ana Ruiz", "Łukasz Žižek", "Жанна", "Αθηνά", "Nguyễn Thị Ánh"])
def test_the_bundled_font_has_the_letters_of_most_names(name: str) -> None:
    assert letters_for(name, SEMIBOLD, 30, others=()) is not None


@pytest.mark.parametrize("name", ["שלום", "مرحبا", "小林", "🎥"])
def test_other_letters_need_a_font_of_the_system_and_are_never_drawn_as_boxes(name: str) -> None:
    assert letters_for(name, SEMIBOLD, 30, others=("no such font.ttf",)) is None
    found = letters_for(name, SEMIBOLD, 30)
    assert found is None or found.has(name)
