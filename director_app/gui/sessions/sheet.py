"""A sheet in the page: a question with choices, above what it is about. It stops nothing, and Esc closes it."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from director_app.gui.paint import Brush
from director_app.gui.sessions.labels import sentence_label
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Scale

_MARGIN = 16
Chosen = TypeVar("Chosen")


class Sheet(QWidget):
    """Title, what subclasses put into `body`, and two buttons. done: by its first button; left: by the other."""

    done = Signal()
    left = Signal()

    def __init__(self, scale: Scale, title: str, does: str) -> None:
        """does: the word of the button that carries it out."""
        super().__init__()
        self._scale = scale
        self.setAccessibleName(title)
        heading = QLabel(title)
        heading.setProperty("role", "strong")
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self.note = sentence_label("detail")
        self.does = QPushButton(does)
        self.does.setProperty("kind", "primary")
        self.does.setAccessibleName(f"{does}, as chosen here")
        self.does.clicked.connect(self.done)
        self.leaves = QPushButton("Close")
        self.leaves.setAccessibleName(f"Close, without {title[:1].lower()}{title[1:]}")
        self.leaves.clicked.connect(self.left)
        self._whole = QVBoxLayout(self)
        self._whole.setSpacing(12)
        self._whole.addWidget(heading)
        self._whole.addLayout(self.body)
        self.rescale()
        self.hide()

    def add_foot(self) -> None:
        """The last thing that a subclass does: Tab goes in the order in which things were added."""
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.leaves, 0, Qt.AlignmentFlag.AlignBottom)
        foot.addWidget(self.does, 0, Qt.AlignmentFlag.AlignBottom)
        self._whole.addLayout(foot)

    def rescale(self) -> None:
        """After another text scale."""
        margin = self._scale.px(_MARGIN)
        self._whole.setContentsMargins(margin, margin - 4, margin, margin)

    def set_width(self, width: int) -> None:
        """So many pixels are there for it. Subclasses lay themselves out for it."""

    def first(self) -> QWidget:
        """What has the focus when it opens."""
        raise NotImplementedError

    def allow(self, why_not: str | None) -> None:
        """A sentence why it cannot be carried out as chosen; None: it can."""
        self.does.setEnabled(why_not is None)
        self.does.setToolTip(why_not or "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """A panel with an edge, because it stands above the others."""
        painter = QPainter(self)
        Brush(painter, self._scale).box(self.rect(), tokens.PANEL, tokens.EDGE, tokens.RADIUS_DIALOG)
        painter.end()


class ChoiceBox(QComboBox):
    """A list of choices by what they mean."""

    def __init__(self, name: str, changed: Callable[[], None]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._values: list[object] = []
        # Its words give way on a narrow page; a list shows them in full.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.currentIndexChanged.connect(changed)

    def offer(self, choices: Mapping[Chosen, str], chosen: Chosen) -> None:
        """Other choices; unknown ones are the first."""
        quiet = QSignalBlocker(self)
        self.clear()
        self._values = list(choices)
        self.addItems(list(choices.values()))
        self.setCurrentIndex(self._values.index(chosen) if chosen in self._values else 0)
        quiet.unblock()

    def value(self) -> object:
        """What is chosen."""
        return self._values[max(0, self.currentIndex())]


def labelled(boxes: Iterable[tuple[str, QWidget]]) -> QHBoxLayout:
    """Choices beside each other, each below its word."""
    row = QHBoxLayout()
    row.setSpacing(12)
    for words, box in boxes:
        column = QVBoxLayout()
        column.setSpacing(4)
        label = QLabel(words)
        label.setProperty("role", "caption")
        label.setBuddy(box)
        column.addWidget(label)
        column.addWidget(box)
        row.addLayout(column, 1)
    return row
