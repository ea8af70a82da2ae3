"""Sound as it comes, in frames as long as an encoder takes at a time, or several times as long.

PyAV sends every frame through a filter that cuts it to the encoder's length; one long frame costs less than several.
Must not know of any encoder.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from director_app.media.sound.kept_frame import KeptFrame

_MOST_TOGETHER = 4
"""Frames of an encoder in one of these; four of AAC are 85 ms."""


class WholeFrames:
    """Frames without a hole between them. sample_format, layout, channels: see KeptFrame; every channel is the same.

    next_pts: the absolute sample after the last frame.
    """

    def __init__(self, sample_format: str, layout: str, channels: int, length: int, first_sample: int) -> None:
        """length: samples that the encoder takes at a time. first_sample: where the first one belongs."""
        self._kind = sample_format, layout, channels
        self._length = length
        self._kept: dict[int, KeptFrame] = {}
        self._rest: NDArray[Any] = np.empty(0)
        self.next_pts = first_sample

    @property
    def waiting(self) -> int:
        """Samples that are in no frame yet; fewer than one takes."""
        return len(self._rest)

    def of(self, samples: NDArray[Any]) -> Iterator[AudioFrame]:
        """The next samples, shape (n,). A frame is valid until the next one is asked for."""
        if self.waiting:
            samples = np.concatenate([self._rest, samples])
        while whole := min(_MOST_TOGETHER, len(samples) // self._length):
            yield self._filled(samples[: whole * self._length])
            samples = samples[whole * self._length :]
        # Copied, because who gave it may go on using it.
        self._rest = samples.copy()

    def rest(self) -> AudioFrame:
        """What waits, in a shorter frame; there must be something."""
        samples, self._rest = self._rest, self._rest[:0]
        return self._filled(samples)

    def _filled(self, samples: NDArray[Any]) -> AudioFrame:
        kept = self._kept.get(len(samples))
        if kept is None:
            kept = self._kept[len(samples)] = KeptFrame(*self._kind, len(samples))
        for plane in kept.planes:
            plane[:] = samples
        at, self.next_pts = self.next_pts, self.next_pts + len(samples)
        return kept.at(at)
