"""A microphone that needs no hardware: beeps, a tone or noise, on a crystal that may be off.

For tests, the bench and trying things out. Must cost next to nothing.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from director_app.capture.sound_pace import BLOCK_S, Clock, SoundPace
from director_app.media.sound.block import SoundBlock

BEEP_S = 0.02
BEEP_HZ = 1000


class SyntheticSound(StrEnum):
    """BEEP: 20 ms of 1 kHz at each whole second since the epoch, else silence. TONE: 1 kHz. NOISE: white."""

    BEEP = "beep"
    TONE = "tone"
    NOISE = "noise"


@dataclass(frozen=True, slots=True)
class SyntheticSettings:
    """level: peak, full scale 1.0. clock_ppm: parts per million by which its crystal is fast (negative: slow)."""

    sound: SyntheticSound = SyntheticSound.BEEP
    rate: int = 48_000
    channels: int = 1
    level: float = 0.5
    clock_ppm: float = 0.0


class SyntheticMicrophone:
    """MicrophoneReader that makes its sound. epoch_ns: time.perf_counter_ns of second 0; None: when first opened."""

    def __init__(
        self,
        settings: SyntheticSettings | None = None,
        epoch_ns: int | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._settings = settings or SyntheticSettings()
        self._epoch_ns = epoch_ns
        self._clock = clock or Clock()
        self._crystal = self._settings.rate * (1 + self._settings.clock_ppm * 1e-6)
        self._block = round(self._settings.rate * BLOCK_S)
        self._second = self._draw_second()
        self._beep = _sine(round(self._settings.rate * BEEP_S), self._settings.rate, self._settings.level)
        self._pace: SoundPace | None = None
        self._next = 0

    def open(self) -> None:
        """Never fails."""
        if self._epoch_ns is None:
            self._epoch_ns = self._clock.now_ns()
        self._pace = SoundPace(self._clock, self._epoch_ns, self._crystal)
        self._next = self._pace.position()

    def read(self, timeout_s: float) -> SoundBlock | None:
        """The next block (40 ms) once its time has come."""
        if self._pace is None:
            raise RuntimeError("the synthetic microphone is not open")
        end = self._next + self._block
        if not self._pace.wait_for(end, timeout_s):
            return None
        mono = self._beeps() if self._settings.sound is SyntheticSound.BEEP else self._steady()
        self._next = end
        samples = mono[:, np.newaxis].repeat(self._settings.channels, axis=1)
        return SoundBlock(samples, self._settings.rate, self._pace.due_ns(end))

    def close(self) -> None:
        """Idempotent."""
        self._pace = None

    def _steady(self) -> NDArray[np.float32]:
        """A window on one second that repeats without a seam (rates are whole multiples of the block)."""
        return np.take(self._second, np.arange(self._next, self._next + self._block), mode="wrap")

    def _beeps(self) -> NDArray[np.float32]:
        mono = np.zeros(self._block, np.float32)
        first = int(self._next / self._crystal)
        for second in range(first, first + 2):
            offset = round(second * self._crystal) - self._next
            begin, end = max(0, offset), min(self._block, offset + len(self._beep))
            if begin < end:
                mono[begin:end] = self._beep[begin - offset : end - offset]
        return mono

    def _draw_second(self) -> NDArray[np.float32]:
        settings = self._settings
        if settings.sound is SyntheticSound.NOISE:
            noise = np.random.default_rng(1).uniform(-settings.level, settings.level, settings.rate)
            return noise.astype(np.float32)
        return _sine(settings.rate, settings.rate, settings.level)


def _sine(count: int, rate: int, level: float) -> NDArray[np.float32]:
    wave: NDArray[np.float32] = (level * np.sin(2 * np.pi * BEEP_HZ * np.arange(count) / rate)).astype(np.float32)
    return wave
