"""Picture buffers that are used again and again: a fresh 3 MB array costs three times the work done in it."""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from director_app.core.canvas import Canvas

I420 = NDArray[np.uint8]
"""Shape (height * 3 / 2, width), uint8, planes Y U V, limited range."""


class Frame:
    """One picture on loan from its pool; the buffer goes home when the last reference is dropped."""

    __slots__ = ("_home", "arrived_ns", "picture")

    def __init__(self, picture: I420, home: deque[I420]) -> None:
        self.picture = picture
        self.arrived_ns = 0
        self._home = home

    def __del__(self) -> None:
        """Gives the buffer back; safe on any thread because deque.append is atomic."""
        self._home.append(self.picture)


class FramePool:
    """Lends I420 buffers of one canvas; grows to what is in flight at once and never shrinks."""

    def __init__(self, canvas: Canvas) -> None:
        self._shape = (canvas.height * 3 // 2, canvas.width)
        self._free: deque[I420] = deque()
        self.made = 0

    def lend(self) -> Frame:
        """A frame whose content is whatever was there before."""
        try:
            picture = self._free.pop()
        except IndexError:
            picture = np.empty(self._shape, np.uint8)
            self.made += 1
        return Frame(picture, self._free)


def black_picture(canvas: Canvas) -> I420:
    """A new black picture: Y 16, U and V 128."""
    picture = np.full((canvas.height * 3 // 2, canvas.width), 128, np.uint8)
    picture[: canvas.height] = 16
    return picture
