"""Tells still and dark pictures from live ones, from a handful of pixels of each. Decides nothing."""

import numpy as np
from numpy.typing import NDArray

_STEP = 16
_DARK_LUMA = 32
_BRIGHT_SHARE = 0.01


class PictureWatch:
    """Looks at every picture of one camera; times in seconds on one clock."""

    def __init__(self) -> None:
        self._thumb: NDArray[np.uint8] | None = None
        self._still_since_s: float | None = None
        self._dark_since_s: float | None = None

    def look(self, luma: NDArray[np.uint8], now_s: float) -> None:
        """luma: shape (height, width), limited range."""
        thumb = luma[_STEP // 2 :: _STEP, _STEP // 2 :: _STEP].copy()
        same = self._thumb is not None and np.array_equal(thumb, self._thumb)
        self._thumb = thumb
        if not same:
            self._still_since_s = now_s
        dark = np.count_nonzero(thumb > _DARK_LUMA) <= thumb.size * _BRIGHT_SHARE
        if not dark:
            self._dark_since_s = None
        elif self._dark_since_s is None:
            self._dark_since_s = now_s

    def still_s(self, now_s: float) -> float:
        """How long the pictures have been identical."""
        return 0.0 if self._still_since_s is None else now_s - self._still_since_s

    def dark_s(self, now_s: float) -> float:
        """How long the pictures have been dark."""
        return 0.0 if self._dark_since_s is None else now_s - self._dark_since_s
