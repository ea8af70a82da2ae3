"""The two things sound is handed on as: ticks for whoever listens, packets for whoever writes or sends.

Must know nothing of devices, containers or threads.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pcm24 = NDArray[np.int32]
"""Samples as the FLAC holds them: int32 in [-2**23, 2**23 - 1], at 48 kHz."""

FULL_SCALE = 1 << 23
"""Pcm24 value that would be 1.0."""


@dataclass(frozen=True, slots=True)
class SoundTick:
    """20 ms of every microphone of a recording.

    index: number of the tick. start_sample: absolute sample (48 kHz) of the first column, always index * 960.
    samples: shape (microphones, 960). count: how many columns belong to the recording; less than 960 only in the
    last tick, whose rest is zero. missing: per microphone, how many of its samples are zeros because none came.
    """

    index: int
    start_sample: int
    samples: Pcm24
    count: int
    missing: tuple[int, ...]

    @property
    def end_sample(self) -> int:
        """First absolute sample after the tick."""
        return self.start_sample + self.count


@dataclass(frozen=True, slots=True)
class SoundPacket:
    """One encoded packet of one track; pts and duration count samples (time base 1/48000)."""

    track: str
    pts: int
    duration: int
    payload: bytes


def to_pcm24(samples: NDArray[np.float32]) -> Pcm24:
    """Round float samples (full scale 1.0) to 24 bit; NaN and infinities become 0, the rest is clipped."""
    if not np.isfinite(samples).all():
        samples = np.where(np.isfinite(samples), samples, np.float32(0))
    # Clipped first, because large numbers times full scale would be infinite.
    scaled = np.clip(samples, -1, 1) * np.float32(FULL_SCALE)
    rounded: Pcm24 = np.rint(np.minimum(scaled, FULL_SCALE - 1)).astype(np.int32)
    return rounded


def to_float(samples: Pcm24) -> NDArray[np.float32]:
    """Pcm24 as float32 with full scale 1.0; exact, so that analysis hears what the file holds."""
    return samples.astype(np.float32) * np.float32(1 / FULL_SCALE)
