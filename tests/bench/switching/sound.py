"""Samples and what every maker of sound needs: decibels, shaped noise, convolution. Knows no rooms and no voices."""

import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 16_000
SPEECH_DB = -26.0
"""Level of active speech, dBFS; everything else is set against it."""

Samples = NDArray[np.float32]
"""Shape (samples,) or (microphones, samples); full scale is 1."""
Decibels = NDArray[np.float64]


def factor(db: float) -> float:
    """Amplitude factor of a level; of a numpy number it is one, and so is what it is multiplied with."""
    ratio: float = 10.0 ** (db / 20)
    return ratio


def factors(db: Decibels) -> Decibels:
    """The same of many."""
    ratios: NDArray[np.float64] = 10.0 ** (db / 20)
    return ratios


def shaped_noise(
    rng: np.random.Generator, samples: int, low_hz: float, high_hz: float, tilt_db: float = 0.0
) -> Samples:
    """Noise with a band and a tilt per octave, rms 1."""
    spectrum = np.fft.rfft(rng.standard_normal(samples).astype(np.float32))
    hz = np.fft.rfftfreq(samples, 1 / SAMPLE_RATE) + 1e-3
    gain = (1 / (1 + (low_hz / hz) ** 4)) * (1 / (1 + (hz / high_hz) ** 4)) * (hz / 500) ** (tilt_db / 6.02)
    gain[hz < 5] = 0
    noise = np.fft.irfft(spectrum * gain, samples)
    scaled: Samples = (noise / np.sqrt((noise**2).mean() + 1e-12)).astype(np.float32)
    return scaled


def stationary_bed(
    rng: np.random.Generator, samples: int, low_hz: float, high_hz: float, tilt_db: float, loop_s: int = 20
) -> Samples:
    """Shaped noise as long as wanted: a loop from a random place."""
    noise = shaped_noise(rng, SAMPLE_RATE * loop_s, low_hz, high_hz, tilt_db)
    return np.tile(np.roll(noise, rng.integers(len(noise))), samples // len(noise) + 1)[:samples]


def convolve(samples: Samples, responses: Sequence[Samples]) -> list[Samples]:
    """Through several impulse responses of one length: overlap-add with one forward transform, cut to the input."""
    length = len(responses[0])
    size = 1 << int(np.ceil(np.log2(max(4 * length, 4096))))
    block = size - length + 1
    blocks = -(-len(samples) // block)
    parts = np.zeros((blocks, size), np.float32)
    parts[:, :block] = np.pad(samples, (0, blocks * block - len(samples))).reshape(blocks, block)
    spectra = np.fft.rfft(parts, axis=1)
    return [_overlapped(spectra, response, block, len(samples)) for response in responses]


def _overlapped(spectra: NDArray[np.complexfloating], response: Samples, block: int, samples: int) -> Samples:
    size = 2 * (spectra.shape[1] - 1)
    parts = np.fft.irfft(spectra * np.fft.rfft(response.astype(np.float32), size), size, axis=1)
    whole = np.zeros(len(parts) * block + size, np.float32)
    for index, part in enumerate(parts):
        whole[index * block : index * block + size] += part
    return whole[:samples]


def write_wav(path: Path, samples: Samples, sample_rate: int = SAMPLE_RATE) -> None:
    """One microphone, 16 bit."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sample_rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


def read_wav(path: Path) -> Samples:
    """What write_wav() wrote."""
    with wave.open(str(path), "rb") as file:
        data = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    return (data / 32767).astype(np.float32)
