"""What the switcher can answer. Each decision carries a sentence for people and numbers for machines."""

from dataclasses import dataclass
from enum import StrEnum

from director_app.core.sources import CameraId, MicrophoneId


class Mode(StrEnum):
    """Who cuts."""

    AUTO = "auto"
    HOLD = "hold"
    MANUAL = "manual"


class Cause(StrEnum):
    """Why a cut was made at all. OVERLAP, SILENCE, LISTENER and PING_PONG are matters of taste."""

    FLOOR = "floor"
    OVERLAP = "overlap"
    SILENCE = "silence"
    LISTENER = "listener"
    PING_PONG = "ping-pong"
    TAKE = "take"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Hearing:
    """What one microphone had shown when a decision was made: own speech so far in seconds, levels in dB."""

    microphone: MicrophoneId
    spoke_s: float
    quiet_s: float
    level_db: float
    margin_db: float


@dataclass(frozen=True, slots=True)
class Block:
    """A rule that kept a confirmed cut waiting, and for how long, seconds."""

    rule: str
    waited_s: float


@dataclass(frozen=True, slots=True)
class Cut:
    """The program changes source. Decided at at_s; it should fall on wanted_s, which with a programme delay may lie
    before at_s."""

    at_s: float
    wanted_s: float
    source: CameraId
    target: CameraId
    cause: Cause
    reason: str
    hearings: tuple[Hearing, ...] = ()
    blocked_by: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class ModeChange:
    """Somebody else cuts from now on; until_s is the end of a hold."""

    at_s: float
    mode: Mode
    until_s: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the producer asked for cannot be done; reason says why and what stays."""

    at_s: float
    reason: str


@dataclass(frozen=True, slots=True)
class FloorChange:
    """Somebody took the floor (None: nobody has it yet), whether or not a cut follows."""

    at_s: float
    holder: MicrophoneId | None


@dataclass(frozen=True, slots=True)
class KeyFrameWish:
    """A cut to one of these cameras may be wanted for about now: a key frame would let it fall there."""

    at_s: float
    cameras: tuple[CameraId, ...]


class NameCause(StrEnum):
    """Why somebody's name is shown."""

    LONG_TURN = "long turn"
    BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class NameOn:
    """The name of who speaks into the microphone appears over the camera's pictures, which are on air.

    shown_s: how long it stays, unless the program cuts away.
    """

    at_s: float
    camera: CameraId
    microphone: MicrophoneId
    shown_s: float
    cause: NameCause


@dataclass(frozen=True, slots=True)
class NameOff:
    """The name that is shown goes before its time."""

    at_s: float


Decision = Cut | ModeChange | Refusal | FloorChange | KeyFrameWish | NameOn | NameOff
