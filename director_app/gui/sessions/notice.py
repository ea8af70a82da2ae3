"""A bar in the page: a question before a deletion, an interrupted recording, work that runs, or what went wrong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from director_app.gui.paint import Brush
from director_app.gui.sessions.labels import sentence_label
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Scale

MOST_CHOICES = 2
_BAR = 4
_MARGIN = 16
_ICON = 36


class Kind(Enum):
    """What the bar is about: its icon."""

    QUESTION = "trash"
    TROUBLE = "warning"
    WORK = "reload"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. name: in full, for people who hear the window. refusal: why it cannot be pressed now.

    kind: of the style sheet; "primary" for what is best done next.
    """

    words: str
    act: Callable[[], None]
    name: str = ""
    refusal: str | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """title: in strong type. share: of work that runs, 0 to 1; None: nobody can tell."""

    kind: Kind
    title: str
    text: str = ""
    choices: Sequence[Choice] = ()
    share: float | None = None


class NoticeBar(QWidget):
    """One notice, or nothing at all."""

    def __init__(self, scale: Scale) -> None:
        super().__init__()
        self._scale = scale
        self._notice: Notice | None = None
        self._title = sentence_label("strong")
        self._text = sentence_label("detail")
        # There for good, so that they keep their place in the order of Tab, and the focus when the words change.
        self._buttons = [self._make_button(number) for number in range(MOST_CHOICES)]
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in self._buttons:
            row.addWidget(button)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch()
        words.addWidget(self._title)
        words.addWidget(self._text)
        words.addStretch()
        self._whole = QHBoxLayout(self)
        self._whole.addLayout(words, 1)
        self._whole.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.rescale()
        self.hide()

    def rescale(self) -> None:
        """After another text scale."""
        px = self._scale.px
        self._whole.setContentsMargins(px(_MARGIN + _ICON), px(12), px(_MARGIN), px(14))

    def _make_button(self, number: int) -> QPushButton:
        button = QPushButton(self)
        button.hide()
        button.clicked.connect(lambda: self._press(number))
        return button

    def _press(self, number: int) -> None:
        if self._notice is not None and number < len(self._notice.choices):
            self._notice.choices[number].act()

    def show_notice(self, notice: Notice | None) -> None:
        """None: away with it."""
        self._notice = notice
        choices = () if notice is None else notice.choices
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(choices))
            if number < len(choices):
                _show_choice(button, choices[number])
        self.setVisible(notice is not None)
        if notice is None:
            return
        self._title.setText(notice.title)
        self._text.setText(notice.text)
        self._text.setVisible(bool(notice.text))
        self.setAccessibleName(f"{notice.title} {notice.text}".strip())
        self.update()

    def focus_first(self) -> None:
        """The first choice is the safe one to press: Enter must not delete."""
        self._buttons[0].setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Panel, icon, and the progress of what runs."""
        notice = self._notice
        if notice is None:
            return
        painter = QPainter(self)
        brush, px = Brush(painter, self._scale), self._scale.px
        trouble = notice.kind is Kind.TROUBLE
        brush.box(self.rect(), tokens.WARN_TINT if trouble else tokens.PANEL, None, tokens.RADIUS)
        ink = {Kind.TROUBLE: tokens.WARN, Kind.WORK: tokens.AUTO, Kind.QUESTION: tokens.TEXT}[notice.kind]
        brush.icon(notice.kind.value, px(_MARGIN), (self.height() - px(20)) / 2, ink, 20)
        if notice.share is not None:
            left, width = px(_MARGIN + _ICON), self.width() - px(2 * _MARGIN + _ICON)
            track = QRectF(left, self.height() - px(9), width, px(_BAR))
            brush.box(track, tokens.PRESSED, None, px(_BAR) / 2)
            track.setWidth(max(px(_BAR), width * notice.share))
            brush.box(track, tokens.AUTO, None, px(_BAR) / 2)
        painter.end()


def _show_choice(button: QPushButton, choice: Choice) -> None:
    button.setText(choice.words)
    button.setAccessibleName(choice.name or choice.words)
    button.setEnabled(choice.refusal is None)
    button.setToolTip(choice.refusal or "")
    if button.property("kind") != choice.kind:
        button.setProperty("kind", choice.kind)
        button.style().unpolish(button)
        button.style().polish(button)
