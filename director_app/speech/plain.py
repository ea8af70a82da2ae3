"""The plain analysis: who is loud, speaks and is not merely overheard. Knows no calibration of bleed.

A microphone's own person speaks when webrtcvad hears speech in it, it stands well over its noise floor, and it is
within 6 dB of the loudest microphone.
"""

from collections.abc import Sequence

import numpy as np
import webrtcvad
from numpy.typing import NDArray

from director_app.core.canvas import BLOCK_SAMPLES, SAMPLE_RATE
from director_app.core.evidence import SILENCE_DB, Evidence, Heard
from director_app.core.sources import MicrophoneId
from director_app.media.sound.packets import SoundTick
from director_app.speech.levels import BandLevel, Levels, NoiseFloor

OVER_FLOOR_DB = 10.0
NEAR_LOUDEST_DB = 6.0
VAD_MODE = 3
VAD_HOPS = 10
VAD_SHARE = 0.4
_LEVEL_SMOOTHING = 0.5


class PlainAnalysis:
    """An Analysis for microphones that each belong to one person."""

    def __init__(self, microphones: Sequence[MicrophoneId]) -> None:
        count = len(microphones)
        self._microphones = tuple(microphones)
        self._gates = [webrtcvad.Vad(VAD_MODE) for _ in microphones]
        self._fired = np.zeros((VAD_HOPS, count), bool)
        self._band = BandLevel()
        self._floor = NoiseFloor(count)
        self._levels = np.full(count, SILENCE_DB)

    def hear(self, ticks: Sequence[SoundTick]) -> list[Heard]:
        """One record per microphone and tick."""
        # All ticks in one go where numpy's cost per call outweighs its cost per sample.
        samples = np.stack([tick.samples for tick in ticks])
        levels = self._band.of(samples.reshape(-1, BLOCK_SAMPLES)).reshape(len(ticks), -1)
        pcm = (samples >> 8).astype("<i2")
        return [self._hear(tick, *each) for tick, *each in zip(ticks, levels, pcm, strict=True)]

    def _hear(self, tick: SoundTick, now: Levels, pcm: NDArray[np.int16]) -> Heard:
        self._levels = self._levels + _LEVEL_SMOOTHING * (now - self._levels)
        floors = self._floor.follow(now)
        self._fired[tick.index % VAD_HOPS] = [
            gate.is_speech(row.tobytes(), SAMPLE_RATE) for gate, row in zip(self._gates, pcm, strict=True)
        ]
        voiced = self._fired.mean(axis=0) >= VAD_SHARE
        margins = _margins(self._levels)
        own = voiced & (self._levels >= floors + OVER_FLOOR_DB) & (margins >= -NEAR_LOUDEST_DB)
        rows = zip(self._microphones, self._levels, floors, margins, voiced, own, strict=True)
        records = tuple(
            Evidence(microphone, float(level), float(floor), float(margin), bool(gate), bool(speaks))
            for microphone, level, floor, margin, gate, speaks in rows
        )
        return Heard(tick.end_sample / SAMPLE_RATE, records)


def _margins(levels: Levels) -> Levels:
    """How far each microphone stands above the loudest of the others, dB; a lone one above silence."""
    if len(levels) < 2:
        return levels - SILENCE_DB
    order = np.argsort(levels)
    loudest, second = levels[order[-1]], levels[order[-2]]
    margins: Levels = levels - loudest
    margins[order[-1]] = loudest - second
    return margins
