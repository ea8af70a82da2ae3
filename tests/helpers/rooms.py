"""Small made rooms: the voices of the bench at microphones that hear everybody; of the same seed the same.

A room is described by who speaks when. Everybody sits at the microphone of his letter ("a" at the first ...).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from director_app.core.canvas import BLOCK_SAMPLES
from director_app.core.evidence import Heard
from director_app.core.sources import MicrophoneId
from director_app.core.turns import Span
from director_app.media.sound.packets import Pcm24, SoundTick, to_pcm24
from director_app.speech.gate import Fired
from director_app.speech.levels import Levels
from director_app.speech.listening import Front, Listening
from tests.bench.switching.generate import at_rate
from tests.bench.switching.microphones import FANS
from tests.bench.switching.room import response
from tests.bench.switching.sound import SAMPLE_RATE, Samples, convolve, factor, stationary_bed
from tests.bench.switching.truth import OWN_DATA
from tests.bench.switching.voices import Voice, VoiceFiles, find_voices

RATE = 48_000


@dataclass(frozen=True, slots=True)
class Room:
    """bleed_db: direct path into a neighbour's microphone; tail_db: the walls, against the voice; noise_db: fans."""

    bleed_db: float = -16.0
    tail_db: float = -24.0
    reverberation_s: float = 0.3
    noise_db: float = -60.0
    seed: int = 1


def spoken(words: str, turn_s: float, pause_s: float = 0.4) -> dict[str, list[Span]]:
    """Turns of so many seconds with pauses between, by letters: "ab a" is a, b, nobody, a."""
    speech: dict[str, list[Span]] = {}
    for turn, letter in enumerate(words):
        start_s = pause_s + turn * (turn_s + pause_s)
        if letter != " ":
            speech.setdefault(letter, []).append((start_s, start_s + turn_s))
    return speech


def sound_of(speech: Mapping[str, Sequence[Span]], seconds: float, room: Room, microphones: str = "ab") -> Samples:
    """Shape (microphones, samples) at 16 kHz, full scale 1.0. Microphones without a speaker hear all the same."""
    rng = np.random.default_rng([room.seed, 11])
    samples = round(seconds * SAMPLE_RATE)
    voices = _voices()
    tracks = np.stack([factor(room.noise_db) * stationary_bed(rng, samples, *FANS) for _ in microphones])
    for number, (letter, spans) in enumerate(sorted(speech.items())):
        voice = Voice(voices[(number + room.seed) % len(voices)], rng)
        mouth = np.zeros(samples, np.float32)
        for start_s, end_s in spans:
            first, end = round(start_s * SAMPLE_RATE), min(samples, round(end_s * SAMPLE_RATE))
            if end > first:
                mouth[first:end] = voice.say(end - first)
        paths = [
            response(
                rng,
                0.0 if letter == each else room.bleed_db,
                0.0006 if letter == each else 0.003,
                room.tail_db,
                room.reverberation_s,
                off_axis=letter != each,
            )
            for each in microphones
        ]
        tracks += np.stack(convolve(mouth, paths))
    return tracks.astype(np.float32)


def pcm(tracks: Samples) -> Pcm24:
    """At 48 kHz, whole ticks, as the recording holds them."""
    fast = to_pcm24(at_rate(tracks, RATE))
    return fast[:, : fast.shape[1] // BLOCK_SAMPLES * BLOCK_SAMPLES]


def ticks(samples: Pcm24) -> list[SoundTick]:
    """One after the other, from the beginning."""
    none = (0,) * len(samples)
    return [
        SoundTick(first // BLOCK_SAMPLES, first, samples[:, first : first + BLOCK_SAMPLES], BLOCK_SAMPLES, none)
        for first in range(0, samples.shape[1], BLOCK_SAMPLES)
    ]


def names(count: int) -> list[MicrophoneId]:
    """Of so many microphones."""
    return [MicrophoneId(each) for each in "abcdef"[:count]]


@dataclass(frozen=True, slots=True)
class Listened:
    """What a Listening made of a room."""

    listening: Listening
    heard: list[Heard]

    @property
    def own(self) -> NDArray[np.bool_]:
        """Own speech, shape (hops, microphones)."""
        return np.array([[record.own_speech for record in heard.records] for heard in self.heard])

    def share(self, microphone: str, spans: Sequence[Span]) -> float:
        """How much of these spans is own speech of this microphone; 0.2 s are taken off both ends."""
        own = self.own[:, "abcdef".index(microphone)]
        parts = [own[round((start_s + 0.2) * 50) : round((end_s - 0.2) * 50)] for start_s, end_s in spans]
        return float(np.concatenate(parts).mean())


def listened(tracks: Samples) -> Listened:
    """As in a show: in batches of four ticks."""
    listening = Listening(names(len(tracks)))
    every = ticks(pcm(tracks))
    heard = [each for first in range(0, len(every), 4) for each in listening.hear(every[first : first + 4])]
    return Listened(listening, heard)


def front(tracks: Samples) -> tuple[Levels, Fired]:
    """Band power and voice detections of a whole room."""
    return Front(len(tracks)).of(pcm(tracks))


@cache
def _voices() -> tuple[VoiceFiles, ...]:
    """One short reading each: quickly read."""
    return tuple(each for each in find_voices(OWN_DATA / "voices") if len(each) == 1)
