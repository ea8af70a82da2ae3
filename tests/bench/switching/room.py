"""From mouths to microphones: direct paths, a few reflections and a diffuse tail, for every pair."""

import numpy as np
from numpy.typing import NDArray

from tests.bench.switching.levels import Level
from tests.bench.switching.sound import SAMPLE_RATE, Samples, convolve, factor

_SOUND_M_PER_S = 343
_OWN_DELAY_S = 0.0006
_RESPONSE_MAX_S = 0.8
_REFLECTIONS = 6


def response(
    rng: np.random.Generator,
    direct_db: float,
    delay_s: float,
    tail_db: float,
    reverberation_s: float,
    *,
    off_axis: bool,
) -> Samples:
    """An impulse response; off axis, heads and cardioids take treble off the direct path."""
    samples = int(SAMPLE_RATE * min(_RESPONSE_MAX_S, reverberation_s))
    made = np.zeros(samples, np.float32)
    first = int(delay_s * SAMPLE_RATE)
    if off_axis:
        dull = np.exp(-np.arange(12) / 1.2)
        dull /= dull.sum()
        made[first : first + 12] += factor(direct_db) * dull
    else:
        made[first] += factor(direct_db)
    for _ in range(_REFLECTIONS):  # they share a third of the diffuse energy
        at = first + int(rng.uniform(0.002, 0.03) * SAMPLE_RATE)
        if at < samples:
            made[at] += rng.choice([-1, 1]) * factor(tail_db - 13)
    made[first:] += _tail(rng, samples - first, tail_db, reverberation_s)
    return made


def _tail(rng: np.random.Generator, samples: int, tail_db: float, reverberation_s: float) -> Samples:
    t_s = np.arange(samples) / SAMPLE_RATE
    tail = rng.standard_normal(samples) * np.exp(-6.9 * t_s / reverberation_s)
    tail[: int(0.004 * SAMPLE_RATE)] = 0
    made: Samples = (tail * factor(tail_db - 1.8) / np.sqrt((tail**2).sum())).astype(np.float32)
    return made


def unit_energy(made: Samples) -> Samples:
    """Changes no level of what goes through it."""
    scaled: Samples = made / np.sqrt((made**2).sum())
    return scaled


def heard(mouths: Samples, level: Level, rng: np.random.Generator) -> tuple[Samples, list[list[float]]]:
    """Everybody in every microphone, shape as mouths; and bleed[i][j], dB of speaker i in microphone j against i."""
    people = len(mouths)
    distances_m = _symmetric(rng.uniform(0.7, 1.8, (people, people)))
    direct_db = _symmetric(rng.uniform(*level.bleed_db, (people, people)))
    microphones = np.zeros_like(mouths)
    bleed = np.zeros((people, people))
    for person, mouth in enumerate(mouths):
        paths = [
            _path(rng, level, direct_db[person, each], distances_m[person, each], own=each == person)
            for each in range(people)
        ]
        for each, sound in enumerate(convolve(mouth, paths)):
            bleed[person, each] = 10 * np.log10((sound**2).sum() / ((mouth**2).sum() + 1e-9) + 1e-9)
            microphones[each] += sound
    return microphones, np.round(bleed - np.diag(bleed)[:, None], 1).tolist()


def _path(rng: np.random.Generator, level: Level, direct_db: float, distance_m: float, *, own: bool) -> Samples:
    if own:
        return response(rng, 0, _OWN_DELAY_S, level.tail_db, level.reverberation_s, off_axis=False)
    loud_db, delay_s = direct_db + rng.normal(0, 1), distance_m / _SOUND_M_PER_S
    return response(rng, loud_db, delay_s, level.tail_db, level.reverberation_s, off_axis=True)


def _symmetric(square: NDArray[np.float64]) -> NDArray[np.float64]:
    both: NDArray[np.float64] = (square + square.T) / 2
    return both
