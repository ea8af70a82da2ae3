"""A camera's picture at the size in which it is shown. Pulls the newest when asked; never keeps the GUI waiting."""

import time

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from director_app.core.sources import CameraId
from director_app.engine.monitors import Bgra, Monitor
from director_app.gui.theme import tokens

_SHAPE = 16 / 9


def fitted(area: QRect) -> QRect:
    """The largest 16:9 rectangle in the middle of an area, of even size: such a picture is copied as it is."""
    width = min(area.width(), round(area.height() * _SHAPE)) // 2 * 2
    height = min(area.height(), round(width / _SHAPE)) // 2 * 2
    return QRect(area.x() + (area.width() - width) // 2, area.y() + (area.height() - height) // 2, width, height)


class Picture:
    """The newest picture of one camera as an image. age_ms: how old it was when it was painted last."""

    def __init__(self, monitor: Monitor) -> None:
        self._monitor = monitor
        self._image: QImage | None = None
        self._pixels: Bgra | None = None
        self._camera: CameraId | None = None
        self._arrived_ns = 0
        self._painted_ns = 0
        self.age_ms: float | None = None

    def pull(self, camera: CameraId, area: QRect, ratio: float) -> bool:
        """Fetches the newest picture for an area of device-independent pixels. True: something must be painted."""
        changed = camera != self._camera
        self._camera = camera
        width, height = round(area.width() * ratio), round(area.height() * ratio)
        if width < 2 or height < 2:
            return changed
        found = self._monitor.look(camera, width, height)
        if found is None:
            if changed:
                # Nothing is better than the picture of another camera.
                self._image = self._pixels = None
            return changed
        pixels = found.pixels
        self._pixels = pixels  # QImage does not keep what it shows
        self._image = QImage(
            pixels.data, pixels.shape[1], pixels.shape[0], pixels.strides[0], QImage.Format.Format_RGB32
        )
        self._arrived_ns = found.arrived_ns
        return True

    def paint(self, painter: QPainter, area: QRect) -> None:
        """Draws it there; a black area before the first picture."""
        if self._image is None:
            painter.fillRect(area, QColor(tokens.WINDOW))
            return
        if self._image.size() == area.size():
            painter.drawImage(area.topLeft(), self._image)
        else:
            painter.drawImage(area, self._image)
        if self._arrived_ns != self._painted_ns:
            self._painted_ns = self._arrived_ns
            self.age_ms = (time.perf_counter_ns() - self._arrived_ns) / 1e6
