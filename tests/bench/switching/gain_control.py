"""Automatic gain control as laptops and conference microphones have it: what the program must detect.

A slow compressor per microphone, behind everything the microphone hears: it turns down within 0.1 to 0.3 s what is
louder than -23 dBFS, and turns up by 6 to 10 dB a second, at most by 30 dB, whatever is softer, so that pauses fill
with noise and neighbours. It knows nothing of speech and looks at nothing that is still to come.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.bench.switching.sound import SAMPLE_RATE, Samples, factors

TARGET_DB = -23.0
GAIN_MAX_DB = 30.0
_HOP = SAMPLE_RATE // 100
_HOP_S = 0.01
_POWER_MEMORY_S = 0.05


@dataclass(frozen=True, slots=True)
class GainControl:
    """attack_s: after which 90 % of turning down is done; release_db_s: how fast it turns up."""

    attack_s: float
    release_db_s: float

    def apply(self, sound: Samples) -> Samples:
        """One microphone; what leaves full scale is clipped. A gain is reached 10 ms after what it follows from."""
        known = self.gains_db(sound)
        ends = np.arange(len(known) + 1) * _HOP
        gain_db = np.interp(np.arange(len(sound)), ends, np.r_[0.0, 0.0, known[:-1]])
        louder: Samples = np.clip(sound * factors(gain_db), -1, 1).astype(np.float32)
        return louder

    def gains_db(self, sound: Samples) -> NDArray[np.float64]:
        """The gain at the end of every 10 ms."""
        powers = (sound[: len(sound) // _HOP * _HOP].reshape(-1, _HOP).astype(np.float64) ** 2).mean(1)
        keep, fall = np.exp(-_HOP_S / _POWER_MEMORY_S), 1 - 0.1 ** (_HOP_S / self.attack_s)
        rise_db = self.release_db_s * _HOP_S
        gains_db, gain_db, smooth = np.zeros(len(powers)), 0.0, 0.0
        for hop, power in enumerate(powers):
            smooth += (1 - keep) * (power - smooth)
            wanted_db = min(GAIN_MAX_DB, max(0.0, TARGET_DB - 10 * np.log10(smooth + 1e-12)))
            step_db = wanted_db - gain_db
            gain_db += min(step_db, rise_db) if step_db > 0 else fall * step_db
            gains_db[hop] = gain_db
        return gains_db


def controlled(tracks: Samples, seed: int) -> Samples:
    """Every microphone with a control of its own making."""
    rng = np.random.default_rng([seed, 23])
    each = [GainControl(rng.uniform(0.1, 0.3), rng.uniform(6, 10)) for _ in tracks]
    return np.stack([control.apply(track) for control, track in zip(each, tracks, strict=True)])
