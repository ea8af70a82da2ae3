"""What microphones, preamps and the room add: fans, babble, hum, hiss, gains that differ or are turned, lateness."""

from dataclasses import dataclass, field

import numpy as np

from tests.bench.switching.levels import Level
from tests.bench.switching.room import response, unit_energy
from tests.bench.switching.sound import SAMPLE_RATE, SPEECH_DB, Decibels, Samples, convolve, factor, stationary_bed
from tests.bench.switching.truth import GainStep

FANS = (40, 5000, -5)
"""Band and tilt of a room's own noise."""
_HISS = (20, 7900, 0)
_HISS_DB = -78
_LATE_MAX_S = 0.02
_SPEECH = factor(SPEECH_DB)


@dataclass
class Microphones:
    """babble: other people's talk, rms 1, or None."""

    level: Level
    gains_db: Decibels
    babble: Samples | None
    mains_hz: int
    rng: np.random.Generator
    steps: list[GainStep] = field(default_factory=list)

    def record(self, sounds: Samples) -> None:
        """In place, one after the other; sounds: shape (microphones, samples)."""
        fans = stationary_bed(self.rng, sounds.shape[1], *FANS)
        for index, sound in enumerate(sounds):
            self._record(index, sound, fans)

    def _record(self, index: int, sound: Samples, fans: Samples) -> None:
        self._noise(sound, fans)
        sound *= factor(self.gains_db[index])
        self._turn_gain(index, sound)
        self._electronics(sound)
        sound[:] = self._late(sound)

    def _noise(self, sound: Samples, fans: Samples) -> None:
        """Fans are partly the same in all; babble comes to each by its own way."""
        room = 0.5 * fans + 0.87 * stationary_bed(self.rng, len(sound), *FANS)
        sound += _SPEECH * factor(self.level.noise_db + self.rng.normal(0, 3)) * room
        if self.babble is not None:
            loud = _SPEECH * factor(self.level.babble_db + self.rng.normal(0, 2))
            way = unit_energy(response(self.rng, -60, 0.001, 0, 0.6, off_axis=False))
            sound += loud * convolve(self.babble, [way])[0]

    def _turn_gain(self, index: int, sound: Samples) -> None:
        if self.rng.uniform() >= self.level.step_chance:
            return
        t_s = self.rng.uniform(0.35, 0.65) * (len(sound) / SAMPLE_RATE)
        gain_db = self.rng.choice([-6, 6])
        sound[int(t_s * SAMPLE_RATE) :] *= factor(gain_db)
        self.steps.append(GainStep(index, round(t_s, 2), int(gain_db)))

    def _electronics(self, sound: Samples) -> None:
        t_s = np.arange(SAMPLE_RATE) / SAMPLE_RATE
        waves = [np.sin(2 * np.pi * self.mains_hz * k * t_s + self.rng.uniform(0, 6)) / k for k in (1, 2, 3, 5)]
        hum = np.tile(sum(waves, np.zeros(SAMPLE_RATE)), len(sound) // SAMPLE_RATE + 1)[: len(sound)]
        sound += (_SPEECH * factor(self.level.hum_db + self.rng.normal(0, 4)) * hum).astype(np.float32)
        sound += (factor(_HISS_DB) * stationary_bed(self.rng, len(sound), *_HISS)).astype(np.float32)

    def _late(self, sound: Samples) -> Samples:
        """USB devices do not start together."""
        late = int(self.rng.uniform(0, _LATE_MAX_S) * SAMPLE_RATE)
        begun: Samples = np.r_[np.zeros(late, np.float32), sound[: len(sound) - late]]
        return begun
