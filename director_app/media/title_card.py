"""The card before a part of a film: its title and the show's, over a picture that is dark and out of focus.

Drawn once; long titles take more lines, then smaller letters. Must not know when it is shown.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from director_app.core.canvas import Canvas
from director_app.media.frame import I420
from director_app.media.layer import Layer, chroma_planes, layer_of
from director_app.media.lettering import REGULAR, SEMIBOLD
from director_app.media.letters import Letters, letters_for
from director_app.media.lower_third import Stage

_TITLE = (255, 255, 255, 255)
_SHOW = (205, 209, 215, 255)

_LINES = 1080
_TITLE_SIZE, _SHOW_SIZE = 88, 40
_BAR = (96, 8)
_LEADING = 1.2
_GAP = 50
"""Pixels of a picture with so many lines; _LEADING: from foot to foot, of the size of the letters."""

_MOST_LINES = 3
_SHRINKS = (1.0, 0.85, 0.7)
_WIDEST = 0.8
"""Of the stage's width."""

_LIGHT = 0.32
"""What is left of the picture's brightness and colour: white letters stand out on anything then."""

_SOFTNESS = 1 / 60
"""Of the picture's height: how far it is out of focus."""

_SCALED = 8
"""A picture that is out of focus can be blurred while it is small."""


def dim(picture: I420) -> None:
    """Makes a picture dark and soft, in place. The picture is contiguous."""
    height = picture.shape[0] * 2 // 3
    for plane, black in zip((picture[:height], *chroma_planes(picture)), (16, 128, 128), strict=True):
        rows, columns = plane.shape
        small = (max(1, columns // _SCALED), max(1, rows // _SCALED))
        shrunk = cv2.resize(plane, small, interpolation=cv2.INTER_AREA).astype(np.float32)
        blurred = cv2.GaussianBlur(shrunk, (0, 0), max(0.5, rows * _SOFTNESS / _SCALED))
        wide: NDArray[np.float32] = np.asarray(
            cv2.resize(blurred, (columns, rows), interpolation=cv2.INTER_CUBIC), np.float32
        )
        plane[:] = np.clip(np.rint(black + (wide - black) * _LIGHT), 16, 240).astype(np.uint8)


def title_card(title: str, show: str, colour: tuple[int, int, int], stage: Stage, canvas: Canvas) -> Layer:
    """The words in the middle of the stage. colour: of the line between them; red, green, blue, 0 to 255.

    Words that no font here can write are left out.
    """
    unit = min(stage.width / (1 if stage.is_narrow else 16 / 9), stage.height) / _LINES
    widest = stage.width * _WIDEST
    letters, lines = _set(title, unit, widest)
    small = letters_for(show, REGULAR, round(_SHOW_SIZE * unit))
    image = Image.new("RGBA", (stage.width, stage.height), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    leading = round(letters.size * _LEADING) if letters is not None else 0
    bar_width, bar_height = (max(2, round(side * unit)) for side in _BAR)
    gap = round(_GAP * unit)
    middle = stage.width // 2
    foot = round((stage.height - leading * (len(lines) - 1)) / 2)
    for line in lines:
        assert letters is not None
        draw.text((middle, foot), line, _TITLE, letters.font, anchor="ms")
        foot += leading
    top = foot - leading + gap
    draw.rectangle((middle - bar_width // 2, top, middle + bar_width // 2 - 1, top + bar_height - 1), (*colour, 255))
    if small is not None:
        foot = top + bar_height + gap + round(small.cap_height)
        draw.text((middle, foot), small.fitting(show, widest), _SHOW, small.font, anchor="ms")
    return layer_of(image, 0, 0, canvas)


def _set(title: str, unit: float, widest: float) -> tuple[Letters | None, Sequence[str]]:
    """The title in lines, in letters that let it have few enough of them."""
    letters = letters_for(title, SEMIBOLD, round(_TITLE_SIZE * unit))
    if letters is None:
        return None, ()
    lines: list[str] = []
    for share in _SHRINKS:
        letters = letters.sized(round(_TITLE_SIZE * unit * share))
        lines = _wrapped(title, letters, widest)
        if len(lines) <= _MOST_LINES:
            return letters, lines
    rest = " ".join(lines[_MOST_LINES - 1 :])
    return letters, [*lines[: _MOST_LINES - 1], letters.fitting(rest, widest)]


def _wrapped(text: str, letters: Letters, widest: float) -> list[str]:
    """Words in lines; one that is too long for any line ends in an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and letters.width(longer) <= widest:
            lines[-1] = longer
        else:
            lines.append(letters.fitting(word, widest))
    return lines
