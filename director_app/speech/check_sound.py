"""Listens through a sound check and keeps what its judgement needs: measured numbers, never the sound itself."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from director_app.core.canvas import EVIDENCE_HOP_S
from director_app.media.sound.packets import Pcm24
from director_app.speech.alike import Alike
from director_app.speech.calibration import Matrix
from director_app.speech.clipping import Clipping
from director_app.speech.gain_control import GainControlWatch
from director_app.speech.levels import Levels, decibels
from director_app.speech.listening import Front
from director_app.speech.moments import Flags
from director_app.speech.own_speech import Evidences, OwnSpeech

NOBODY = -1
"""A turn in which nobody in particular is meant to speak."""

_JUDGE_EVERY_HOPS = 100


@dataclass(frozen=True, slots=True)
class CheckSound:
    """Arrays of hops have the shape (hops, microphones) or (hops,).

    levels, floors: dBFS. changes: of the level from hop to hop, dB. voiced: whose speech gate was open; fired: any
    detector. turns: who was meant to speak, as the microphone's row, or NOBODY. clipped: samples of each microphone
    that were cut off. alike: see Alike. rising: whose pauses rise, as automatic gain control makes them.
    """

    levels: Levels
    floors: Levels
    changes: Levels
    voiced: Flags
    fired: Flags
    turns: NDArray[np.int64]
    clipped: NDArray[np.int64]
    alike: Matrix
    rising: Flags


class CheckEar:
    """Collects; must be given all sound in order, in whole hops of 960 samples."""

    def __init__(self, microphones: int) -> None:
        self._front = Front(microphones)
        self._own = OwnSpeech(microphones)
        self._clipping = Clipping(microphones)
        self._alike = Alike(microphones)
        self._power: list[Levels] = []
        self._heard: list[Evidences] = []
        self._fired: list[Flags] = []
        self._turns: list[NDArray[np.int64]] = []
        self._watches = [GainControlWatch(1) for _ in range(microphones)]
        self._rising = np.zeros(microphones, bool)
        self._hops = 0

    def hear(self, samples: Pcm24) -> Evidences:
        """samples: shape (microphones, hops * 960). Whose turn it was is told afterwards, by meant()."""
        self._clipping.hear(samples)
        self._alike.hear(samples)
        power, fired = self._front.of(samples)
        heard = self._own.hear(power, fired)
        self._watch(power, fired)
        self._power.append(power)
        self._fired.append(np.any(fired, axis=1, keepdims=True)[:, 0])
        self._heard.append(heard)
        return heard

    def _watch(self, power: Levels, fired: Flags) -> None:
        """Each microphone by itself: what one of them does need not show in all together."""
        levels = decibels(power)
        before, self._hops = self._hops, self._hops + len(power)
        is_due = before // _JUDGE_EVERY_HOPS < self._hops // _JUDGE_EVERY_HOPS
        for row, watch in enumerate(self._watches):
            watch.hear(levels[:, [row]], fired[:, [row]])
            if is_due:
                watch.judge(self._hops * EVIDENCE_HOP_S)
                self._rising[row] |= watch.since_s is not None

    def meant(self, turns: NDArray[np.int64]) -> None:
        """Whose turns the hops heard last were."""
        self._turns.append(turns)

    def sound(self) -> CheckSound:
        """Everything so far; at least one hop must have been heard."""
        levels = decibels(np.concatenate(self._power))
        return CheckSound(
            levels=np.concatenate([each.levels for each in self._heard]),
            floors=np.concatenate([each.floors for each in self._heard]),
            changes=np.abs(np.diff(levels, axis=0, prepend=levels[:1])),
            voiced=np.concatenate([each.voiced for each in self._heard]),
            fired=np.concatenate(self._fired),
            turns=np.concatenate(self._turns),
            clipped=self._clipping.clipped(),
            alike=self._alike.likeness(),
            rising=self._rising,
        )
