"""One message over the oldest part of the timeline. Never over pictures or transport, never takes Enter."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QWidget

from director_app.gui.desk.painted import Painted
from director_app.gui.models.messages import Message
from director_app.gui.paint import Brush
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale

WIDTH = 452


class Toast(Painted):
    """dismissed: Esc or a click on Dismiss. acted: its button."""

    dismissed = Signal()
    acted = Signal()
    background = tokens.PANEL

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(scale, parent)
        self._message: Message | None = None
        self._others = 0
        self._action, self._dismiss = QRectF(), QRectF()
        self.hide()

    def show_message(self, message: Message | None, others: int) -> None:
        """None: nothing is to be said. others: how many wait behind it."""
        if (message, others) == (self._message, self._others):
            return
        self._message, self._others = message, others
        if message is None:
            self.hide()
            return
        self.resize(self.scale.px(WIDTH), self._height(message))
        self.name(f"{message.title} {message.text}")
        self.show()
        self.raise_()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """One of its two words."""
        if self._action.contains(event.position()):
            self.acted.emit()
        elif self._dismiss.contains(event.position()):
            self.dismissed.emit()

    def _text_width(self) -> int:
        return self.scale.px(WIDTH - 62)

    def _text_height(self, message: Message) -> int:
        if not message.text:
            return 0
        metrics = QFontMetrics(self.scale.font(Role.BODY))
        room = metrics.boundingRect(0, 0, self._text_width(), 500, Qt.TextFlag.TextWordWrap, message.text)
        return min(room.height(), self.scale.px(60))

    def _height(self, message: Message) -> int:
        return self.scale.px(20 + 22 + 14) + self._text_height(message) + self.scale.px(32)

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
        brush.painter.setFont(self.scale.font(Role.BODY))
        brush.painter.setPen(tokens.TEXT_2)
        text = QRectF(title.x(), title.bottom(), self._text_width(), self._text_height(message) + 2)
        brush.painter.drawText(text, Qt.TextFlag.TextWordWrap, message.text)
        self._draw_actions(brush, message, text.bottom() + px(6))

    def _draw_actions(self, brush: Brush, message: Message, top: float) -> None:
        px, x = self.scale.px, float(self.scale.px(46))
        self._action = QRectF()
        if message.action:
            width = brush.width(message.action, Role.BODY) + px(24)
            self._action = QRectF(x, top, width, px(28))
            brush.box(self._action, tokens.RAISED, None, tokens.RADIUS)
            brush.text(self._action.adjusted(px(12), 0, 0, 0), message.action, Role.BODY)
            x += width + px(16)
        word = brush.width("Dismiss", Role.BODY)
        self._dismiss = QRectF(x, top, word + px(50), px(28))
        brush.text(self._dismiss, "Dismiss", Role.BODY, tokens.TEXT_2)
        brush.key_cap(x + word + px(10), top + px(4), "Esc")
        if self._others:
            brush.text(
                QRectF(self.width() - px(60), top, px(44), px(28)), f"+{self._others}", Role.BODY, tokens.TEXT_2
            )
