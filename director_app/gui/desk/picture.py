"""A camera's picture at the size in which it is shown. Pulls the newest when asked; never keeps the GUI waiting."""

import time

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from director_app.core.sources import CameraId
from director_app.engine.monitors import Monitor, MonitorPicture
from director_app.gui.desk.bare_pixels import bare_pixels
from director_app.gui.theme import tokens

_SHAPE = 16 / 9


def fitted(area: QRect) -> QRect:
    """The largest rectangle of about 16:9 in the middle of an area, to a few pixels; to the left and above it may
    reach a pixel beyond.

    Even in place, and in size a multiple of four: in a widget at an even place that is an even number of whole pixels
    on a screen of 150 %, too, and monitors scale to it with the least work.
    """
    width = min(area.width(), round(area.height() * _SHAPE)) // 4 * 4
    height = min(area.height(), round(width / _SHAPE)) // 4 * 4
    left, top = area.x() + (area.width() - width) // 2, area.y() + (area.height() - height) // 2
    return QRect(left // 2 * 2, top // 2 * 2, width, height)


class Picture:
    """The newest picture of one camera. age_ms: how old it was when it was painted last."""

    def __init__(self, monitor: Monitor) -> None:
        self._monitor = monitor
        self._found: MonitorPicture | None = None
        self._camera: CameraId | None = None
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
        if found is not None or changed:
            # Nothing is better than the picture of another camera.
            self._found = found
            return True
        return False

    def paint(self, painter: QPainter, area: QRect) -> None:
        """Draws it there; a black area before the first picture."""
        if self._found is None:
            painter.fillRect(area, QColor(tokens.WINDOW))
            return
        self._draw(painter, area, self._found)
        if self._found.arrived_ns != self._painted_ns:
            self._painted_ns = self._found.arrived_ns
            self.age_ms = (time.perf_counter_ns() - self._found.arrived_ns) / 1e6

    def _draw(self, painter: QPainter, area: QRect, found: MonitorPicture) -> None:
        """Where it is shown; where that cannot be, as an image that is painted, which takes half as long again."""
        bare = bare_pixels(painter, area)
        if bare is not None and bare.shape[:2] == found.shape:
            found.draw_onto(bare)
            return
        pixels = found.pixels
        height, width = found.shape
        painter.drawImage(area, QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB32))
