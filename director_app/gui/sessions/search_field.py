"""The field that one searches with."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from director_app.gui.theme import tokens
from director_app.gui.theme.icons import icon_picture
from director_app.gui.theme.type import Scale

_LONGEST = 200
_LEFT, _ICON = 12, 16


class SearchField(QLineEdit):
    """Its icon is painted: Qt's own icons within a field ignore the height that a style sheet gives it."""

    def __init__(self, scale: Scale) -> None:
        super().__init__()
        self._scale = scale
        self.setPlaceholderText("Title, name or date")
        self.setAccessibleName("Search sessions by title, name or date")
        self.setMaxLength(_LONGEST)
        self.rescale()

    def rescale(self) -> None:
        """Room for the icon."""
        self.setTextMargins(self._scale.px(_LEFT + _ICON - 4), 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, and the icon on it."""
        super().paintEvent(event)
        painter, size = QPainter(self), self._scale.px(_ICON)
        picture = icon_picture("search", size, tokens.TEXT_2, self.devicePixelRatio())
        painter.drawPixmap(self._scale.px(_LEFT), (self.height() - size) // 2, picture)
        painter.end()
