"""Texts of any length, in any script: they end in an ellipsis and never widen what they stand in."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from director_app.gui.paint import LEFT, Brush
from director_app.gui.plain import plain_tooltip
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale


class OneLine(QWidget):
    """One line of plain text; the whole of it as tooltip where it does not fit."""

    def __init__(
        self,
        scale: Scale,
        role: Role,
        colour: str = tokens.TEXT,
        align: Qt.AlignmentFlag = LEFT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._scale, self._role, self._colour, self._align = scale, role, colour, align
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> str:
        """The whole text."""
        return self._words

    def say(self, words: str) -> None:
        """Another text."""
        if words != self._words:
            self._words = words
            self.setAccessibleName(words)
            self.setToolTip(plain_tooltip(words))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as the text, if there is room."""
        metrics = self._scale.font(self._role)
        return QSize(self.minimumSizeHint().width() + len(self._words) * metrics.pixelSize(), self._height())

    def minimumSizeHint(self) -> QSize:
        """Next to nothing: the text gives way."""
        return QSize(self._scale.px(40), self._height())

    def _height(self) -> int:
        return self._scale.line(self._role)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text with its ellipsis."""
        painter = QPainter(self)
        box = QRect(0, 0, self.width(), self.height())
        Brush(painter, self._scale).text(box, self._words, self._role, self._colour, self._align)
        painter.end()


def sentence_label(role: str) -> QLabel:
    """Wrapped plain text. role: of the style sheet."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    # A word without a break, such as a path, must not widen the page.
    label.setMinimumWidth(1)
    return label
