"""Text in pictures, with the fonts that ship with the program. Draws nothing by itself."""

import unicodedata
from collections.abc import Callable
from functools import cache

from PIL import ImageFont

from director_app.session.resources import resource

REGULAR = "Inter-Regular.otf"
SEMIBOLD = "Inter-SemiBold.otf"


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A font of resources/fonts in pixels. Raises FileNotFoundError when the program was installed badly."""
    return ImageFont.truetype(str(resource("fonts", name)), size)


def fitting(text: str, name: str, size: int, width: float) -> str:
    """The text in one line of a font of resources/fonts, as shortened() makes it fit."""
    return shortened(text, font(name, size).getlength, width)


def shortened(text: str, width_of: Callable[[str], float], widest: float) -> str:
    """The text in one line, or as much of it as fits into widest pixels and an ellipsis.

    Control characters and halves of surrogate pairs, which no font can lay out, become spaces.
    """
    text = "".join(" " if unicodedata.category(each) in {"Cc", "Cs"} else each for each in text)
    if width_of(text) <= widest:
        return text
    while text and width_of(text.rstrip() + "…") > widest:
        text = text[:-1]
    return text.rstrip() + "…"
