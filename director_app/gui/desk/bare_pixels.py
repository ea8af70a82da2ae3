"""The pixels that a painter paints on, for what brings its own colours: a picture is made there at once.

Painting an image copies it: for a large picture thirty times a second that costs more than making it. Must not write
where the painter would not.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter, QRegion

_OPAQUE = frozenset({QImage.Format.Format_RGB32, QImage.Format.Format_ARGB32_Premultiplied})
"""Blue, green, red and, where it counts, 255."""


def bare_pixels(painter: QPainter, area: QRect) -> NDArray[np.uint8] | None:
    """Shape (height, width, 4), uint8, to be written while nothing else is painted.

    None where the painter does not paint on plain memory, not all of the area would be painted, or the area does not
    lie on whole pixels.
    """
    device = painter.paintEngine().paintDevice()
    if not isinstance(device, QImage) or device.format() not in _OPAQUE or painter.hasClipping():
        return None
    exact = painter.deviceTransform().mapRect(QRectF(area))
    place = exact.toRect()
    if exact != QRectF(place) or not device.rect().contains(place):
        return None
    clip = painter.paintEngine().systemClip()
    if not clip.isEmpty() and not QRegion(place).subtracted(clip).isEmpty():
        return None
    rows = np.frombuffer(device.bits(), np.uint8).reshape(device.height(), device.bytesPerLine())
    left, right = 4 * place.x(), 4 * (place.x() + place.width())
    return rows[place.y() : place.y() + place.height(), left:right].reshape(place.height(), place.width(), 4)
