"""Samples that were cut off: at full scale, or at a ceiling below it, as when a preamp gave up before the converter.

Resampling bends the flat tops a little, so no run of equal samples is looked for but a heap in the histogram: speech
grows rarer towards its peaks, and what is cut off heaps up just there.
"""

import numpy as np
from numpy.typing import NDArray

from director_app.media.sound.packets import FULL_SCALE, Pcm24

_BINS = 1024
_PER_BIN = FULL_SCALE // _BINS
_FULL = round(0.999 * FULL_SCALE)
_LOUD_BIN = _BINS // 10
"""Softer ceilings are none; what is set so low is told of as that."""

_WIDTH = 0.04
_LEAST_IN_HEAP = 50
_HEAP = 2.0


class Clipping:
    """Counts of every microphone's absolute sample values."""

    def __init__(self, microphones: int) -> None:
        self._counts = np.zeros((microphones, _BINS), np.int64)
        self._full = np.zeros(microphones, np.int64)

    def hear(self, samples: Pcm24) -> None:
        """samples: shape (microphones, any)."""
        sizes = np.abs(samples)
        self._full += (sizes >= _FULL).sum(axis=1)
        for row, bins in enumerate(np.minimum(sizes // _PER_BIN, _BINS - 1)):
            self._counts[row] += np.bincount(bins, minlength=_BINS)

    def clipped(self) -> NDArray[np.int64]:
        """Samples of each microphone that were cut off."""
        heaps = np.array([_heaped(counts) for counts in self._counts], np.int64)
        return np.maximum(self._full, heaps)


def _heaped(counts: NDArray[np.int64]) -> int:
    """Samples in and above a heap in the upper half of a histogram; 0 where it only falls."""
    below = np.concatenate([[0], np.cumsum(counts)])
    highest = int(np.flatnonzero(counts)[-1]) if counts.any() else 0
    for top in range(max(_LOUD_BIN, highest // 2), highest + 1):
        width = max(2, round(_WIDTH * top))
        heap = below[top + 1] - below[top + 1 - width]
        beside = (below[top + 1 - width] - below[top + 1 - 3 * width]) / 2
        if heap >= _LEAST_IN_HEAP and heap > _HEAP * beside:
            return int(below[-1] - below[top + 1 - width])
    return 0
