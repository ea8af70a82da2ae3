"""Who cuts: AUTO, HOLD or MANUAL with the keys that lead there, and the camera that stands ready."""

import math
from dataclasses import replace

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from director_app.core.decisions import Mode
from director_app.gui.desk.painted import Painted, presses
from director_app.gui.models.director import DirectorView
from director_app.gui.paint import Brush, colour_of
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale

_MODES = (Mode.AUTO, Mode.HOLD, Mode.MANUAL)


class DirectorPanel(Painted):
    """A click on a segment or on Take does what its key does: commanded carries the command's name.

    With the focus of Tab: left and right choose, Space and Enter press.
    """

    commanded = Signal(str)
    background = tokens.WINDOW

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(scale, parent)
        self.compact = False
        self.only_mode = False
        self.digits_only = False
        self._view: DirectorView | None = None
        self._ready = ""
        self._take = QRectF()
        self._ring = QRectF()
        self._chosen = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_view(self, view: DirectorView) -> None:
        """Repaints only what is new."""
        before, self._view = self._view, view
        if view == before:
            return
        ready = "" if view.next_number is None else f" Next: camera {view.next_number} {view.next_label}."
        self._ready = ready
        self._tell()
        if before is not None and replace(before, hold_share=view.hold_share, hold_s=view.hold_s) == view:
            # The ring runs down ten times a second; nothing else moves then.
            self.update(self.rect() if self._ring.isEmpty() else self._ring.toAlignedRect())
        else:
            self._ring = QRectF()
            self.update()

    def _tell(self) -> None:
        if self._view is not None:
            chosen = f" {self._buttons()[self._chosen][0].capitalize()} is chosen." if self.hasFocus() else ""
            self.name(f"{self._view.mode.name}. {self._view.sentence}{self._ready}{chosen}")

    def _buttons(self) -> list[tuple[str, QRectF]]:
        """Commands and where they stand, left to right."""
        taking = [] if self._take.isEmpty() else [("take next", self._take)]
        buttons = [(mode.value, area) for mode, area in self._segments().items()] + taking
        self._chosen = min(self._chosen, len(buttons) - 1)
        return buttons

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is chosen is told, too."""
        super().focusInEvent(event)
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """It is told no longer."""
        super().focusOutEvent(event)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose, Space and Enter press."""
        buttons = self._buttons()
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            by = -1 if event.key() == Qt.Key.Key_Left else 1
            self._chosen = max(0, min(len(buttons) - 1, self._chosen + by))
            self._tell()
            self.update()
        elif presses(event):
            self.commanded.emit(buttons[self._chosen][0])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The segment or button that was hit."""
        if event.button() is not Qt.MouseButton.LeftButton or self._view is None:
            return
        at = event.position()
        if self._take.contains(at):
            self.commanded.emit("take next")
        for mode, area in self._segments().items():
            if area.contains(at) and mode is not self._view.mode:
                self.commanded.emit(mode.value)

    def _segments(self) -> dict[Mode, QRectF]:
        px = self.scale.px
        outer = QRectF(px(12), px(12), self.width() - px(24), px(44))
        if self.compact:
            outer = QRectF(px(8), px(8), self.width() - px(16), px(36))
        width = (outer.width() - 4) / 3
        return {
            mode: QRectF(outer.x() + 2 + index * width, outer.y() + 2, width, outer.height() - 4)
            for index, mode in enumerate(_MODES)
        }

    def draw(self, brush: Brush) -> None:
        """Segments, a sentence, the next camera; or the ring alone."""
        ring = self._ring.toAlignedRect()
        if self._view is not None and not brush.must_paint_beyond(ring):
            brush.painter.fillRect(ring, colour_of(tokens.LIGHT))
            self._draw_mark(brush, self._view, self._ring)
            return
        self._draw_all(brush)
        self._draw_focus(brush)

    def _draw_all(self, brush: Brush) -> None:
        view, px = self._view, self.scale.px
        brush.box(self.rect(), tokens.PANEL, None, tokens.RADIUS)
        if view is None:
            return
        segments = self._segments()
        first, last = segments[Mode.AUTO], segments[Mode.MANUAL]
        brush.box(first.united(last).adjusted(-2, -2, 2, 2), tokens.WINDOW, None, tokens.RADIUS)
        for mode, area in segments.items():
            if brush.must_paint(area.toAlignedRect()):
                self._draw_segment(brush, view, mode, area)
        if not brush.must_paint(QRect(0, math.ceil(last.bottom()) + 1, self.width(), self.height())):
            return
        self._take = QRectF()
        if self.only_mode:
            return
        bottom = self.height() - px(8 if self.compact else 12)
        if not self.compact:
            line = QRectF(px(17), first.bottom() + px(10), self.width() - px(34), px(20))
            brush.text(line, view.sentence, Role.DETAIL, tokens.TEXT_2)
        self._draw_next(brush, view, QRectF(px(12), bottom - px(28), self.width() - px(24), px(28)))

    def _draw_focus(self, brush: Brush) -> None:
        if self.hasFocus():
            brush.focus_ring(self._buttons()[self._chosen][1].adjusted(-2, -2, 2, 2))

    def _draw_segment(self, brush: Brush, view: DirectorView, mode: Mode, area: QRectF) -> None:
        px, is_on = self.scale.px, view.mode is mode
        ink = self._fill(brush, view, mode, area) if is_on else tokens.TEXT_2
        mark = px(20) + px(8) if is_on and mode is not Mode.MANUAL else 0
        key = "" if is_on and mode is not Mode.HOLD else _key_to(mode, view.mode)
        cap = brush.key_cap_width(key) + px(8) if key else 0
        width = mark + brush.width(mode.name, Role.VALUE) + cap
        x, middle = area.center().x() - width / 2, area.center().y()
        if mark:
            self._draw_mark(brush, view, QRectF(x, middle - px(10), px(20), px(20)))
        word = QRectF(x + mark, area.y(), width, area.height())
        brush.text(word, mode.name, Role.VALUE, ink)
        if key:
            fill = tokens.LIGHT if is_on else tokens.PRESSED
            brush.key_cap(area.center().x() + width / 2 - cap + px(8), middle - px(10), key, ink, fill)

    def _fill(self, brush: Brush, view: DirectorView, mode: Mode, area: QRectF) -> str:
        """The segment that is on; returns the colour of its words."""
        if mode is not Mode.AUTO:
            brush.box(area, tokens.LIGHT, None, tokens.RADIUS_SMALL)
            return tokens.ON_LIGHT
        if view.waiting:
            brush.box(area, tokens.PANEL, tokens.EDGE, tokens.RADIUS_SMALL)
        else:
            brush.box(area, tokens.AUTO_TINT, tokens.AUTO, tokens.RADIUS_SMALL)
        return tokens.AUTO

    def _draw_mark(self, brush: Brush, view: DirectorView, area: QRectF) -> None:
        """AUTO: a ring with a dot, empty while waiting. HOLD: a ring that runs down around its seconds."""
        if view.mode is Mode.AUTO:
            brush.ring(area.x(), area.y(), area.width(), tokens.AUTO, 2)
            if not view.waiting:
                inset = area.width() * 0.28
                brush.lamp(area.x() + inset, area.y() + inset, area.width() - 2 * inset, tokens.AUTO)
            return
        brush.countdown(area, None if self.digits_only else view.hold_share, str(view.hold_s))
        self._ring = area

    def _draw_next(self, brush: Brush, view: DirectorView, line: QRectF) -> None:
        px, middle = self.scale.px, line.center().y()
        words = view.sentence if self.compact and view.next_number is None else view.next_words
        if self.compact and view.refusal:
            # There is no room for a sentence here, and a key that cannot act says why.
            brush.text(line.adjusted(px(5), 0, 0, 0), view.refusal, Role.DETAIL)
            return
        if view.next_number is None:
            brush.text(line.adjusted(px(5), 0, 0, 0), words, Role.DETAIL, tokens.TEXT_2)
            return
        x = line.x() + brush.next_flag(line.x(), middle - px(10)) + px(10)
        brush.number(QRectF(x, middle - px(12), px(24), px(24)), view.next_number, None, tokens.NEXT, tokens.NEXT)
        x += px(34)
        cap = brush.key_cap_width("Enter")
        self._take = QRectF(line.right() - cap - px(58), middle - px(14), cap + px(58), px(28))
        label = min(brush.width(view.next_label, Role.VALUE), px(160))
        brush.text(QRectF(x, line.y(), label + 1, line.height()), view.next_label, Role.VALUE)
        x += label + px(10)
        room = QRectF(x, line.y(), self._take.x() - x - px(8), line.height())
        brush.text(room, view.next_words, Role.DETAIL, tokens.TEXT_2)
        brush.box(self._take, tokens.RAISED, None, tokens.RADIUS)
        brush.text(self._take.adjusted(px(10), 0, 0, 0), "Take", Role.BODY)
        brush.key_cap(self._take.right() - cap - px(8), middle - px(10), "Enter")


def _key_to(mode: Mode, now: Mode) -> str:
    """The key that leads to a mode from the present one."""
    if mode is Mode.HOLD:
        return "" if now is Mode.MANUAL else "H"
    if mode is Mode.AUTO:
        return "Space"
    return "Space" if now is Mode.AUTO else ""
