"""A widget that paints itself: opaque, reached by Tab but not by the mouse, named for screen readers."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

from director_app.gui.models.layout import Area
from director_app.gui.paint import Brush, colour_of
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Scale

_NOTHING = QRect()
_PRESSING = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})


def presses(event: QKeyEvent) -> bool:
    """Whether this key presses the control that has the focus; a key that is held down was pressed once."""
    return event.key() in _PRESSING and not event.isAutoRepeat()


class Painted(QWidget):
    """Subclasses draw in draw(). background: "" for a widget through which others are seen."""

    background = tokens.WINDOW

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scale = scale
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, on=bool(self.background))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def place(self, area: Area) -> None:
        """Moves it there."""
        self.setGeometry(area.x, area.y, area.width, area.height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Clears what must be drawn and draws it."""
        painter, region, covered = QPainter(self), event.region(), self.covered()
        if self.background and not covered.contains(event.rect()):
            for ground in region.subtracted(QRegion(covered)):  # type: ignore[attr-defined]
                painter.fillRect(ground, colour_of(self.background))
        self.draw(Brush(painter, self.scale, region))
        painter.end()

    def covered(self) -> QRect:
        """What draw() covers by itself: filling the ground of a large picture costs as much as the picture."""
        return _NOTHING

    def draw(self, brush: Brush) -> None:
        """Everything that is seen."""
        raise NotImplementedError

    def name(self, words: str) -> None:
        """What a screen reader says; told on only when it has changed."""
        if self.accessibleName() != words:
            self.setAccessibleName(words)
