"""A camera's picture at the size in which it is shown. Pulls the newest when asked; never keeps the GUI waiting."""

import time

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from director_app.core.sources import CameraId
from director_app.engine.monitors import Bgra, Monitor
from director_app.gui.theme import tokens

_SHAPE = 16 / 9
_MOST_BUFFERS = 3
"""A monitor has two, and new ones for another size."""


def fitted(area: QRect) -> QRect:
    """The largest 16:9 rectangle in the middle of an area.

    Of even size: such a picture is copied as it is; and of a width that monitors scale to with the least work.
    """
    width = min(area.width(), round(area.height() * _SHAPE)) // 4 * 4
    height = min(area.height(), round(width / _SHAPE)) // 2 * 2
    return QRect(area.x() + (area.width() - width) // 2, area.y() + (area.height() - height) // 2, width, height)


class Picture:
    """The newest picture of one camera as an image. age_ms: how old it was when it was painted last."""

    def __init__(self, monitor: Monitor) -> None:
        self._monitor = monitor
        self._image: QImage | None = None
        # QImage does not keep what it shows; and a monitor fills the same few buffers again and again.
        self._images: dict[int, tuple[Bgra, QImage]] = {}
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
                self._image = None
            return changed
        self._image = self._image_of(found.pixels)
        self._arrived_ns = found.arrived_ns
        return True

    def _image_of(self, pixels: Bgra) -> QImage:
        known = self._images.get(id(pixels))
        if known is None:
            if len(self._images) >= _MOST_BUFFERS:
                self._images.clear()
            height, width = pixels.shape[:2]
            image = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB32)
            known = self._images[id(pixels)] = (pixels, image)
        return known[1]

    def paint(self, painter: QPainter, area: QRect) -> None:
        """Draws it there; a black area before the first picture."""
        if self._image is None:
            painter.fillRect(area, QColor(tokens.WINDOW))
            return
        if self._image.width() == area.width() and self._image.height() == area.height():
            painter.drawImage(area.x(), area.y(), self._image)
        else:
            painter.drawImage(area, self._image)
        if self._arrived_ns != self._painted_ns:
            self._painted_ns = self._arrived_ns
            self.age_ms = (time.perf_counter_ns() - self._arrived_ns) / 1e6
