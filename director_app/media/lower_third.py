"""The plate with somebody's name: drawn once for each person, as a layer that is blended in while it is shown.

Names that are too long get smaller letters, and an ellipsis where that is not enough. Must not know when it is shown.
"""

from dataclasses import dataclass

from PIL import Image, ImageDraw

from director_app.core.canvas import Canvas
from director_app.core.lower_thirds import Look, Side
from director_app.media.layer import Layer, layer_of
from director_app.media.lettering import REGULAR, SEMIBOLD
from director_app.media.letters import Letters, letters_for

_GROUND = (14, 15, 17, 204)
_NAME = (255, 255, 255, 255)
_ROLE = (205, 209, 215, 255)

_LINES = 1080
"""All measures below are pixels of a picture with so many lines, and of one as wide as it is tall or wider."""

_NAME_SIZE, _ROLE_SIZE = 54, 36
_SMALLEST = 0.7
"""Letters are made smaller down to this share of their size before words are cut off."""

_PAD_X, _PAD_Y = 34, 28
_GAP = 24
"""From one line's feet to the next one's capitals."""

_BAR = 10
_MARGIN = 0.05
"""Of the stage's width and height: the part that every screen shows (EBU R 95)."""

_RAISED = 0.03
"""Of the height, above that: players lay their controls over the lowest lines."""

_RAISED_TALL = 0.13
"""The same in pictures for phones held upright, where services write over the lower part."""

_WIDEST = 0.6
_WIDEST_NARROW = 0.9
"""Of the stage's width, in a picture that is wider than tall, and in any other."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The part of the canvas that the film shows: its size in pixels."""

    width: int
    height: int

    @property
    def is_narrow(self) -> bool:
        """No wider than tall."""
        return self.width <= self.height


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    letters: Letters
    colour: tuple[int, int, int, int]

    @property
    def width(self) -> float:
        return self.letters.width(self.text)


@dataclass(frozen=True, slots=True)
class PlateImage:
    """A plate as an RGBA drawing; left, top: its place on the stage, pixels."""

    image: Image.Image
    left: int
    top: int


def name_plate(name: str, role: str, look: Look, stage: Stage, canvas: Canvas) -> Layer | None:
    """The same as a layer over pictures of this canvas."""
    plate = plate_image(name, role, look, stage)
    return None if plate is None else layer_of(plate.image, plate.left, plate.top, canvas)


def plate_image(name: str, role: str, look: Look, stage: Stage) -> PlateImage | None:
    """The plate of one person, at its place on the stage. None where no font here has the letters of the name.

    A role without a font is left out.
    """
    unit = min(stage.width / (1 if stage.is_narrow else 16 / 9), stage.height) / _LINES
    unit *= 1.35 if stage.is_narrow else 1.0
    widest = stage.width * (_WIDEST_NARROW if stage.is_narrow else _WIDEST) - (2 * _PAD_X + _BAR) * unit
    first = _fitted(name, SEMIBOLD, _NAME_SIZE * unit, widest, _NAME)
    second = _fitted(role, REGULAR, _ROLE_SIZE * unit, widest, _ROLE) if role.strip() else None
    if first is None:
        return None
    image = _drawn([line for line in (first, second) if line is not None], look, unit)
    left = _even(stage.width * _MARGIN)
    if look.side is Side.RIGHT:
        left = (stage.width - left - image.width) // 2 * 2
    raised = _MARGIN + (_RAISED_TALL if stage.height > stage.width else _RAISED)
    top = _even(stage.height * (1 - raised)) - image.height
    return PlateImage(image, left, top)


def _fitted(text: str, style: str, size: float, widest: float, colour: tuple[int, int, int, int]) -> _Line | None:
    letters = letters_for(text, style, round(size))
    if letters is None:
        return None
    if (width := letters.width(text)) > widest:
        letters = letters.sized(round(size * max(_SMALLEST, widest / width)))
    return _Line(letters.fitting(text, widest), letters, colour)


def _drawn(lines: list[_Line], look: Look, unit: float) -> Image.Image:
    pad_x, pad_y, gap, bar = (round(each * unit) for each in (_PAD_X, _PAD_Y, _GAP, _BAR))
    width = _even(max(line.width for line in lines) + 2 * pad_x + bar)
    capitals = [round(line.letters.cap_height) for line in lines]
    height = _even(sum(capitals) + gap * (len(lines) - 1) + 2 * pad_y)
    image = Image.new("RGBA", (width, height), _GROUND)
    draw = ImageDraw.Draw(image)
    at_right = look.side is Side.RIGHT
    bar_left = width - bar if at_right else 0
    draw.rectangle((bar_left, 0, bar_left + bar - 1, height), (*look.colour, 255))
    x, anchor = (width - bar - pad_x, "rs") if at_right else (bar + pad_x, "ls")
    foot = pad_y - gap
    for line, tall in zip(lines, capitals, strict=True):
        foot += gap + tall
        draw.text((x, foot), line.text, line.colour, line.letters.font, anchor=anchor)
    return image


def _even(value: float) -> int:
    return max(2, round(value / 2) * 2)
