"""The sentences of a score card below its figures: what would have helped. Three of them, and more when asked for."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from director_app.gui.models.session_score import shown_sentences
from director_app.gui.paint import Brush
from director_app.gui.sessions.labels import sentence_label
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Scale


class ScoreWords(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, scale: Scale) -> None:
        super().__init__()
        self._scale = scale
        self._all: tuple[str, ...] = ()
        self._is_open = False
        self._labels: list[QLabel] = []
        title = QLabel("What would have helped")
        title.setProperty("role", "strong")
        self._words = QVBoxLayout()
        self._words.setSpacing(4)
        self.more = QPushButton()
        self.more.setProperty("kind", "small")
        self.more.clicked.connect(self._turn)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.more, 0, Qt.AlignmentFlag.AlignRight)
        self._whole = QVBoxLayout(self)
        self._whole.setSpacing(6)
        self._whole.addLayout(head)
        self._whole.addLayout(self._words)
        self.rescale()
        self.hide()

    def rescale(self) -> None:
        """After another text scale."""
        px = self._scale.px
        self._whole.setContentsMargins(px(16), px(10), px(16), px(12))

    def show_sentences(self, sentences: Sequence[str]) -> None:
        """Other ones are shown folded."""
        if tuple(sentences) != self._all:
            self._all, self._is_open = tuple(sentences), False
        self._show()

    def _turn(self) -> None:
        self._is_open = not self._is_open
        self._show()

    def _show(self) -> None:
        shown, more = shown_sentences(self._all, is_open=self._is_open)
        self._say(shown)
        self.more.setText(more)
        self.more.setAccessibleName(f"{more}: sentences of the score card")
        self.more.setVisible(bool(more))
        self.setVisible(bool(shown))

    @property
    def shown(self) -> tuple[str, ...]:
        """What stands there."""
        return tuple(label.text() for label in self._labels if not label.isHidden())

    def _say(self, shown: Sequence[str]) -> None:
        while len(self._labels) < len(shown):
            self._labels.append(sentence_label("body"))
            self._words.addWidget(self._labels[-1])
        for number, label in enumerate(self._labels):
            label.setText(shown[number] if number < len(shown) else "")
            label.setVisible(number < len(shown))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The panel."""
        painter = QPainter(self)
        Brush(painter, self._scale).box(self.rect(), tokens.PANEL, None, tokens.RADIUS)
        painter.end()
