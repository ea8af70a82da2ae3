"""What a running show looks like from outside: immutable, swapped in whole, read by any thread."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from director_app.core.live_names import ShownName
from director_app.core.named_spans import Box
from director_app.core.sources import CameraId, MicrophoneId, SourceState
from director_app.core.switcher import ProgramState


@dataclass(frozen=True, slots=True)
class Meter:
    """One microphone now; level_db in dBFS."""

    level_db: float
    speaks: bool


@dataclass(frozen=True, slots=True)
class NameImage:
    """A name as it is drawn: RGBA, a byte each; where it stands in a picture of the canvas, width and height."""

    pixels: bytes
    box: Box
    canvas: tuple[int, int]


@dataclass(frozen=True, slots=True)
class NameOnAir:
    """A name that is on air, in room time, and as viewers read it."""

    shown: ShownName
    name: str
    role: str
    image: NameImage | None = None


@dataclass(frozen=True, slots=True)
class DirectorState:
    """What the director thread knows after its last step.

    refusal: why the last key could not act, refused_s: when that was. gain_control_since_s: the microphones have been
    found to turn themselves up and down; None: they do not.
    """

    t_s: float
    program: ProgramState
    meters: Mapping[MicrophoneId, Meter]
    refusal: str | None = None
    gain_control_since_s: float | None = None
    refused_s: float | None = None
    name: NameOnAir | None = None


class Urgency(StrEnum):
    """NEWS is told, TROUBLE stays until it is over."""

    NEWS = "news"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence for the producer. cause: what a trouble is known by, such as "camera cam_2"."""

    urgency: Urgency
    text: str
    cause: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class DiskState:
    """free_bytes: on the sessions' disk. left_s: until the reserve is reached at the present rate, None unknown."""

    free_bytes: int
    left_s: float | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a status line or a window shows. Times are session seconds."""

    recording: bool
    t_s: float
    director: DirectorState
    cameras: Mapping[CameraId, SourceState]
    microphones: Mapping[MicrophoneId, SourceState]
    frames_repeated: int
    disk: DiskState
    notices: tuple[Notice, ...]
    file_bytes: Mapping[str, int] = field(default_factory=dict)
