"""The seam between sound and directing: whoever implements Analysis may replace how speech is heard."""

from collections.abc import Sequence
from typing import Protocol

from director_app.core.evidence import Heard
from director_app.media.sound.packets import SoundTick


class Analysis(Protocol):
    """Causal: a record depends on the ticks up to its own only, however many are given at a time."""

    def hear(self, ticks: Sequence[SoundTick]) -> list[Heard]:
        """For each tick of 20 ms one evidence record per microphone; ticks come in order, none is left out."""

    @property
    def gain_control_since_s(self) -> float | None:
        """Since when the microphones have been found to turn themselves up and down; None while they are not."""
