"""One message over the oldest part of the timeline. Never over pictures or transport, never takes Enter."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QWidget

from director_app.gui.desk.painted import Painted
from director_app.gui.models.layout import Area
from director_app.gui.models.messages import Message
from director_app.gui.paint import CENTRE, Brush
from director_app.gui.plain import plain_tooltip
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale

WIDTH = 452
_ABOVE, _BELOW = 36, 46
"""Of the text: the title, and what can be done."""

_MOST_LINES = 3
_ELIDE = Qt.TextElideMode.ElideRight


class Toast(Painted):
    """dismissed: Esc or a click on Dismiss. acted: its button. turned: the others are wanted.

    Never higher than there is room: the text ends in an ellipsis then, and stands whole in the tooltip.
    """

    dismissed = Signal()
    acted = Signal()
    turned = Signal()
    background = tokens.PANEL

    def __init__(self, scale: Scale, action_key: str, parent: QWidget | None = None) -> None:
        """action_key: the key of its button, "" for none."""
        super().__init__(scale, parent)
        self._action_key = action_key
        self._message: Message | None = None
        self._others = 0
        self._lines: tuple[str, ...] = ()
        self._fitted: object = None
        self._action, self._dismiss, self._more = QRectF(), QRectF(), QRectF()
        self.hide()

    def show_message(self, message: Message | None, others: int, room: Area) -> None:
        """None: nothing is to be said. others: how many wait behind it. room: what it may not grow out of."""
        if (message, others, room, self.scale.factor) == self._fitted:
            return
        self._fitted = (message, others, room, self.scale.factor)
        self._message, self._others = message, others
        if message is None:
            self.hide()
            return
        self._fit(message, room)
        more = f" {others} more wait." if others > 1 else " One more waits." if others else ""
        self.name(f"{message.title} {message.text}{more}")
        self.show()
        self.raise_()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """One of its words."""
        at = event.position()
        if self._action.contains(at):
            self.acted.emit()
        elif self._dismiss.contains(at):
            self.dismissed.emit()
        elif self._more.contains(at):
            self.turned.emit()

    def _text_width(self) -> int:
        return self.width() - self.scale.px(62)

    def _fit(self, message: Message, room: Area) -> None:
        """As many lines as have room, three at most."""
        self.resize(min(self.scale.px(WIDTH), room.width), self.height())
        metrics = QFontMetrics(self.scale.font(Role.BODY))
        bare = self.scale.px(_ABOVE + _BELOW)
        most = max(0, min(_MOST_LINES, (room.height - bare) // metrics.lineSpacing()))
        lines = wrapped(message.text, metrics, self._text_width())
        title = QFontMetrics(self.scale.font(Role.STRONG)).horizontalAdvance(message.title)
        is_whole = len(lines) <= most and title <= self._text_width()
        if len(lines) > most:
            rest = " ".join(lines[max(0, most - 1) :])
            lines = [*lines[: max(0, most - 1)], metrics.elidedText(f"{rest} …", _ELIDE, self._text_width())][:most]
        self._lines = tuple(lines)
        self.setToolTip("" if is_whole else plain_tooltip(f"{message.title} {message.text}"))
        self.resize(self.width(), bare + len(lines) * metrics.lineSpacing())

    def draw(self, brush: Brush) -> None:
        """Icon, title, text, and what can be done."""
        message, px = self._message, self.scale.px
        if message is None:
            return
        brush.box(self.rect(), tokens.PANEL, tokens.EDGE, tokens.RADIUS)
        colour = tokens.WARN if message.stays else tokens.TEXT_2
        if message.stays:
            brush.painter.fillRect(QRectF(0, 2, 3, self.height() - 4), tokens.WARN)
        brush.icon("warning" if message.stays else "check", px(18), px(14), colour)
        title = QRectF(px(46), px(10), self._text_width(), px(24))
        brush.text(title, message.title, Role.STRONG)
        height = QFontMetrics(self.scale.font(Role.BODY)).lineSpacing()
        for index, line in enumerate(self._lines):
            row = QRectF(title.x(), px(_ABOVE) + index * height, self._text_width() + 2, height)
            brush.text(row, line, Role.BODY, tokens.TEXT_2)
        self._draw_actions(brush, message, px(_ABOVE) + len(self._lines) * height + px(6))

    def _draw_actions(self, brush: Brush, message: Message, top: float) -> None:
        px, x = self.scale.px, float(self.scale.px(46))
        self._action = self._more = QRectF()
        if message.action:
            self._action = self._draw_action(brush, message.action, x, top)
            x = self._action.right() + px(16)
        word = brush.width("Dismiss", Role.BODY)
        self._dismiss = QRectF(x, top, word + px(50), px(28))
        brush.text(self._dismiss, "Dismiss", Role.BODY, tokens.TEXT_2)
        brush.key_cap(x + word + px(10), top + px(4), "Esc")
        if self._others:
            self._more = QRectF(self.width() - px(60), top, px(48), px(28))
            brush.box(self._more, tokens.RAISED, None, tokens.RADIUS)
            brush.text(self._more, f"+{self._others}", Role.BODY, tokens.TEXT_2, CENTRE)

    def _draw_action(self, brush: Brush, word: str, x: float, top: float) -> QRectF:
        """The button with its key."""
        px = self.scale.px
        width = brush.width(word, Role.BODY)
        cap = brush.key_cap_width(self._action_key) + px(10) if self._action_key else 0
        area = QRectF(x, top, width + cap + px(24), px(28))
        brush.box(area, tokens.RAISED, None, tokens.RADIUS)
        brush.text(area.adjusted(px(12), 0, 0, 0), word, Role.BODY)
        if cap:
            brush.key_cap(x + px(12) + width + px(10), top + px(4), self._action_key)
        return area


def wrapped(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """The lines of a text; words that are wider than a line, such as paths, are broken."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
            continue
        lines.append("")
        for letter in word:
            if lines[-1] and metrics.horizontalAdvance(lines[-1] + letter) > width:
                lines.append("")
            lines[-1] += letter
    return lines
