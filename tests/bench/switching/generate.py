"""Makes a show: excerpt, level, seed and voices to microphone tracks and truth; of the same the same, to the sample.

Random numbers are drawn in a fixed order, so a change here changes all shows and all figures ever measured on them.
"""

from collections.abc import Sequence

import numpy as np

from tests.bench.switching.incidents import Incidents
from tests.bench.switching.levels import LEVELS
from tests.bench.switching.microphones import Microphones
from tests.bench.switching.room import heard
from tests.bench.switching.sound import SAMPLE_RATE, Samples
from tests.bench.switching.talk import talk
from tests.bench.switching.truth import Excerpt, Truth
from tests.bench.switching.voices import Voice, VoiceFiles

_BABBLERS = 5


def make_show(excerpt: Excerpt, level_name: str, seed: int, voices: Sequence[VoiceFiles]) -> tuple[Samples, Truth]:
    """Tracks of shape (speakers, samples) at 16 kHz, within full scale."""
    level = LEVELS[level_name]
    people = len(excerpt.speakers)
    rng = np.random.default_rng([seed, level.number, 77])
    cast = [voices[index] for index in rng.permutation(len(voices))]
    loudness_db = rng.normal(0, level.loud_db, people)
    mouths = talk(excerpt, cast, loudness_db, rng)
    incidents = Incidents(mouths, loudness_db, level, rng)
    incidents.happen()
    tracks, bleed_db = heard(mouths, level, rng)
    tracks += incidents.microphones
    babble = _babble(cast[people : people + _BABBLERS], tracks.shape[1], rng) if level.has_babble else None
    gains_db = rng.uniform(-level.gain_db, level.gain_db, people)
    microphones = Microphones(level, gains_db, babble, 50 if seed % 2 else 60, rng)
    microphones.record(tracks)
    assert np.isfinite(tracks).all()
    truth = Truth(
        duration_s=excerpt.duration_s,
        speakers=excerpt.speakers,
        events=tuple(sorted(incidents.events, key=lambda event: event.t_s)),
        level=level_name,
        seed=seed,
        bleed_db=bleed_db,
        gains_db=np.round(gains_db, 1).tolist(),
        loudness_db=np.round(loudness_db, 1).tolist(),
        gain_steps=tuple(microphones.steps),
    )
    return np.clip(tracks, -1, 1), truth


def _babble(voices: Sequence[VoiceFiles], samples: int, rng: np.random.Generator) -> Samples:
    mixed = np.zeros(samples, np.float32)
    for files in voices:
        mixed += Voice(files, rng).say(samples)
    mixed /= np.sqrt((mixed**2).mean())
    return mixed


def at_rate(tracks: Samples, sample_rate: int) -> Samples:
    """The same sound at a multiple of 16 kHz, by an exact spectrum."""
    times = sample_rate // SAMPLE_RATE
    if times == 1:
        return tracks
    samples = tracks.shape[1]
    spectrum = np.fft.rfft(tracks, axis=1)
    wider = np.pad(spectrum, ((0, 0), (0, samples * times // 2 + 1 - spectrum.shape[1])))
    faster: Samples = np.fft.irfft(wider, samples * times, axis=1).astype(np.float32) * times
    return faster
