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
    """Mixes the sound of any number of microphones (none gives silence) to one channel.

    Gains are found anew every 960 samples, so how much is given at a time changes nothing, as long as every call but
    the last gives whole blocks.
    """

    def __init__(self, microphones: int) -> None:
        self._power = np.full(microphones, _FLOOR)
        self._gains = np.full(microphones, np.sqrt(1 / max(1, microphones)), np.float32)
        self._limit = 1.0
        self._keep = np.exp(-BLOCK_SAMPLES / SAMPLE_RATE / SMOOTHING_S)
        self._recover = 1 - np.exp(-BLOCK_SAMPLES / SAMPLE_RATE / _RELEASE_S)

    def mix(self, samples: Pcm24) -> NDArray[np.float32]:
        """samples: shape (microphones, n). Gives n float32 samples within -1 dBFS."""
        microphones, count = samples.shape
        if not microphones or not count:
            return np.zeros(count, np.float32)
        sound = to_float(samples)
        whole = count - count % BLOCK_SAMPLES
        parts = [sound[:, :whole].reshape(microphones, -1, BLOCK_SAMPLES), sound[:, None, whole:]]
        return np.concatenate([self._mix_blocks(part).ravel() for part in parts if part.size])

    def _mix_blocks(self, sound: NDArray[np.float32]) -> NDArray[np.float32]:
        """Shape (microphones, blocks, n) to (blocks, n)."""
        gains = self._gains_around(sound)
        ramp: NDArray[np.float32] = np.linspace(0, 1, sound.shape[2]).astype(np.float32)
        # Two products instead of a gain per sample and microphone: old gains fade out as the new ones fade in.
        products = np.matmul(gains, sound.transpose(1, 0, 2))
        old, new = products[:, 0], products[:, 1]
        new -= old
        new *= ramp
        new += old
        return self._limited(new, ramp)

    def _gains_around(self, sound: NDArray[np.float32]) -> NDArray[np.float32]:
        """The gains at the begin and at the end of every block: shape (blocks, 2, microphones)."""
        # The difference of neighbours rises 6 dB an octave: rumble and hum do not count as speech.
        edge = sound[:, :, 1:] - sound[:, :, :-1]
        powers = np.einsum("ikj,ikj->ki", edge, edge) / sound.shape[2] + _FLOOR
        gains = np.empty((len(powers), 2, len(sound)), np.float32)
        for around, power in zip(gains, powers, strict=True):
            self._power = self._keep * self._power + (1 - self._keep) * power
            around[0] = self._gains
            around[1] = self._gains = np.sqrt(self._power / self._power.sum()).astype(np.float32)
        return gains

    def _limited(self, mix: NDArray[np.float32], ramp: NDArray[np.float32]) -> NDArray[np.float32]:
        """Turn loud blocks down smoothly; what overshoots while turning is rounded off below the ceiling."""
        peaks = np.abs(mix).max(axis=1)
        if self._limit == 1.0 and peaks.max() <= _KNEE:
            return mix
        limits = np.empty((len(mix), 2, 1), np.float32)
        for around, peak in zip(limits, peaks, strict=True):
            wanted = min(1.0, _KNEE / max(float(peak), _FLOOR))
            around[0] = self._limit
            around[1] = self._limit = min(wanted, self._limit + self._recover * (1 - self._limit))
        mix = mix * (limits[:, 0] + (limits[:, 1] - limits[:, 0]) * ramp)
        if np.abs(mix).max() <= _KNEE:
            return mix
        room = CEILING - _KNEE
        over = np.abs(mix) - np.float32(_KNEE)
        rounded = np.sign(mix) * (_KNEE + room * np.tanh(over / room))
        return np.where(over > 0, rounded, mix).astype(np.float32)
