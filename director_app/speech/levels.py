"""Levels in the speech band and the noise floor under them, for all microphones at once."""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from director_app.core.canvas import BLOCK_SAMPLES, EVIDENCE_HOP_S, SAMPLE_RATE
from director_app.core.evidence import SILENCE_DB
from director_app.media.sound.packets import FULL_SCALE, Pcm24

BAND_HZ = (300.0, 5500.0)
FLOOR_WINDOW_S = 15.0
SMOOTHING_S = 0.2

Levels = NDArray[np.float64]
"""Shape (microphones,), dBFS."""


class BandLevel:
    """Power between 300 and 5500 Hz of each 20 ms, from a Hann-windowed spectrum (Parseval's theorem)."""

    def __init__(self) -> None:
        window = np.hanning(BLOCK_SAMPLES)
        self._window = (window / FULL_SCALE).astype(np.float32)
        frequencies = np.fft.rfftfreq(BLOCK_SAMPLES, 1 / SAMPLE_RATE)
        self._band = slice(*np.searchsorted(frequencies, BAND_HZ))
        self._scale = 2.0 / (BLOCK_SAMPLES * float(np.sum(window**2)))

    def of(self, samples: Pcm24) -> Levels:
        """One level per row; samples: shape (rows, 960)."""
        spectrum = np.fft.rfft(samples.astype(np.float32) * self._window, axis=1)[:, self._band]
        parts = np.ascontiguousarray(spectrum).view(np.float32)
        power = self._scale * np.einsum("ij,ij->i", parts, parts).astype(np.float64)
        levels: Levels = 10 * np.log10(np.maximum(power, 10 ** (SILENCE_DB / 10)))
        return levels


class NoiseFloor:
    """The lowest level, smoothed over 0.2 s, of the last 15 s; digital silence does not count."""

    def __init__(self, microphones: int) -> None:
        self._smooth: Levels | None = None
        self._alpha = 1 - np.exp(-EVIDENCE_HOP_S / SMOOTHING_S)
        per_part = round(1.0 / EVIDENCE_HOP_S)
        self._per_part = per_part
        self._parts: deque[Levels] = deque(maxlen=round(FLOOR_WINDOW_S))
        self._past = np.full(microphones, np.inf)
        self._part = np.full(microphones, np.inf)
        self._hops = 0

    def follow(self, levels: Levels) -> Levels:
        """The floors after this hop, dBFS."""
        self._smooth = levels.copy() if self._smooth is None else self._smooth + self._alpha * (levels - self._smooth)
        heard = np.where(levels > SILENCE_DB + 1, self._smooth, np.inf)
        self._part = np.minimum(self._part, heard)
        self._hops += 1
        if self._hops % self._per_part == 0:
            self._parts.append(self._part)
            self._past = np.minimum.reduce(self._parts)
            self._part = np.full_like(self._part, np.inf)
        floor = np.minimum(self._part, self._past)
        return np.where(np.isfinite(floor), floor, SILENCE_DB)
