"""Real voices, cut into phrases, that say as much as wanted. What they say does not matter."""

from collections.abc import Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

import av
import numpy as np

from tests.bench.switching.sound import SAMPLE_RATE, SPEECH_DB, Samples, factor

_SUFFIXES = frozenset({".flac", ".ogg", ".opus"})
_HOP = SAMPLE_RATE // 100
_UNDER_LOUD_DB = 30
_PHRASE_HOPS_MIN = 15
_GAP_S = (0.02, 0.08)
_FADE_IN, _FADE_OUT = 160, 320

VoiceFiles = tuple[Path, ...]
"""The files of one speaker."""


def find_voices(folder: Path) -> list[VoiceFiles]:
    """By speaker; files are called <speaker>-<chapter>-<utterance>. Raises FileNotFoundError where there are none."""
    files = sorted((each for each in folder.glob("*") if each.suffix in _SUFFIXES), key=lambda each: each.stem)
    if not files:
        raise FileNotFoundError(f"there are no voices in {folder}")
    by_speaker = groupby(sorted(files, key=_speaker), key=_speaker)
    return [tuple(each) for _, each in by_speaker]


def _speaker(path: Path) -> str:
    return path.stem.split("-")[0]


def read_sound(path: Path) -> Samples:
    """The first sound stream as 16 kHz mono; what an encoder put before and behind is taken off by the demuxer."""
    parts: list[Samples] = []
    with av.open(str(path)) as container:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)
        for frame in [*container.decode(audio=0), None]:
            parts += [np.asarray(each.to_ndarray()[0], np.float32) for each in resampler.resample(frame)]
    return np.concatenate(parts)


@cache
def phrases(path: Path) -> tuple[Samples, ...]:
    """A reading without its pauses, active speech at -26 dBFS."""
    sound = read_sound(path)
    hops = sound[: len(sound) // _HOP * _HOP].reshape(-1, _HOP)
    levels = 10 * np.log10((hops**2).mean(1) + 1e-10)
    loud = levels > np.percentile(levels, 95) - _UNDER_LOUD_DB
    active = np.convolve(loud, np.ones(9), "same") > 2
    sound = sound * factor(SPEECH_DB) / np.sqrt((sound[: len(active) * _HOP].reshape(-1, _HOP)[active] ** 2).mean())
    edges = np.flatnonzero(np.diff(np.r_[0, active.astype(int), 0])).tolist()
    spans = zip(edges[::2], edges[1::2], strict=True)
    return tuple(sound[first * _HOP : end * _HOP] for first, end in spans if end - first >= _PHRASE_HOPS_MIN)


class Voice:
    """Says phrase after phrase in random order, each once before any comes again."""

    def __init__(self, files: Sequence[Path], rng: np.random.Generator) -> None:
        self._phrases = [phrase for path in files for phrase in phrases(path)]
        self._rng = rng
        self._order: list[int] = []

    def say(self, samples: int) -> Samples:
        """So many samples of speech, faded in and out."""
        parts: list[Samples] = []
        said = 0
        while said < samples:
            if not self._order:
                self._order = self._rng.permutation(len(self._phrases)).tolist()
            phrase = self._phrases[self._order.pop()]
            gap = np.zeros(int(SAMPLE_RATE * self._rng.uniform(*_GAP_S)), np.float32)
            parts += [phrase, gap]
            said += len(phrase) + len(gap)
        return _faded(np.concatenate(parts)[:samples].copy())


def _faded(speech: Samples) -> Samples:
    first, last = min(_FADE_IN, len(speech) // 2), min(_FADE_OUT, len(speech) // 2)
    speech[:first] *= np.linspace(0, 1, first)
    speech[len(speech) - last :] *= np.linspace(1, 0, last)
    return speech
