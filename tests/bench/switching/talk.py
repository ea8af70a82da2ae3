"""What leaves each mouth: a voice wherever the excerpt has speech. No rooms, no microphones."""

from collections.abc import Sequence

import numpy as np

from tests.bench.switching.sound import SAMPLE_RATE, Decibels, Samples, factor, factors
from tests.bench.switching.truth import Excerpt, Span
from tests.bench.switching.voices import Voice, VoiceFiles

_SHORTEST = 200
_SHORT_ANSWER_S = 1.0
_DRIFT_POINTS = 9


def talk(excerpt: Excerpt, voices: Sequence[VoiceFiles], loudness_db: Decibels, rng: np.random.Generator) -> Samples:
    """Shape (speakers, samples); speaker k gets voice k, which is so loud on average."""
    samples = int(excerpt.duration_s * SAMPLE_RATE)
    mouths = np.zeros((len(excerpt.speakers), samples), np.float32)
    for mouth, spans, files, loud_db in zip(mouths, excerpt.speakers, voices, loudness_db, strict=False):
        voice = Voice(files, rng)
        for span in spans:
            _say(span, voice, mouth, loud_db, rng)
        _drift(mouth, rng)
    return mouths


def _drift(mouth: Samples, rng: np.random.Generator) -> None:
    """People grow louder and softer in the course of a show."""
    points_db = np.cumsum(rng.normal(0, 0.7, _DRIFT_POINTS))
    drift_db = np.interp(np.arange(len(mouth)), np.linspace(0, len(mouth), _DRIFT_POINTS), points_db)
    mouth *= factors(drift_db).astype(np.float32)


def _say(span: Span, voice: Voice, mouth: Samples, loud_db: float, rng: np.random.Generator) -> None:
    """Every utterance has its own loudness; short answers are softer."""
    on_s, off_s = span
    first, end = int(on_s * SAMPLE_RATE), min(len(mouth), int(off_s * SAMPLE_RATE))
    if end - first < _SHORTEST:
        return
    short = off_s - on_s < _SHORT_ANSWER_S
    level_db = loud_db + rng.normal(0, 1.5) + (rng.normal(-3, 2) if short else 0)
    mouth[first:end] += voice.say(end - first) * factor(level_db)
