"""Type: Inter in the few sizes there are, with figures of equal width."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QPixmap

from director_app.session.resources import resource

FAMILY = "Inter"
_FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "Inter-Bold.otf")


_MOST_WIDTHS = 2000
_MOST_STAMPS = 500


@dataclass(frozen=True, slots=True)
class _Size:
    pixels: int
    line: int
    weight: int
    spacing: float = 0.0


class Role(Enum):
    """What a text is; its size, line height and weight follow."""

    CAPTION = _Size(11, 16, 500)
    DETAIL = _Size(12, 16, 400)
    BODY = _Size(13, 20, 400)
    STRONG = _Size(13, 20, 600)
    VALUE = _Size(15, 20, 600)
    REASON = _Size(16, 24, 500)
    NAME = _Size(16, 24, 600)
    TITLE = _Size(18, 24, 600)
    TIMECODE = _Size(22, 28, 600)
    FLAG = _Size(11, 16, 700, 4.0)

    # By identity: an Enum's own is Python, and is asked for several times with every word that is drawn.
    __hash__ = object.__hash__


def load_fonts() -> None:
    """Makes Inter known to Qt; once, after the application was made. Raises FileNotFoundError."""
    for name in _FILES:
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))


class Scale:
    """Text scale, 1.0 to 1.5: fonts and pixels of every widget come from here."""

    def __init__(self, factor: float = 1.0) -> None:
        self.factor = factor
        self._fonts: dict[Role, QFont] = {}
        self._metrics: dict[Role, QFontMetrics] = {}
        self._widths: dict[tuple[Role, str], int] = {}
        self._stamps: dict[Hashable, QPixmap] = {}

    def change(self, factor: float) -> None:
        """Another text scale; who has painted with the old one must lay itself out anew."""
        self.factor = factor
        self._fonts.clear()
        self._metrics.clear()
        self._widths.clear()
        self._stamps.clear()

    def px(self, pixels: float) -> int:
        """Whole pixels at this scale."""
        return round(pixels * self.factor)

    def line(self, role: Role) -> int:
        """Height of a line of this text, pixels."""
        return self.px(role.value.line)

    def font(self, role: Role) -> QFont:
        """The font of a text."""
        if role not in self._fonts:
            self._fonts[role] = self._make(role.value)
        return self._fonts[role]

    def metrics(self, role: Role) -> QFontMetrics:
        """Of the font of a text."""
        if role not in self._metrics:
            self._metrics[role] = QFontMetrics(self.font(role))
        return self._metrics[role]

    def width(self, words: str, role: Role) -> int:
        """Pixels that these words take; known again for what is drawn again and again."""
        known = self._widths.get((role, words))
        if known is None:
            if len(self._widths) > _MOST_WIDTHS:
                self._widths.clear()
            known = self._widths[role, words] = self.metrics(role).horizontalAdvance(words)
        return known

    def stamp(self, what: Hashable, draw: Callable[[], QPixmap]) -> QPixmap:
        """A small drawing at this scale, drawn once and kept. what: all that it depends on besides the scale."""
        known = self._stamps.get(what)
        if known is None:
            if len(self._stamps) >= _MOST_STAMPS:
                self._stamps.clear()
            known = self._stamps[what] = draw()
        return known

    def _make(self, size: _Size) -> QFont:
        font = QFont(FAMILY)
        font.setPixelSize(self.px(size.pixels))
        font.setWeight(QFont.Weight(size.weight))
        # Style sheets cannot ask for figures of equal width; digits that jump are the worst of a clock.
        font.setFeature(QFont.Tag("tnum"), 1)
        if size.spacing:
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100 + size.spacing)
        return font
