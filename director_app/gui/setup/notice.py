"""What went wrong with a file, at the top of Set up until it is read: a sentence a line, nothing was changed."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from director_app.gui.setup.controls import icon_button, label
from director_app.gui.theme import tokens
from director_app.gui.theme.icons import icon_picture
from director_app.gui.theme.type import Scale

_MOST_LINES = 8


class Notice(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self, scale: Scale, closed: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("notice")
        sign = QLabel()
        sign.setPixmap(icon_picture("warning", scale.px(16), tokens.WARN, self.devicePixelRatioF()))
        self._words = label(wraps=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button = icon_button(scale, "close", "Close", self.clear)
        self._closed = closed
        row = QHBoxLayout(self)
        row.setContentsMargins(scale.px(16), scale.px(10), scale.px(8), scale.px(10))
        row.setSpacing(scale.px(12))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def say(self, sentences: str) -> None:
        """One a line."""
        lines = sentences.splitlines()
        more = len(lines) - _MOST_LINES
        told = [*lines[:_MOST_LINES], *([f"{more} more."] if more > 0 else [])]
        self._words.setText("\n".join([*told, "Nothing was changed."]))
        self.setAccessibleName(self._words.text())
        self.show()

    def clear(self) -> None:
        """It has been read."""
        self._words.setText("")
        self.hide()
        self._closed()
