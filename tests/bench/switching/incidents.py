"""Laughs, coughs, keys and knocks in the course of a show: when, who, how loud, and in whose microphone."""

from dataclasses import dataclass, field

import numpy as np

from tests.bench.switching.levels import Level
from tests.bench.switching.noises import (
    FROM_MOUTHS,
    FROM_MOUTHS_SHARES,
    NEAR_MICROPHONES,
    NEAR_MICROPHONES_SHARES,
    Noise,
    thump,
    unit,
)
from tests.bench.switching.sound import SAMPLE_RATE, SPEECH_DB, Decibels, Samples, factor
from tests.bench.switching.truth import SoundEvent

_LAUGH_TOGETHER, _JOINS_IN = 0.35, 0.8
_SPEECH = factor(SPEECH_DB)


@dataclass
class Incidents:
    """mouths gets what passes through the room; microphones what is heard right at them."""

    mouths: Samples
    loudness_db: Decibels
    level: Level
    rng: np.random.Generator
    events: list[SoundEvent] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.microphones = np.zeros_like(self.mouths)

    def happen(self) -> None:
        """All of a show, at random moments."""
        people, samples = self.mouths.shape
        duration_s = samples / SAMPLE_RATE
        for _ in range(self.rng.poisson(self.level.events_per_min * duration_s / 60)):
            t_s, kind = self.rng.uniform(2, duration_s - 4), self.rng.uniform()
            person = int(self.rng.integers(people))
            if kind < 0.45:
                self._from_mouth(t_s, person)
            elif kind < 0.85:
                self._near_microphone(t_s, person)
            else:
                self._on_table(t_s)

    def _from_mouth(self, t_s: float, person: int) -> None:
        name = str(self.rng.choice(list(FROM_MOUTHS), p=FROM_MOUTHS_SHARES))
        people = [person]
        if name == "laugh" and self.rng.uniform() < _LAUGH_TOGETHER:
            people = [each for each in range(len(self.mouths)) if self.rng.uniform() < _JOINS_IN] or [person]
        for each in people:
            sound = self._made(FROM_MOUTHS[name], self.loudness_db[each])
            at_s = t_s + (self.rng.uniform(0, 0.6) if len(people) > 1 else 0)
            _add(self.mouths[each], at_s, sound)
            self._note(at_s, sound, each, name)

    def _near_microphone(self, t_s: float, microphone: int) -> None:
        name = str(self.rng.choice(list(NEAR_MICROPHONES), p=NEAR_MICROPHONES_SHARES))
        sound = self._made(NEAR_MICROPHONES[name])
        for each, heard in enumerate(self.microphones):
            _add(heard, t_s, sound * factor(0 if each == microphone else self.rng.uniform(*self.level.bleed_db)))
        self._note(t_s, sound, microphone, name)

    def _on_table(self, t_s: float) -> None:
        sound = self._made(Noise(thump, 2, 5))
        for heard in self.microphones:
            _add(heard, t_s, sound * factor(self.rng.uniform(-6, 0)))
        self._note(t_s, sound, None, "thump")

    def _made(self, noise: Noise, loud_db: float | None = None) -> Samples:
        sound = unit(noise.make(self.rng)) * _SPEECH
        level_db = noise.level_db + self.rng.normal(0, noise.spread_db)
        made: Samples = sound * factor(level_db if loud_db is None else level_db + loud_db)
        return made

    def _note(self, t_s: float, sound: Samples, microphone: int | None, kind: str) -> None:
        self.events.append(SoundEvent(round(t_s, 3), round(len(sound) / SAMPLE_RATE, 3), microphone, kind))


def _add(to: Samples, t_s: float, sound: Samples) -> None:
    first = int(t_s * SAMPLE_RATE)
    length = min(len(sound), len(to) - first)
    if length > 0:
        to[first : first + length] += sound[:length]
