"""A few seconds of samples, addressed by absolute index. What was never written reads as zero."""

import numpy as np

from director_app.media.sound.packets import Pcm24


class SampleRing:
    """Must only be written within `capacity` samples after the last one taken; its owner sees to that."""

    def __init__(self, capacity: int) -> None:
        self._samples = np.zeros(capacity, np.int32)

    def write(self, index: int, samples: Pcm24) -> None:
        """Put samples at absolute index and after."""
        place = index % len(self._samples)
        first = len(self._samples) - place
        self._samples[place : place + len(samples)] = samples[:first]
        self._samples[: max(0, len(samples) - first)] = samples[first:]

    def take(self, index: int, count: int) -> Pcm24:
        """Copy samples out and leave zeros behind. Raises ValueError for more than it can hold."""
        if count > len(self._samples):
            raise ValueError(f"{count} samples were asked for, it holds {len(self._samples)}")
        place = index % len(self._samples)
        first = self._samples[place : place + count]
        rest = self._samples[: count - len(first)]
        taken = np.concatenate([first, rest])
        first[:] = 0
        rest[:] = 0
        return taken
