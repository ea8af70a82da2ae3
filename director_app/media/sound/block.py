"""The block of sound that a microphone hands over, before it is on the program clock."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Shape (frames, channels), float32, full scale = 1.0."""


@dataclass(frozen=True, slots=True)
class SoundBlock:
    """Samples as they came from one device.

    rate: the device's nominal rate, samples per second. end_ns: best estimate, on time.perf_counter_ns, of the
    moment the last sample was captured. gap_before: the device lost samples just before this block.
    """

    samples: Samples
    rate: int
    end_ns: int
    gap_before: bool = False
