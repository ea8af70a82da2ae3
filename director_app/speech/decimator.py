"""From the recording's 48 kHz to the 16 kHz that speech needs. Must not depend on how the sound comes in pieces."""

import numpy as np
from numpy.typing import NDArray

from director_app.core.canvas import BLOCK_SAMPLES, SAMPLE_RATE
from director_app.media.sound.packets import FULL_SCALE, Pcm24

FACTOR = 3
SPEECH_RATE = SAMPLE_RATE // FACTOR
HOP_SAMPLES = BLOCK_SAMPLES // FACTOR
_TAPS = 48
_AT_ONCE = 16
_CUTOFF_HZ = 7000.0

Sound16 = NDArray[np.float32]
"""Full scale 1.0, 16 kHz."""


class Decimator:
    """Low pass (windowed sinc, Blackman, 48 taps, -6 dB at 7 kHz) and every third sample; 0.5 ms of delay.

    Polyphase as one matrix product: each row of the band matrix gives 16 samples at once.
    """

    def __init__(self, microphones: int) -> None:
        self._past = np.zeros((microphones, _TAPS - FACTOR), np.float32)
        self._matrix = np.zeros((FACTOR * _AT_ONCE + _TAPS - FACTOR, _AT_ONCE), np.float32)
        for column in range(_AT_ONCE):
            self._matrix[FACTOR * column : FACTOR * column + _TAPS, column] = _low_pass()

    def of(self, samples: Pcm24) -> Sound16:
        """samples: shape (microphones, n * 960); returns shape (microphones, n * 320)."""
        pieces = np.concatenate([self._past, samples.astype(np.float32)], axis=1)
        self._past = pieces[:, -self._past.shape[1] :].copy()
        width = len(self._matrix)
        step = FACTOR * _AT_ONCE
        every = np.ascontiguousarray(windows(pieces, samples.shape[1] // step, step, width))
        out: Sound16 = every.reshape(-1, width) @ self._matrix
        made: Sound16 = out.reshape(len(samples), -1)
        return made


def windows(pieces: Sound16, count: int, step: int, width: int) -> Sound16:
    """A view of so many windows in every row, each `step` after the one before; shape (rows, count, width)."""
    row, sample = pieces.strides
    # numpy's as_strided takes eight times as long, which is as long as the sums that follow.
    return np.ndarray((len(pieces), count, width), pieces.dtype, pieces, 0, (row, step * sample, sample))


def _low_pass() -> Sound16:
    """Taps that sum to 1 / full scale, so that samples of 24 bit come out as floats."""
    middle = (_TAPS - 1) / 2
    at = np.arange(_TAPS) - middle
    taps = np.sinc(2 * _CUTOFF_HZ / SAMPLE_RATE * at) * np.blackman(_TAPS)
    scaled: Sound16 = (taps / taps.sum() / FULL_SCALE).astype(np.float32)
    return scaled
