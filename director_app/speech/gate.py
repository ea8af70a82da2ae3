"""Whether a microphone hears speech at all, its own person's or a neighbour's. Compares no microphones."""

import numpy as np
import webrtcvad
from numpy.typing import NDArray

from director_app.speech.decimator import HOP_SAMPLES, SPEECH_RATE, Sound16

MODE = 3
"""The strictest of webrtcvad's modes: in the others it hears the neighbours nearly as well as its own person."""

SHARE_HOPS = 10
_FULL_SCALE_16 = 32768.0

Fired = NDArray[np.bool_]
"""Shape (hops, microphones)."""


class VoiceDetector:
    """webrtcvad on every microphone."""

    def __init__(self, microphones: int) -> None:
        self._detectors = [webrtcvad.Vad(MODE) for _ in range(microphones)]

    def of(self, sound: Sound16) -> Fired:
        """sound: shape (microphones, hops * 320)."""
        scaled = np.rint(sound * _FULL_SCALE_16)
        pcm = np.minimum(np.maximum(scaled, -_FULL_SCALE_16), _FULL_SCALE_16 - 1).astype("<i2")
        hops = sound.shape[1] // HOP_SAMPLES
        fired = np.empty((hops, len(sound)), bool)
        size = HOP_SAMPLES * pcm.itemsize
        for microphone, (detector, row) in enumerate(zip(self._detectors, pcm, strict=True)):
            heard = row.tobytes()
            fired[:, microphone] = [
                detector.is_speech(heard[hop * size : (hop + 1) * size], SPEECH_RATE, HOP_SAMPLES)
                for hop in range(hops)
            ]
        return fired


class VoiceShare:
    """How much of the last 200 ms was speech."""

    def __init__(self, microphones: int) -> None:
        self._past = np.zeros((SHARE_HOPS, microphones))

    def of(self, fired: Fired) -> NDArray[np.float64]:
        """fired: shape (hops, microphones); returns shares of the same shape, 0 to 1."""
        every = np.concatenate([self._past, fired])
        self._past = every[-SHARE_HOPS:]
        counts = np.cumsum(every, axis=0)
        shares: NDArray[np.float64] = (counts[SHARE_HOPS:] - counts[:-SHARE_HOPS]) / SHARE_HOPS
        return shares
