"""Who speaks, heard across all microphones: the analysis of every show, live or afterwards."""

from collections.abc import Sequence

import numpy as np

from director_app.core.canvas import BLOCK_SAMPLES, SAMPLE_RATE
from director_app.core.evidence import Evidence, Heard
from director_app.core.sources import MicrophoneId
from director_app.media.sound.packets import Pcm24, SoundTick
from director_app.speech.calibration import Calibration
from director_app.speech.decimator import Decimator
from director_app.speech.gate import Fired, VoiceDetector
from director_app.speech.levels import BandPower, Levels
from director_app.speech.own_speech import OwnSpeech

_AT_ONCE = 4
"""Ticks per piece; the same live and afterwards, so that both do the very same sums."""


class Front:
    """From samples to what the own-speech evidence is made of: band power and voice detections per hop."""

    def __init__(self, microphones: int) -> None:
        self._decimator = Decimator(microphones)
        self._power = BandPower(microphones)
        self._voice = VoiceDetector(microphones)

    def of(self, samples: Pcm24) -> tuple[Levels, Fired]:
        """samples: shape (microphones, hops * 960)."""
        pieces = [
            self._decimator.of(samples[:, first : first + _AT_ONCE * BLOCK_SAMPLES])
            for first in range(0, samples.shape[1], _AT_ONCE * BLOCK_SAMPLES)
        ]
        sound = pieces[0] if len(pieces) == 1 else np.concatenate(pieces, axis=1)
        return self._power.of(sound), self._voice.of(sound)


class Listening:
    """An Analysis for any number of microphones, whose people may all be heard in all of them."""

    def __init__(self, microphones: Sequence[MicrophoneId], prior: Calibration | None = None) -> None:
        """prior: what a sound check has found of these microphones; without it everything is learnt from the talk."""
        self._microphones = tuple(microphones)
        self._front = Front(len(microphones))
        self.own_speech = OwnSpeech(len(microphones), prior=prior)

    @property
    def gain_control_since_s(self) -> float | None:
        """Since when the microphones have been found to turn themselves up and down; None while they are not."""
        return self.own_speech.gain_control.since_s

    def hear(self, ticks: Sequence[SoundTick]) -> list[Heard]:
        """One record per microphone and tick."""
        if not self._microphones:
            return [Heard(tick.end_sample / SAMPLE_RATE, ()) for tick in ticks]
        samples = np.concatenate([tick.samples for tick in ticks], axis=1)
        heard = self.own_speech.hear(*self._front.of(samples))
        columns = (heard.levels, heard.floors, heard.margins, heard.voiced, heard.own)
        rows = zip(*(each.tolist() for each in columns), strict=True)
        return [
            Heard(
                tick.end_sample / SAMPLE_RATE,
                tuple(map(Evidence, self._microphones, *row)),
            )
            for tick, row in zip(ticks, rows, strict=True)
        ]
