"""Strokes that every painted widget shares: boxes, flags, numbers, key caps, lamps and text with an ellipsis."""

import math
from collections.abc import Callable, Hashable
from functools import lru_cache, partial

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QRegion

from director_app.gui.theme import tokens
from director_app.gui.theme.boxes import draw_box
from director_app.gui.theme.icons import icon_picture
from director_app.gui.theme.type import Role, Scale

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter

_LARGEST_STAMP = 40_000
"""Square pixels of a box that is kept; larger ones are copied no faster than they are drawn."""


_RIGHT_TO_LEFT = "\u0590"
"""The first character of the first script that runs from right to left."""


@lru_cache(maxsize=64)
def colour_of(token: str) -> QColor:
    """A colour of tokens."""
    return QColor(token)


@lru_cache(maxsize=16)
def _one_line(align: Qt.AlignmentFlag) -> int:
    """Flags of drawText(): joining them each time costs as much as drawing a word."""
    return int(align | Qt.AlignmentFlag.AlignAbsolute) | int(Qt.TextFlag.TextSingleLine)


def veil(colour: tuple[int, int, int, float]) -> QColor:
    """A see-through fill of tokens."""
    red, green, blue, share = colour
    return QColor(red, green, blue, round(share * 255))


def _key(fill: str | QColor | None) -> Hashable:
    return fill.rgba() if isinstance(fill, QColor) else fill


class Brush:
    """A painter that knows the text scale. Use it within one paint event."""

    def __init__(self, painter: QPainter, scale: Scale, asked: QRegion | None = None) -> None:
        """asked: what must be painted; the rest is there already."""
        self.painter = painter
        self.scale = scale
        self._asked = asked
        self.smooth()

    def must_paint(self, area: QRect) -> bool:
        """Whether any of this area was asked for."""
        return self._asked is None or self._asked.intersects(area)

    def must_paint_beyond(self, area: QRect) -> bool:
        """Whether anything outside of this area was asked for."""
        return self._asked is None or not area.contains(self._asked.boundingRect())

    def smooth(self) -> None:
        """Edges between pixels, as everything is drawn unless it says otherwise."""
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def crisp(self) -> None:
        """Edges on whole pixels: frames around pictures."""
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def box(
        self,
        area: QRect | QRectF,
        fill: str | QColor | None,
        edge: str | None = None,
        radius: float = 0,
        width: float = 1,
    ) -> None:
        """A rounded box; the edge lies inside of the area."""
        box = QRectF(area)
        inside = None if fill is None else colour_of(fill) if isinstance(fill, str) else fill
        line = None if edge is None else colour_of(edge)
        if edge is None or box.width() * box.height() > _LARGEST_STAMP or box.isEmpty():
            draw_box(self.painter, box, inside, line, radius, width)
            return
        look = ("box", _key(inside), _key(line), radius, width)
        self._stamp(look, box, lambda brush, at: draw_box(brush.painter, at, inside, line, radius, width))

    def _stamp(self, look: Hashable, area: QRectF, draw: Callable[["Brush", QRectF], object]) -> None:
        """Something small that looks the same each time, drawn once and kept: curves cost more than all else.

        look: all that its looks depend on besides its size. draw: draws it into such an area with another brush.
        """
        ratio = self.painter.device().devicePixelRatio()
        # A margin of one pixel; and on whole pixels of the screen, else the copy would be a blurred one.
        x, y = (math.floor(value * ratio - 1) / ratio for value in (area.x(), area.y()))
        at = (round(area.x() - x, 3), round(area.y() - y, 3), area.width(), area.height())
        picture = self.scale.stamp((look, at, ratio), partial(self._draw_stamp, QRectF(*at), ratio, draw))
        self.painter.drawPixmap(QPointF(x, y), picture)

    def _draw_stamp(self, area: QRectF, ratio: float, draw: Callable[["Brush", QRectF], object]) -> QPixmap:
        picture = QPixmap(math.ceil(area.right() * ratio) + 1, math.ceil(area.bottom() * ratio) + 1)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        draw(Brush(painter, self.scale), area)
        painter.end()
        return picture

    def frame(self, area: QRect, colour: str, width: int) -> None:
        """A frame of whole pixels inside of an area: only those sides that were asked for."""
        left, right = area.x(), area.x() + area.width() - width
        top, bottom = area.y(), area.y() + area.height() - width
        sides = (
            QRect(left, top, area.width(), width),
            QRect(left, bottom, area.width(), width),
            QRect(left, top, width, area.height()),
            QRect(right, top, width, area.height()),
        )
        for side in sides:
            if self.must_paint(side):
                self.painter.fillRect(side, colour_of(colour))

    def line(
        self, x1: float, y1: float, x2: float, y2: float, colour: str | QColor, width: float = 1, dashed: str = ""
    ) -> None:
        """dashed: "" for a whole line, else "dash"."""
        pen = QPen(QColor(colour), width)
        if dashed:
            pen.setDashPattern([4, 3])
        self.painter.setPen(pen)
        self.painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))

    def text(
        self, area: QRect | QRectF, words: str, role: Role, colour: str = tokens.TEXT, align: Qt.AlignmentFlag = LEFT
    ) -> int:
        """One line, shortened with an ellipsis where it does not fit; returns its width."""
        box, room = QRectF(area), max(0, int(area.width()) + 1)
        shown = words
        if self.width(words, role) > room:
            shown = self.scale.metrics(role).elidedText(words, Qt.TextElideMode.ElideRight, room)
        self.painter.setFont(self.scale.font(role))
        self.painter.setPen(colour_of(colour))
        if max(shown, default="") >= _RIGHT_TO_LEFT:
            # It keeps its place, but its ellipsis belongs on its left.
            self.painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.painter.drawText(box, _one_line(align), shown)
        return self.width(shown, role)

    def figures(self, area: QRectF, words: str, role: Role, colour: str, align: Qt.AlignmentFlag) -> None:
        """Few characters that come again and again: each is drawn once and kept."""

        def draw(brush: Brush, at: QRectF) -> None:
            brush.text(at, words, role, colour, align)

        self._stamp(("figures", words, role, colour, align.value), area, draw)

    def width(self, words: str, role: Role) -> int:
        """Pixels that these words take."""
        return self.scale.width(words, role)

    def icon(self, name: str, x: float, y: float, colour: str, pixels: int = 16) -> None:
        """An icon with its upper left corner there."""
        ratio = self.painter.device().devicePixelRatio()
        self.painter.drawPixmap(QPointF(x, y), icon_picture(name, self.scale.px(pixels), colour, ratio))

    def flag(
        self, x: float, y: float, words: str, fill: str | QColor | None, ink: str, edge: str | None = None
    ) -> int:
        """A small label in capitals, 20 high; returns its width."""
        width = self.width(words, Role.FLAG) + self.scale.px(14)
        area = QRectF(x, y, width, self.scale.px(20))

        def draw(brush: Brush, at: QRectF) -> None:
            brush.box(at, fill, edge, tokens.RADIUS_SMALL, 1)
            brush.text(at, words, Role.FLAG, ink, CENTRE)

        self._stamp(("flag", words, _key(fill), ink, edge), area, draw)
        return width

    def next_flag(self, x: float, y: float, fill: str | QColor | None = None) -> int:
        """The flag of the camera that stands ready: a triangle and NEXT in a green frame."""
        px = self.scale.px
        width = self.width("NEXT", Role.FLAG) + px(28)

        def draw(brush: Brush, at: QRectF) -> None:
            brush.box(at, fill, tokens.NEXT, tokens.RADIUS_SMALL, 1)
            brush.triangle(at.x() + px(9), at.y() + px(6), px(6), px(8), tokens.NEXT)
            brush.text(at.adjusted(px(20), 0, 0, 0), "NEXT", Role.FLAG, tokens.NEXT)

        self._stamp(("next", _key(fill)), QRectF(x, y, width, px(20)), draw)
        return width

    def triangle(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Points to the right."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(colour))
        self.painter.drawPolygon([QPointF(x, y), QPointF(x + width, y + height / 2), QPointF(x, y + height)])

    def number(
        self,
        area: QRect | QRectF,
        number: int,
        fill: str | None,
        ink: str,
        edge: str | None = None,
        role: Role = Role.STRONG,
    ) -> None:
        """The number of a camera in a box."""
        self.box(area, fill, edge, tokens.RADIUS_SMALL, 1)
        self.text(area, str(number), role, ink, CENTRE)

    def key_cap_width(self, words: str) -> int:
        """Of key_cap()."""
        return max(self.scale.px(20), self.width(words, Role.CAPTION) + self.scale.px(12))

    def key_cap(self, x: float, y: float, words: str, ink: str = tokens.TEXT_2, fill: str = tokens.PRESSED) -> int:
        """A key as the keyboard shows it, 20 high; returns its width."""
        area = QRectF(x, y, self.key_cap_width(words), self.scale.px(20))
        self.box(area, fill, tokens.ON_LIGHT if fill == tokens.LIGHT else None, tokens.RADIUS_SMALL)
        self.text(area, words, Role.CAPTION, ink, CENTRE)
        return round(area.width())

    def lamp(self, x: float, y: float, pixels: float, colour: str) -> None:
        """Filled: own speech."""

        def draw(brush: Brush, at: QRectF) -> None:
            brush.painter.setPen(Qt.PenStyle.NoPen)
            brush.painter.setBrush(colour_of(colour))
            brush.painter.drawEllipse(at)

        self._stamp(("lamp", colour), QRectF(x, y, pixels, pixels), draw)

    def ring(self, x: float, y: float, pixels: float, colour: str, width: float = 1.5) -> None:
        """Open: no own speech."""
        inset = width / 2

        def draw(brush: Brush, at: QRectF) -> None:
            brush.painter.setPen(QPen(colour_of(colour), width))
            brush.painter.setBrush(Qt.BrushStyle.NoBrush)
            brush.painter.drawEllipse(at.adjusted(inset, inset, -inset, -inset))

        self._stamp(("ring", colour, width), QRectF(x, y, pixels, pixels), draw)

    def countdown(self, area: QRectF, share: float | None, words: str) -> None:
        """What is left of a time in words, and around them: a full ring at 1, nothing at 0, running down clockwise.

        share: in few steps, because each is kept; None for the words alone.
        """

        def draw(brush: Brush, at: QRectF) -> None:
            if share is not None:
                brush.arc(at.adjusted(1, 1, -1, -1), share, tokens.ON_LIGHT)
            brush.text(at, words, Role.CAPTION, tokens.ON_LIGHT, CENTRE)

        self._stamp(("countdown", share, words), area, draw)

    def arc(self, area: QRectF, share: float, colour: str, width: float = 2) -> None:
        """What is left of a time: a full ring at 1, nothing at 0, running down clockwise from the top."""
        self.painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawArc(area, 90 * 16, round(360 * 16 * max(0.0, min(1.0, share))))

    def focus_ring(self, area: QRect | QRectF) -> None:
        """Around whatever Tab has reached."""
        self.box(area, None, tokens.LIGHT, tokens.RADIUS, tokens.FOCUS_WIDTH)
