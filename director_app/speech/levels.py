"""Levels in the speech band and the noise floor under them, for all microphones at once."""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from director_app.core.canvas import EVIDENCE_HOP_S
from director_app.speech.decimator import HOP_SAMPLES, SPEECH_RATE, Sound16, windows

BAND_HZ = (300.0, 5500.0)
WINDOW_SAMPLES = 512
SILENT_DB = -80.0
"""Levels go no lower; a microphone at this level gives digital silence."""

FLOOR_WINDOW_S = 15.0
FLOOR_SMOOTHING_S = 0.2
LEVEL_SMOOTHING_S = 0.03

Levels = NDArray[np.float64]
"""Shape (hops, microphones) or (microphones,), dBFS."""


class BandPower:
    """Power between 300 and 5500 Hz over the 32 ms that end with each hop, from a Hann-windowed spectrum
    (Parseval's theorem). Full scale 1.0."""

    def __init__(self, microphones: int) -> None:
        window = np.hanning(WINDOW_SAMPLES)
        self._window = window.astype(np.float32)
        frequencies = np.fft.rfftfreq(WINDOW_SAMPLES, 1 / SPEECH_RATE)
        self._band = slice(*np.searchsorted(frequencies, BAND_HZ))
        self._scale = 2.0 / (WINDOW_SAMPLES * float(np.sum(window**2)))
        self._past = np.zeros((microphones, WINDOW_SAMPLES - HOP_SAMPLES), np.float32)

    def of(self, sound: Sound16) -> Levels:
        """sound: shape (microphones, hops * 320); returns power, shape (hops, microphones)."""
        pieces = np.concatenate([self._past, sound], axis=1)
        self._past = pieces[:, -self._past.shape[1] :].copy()
        every = windows(pieces, sound.shape[1] // HOP_SAMPLES, HOP_SAMPLES, WINDOW_SAMPLES)
        spectrum = np.fft.rfft(every * self._window, axis=2)[:, :, self._band]
        parts = np.ascontiguousarray(spectrum).view(np.float32)
        power: Levels = self._scale * np.einsum("ijk,ijk->ji", parts, parts).astype(np.float64)
        return power


def smoothing(seconds: float) -> float:
    """Share of the new value in a one-pole average with this time constant, one step a hop."""
    return float(1 - np.exp(-EVIDENCE_HOP_S / seconds))


def one_pole(values: Levels, share: float, last: Levels) -> Levels:
    """The running average of rows, shape (hops, microphones); last: the average before them."""
    # For a few microphones Python's own numbers are faster than rows of an array.
    now, averages = last.tolist(), []
    for row in values.tolist():
        now = [average + share * (value - average) for average, value in zip(now, row, strict=True)]
        averages.append(now)
    return np.array(averages).reshape(values.shape)


def decibels(power: Levels) -> Levels:
    """dBFS, not below SILENT_DB."""
    levels: Levels = 10 * np.log10(np.maximum(power, 10 ** (SILENT_DB / 10)))
    return levels


class SmoothLevel:
    """Power averaged over LEVEL_SMOOTHING_S, as a level."""

    def __init__(self) -> None:
        self._share = smoothing(LEVEL_SMOOTHING_S)
        self._power: Levels | None = None

    def of(self, power: Levels) -> Levels:
        """power: shape (hops, microphones); returns dBFS of the same shape."""
        smooth = one_pole(power, self._share, power[0] if self._power is None else self._power)
        self._power = smooth[-1]
        return decibels(smooth)


class LevelFlux:
    """How much the level of a microphone jumps from hop to hop, dB: mean of the absolute change over some memory.

    A voice next to the microphone jumps more than the same voice from across the table, which reverberation and noise
    fill up; how loud the microphone is set does not matter. Measured over 2 s of one talker in simulated rooms: his
    own microphone has the largest flux in 98 % of the pieces, the highest level in 84 %.
    """

    def __init__(self, *memories_s: float) -> None:
        """memories_s: one or more time constants, seconds."""
        self._shares = [smoothing(each) for each in memories_s]
        self._last: Levels | None = None
        self._flux: list[float] | None = None

    def of(self, levels: Levels) -> Levels:
        """levels: shape (hops, microphones), dBFS, not smoothed; returns dB, shape (memories, hops, microphones)."""
        every = np.concatenate([levels[:1] if self._last is None else self._last, levels])
        self._last = levels[-1:]
        changes = np.abs(every[1:] - every[:-1])
        memories, microphones = len(self._shares), levels.shape[1]
        shares = [share for share in self._shares for _ in range(microphones)]
        now = changes[0].tolist() * memories if self._flux is None else self._flux
        rows = []
        for change in changes.tolist():
            jumps = zip(now, shares, change * memories, strict=True)
            now = [average + share * (jump - average) for average, share, jump in jumps]
            rows.append(now)
        self._flux = now
        return np.array(rows).reshape(len(levels), memories, microphones).transpose(1, 0, 2)


class NoiseFloor:
    """The lowest level, smoothed over 0.2 s, of the last 15 s; digital silence does not count."""

    def __init__(self, microphones: int) -> None:
        self._share = smoothing(FLOOR_SMOOTHING_S)
        self._smooth: list[float] | None = None
        self._parts: deque[Levels] = deque(maxlen=round(FLOOR_WINDOW_S))
        self._per_part = round(1.0 / EVIDENCE_HOP_S)
        self._past = np.full(microphones, np.inf)
        self._part = np.full(microphones, np.inf)
        self._hops = 0

    def of(self, levels: Levels) -> Levels:
        """levels: shape (hops, microphones), dBFS; returns the floor at each hop, SILENT_DB where none is known."""
        sounds = levels > SILENT_DB + 1
        lows = np.where(sounds, self._smoothed(levels, sounds), np.inf)
        floors = np.empty_like(levels)
        first = 0
        while first < len(levels):
            end = min(len(levels), first + self._per_part - self._hops % self._per_part)
            floors[first:end] = self._part_floors(lows[first:end])
            first = end
        return np.where(np.isfinite(floors), floors, SILENT_DB)

    def _smoothed(self, levels: Levels, sounds: NDArray[np.bool_]) -> Levels:
        now = levels[0].tolist() if self._smooth is None else self._smooth
        share, silent_db, smooth = self._share, SILENT_DB + 1, []
        for row, sound in zip(levels.tolist(), sounds.tolist(), strict=True):
            # After digital silence the level is new, not risen from nothing.
            now = [
                level if is_sound and average <= silent_db else average + share * (level - average)
                for average, level, is_sound in zip(now, row, sound, strict=True)
            ]
            smooth.append(now)
        self._smooth = now
        return np.array(smooth).reshape(levels.shape)

    def _part_floors(self, lows: Levels) -> Levels:
        """The floors of hops that lie in one part of the window."""
        lowest = np.minimum(np.minimum.accumulate(lows), self._part)
        self._part = lowest[-1]
        self._hops += len(lows)
        floors: Levels = np.minimum(lowest, self._past)
        if self._hops % self._per_part == 0:
            self._parts.append(self._part)
            self._past = np.minimum.reduce(self._parts)
            self._part = np.full_like(self._part, np.inf)
        return floors
