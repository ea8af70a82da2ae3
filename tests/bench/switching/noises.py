"""Sounds that are no speech: laughs, coughs, keys, knocks. Each has about rms 1 while it lasts; where it is heard is
not decided here."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.bench.switching.sound import SAMPLE_RATE, Samples, shaped_noise

_Signal = NDArray[np.float64]


class Noise(NamedTuple):
    """level_db: against speech; spread_db: from one to the next."""

    make: Callable[[np.random.Generator], _Signal]
    level_db: float
    spread_db: float


def unit(signal: _Signal) -> Samples:
    """rms 1 where it is not silent."""
    loud = np.abs(signal) > 0.05 * np.abs(signal).max()
    scaled: Samples = (signal / np.sqrt((signal[loud] ** 2).mean() + 1e-12)).astype(np.float32)
    return scaled


def thump(rng: np.random.Generator) -> _Signal:
    """A knock on the table."""
    _, t_s = _seconds(0.35)
    low = np.sin(2 * np.pi * rng.uniform(50, 130) * t_s) * np.exp(-t_s * 18)
    sound: _Signal = low + 0.15 * rng.standard_normal(len(t_s)) * np.exp(-t_s * 60)
    return sound


def _seconds(length_s: float) -> tuple[int, _Signal]:
    samples = int(length_s * SAMPLE_RATE)
    return samples, np.arange(samples) / SAMPLE_RATE


def _through_mouth(source: _Signal, rng: np.random.Generator) -> _Signal:
    """Three formants."""
    sound: _Signal = np.zeros(len(source))
    _, t_s = _seconds(0.02)
    for hz, width_hz in (
        (rng.uniform(500, 900), 150),
        (rng.uniform(1100, 1900), 200),
        (rng.uniform(2300, 3000), 300),
    ):
        response = np.exp(-np.pi * width_hz * t_s) * np.sin(2 * np.pi * hz * t_s)
        sound = sound + np.convolve(source, response)[: len(source)]
    return sound


def _laugh(rng: np.random.Generator) -> _Signal:
    length_s = rng.uniform(0.8, 3.0)
    samples, t_s = _seconds(length_s)
    pitch_hz = rng.uniform(160, 420) * (1 - 0.25 * t_s / length_s) * (1 + 0.03 * np.sin(2 * np.pi * 5 * t_s))
    phase = np.cumsum(pitch_hz / SAMPLE_RATE)
    pulses = np.diff(np.floor(phase), prepend=0) + 0.15 * rng.standard_normal(samples)
    bursts_hz = rng.uniform(4, 6)
    envelope = np.clip(np.sin(2 * np.pi * bursts_hz * t_s), 0, 1) ** 0.7 * np.exp(-0.6 * t_s)
    return _through_mouth(pulses * envelope, rng)


def _cough(rng: np.random.Generator) -> _Signal:
    parts = []
    for _ in range(rng.integers(1, 4)):
        samples, t_s = _seconds(rng.uniform(0.18, 0.35))
        burst = rng.standard_normal(samples) * np.exp(-t_s * 14)
        after = 0.4 * rng.standard_normal(samples) * np.exp(-(((t_s - 0.2) / 0.06) ** 2))
        parts.append(_through_mouth(burst + after, rng))
        parts.append(np.zeros(int(rng.uniform(0.08, 0.3) * SAMPLE_RATE)))
    return np.concatenate(parts)


def _throat(rng: np.random.Generator) -> _Signal:
    samples, t_s = _seconds(rng.uniform(0.3, 0.7))
    phase = np.cumsum(rng.uniform(70, 110) * (1 + 0.2 * rng.standard_normal(samples)) / SAMPLE_RATE)
    pulses = np.diff(np.floor(phase), prepend=0) > 0
    envelope = np.abs(np.sin(np.pi * t_s / t_s[-1])) ** 0.5
    return _through_mouth((pulses + 0.2 * rng.standard_normal(samples)) * envelope, rng)


def _breath(rng: np.random.Generator) -> _Signal:
    samples = int(rng.uniform(0.4, 0.9) * SAMPLE_RATE)
    sound: _Signal = shaped_noise(rng, samples, 300, 4000, -3) * np.sin(np.pi * (np.arange(samples) / samples)) ** 2
    return sound


def _keys(rng: np.random.Generator) -> _Signal:
    samples, _ = _seconds(rng.uniform(1.5, 6))
    sound: _Signal = np.zeros(samples)
    length, t_s = _seconds(0.03)
    at_s = 0.0
    while True:
        at_s += rng.exponential(0.13) + 0.05
        first = int(at_s * SAMPLE_RATE)
        if first + length >= samples:
            return sound
        strength, click = rng.uniform(0.4, 1), rng.standard_normal(length) * np.exp(-t_s * 250)
        ring = 0.5 * np.sin(2 * np.pi * rng.uniform(150, 400) * t_s) * np.exp(-t_s * 120)
        sound[first : first + length] += strength * (click + ring)


def _rustle(rng: np.random.Generator) -> _Signal:
    samples = int(rng.uniform(0.5, 2.5) * SAMPLE_RATE)
    strokes = np.abs(np.convolve(rng.standard_normal(samples // 800 + 9), np.ones(3), "same"))
    envelope = np.interp(np.arange(samples), np.arange(len(strokes)) * 800, strokes)
    sound: _Signal = shaped_noise(rng, samples, 600, 6000, -2) * envelope
    return sound


FROM_MOUTHS = {
    "laugh": Noise(_laugh, -2, 4),
    "cough": Noise(_cough, 2, 4),
    "throat": Noise(_throat, -6, 4),
    "breath": Noise(_breath, -16, 4),
}
FROM_MOUTHS_SHARES = (0.45, 0.25, 0.15, 0.15)
NEAR_MICROPHONES = {"keys": Noise(_keys, -16, 4), "rustle": Noise(_rustle, -14, 5), "bump": Noise(thump, 4, 6)}
NEAR_MICROPHONES_SHARES = (0.4, 0.35, 0.25)
