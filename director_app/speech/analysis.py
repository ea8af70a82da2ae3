"""The seam between sound and directing: whoever implements Analysis may replace how speech is heard."""

from typing import Protocol

from director_app.core.evidence import Heard
from director_app.media.sound.packets import SoundTick


class Analysis(Protocol):
    """Causal: what hear() returns depends on the ticks so far only, and is the same for the same samples."""

    def hear(self, tick: SoundTick) -> Heard:
        """One evidence record per microphone for one tick of 20 ms; ticks come in order, none is left out."""
