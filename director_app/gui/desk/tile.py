"""One camera: picture, tally, badge; number, name, frame rate and the meter of its person underneath."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from director_app.core.sources import SourceState
from director_app.gui.desk.painted import Painted, presses
from director_app.gui.desk.picture import Picture, fitted
from director_app.gui.meter_bar import draw_meter
from director_app.gui.models.meter import MeterView
from director_app.gui.models.tiles import TileView
from director_app.gui.paint import CENTRE, RIGHT, Brush, veil
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale


@dataclass(frozen=True, slots=True)
class _Places:
    """Where everything stands, worked out once for a size: a tile is painted fifteen times a second.

    strip: what stands under the picture: number, name, row. row: of the meter, all that moves while nothing happens.
    None of these three covers another, and name and row leave the frame alone.
    """

    room: QRect
    picture: QRect
    strip: QRect
    number: QRect
    name: QRect
    row: QRect


def _places(width: int, height: int, strip_height: int, plate: int) -> _Places:
    top, half = height - strip_height, strip_height // 2
    room, strip = QRect(0, 0, width, top), QRect(0, top, width, strip_height)
    return _Places(
        room=room,
        picture=fitted(room.adjusted(1, 1, -1, 0)),
        strip=strip,
        number=QRect(0, top, plate, strip_height),
        name=strip.adjusted(plate, 4, -4, half - strip_height),
        row=strip.adjusted(plate, half, -4, -4),
    )


class CameraTile(Painted):
    """A click takes its camera, as its key does. The frame may cover three pixels of the picture."""

    taken = Signal(int)
    background = tokens.PANEL

    def __init__(self, scale: Scale, picture: Picture, parent: QWidget | None = None) -> None:
        super().__init__(scale, parent)
        self.picture = picture
        self._strip_height = 48
        self._at = _places(self.width(), self.height(), self._strip_height, scale.px(40))
        self._view: TileView | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def strip_height(self) -> int:
        """Pixels under the picture."""
        return self._strip_height

    @strip_height.setter
    def strip_height(self, pixels: int) -> None:
        self._strip_height = pixels
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts everything in place."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        self._at = _places(self.width(), self.height(), self._strip_height, self.scale.px(40))

    def pull(self) -> None:
        """Fetches the newest picture."""
        area = self._at.picture
        if self._view is not None and self.picture.pull(self._view.camera, area, self.devicePixelRatioF()):
            self.update(area)

    def show_view(self, view: TileView) -> None:
        """Repaints what is new: all of it, or the meter and what stands beside the name alone."""
        before, self._view = self._view, view
        if before == view:
            return
        if before is None or _without_meter(before) != _without_meter(view):
            self.name(view.spoken)
            self.update()
            return
        self.update(self._at.row)
        if before.detail != view.detail:
            self.name(view.spoken)
            self.update(self._at.name)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes the camera."""
        if event.button() is Qt.MouseButton.LeftButton and self._view is not None:
            self.taken.emit(self._view.number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter take the camera that has the focus."""
        if presses(event) and self._view is not None:
            self.taken.emit(self._view.number)
        else:
            super().keyPressEvent(event)

    def covered(self) -> QRect:
        """The picture."""
        return QRect() if self._view is None else self._at.picture

    def draw(self, brush: Brush) -> None:
        """Picture, strip, and the frame over both."""
        view = self._view
        if view is None:
            return
        if brush.must_paint(self._at.room):
            self._draw_picture(brush, view)
        self._draw_strip(brush, view)
        self._draw_frame(brush, view)

    def _draw_picture(self, brush: Brush, view: TileView) -> None:
        self.picture.paint(brush.painter, self._at.picture)
        if view.state is SourceState.LOST:
            brush.painter.fillRect(self._at.picture, veil(tokens.LOST_VEIL))
        self._draw_flag(brush, view)
        if view.badge:
            self._draw_badge(brush, view.badge)

    def _draw_flag(self, brush: Brush, view: TileView) -> None:
        at = self.scale.px(9)
        if view.on_air:
            brush.flag(at, at, "ON AIR", tokens.AIR, tokens.WHITE)
        elif view.program:
            brush.flag(at, at, "PROGRAM", tokens.LIGHT, tokens.ON_LIGHT)
        elif view.next:
            brush.next_flag(at, at, veil(tokens.PLATE_VEIL))

    def _draw_badge(self, brush: Brush, words: str) -> None:
        px, picture = self.scale.px, self._at.picture
        bar = QRectF(px(9), picture.bottom() - px(32), self.width() - px(18), px(24))
        brush.box(bar, tokens.WARN, None, tokens.RADIUS_SMALL)
        brush.icon("camera-lost", bar.x() + px(8), bar.y() + px(4), tokens.ON_LIGHT)
        brush.text(bar.adjusted(px(30), 0, -px(4), 0), words, Role.STRONG, tokens.ON_LIGHT)

    def _draw_strip(self, brush: Brush, view: TileView) -> None:
        px, strip = self.scale.px, QRectF(self._at.strip)
        left, right = strip.x() + px(49), strip.right() - px(8)
        half = strip.height() / 2
        if brush.must_paint(self._at.number):
            self._draw_plate(brush, view, strip)
        if brush.must_paint(self._at.name):
            self._draw_name(brush, view, QRectF(left, strip.y() + px(3), right - left, half - px(2)))
        if not brush.must_paint(self._at.row):
            return
        lower = QRectF(left, strip.y() + half, right - left, half - px(3))
        if view.meter is None:
            brush.text(lower, view.note, Role.CAPTION, tokens.TEXT_2)
        else:
            self._draw_meter(brush, view, view.meter, lower)

    def _draw_plate(self, brush: Brush, view: TileView, strip: QRectF) -> None:
        px = self.scale.px
        plate = QRectF(strip.x(), strip.y(), px(40), strip.height())
        fill, ink = self._plate(view)
        brush.painter.fillRect(plate, fill)
        brush.text(plate, str(view.number), Role.TITLE, ink, CENTRE)
        if view.state is SourceState.LOST:
            brush.line(plate.left() + 2, plate.top() + 2, plate.right() - 2, plate.bottom() - 2, tokens.TEXT_3, 1.5)

    def _plate(self, view: TileView) -> tuple[str, str]:
        if view.on_air:
            return tokens.AIR, tokens.WHITE
        if view.program:
            return tokens.LIGHT, tokens.ON_LIGHT
        if view.state is SourceState.LOST:
            return tokens.RAISED, tokens.TEXT_3
        return tokens.RAISED, tokens.NEXT if view.next else tokens.TEXT

    def _draw_name(self, brush: Brush, view: TileView, line: QRectF) -> None:
        px = self.scale.px
        colour = tokens.WARN if view.detail_warns else tokens.TEXT_2
        detail = brush.width(view.detail, Role.CAPTION)
        brush.text(line.adjusted(line.width() - detail - 1, 0, 1, 0), view.detail, Role.CAPTION, colour, RIGHT)
        taken = brush.text(line.adjusted(0, 0, -detail - px(8), 0), view.label, Role.BODY)
        if view.warning:
            x = line.x() + taken + px(8)
            brush.icon("warning", x, line.y() + px(3), tokens.WARN)
            room = QRectF(x + px(20), line.y(), line.right() - detail - px(8) - x - px(20), line.height())
            brush.text(room, view.warning, Role.CAPTION, tokens.WARN)

    def _draw_meter(self, brush: Brush, view: TileView, meter: MeterView, line: QRectF) -> None:
        px, middle = self.scale.px, line.center().y()
        colour = tokens.camera_colour(view.number) if view.speaks else tokens.CONTROL
        lamp = px(11)
        if view.speaks:
            brush.lamp(line.x(), middle - lamp / 2, lamp, colour)
        else:
            brush.ring(line.x(), middle - lamp / 2, lamp, tokens.CONTROL)
        words_width = px(50) if meter.silent else px(32)
        bar = QRectF(line.x() + px(18), middle - px(4), line.width() - px(18) - words_width, px(8))
        draw_meter(brush, bar, meter, colour)
        warns = meter.clipped or meter.silent
        words = QRectF(bar.right(), line.y(), words_width, line.height())
        brush.figures(words, meter.words, Role.CAPTION, tokens.WARN if warns else tokens.TEXT_2, RIGHT)

    def _draw_frame(self, brush: Brush, view: TileView) -> None:
        area = self.rect()
        if view.on_air:
            brush.frame(area, tokens.AIR, 3)
        elif view.program:
            brush.frame(area, tokens.LIGHT, 2)
        else:
            brush.frame(area, tokens.EDGE, 1)
            if view.next:
                _corners(brush, area, self.scale.px(22))
        if self.hasFocus():
            brush.focus_ring(area.adjusted(4, 4, -4, -4))


def _corners(brush: Brush, area: QRect, size: int) -> None:
    """Four corners, 3 thick: told apart from a frame without colour, too."""
    thick, right, bottom = 3, area.x() + area.width(), area.y() + area.height()
    for x in (area.x(), right - size):
        for y in (area.y(), bottom - thick):
            brush.painter.fillRect(QRect(x, y, size, thick), tokens.NEXT)
    for x in (area.x(), right - thick):
        for y in (area.y(), bottom - size):
            brush.painter.fillRect(QRect(x, y, thick, size), tokens.NEXT)


def _without_meter(view: TileView) -> object:
    return (view.number, view.label, view.on_air, view.program, view.next, view.state, view.badge, view.warning)
