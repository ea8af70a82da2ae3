"""Title cards as they are drawn: readable on any picture, whatever the title, and within the stage."""

from fractions import Fraction

import numpy as np
import pytest

from director_app.core.canvas import Canvas
from director_app.media.frame import black_picture
from director_app.media.lower_third import Stage
from director_app.media.title_card import dim, title_card
from tests.helpers.pictures import marked_picture

CANVAS = Canvas(640, 360, Fraction(30))
RED = (217, 43, 47)
LONG = "Why the old houses in the market square should be kept and what that costs the town " * 3


@pytest.mark.parametrize("stage", [Stage(640, 360), Stage(202, 360), Stage(360, 360)])
@pytest.mark.parametrize("title", ["Ana and Ben", "Jo", LONG, "Donaudampfschifffahrtsgesellschaftskapitän" * 3])
def test_words_stay_in_the_middle_of_the_stage(stage: Stage, title: str) -> None:
    words = title_card(title, "A show with a name that is rather long, as shows have it", RED, stage, CANVAS)
    assert words.size == (stage.width, stage.height)
    rows, columns = (np.flatnonzero(words.luma_alpha.any(axis=axis)) for axis in (1, 0))
    assert columns[0] >= 0.09 * stage.width and columns[-1] <= 0.91 * stage.width
    assert rows[0] >= 0.1 * stage.height and rows[-1] <= 0.9 * stage.height
    assert abs((columns[0] + columns[-1]) / 2 - stage.width / 2) < 3


def test_a_longer_title_takes_more_lines() -> None:
    def rows(title: str) -> int:
        words = title_card(title, "The show", RED, Stage(640, 360), CANVAS)
        return int(np.count_nonzero(words.luma_alpha.any(axis=1)))

    assert rows("Ana and Ben") < rows("Ana and Ben and Cara and Dora and Emil") < rows(LONG)


def test_a_title_that_no_font_can_write_leaves_the_name_of_the_show() -> None:
    words = title_card("\U0010fffd", "The show", RED, Stage(640, 360), CANVAS)
    both = title_card("Title", "The show", RED, Stage(640, 360), CANVAS)
    assert 0 < np.count_nonzero(words.luma_alpha) < np.count_nonzero(both.luma_alpha)


def test_a_picture_under_words_is_dark_and_out_of_focus_and_black_stays_black() -> None:
    picture = marked_picture(CANVAS, 1, 7)
    before = picture.copy()
    dim(picture)
    luma, was = picture[:360].astype(np.float32), before[:360].astype(np.float32)
    assert luma.max() < 16 + 0.4 * (was.max() - 16)
    edges = [float(np.abs(np.diff(each, axis=1)).mean()) for each in (luma, was)]
    assert edges[0] < 0.1 * edges[1]
    black = black_picture(CANVAS)
    dim(black)
    assert np.array_equal(black, black_picture(CANVAS))
