"""Letters for names in any script: the font that ships with the program, else one that this computer has.

Inter knows Latin, Greek and Cyrillic. A line that needs others is drawn as a whole in the first font found that has
all of its letters; words from right to left are ordered by the font's shaper. Draws nothing by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from PIL import ImageFont

from director_app.media.lettering import SEMIBOLD, shortened
from director_app.session.resources import resource

OTHERS = (
    "NotoSans-{weight}.ttf",
    "NotoSansHebrew-{weight}.ttf",
    "NotoSansArabic-{weight}.ttf",
    "NotoSansDevanagari-{weight}.ttf",
    "NotoSansThai-{weight}.ttf",
    "NotoSansCJK-{weight}.ttc",
    "SourceHanSans-{weight}.ttc",
    "DejaVuSans{dash_bold}.ttf",
    "wqy-zenhei.ttc",
    "segoeui{short_bold}.ttf",
    "msyh{msyh_bold}.ttc",
    "meiryo{short_bold}.ttc",
    "malgun{msyh_bold}.ttf",
    "Nirmala.ttf",
    "leelawui.ttf",
    "PingFang.ttc",
    "Hiragino Sans GB.ttc",
    "AppleSDGothicNeo.ttc",
    "Arial Unicode.ttf",
)
"""What Linux, Windows and macOS have for other scripts, by file name; Pillow knows where a system keeps its fonts."""

_MISSING = "\uffff"
"""No font has this; what is drawn for it stands for every letter that a font lacks."""


@dataclass(frozen=True, slots=True)
class Letters:
    """One font in one size, pixels. path: as Pillow takes it."""

    path: str
    size: int

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        """To draw with."""
        return _font(self.path, self.size)

    @property
    def cap_height(self) -> float:
        """Of a capital letter, pixels: what the eye takes for the height of a line."""
        return 0.727 * self.size

    def width(self, text: str) -> float:
        """Pixels."""
        return self.font.getlength(text)

    def sized(self, size: int) -> "Letters":
        """The same font."""
        return replace(self, size=size)

    def fitting(self, text: str, widest: float) -> str:
        """The text, or as much of it as fits and an ellipsis."""
        return shortened(text, self.width, widest)

    def has(self, text: str) -> bool:
        """Whether the font has every letter of it."""
        font = self.font
        missing = font.getmask(_MISSING)
        gap = missing.size, bytes(missing)
        for letter in set(text):
            mask = font.getmask(letter)
            if not letter.isspace() and (mask.size, bytes(mask)) == gap:
                return False
        return True


def letters_for(text: str, style: str, size: int, others: Sequence[str] | None = None) -> Letters | None:
    """None: no font has all letters. style: a font of resources/fonts. others: to try in order; None: OTHERS."""
    bundled = Letters(str(resource("fonts", style)), size)
    if bundled.has(text):
        return bundled
    for name in OTHERS if others is None else others:
        other = Letters(_of_weight(name, style), size)
        try:
            if other.has(text):
                return other
        except OSError:
            # This computer does not have it.
            continue
    return None


def _of_weight(name: str, style: str) -> str:
    bold = style == SEMIBOLD
    return name.format(
        weight="Bold" if bold else "Regular",
        dash_bold="-Bold" if bold else "",
        short_bold="b" if bold else "",
        msyh_bold="bd" if bold else "",
    )


@cache
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    """Raises OSError where there is none."""
    return ImageFont.truetype(path, size)
