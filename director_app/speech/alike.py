"""Whether two microphones give one and the same signal, at whatever loudness and lag. Knows nothing of speech."""

import numpy as np

from director_app.core.canvas import BLOCK_SAMPLES
from director_app.media.sound.packets import Pcm24
from director_app.speech.calibration import Matrix
from director_app.speech.decimator import SPEECH_RATE, Decimator, Sound16

MOST_LAG_S = 0.05

_PIECE_SAMPLES = 100 * BLOCK_SAMPLES
_SIZE = 1 << 17
"""Of the transform: two pieces and the lag fit into it."""
_FINER = 4
_WORTH_A_LOOK = 0.9
_LOUD = 1e-7
"""Mean power, full scale 1.0: -70 dBFS. In silence everything is alike."""


class Alike:
    """Correlates every pair of microphones, two seconds at a time."""

    def __init__(self, microphones: int) -> None:
        self._microphones = microphones
        self._decimator = Decimator(microphones)
        self._waiting: list[Sound16] = []
        self._count = 0
        self._found: list[Matrix] = []

    def hear(self, samples: Pcm24) -> None:
        """samples: shape (microphones, hops * 960)."""
        for first in range(0, samples.shape[1], _PIECE_SAMPLES):
            part = samples[:, first : first + _PIECE_SAMPLES]
            self._waiting.append(self._decimator.of(part))
            self._count += part.shape[1]
            if self._count >= _PIECE_SAMPLES:
                self._found.append(_correlations(np.concatenate(self._waiting, axis=1)))
                self._waiting, self._count = [], 0

    def likeness(self) -> Matrix:
        """[one, other]: the lower quartile over all pieces in which both gave sound, 0 to 1; 0 where they never did."""
        if not self._found:
            return np.zeros((self._microphones, self._microphones))
        pieces = np.stack(self._found)
        likeness = np.zeros(pieces.shape[1:])
        for one, other in zip(*np.triu_indices(len(likeness), 1), strict=True):
            known = pieces[:, one, other]
            known = known[np.isfinite(known)]
            if len(known):
                likeness[one, other] = likeness[other, one] = np.percentile(known, 25)
        return likeness


def _correlations(sound: Sound16) -> Matrix:
    """The greatest correlation within MOST_LAG_S of every pair; NaN where one is silent."""
    count = len(sound)
    power = (sound.astype(np.float64) ** 2).mean(axis=1)
    spectra = np.fft.rfft(sound, _SIZE, axis=1)
    found = np.full((count, count), np.nan)
    for one, other in zip(*np.triu_indices(count, 1), strict=True):
        if min(power[one], power[other]) < _LOUD:
            continue
        cross = spectra[one] * np.conj(spectra[other])
        scale = sound.shape[1] * np.sqrt(power[one] * power[other])
        peak = _peak(cross, 1) / scale
        # Between two samples the peak of a coarse correlation is too low.
        found[one, other] = peak if peak < _WORTH_A_LOOK else _peak(cross, _FINER) / scale
    return found


def _peak(cross: np.ndarray[tuple[int], np.dtype[np.complexfloating]], finer: int) -> float:
    lags = round(MOST_LAG_S * SPEECH_RATE) * finer
    correlation = np.fft.irfft(cross, _SIZE * finer) * finer
    return float(np.abs(np.concatenate([correlation[: lags + 1], correlation[-lags:]])).max())
