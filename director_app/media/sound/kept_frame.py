"""An audio frame that is filled again and again: making a new one costs as much as encoding it.

For encoders that have taken the samples when they return, as those of AAC and FLAC do. Must not know of any encoder.
"""

from fractions import Fraction
from typing import Any

import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from director_app.core.canvas import SAMPLE_RATE

_TIME_BASE = Fraction(1, SAMPLE_RATE)


class KeptFrame:
    """planes: what to fill, one array of shape (samples,) a channel; int32 in "s32", float32 in "fltp"."""

    def __init__(self, sample_format: str, layout: str, channels: int, samples: int) -> None:
        """sample_format: "s32", for one channel only, or "fltp"."""
        silence: NDArray[Any] = np.zeros((channels, samples), np.int32 if sample_format == "s32" else np.float32)
        self._frame = AudioFrame.from_ndarray(silence, format=sample_format, layout=layout)
        self._frame.sample_rate, self._frame.time_base = SAMPLE_RATE, _TIME_BASE
        planes = (memoryview(plane) for plane in self._frame.planes)
        self.planes: list[NDArray[Any]] = [np.frombuffer(plane, silence.dtype)[:samples] for plane in planes]

    def at(self, pts: int) -> AudioFrame:
        """The frame as it is filled now, at this absolute sample; valid until it is filled again."""
        self._frame.pts = pts
        return self._frame
