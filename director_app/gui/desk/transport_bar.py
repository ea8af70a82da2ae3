"""Record, marker, and the figures of the show along the foot of the window."""

from functools import partial

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from director_app.gui.desk.painted import Painted, presses
from director_app.gui.desk.spot import Spot
from director_app.gui.models.transport import Figure, TransportView
from director_app.gui.paint import Brush
from director_app.gui.plain import plain_tooltip
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale


class TransportBar(Painted):
    """A click does what the key does: commanded carries the command's name.

    Tab comes to the record button, and while recording to the marker.
    """

    commanded = Signal(str)
    background = tokens.PANEL

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(scale, parent)
        self.digits_only = False
        self._view: TransportView | None = None
        self._record, self._marker = QRectF(), QRectF()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.marker_spot = Spot("Marker", self)
        self.marker_spot.clicked.connect(partial(self.commanded.emit, "marker"))
        self.marker_spot.hide()

    def show_view(self, view: TransportView) -> None:
        """Repaints only what is new."""
        if view == self._view:
            return
        self._view = view
        state = "Stop recording? Shift+R says yes." if view.asked else "Recording." if view.recording else view.label
        self.name(f"{state} {', '.join(f'{each.caption} {each.value}' for each in view.figures)}")
        if self.accessibleDescription() != view.why_not:
            self.setAccessibleDescription(view.why_not)
        if self.marker_spot.isHidden() == view.recording:
            self.marker_spot.setVisible(view.recording)
        self.update()

    def event(self, event: QEvent) -> bool:
        """A button that cannot be pressed says why to whoever points at it."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            is_there = self._view is not None and self._record.contains(event.pos().toPointF())
            words = self._view.why_not if self._view is not None and is_there else ""
            QToolTip.showText(event.globalPos(), plain_tooltip(words), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The button that was hit."""
        if event.button() is not Qt.MouseButton.LeftButton or self._view is None:
            return
        if self._record.contains(event.position()):
            self._pressed_record(self._view)
        elif self._marker.contains(event.position()):
            self.commanded.emit("marker")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second half of a double click is no answer: it would stop the recording that it asked about."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter press the record button that has the focus."""
        if presses(event) and self._view is not None:
            self._pressed_record(self._view)
        else:
            super().keyPressEvent(event)

    def _pressed_record(self, view: TransportView) -> None:
        self.commanded.emit("yes, stop recording" if view.asked else "record or ask to stop")

    def draw(self, brush: Brush) -> None:
        """Buttons at the left, figures at the right."""
        view = self._view
        brush.line(0, 0.5, self.width(), 0.5, tokens.LINE)
        if view is None:
            return
        x = self._draw_record(brush, view) + self.scale.px(8)
        self._marker = QRectF()
        if view.recording:
            x = self._draw_marker(brush, x)
        self._draw_figures(brush, view.figures, x)
        self.marker_spot.lie_on(self._marker)
        if self.hasFocus():
            brush.focus_ring(self._record.adjusted(-2, -2, 2, 2))
        elif self.marker_spot.hasFocus():
            brush.focus_ring(self._marker.adjusted(-2, -2, 2, 2))

    def _button(self, x: float, width: float) -> QRectF:
        height = self.scale.px(40)
        return QRectF(x, (self.height() - height) / 2, width, height)

    def _draw_record(self, brush: Brush, view: TransportView) -> float:
        px = self.scale.px
        time = brush.width(view.time, Role.TIMECODE) + px(10) if view.time else 0
        cap = brush.key_cap_width(view.key)
        width = px(12 + 14 + 10) + brush.width(view.label, Role.VALUE) + px(10) + time + cap + px(12)
        self._record = area = self._button(px(12), width)
        self._draw_record_box(brush, view, area)
        middle, x = area.center().y(), area.x() + px(12)
        self._draw_lamp(brush, view, x, middle)
        x += px(24)
        ink = tokens.ON_LIGHT if view.asked else tokens.TEXT if view.enabled else tokens.TEXT_3
        brush.text(area.adjusted(x - area.x(), 0, 0, 0), view.label, Role.VALUE, ink)
        x += brush.width(view.label, Role.VALUE) + px(10)
        if view.time:
            brush.text(area.adjusted(x - area.x(), 0, 0, 0), view.time, Role.TIMECODE)
            x += time
        if view.asked:
            brush.key_cap(x, middle - px(10), view.key, tokens.ON_LIGHT, tokens.CONTROL)
        else:
            brush.key_cap(x, middle - px(10), view.key)
        return area.right()

    def _draw_record_box(self, brush: Brush, view: TransportView, area: QRectF) -> None:
        if view.asked:
            brush.box(area, tokens.LIGHT, None, tokens.RADIUS)
        elif view.recording:
            brush.box(area, tokens.AIR_TINT, tokens.AIR, tokens.RADIUS)
        else:
            brush.box(area, tokens.RAISED, None if view.enabled else tokens.LINE, tokens.RADIUS)

    def _draw_lamp(self, brush: Brush, view: TransportView, x: float, middle: float) -> None:
        size = self.scale.px(14)
        if view.asked:
            if not self.digits_only:
                brush.arc(QRectF(x, middle - size / 2, size, size), view.asked, tokens.ON_LIGHT, 2.5)
        elif view.recording:
            brush.lamp(x, middle - size / 2, size, tokens.AIR_LINE)
        else:
            brush.ring(x, middle - size / 2, size, tokens.AIR_LINE, 2)

    def _draw_marker(self, brush: Brush, x: float) -> float:
        px, cap = self.scale.px, brush.key_cap_width("M")
        width = px(12 + 16 + 8) + brush.width("Marker", Role.BODY) + px(12) + cap + px(12)
        self._marker = area = self._button(x, width)
        brush.box(area, tokens.RAISED, None, tokens.RADIUS)
        brush.icon("flag", area.x() + px(12), area.center().y() - px(8), tokens.TEXT)
        brush.text(area.adjusted(px(36), 0, 0, 0), "Marker", Role.BODY)
        brush.key_cap(area.right() - cap - px(12), area.center().y() - px(10), "M")
        return area.right() + px(8)

    def _draw_figures(self, brush: Brush, figures: tuple[Figure, ...], left: float) -> None:
        """From the right; the leftmost give way where there is no room."""
        px = self.scale.px
        x = float(self.width() - px(14))
        for figure in reversed(figures):
            width = max(brush.width(figure.value, Role.VALUE), brush.width(figure.caption, Role.CAPTION))
            if x - width - px(16) < left:
                return
            x -= width
            top = self.height() / 2 - px(18)
            if figure.warns:
                brush.box(
                    QRectF(x - px(10), top - px(4), width + px(20), px(44)), tokens.WARN_TINT, None, tokens.RADIUS
                )
            ink = tokens.WARN if figure.warns else tokens.TEXT
            brush.text(QRectF(x, top, width + 2, px(16)), figure.caption, Role.CAPTION, tokens.TEXT_2)
            brush.text(QRectF(x, top + px(16), width + 2, px(20)), figure.value, Role.VALUE, ink)
            x -= px(16)
            brush.line(x, top, x, top + px(36), tokens.LINE)
            x -= px(16)
