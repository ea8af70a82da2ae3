"""The row that says how a job of the session goes: what is made now, what then, how much, how long yet."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from director_app.gui.models.rendering import Answer, JobRow, Pace
from director_app.gui.paint import RIGHT, Brush
from director_app.gui.plain import plain_tooltip
from director_app.gui.sessions.labels import sentence_label
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale

_MARGIN, _ICON, _BAR, _GAP = 16, 36, 4, 8
_LOOKS = {
    Pace.RUNNING: ("film", tokens.AUTO),
    Pace.WAITING: ("film", tokens.TEXT_3),
    Pace.STOPPED: ("warning", tokens.WARN),
    Pace.MADE: ("check", tokens.TEXT_2),
}
_BARS = {Pace.RUNNING: tokens.AUTO, Pace.WAITING: tokens.CONTROL, Pace.STOPPED: tokens.WARN}


class _Line(QWidget):
    """Title, what comes then, percent and time, and the bar below them."""

    def __init__(self, scale: Scale) -> None:
        super().__init__()
        self._scale = scale
        self._row: JobRow | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_row(self, row: JobRow) -> None:
        self._row = row
        self.setToolTip(plain_tooltip(row.more))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        has_bar = self._row is not None and self._row.share is not None
        return QSize(
            self._scale.px(200), self._scale.line(Role.STRONG) + (self._scale.px(6 + _BAR) if has_bar else 0)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        row = self._row
        if row is None:
            return
        painter = QPainter(self)
        brush, px, high = Brush(painter, self._scale), self._scale.px, self._scale.line(Role.STRONG)
        right = float(self.width())
        for words, role, colour in (
            (row.left, Role.BODY, tokens.TEXT_2),
            (self._percent(row), Role.STRONG, tokens.TEXT),
        ):
            if words:
                width = brush.width(words, role)
                brush.text(QRectF(right - width, 0, width, high), words, role, colour, RIGHT)
                right -= width + px(_GAP)
        taken = brush.text(QRectF(0, 0, right, high), row.title, Role.STRONG) + px(_GAP)
        if right > taken:
            brush.text(QRectF(taken, 0, right - taken, high), row.more, Role.BODY, tokens.TEXT_2)
        if row.share is not None:
            track = QRectF(0, self.height() - px(_BAR), self.width(), px(_BAR))
            brush.box(track, tokens.PRESSED, None, px(_BAR) / 2)
            if row.share > 0:
                track.setWidth(max(px(_BAR), self.width() * row.share))
                brush.box(track, _BARS.get(row.pace, tokens.CONTROL), None, px(_BAR) / 2)
        painter.end()

    @staticmethod
    def _percent(row: JobRow) -> str:
        """What waits has no percent: it says why instead."""
        return row.percent if row.pace is Pace.RUNNING else ""


class JobBar(QWidget):
    """One job, or nothing at all. answered: an Answer."""

    answered = Signal(object)

    def __init__(self, scale: Scale) -> None:
        super().__init__()
        self._scale = scale
        self._row: JobRow | None = None
        self._line = _Line(scale)
        self._sentences = sentence_label("detail")
        # There for good, so that they keep their place in the order of Tab, and the focus while the job goes on.
        self.buttons = {answer: self._make_button(answer) for answer in Answer}
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch()
        words.addWidget(self._line)
        words.addWidget(self._sentences)
        words.addStretch()
        self._whole = QHBoxLayout(self)
        self._whole.addLayout(words, 1)
        for button in self.buttons.values():
            self._whole.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.rescale()
        self.hide()

    def rescale(self) -> None:
        """After another text scale."""
        px = self._scale.px
        self._whole.setContentsMargins(px(_MARGIN + _ICON), px(12), px(_MARGIN), px(12))
        self._whole.setSpacing(px(12))

    def _make_button(self, answer: Answer) -> QPushButton:
        button = QPushButton(answer.value, self)
        button.setProperty("kind", "small")
        button.clicked.connect(lambda: self.answered.emit(answer))
        button.hide()
        return button

    @property
    def row(self) -> JobRow | None:
        """What stands there."""
        return self._row

    def show_row(self, row: JobRow | None) -> None:
        """None: away with it."""
        if row == self._row:
            return
        self._row = row
        self.setVisible(row is not None)
        if row is None:
            return
        for answer, button in self.buttons.items():
            button.setVisible(answer in row.answers)
            button.setAccessibleName(f"{answer.value}: {row.title}")
        self._line.show_row(row)
        self._sentences.setText("\n".join(row.sentences))
        self._sentences.setVisible(bool(row.sentences))
        self.setAccessibleName(row.spoken)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Panel and icon."""
        row = self._row
        if row is None:
            return
        painter = QPainter(self)
        brush, px = Brush(painter, self._scale), self._scale.px
        ground = tokens.WARN_TINT if row.pace is Pace.STOPPED else tokens.PANEL
        brush.box(self.rect(), ground, None, tokens.RADIUS)
        icon, ink = _LOOKS[row.pace]
        brush.icon(icon, px(_MARGIN), (self.height() - px(20)) / 2, ink, 20)
        painter.end()
