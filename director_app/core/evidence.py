"""What was heard: the seam between the analysis in speech/ and the switcher. Plain data, nothing else."""

from dataclasses import dataclass
from typing import NamedTuple

from director_app.core.sources import MicrophoneId

SILENCE_DB = -100.0
"""Level given for digital silence, dBFS."""


class Evidence(NamedTuple):
    """One microphone over one hop of 20 ms; a tuple, because fifty a second are made of each microphone.

    level_db: speech-band level, dBFS. noise_floor_db: what the level falls to when nobody speaks, dBFS.
    margin_db: how far this microphone stands above what every other microphone could explain, dB.
    voiced: the speech gate is open. own_speech: the person at this very microphone speaks.
    """

    microphone: MicrophoneId
    level_db: float
    noise_floor_db: float
    margin_db: float
    voiced: bool
    own_speech: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """All microphones over the hop that ends at session time t_s."""

    t_s: float
    records: tuple[Evidence, ...]
