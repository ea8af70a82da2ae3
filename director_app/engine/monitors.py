"""Pictures for windows: the newest picture of a camera at the size in which it is shown.

Scaling of the three planes, then one conversion: the cheapest way measured. Must not touch what is recorded.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from director_app.core.sources import CameraId
from director_app.media.frame import Frame
from director_app.media.shelf import FrameShelf

Bgra = NDArray[np.uint8]
"""Shape (height, width, 4), uint8, blue green red 255."""


@dataclass(frozen=True, slots=True)
class MonitorPicture:
    """One picture to paint. arrived_ns: time.perf_counter_ns when the camera gave it."""

    pixels: Bgra
    arrived_ns: int


class Monitor:
    """One place in a window that shows a camera. One thread; the pixels are valid until the next look with news."""

    def __init__(self, shelves: Callable[[], Mapping[CameraId, FrameShelf]]) -> None:
        """shelves: of the cameras there are now; asked at every look, because a show may change under a window."""
        self._shelves = shelves
        self._shown: Frame | None = None
        self._size = (0, 0)
        self._planes: tuple[NDArray[np.uint8], Bgra] | None = None

    def look(self, camera: CameraId, width: int, height: int) -> MonitorPicture | None:
        """The newest picture in this size, rounded up to even pixels; None: nothing new since the last look."""
        shelf = self._shelves().get(camera)
        frame = None if shelf is None else shelf.newest()
        size = (max(2, width + width % 2), max(2, height + height % 2))
        if frame is None or (frame is self._shown and size == self._size):
            return None
        if size != self._size or self._planes is None:
            self._size = size
            self._planes = (
                np.empty((size[1] * 3 // 2, size[0]), np.uint8),
                np.empty((size[1], size[0], 4), np.uint8),
            )
        small, pixels = self._planes
        _scale(frame.picture, small, size)
        cv2.cvtColor(small, cv2.COLOR_YUV2BGRA_I420, dst=pixels)
        self._shown = frame
        return MonitorPicture(pixels, frame.arrived_ns)


def _scale(picture: NDArray[np.uint8], small: NDArray[np.uint8], size: tuple[int, int]) -> None:
    """I420 to I420; the chroma planes lie one after the other behind the luma plane."""
    width, height = size
    full_width, full_height = picture.shape[1], picture.shape[0] * 2 // 3
    cv2.resize(picture[:full_height], (width, height), dst=small[:height], interpolation=cv2.INTER_LINEAR)
    chroma = picture[full_height:].reshape(2, full_height // 2, full_width // 2)
    out = small[height:].reshape(2, height // 2, width // 2)
    for plane in (0, 1):
        # Colour has half the resolution already; the eye does not see which of two neighbours it came from.
        cv2.resize(chroma[plane], (width // 2, height // 2), dst=out[plane], interpolation=cv2.INTER_NEAREST)
