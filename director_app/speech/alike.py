"""Whether two microphones give one and the same signal, at whatever loudness and lag. Knows nothing of speech."""

import numpy as np
from numpy.typing import NDArray

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

_Spectrum = NDArray[np.complexfloating]


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
        """[one, other]: the lower quartile over the pieces in which both gave sound, 0 to 1; 0 where none did."""
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
        if min(power[one], power[other]) >= _LOUD:
            cross = spectra[one] * np.conj(spectra[other])
            lag, peak = _peak(cross, 1)
            # What lies beyond the ends of the piece in one of them only says nothing.
            scale = _energy_in_common(sound[one], sound[other], lag)
            found[one, other] = peak / scale
            if peak > _WORTH_A_LOOK * scale:
                # Between two samples the peak of a coarse correlation is too low.
                found[one, other] = _peak(cross, _FINER)[1] / scale
    return found


def _peak(cross: _Spectrum, finer: int) -> tuple[int, float]:
    """The lag, in parts of a sample, and the height of the greatest correlation."""
    most = round(MOST_LAG_S * SPEECH_RATE) * finer
    correlation = np.fft.irfft(cross, _SIZE * finer) * finer
    near = np.abs(np.concatenate([correlation[-most:], correlation[: most + 1]]))
    at = int(near.argmax())
    return at - most, float(near[at])


def _energy_in_common(one: Sound16, other: Sound16, lag: int) -> float:
    """The geometric mean of the energies of the samples that a lag brings together."""
    length = len(one) - abs(lag)
    first, second = one[max(0, lag) :][:length], other[max(0, -lag) :][:length]
    return float(np.sqrt((first.astype(np.float64) ** 2).sum() * (second.astype(np.float64) ** 2).sum()))
