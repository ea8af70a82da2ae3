"""Icons: line drawings of resources/icons in any colour and size, drawn once and kept."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from director_app.session.resources import resource


@lru_cache(maxsize=256)
def icon_picture(name: str, pixels: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """resources/icons/<name>.svg as a square of so many device-independent pixels. Raises FileNotFoundError."""
    drawing = resource("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    picture = QPixmap(round(pixels * ratio), round(pixels * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return picture


def icon(name: str, colour: str, pixels: int = 16) -> QIcon:
    """For buttons; sharp on screens of twice the resolution, too."""
    made = QIcon(icon_picture(name, pixels, colour))
    made.addPixmap(icon_picture(name, pixels, colour, 2.0))
    return made
