"""The sound of the program: whoever speaks is loud, every other microphone steps back, and nothing ever clips.

Gain sharing after Dan Dugan ("Automatic Microphone Mixing", Journal of the Audio Engineering Society 23(6), 1975,
442-449; US patent 3,992,584): each microphone is turned down by as many dB as its level lies below the level of
all together, L_i - 10 log10(sum of powers), that is g_i = sqrt(P_i / sum P). The squares of the gains add up to one,
so the noise of the room stays that of one open microphone, whoever and how many speak (NOMA). Must not decide who
holds the floor.
"""

import numpy as np
from numpy.typing import NDArray

from director_app.core.canvas import BLOCK_SAMPLES, SAMPLE_RATE
from director_app.media.sound.packets import Pcm24, to_float

SMOOTHING_S = 0.06
"""Time constant of the powers that are compared."""

CEILING = 10 ** (-1 / 20)
"""The mix never goes above -1 dBFS."""

_KNEE = 10 ** (-2.5 / 20)
_RELEASE_S = 0.25
_FLOOR = 1e-10


class Automix:
    """Mixes blocks of any number of microphones (none gives silence) to one channel."""

    def __init__(self, microphones: int) -> None:
        self._power = np.full(microphones, _FLOOR)
        self._gains = np.full(microphones, np.sqrt(1 / max(1, microphones)), np.float32)
        self._limit = 1.0
        self._keep = np.exp(-BLOCK_SAMPLES / SAMPLE_RATE / SMOOTHING_S)
        self._recover = 1 - np.exp(-BLOCK_SAMPLES / SAMPLE_RATE / _RELEASE_S)

    def mix(self, samples: Pcm24) -> NDArray[np.float32]:
        """samples: shape (microphones, n), n around 960. Gives n float32 samples within -1 dBFS."""
        count = samples.shape[1]
        if not len(samples):
            return np.zeros(count, np.float32)
        sound = to_float(samples)
        before, self._gains = self._gains, self._shares(sound)
        ramp: NDArray[np.float32] = np.linspace(0, 1, count).astype(np.float32)
        # Two products instead of a gain per sample and microphone: old gains fade out as the new ones fade in.
        old = before @ sound
        new = self._gains @ sound
        return self._limited((old + (new - old) * ramp).astype(np.float32, copy=False), ramp)

    def _shares(self, sound: NDArray[np.float32]) -> NDArray[np.float32]:
        # The difference of neighbours rises 6 dB an octave: rumble and hum do not count as speech.
        edge = sound[:, 1:] - sound[:, :-1]
        power = np.einsum("ij,ij->i", edge, edge) / sound.shape[1] + _FLOOR
        self._power = self._keep * self._power + (1 - self._keep) * power
        shares: NDArray[np.float32] = np.sqrt(self._power / self._power.sum()).astype(np.float32)
        return shares

    def _limited(self, mix: NDArray[np.float32], ramp: NDArray[np.float32]) -> NDArray[np.float32]:
        """Turn a loud block down smoothly; what overshoots while turning is rounded off below the ceiling."""
        peak = float(np.abs(mix).max(initial=0.0))
        before, wanted = self._limit, min(1.0, _KNEE / max(peak, _FLOOR))
        self._limit = min(wanted, before + self._recover * (1 - before))
        if before < 1.0 or self._limit < 1.0:
            mix = mix * (np.float32(before) + np.float32(self._limit - before) * ramp)
            peak = float(np.abs(mix).max())
        if peak <= _KNEE:
            return mix
        room = CEILING - _KNEE
        over = np.abs(mix) - np.float32(_KNEE)
        rounded = np.sign(mix) * (_KNEE + room * np.tanh(over / room))
        return np.where(over > 0, rounded, mix).astype(np.float32)
