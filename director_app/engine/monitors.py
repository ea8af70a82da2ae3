"""Pictures for windows: the newest picture of a camera at the size in which it is shown.

Scaling of the three planes, then one conversion: the cheapest way measured. Must not touch what is recorded, and must
not keep a window's thread: what it will ask for is scaled just before, by a thread that waits (`monitors_ahead`). The
conversion is left to the window: it brings the picture to where it is shown, and saves copying it there.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from director_app.core.sources import CameraId
from director_app.engine.monitors_ahead import Ahead
from director_app.media.frame import Frame
from director_app.media.shelf import FrameShelf

Bgra = NDArray[np.uint8]
"""Shape (height, width, 4), uint8, blue green red 255."""

_LEAD_NS = 12_000_000
"""A picture is scaled so long before it will be asked for: the thread may have to wait for a core and its turn."""

_LONGEST_GAP_NS = 100_000_000
"""Who asks less often gets the newest picture when he asks: what was made for him before may be minutes old."""


@dataclass(frozen=True, slots=True)
class MonitorPicture:
    """One picture to paint, in I420 of shape (height * 3 / 2, width). arrived_ns: time.perf_counter_ns when the
    camera gave it.
    """

    planes: NDArray[np.uint8]
    arrived_ns: int

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width."""
        height, width = self.planes.shape
        return height * 2 // 3, width

    def draw_onto(self, pixels: Bgra) -> None:
        """pixels: of this height and width; may be a part of something larger."""
        cv2.cvtColor(self.planes, cv2.COLOR_YUV2BGRA_I420, dst=pixels)

    @property
    def pixels(self) -> Bgra:
        """In memory of its own."""
        pixels: Bgra = np.empty((*self.shape, 4), np.uint8)
        self.draw_onto(pixels)
        return pixels


@dataclass(frozen=True, slots=True)
class _Wanted:
    camera: CameraId
    width: int
    height: int

    def planes(self) -> NDArray[np.uint8]:
        """To make such a picture in."""
        return np.empty((self.height * 3 // 2, self.width), np.uint8)


@dataclass(slots=True)
class _Order:
    """What the next look will find. shown: the picture that need not be made again."""

    wanted: _Wanted
    planes: NDArray[np.uint8]
    shown: Frame | None
    made: Frame | None = None
    done: bool = False


class Monitor:
    """One place in a window that shows a camera. One thread; a picture is valid until the next look with news."""

    def __init__(self, shelves: Callable[[], Mapping[CameraId, FrameShelf]], ahead: Ahead | None = None) -> None:
        """shelves: of the cameras there are now; asked for every picture, because a show may change under a window.

        ahead: who makes the next picture before it is asked for; without it each is made when it is asked for.
        """
        self._shelves = shelves
        self._ahead = ahead
        self._order: _Order | None = None
        self._painted: NDArray[np.uint8] | None = None
        self._looked_ns = 0

    def look(self, camera: CameraId, width: int, height: int) -> MonitorPicture | None:
        """The newest picture in this size, rounded up to even pixels; None: nothing new since the last look."""
        wanted = _Wanted(camera, max(2, width + width % 2), max(2, height + height % 2))
        now_ns = time.perf_counter_ns()
        gap_ns, self._looked_ns = now_ns - self._looked_ns, now_ns
        order = self._order
        if order is None or order.wanted != wanted or gap_ns > _LONGEST_GAP_NS:
            # Somebody else may still be making what is wanted no longer, so that its buffers are left to him.
            shown = order.shown if order is not None and order.wanted == wanted else None
            order = _Order(wanted, wanted.planes(), shown)
            self._make(order)
        elif not order.done:
            if self._ahead is not None and self._ahead.serves:
                return None
            self._make(order)
        found, spare, shown = None, order.planes, order.shown
        if order.made is not None:
            found = MonitorPicture(order.planes, order.made.arrived_ns)
            before, self._painted, shown = self._painted, order.planes, order.made
            spare = before if before is not None and before.shape == order.planes.shape else wanted.planes()
        self._order = _Order(wanted, spare, shown)
        if self._ahead is not None:
            self._ahead.at(now_ns + min(gap_ns, _LONGEST_GAP_NS) - _LEAD_NS, partial(self._make, self._order))
        return found

    def _make(self, order: _Order) -> None:
        """Nothing, if there is no picture or no other than before."""
        shelf = self._shelves().get(order.wanted.camera)
        frame = None if shelf is None else shelf.newest()
        if frame is not None and frame is not order.shown:
            _scale(frame.picture, order.planes, (order.wanted.width, order.wanted.height))
            order.made = frame
        order.done = True


def _scale(picture: NDArray[np.uint8], small: NDArray[np.uint8], size: tuple[int, int]) -> None:
    """I420 to I420; the chroma planes lie one after the other behind the luma plane."""
    width, height = size
    full_height = picture.shape[0] * 2 // 3
    # Lines that are far more than are shown are left out first: reading them would take half of the time.
    lines = picture[: full_height : max(1, full_height // height)]
    cv2.resize(lines, (width, height), dst=small[:height], interpolation=cv2.INTER_LINEAR)
    # Colour has half the resolution already; the eye does not see which of two neighbours it came from. Both planes
    # in one go: each half of the lines comes from one of them.
    chroma, out = picture[full_height:].reshape(full_height, -1), small[height:].reshape(height, width // 2)
    if chroma.shape[1] % 2 == out.shape[1] % 2 == 0:
        # Two neighbours at a time: for such pairs OpenCV has a way that takes half as long.
        chroma, out = chroma.view(np.uint16), out.view(np.uint16)
    cv2.resize(chroma, (out.shape[1], height), dst=out, interpolation=cv2.INTER_NEAREST)
