"""Rounded boxes, drawn once and kept: their edges cost more than everything else in a small panel."""

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

LARGEST = 40_000
"""Square pixels of a box that is kept; larger ones are copied no faster than they are drawn."""


def draw_box(
    painter: QPainter, area: QRectF, fill: QColor | None, edge: QColor | None, radius: float, width: float
) -> None:
    """The edge lies inside of the area."""
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(area, radius, radius)
        return
    pen = QPen(edge, width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    inset = width / 2
    painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), radius, radius)


@lru_cache(maxsize=256)
def box_picture(
    area: tuple[float, float, float, float],
    fill: int | None,
    edge: int | None,
    radius: float,
    width: float,
    ratio: float,
) -> QPixmap:
    """area: x and y within a pixel, width, height. fill, edge: QColor.rgba(). A margin of one pixel is around it."""
    x, y, across, down = area
    picture = QPixmap(round((across + 3) * ratio), round((down + 3) * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inside, line = (None if each is None else QColor.fromRgba(each) for each in (fill, edge))
    draw_box(painter, QRectF(1 + x, 1 + y, across, down), inside, line, radius, width)
    painter.end()
    return picture
