"""What the switcher can be told. Plain data; the time of each event is given to step() beside it."""

from dataclasses import dataclass

from director_app.core.evidence import Heard
from director_app.core.sources import CameraId, MicrophoneId, SourceState


@dataclass(frozen=True, slots=True)
class Take:
    """The producer wants this camera on air now."""

    camera: CameraId


@dataclass(frozen=True, slots=True)
class TakeWide:
    """The producer wants the wide camera on air now."""


@dataclass(frozen=True, slots=True)
class TakeNext:
    """The producer wants the camera on air that stands ready as the next."""


@dataclass(frozen=True, slots=True)
class TakePrevious:
    """The producer wants the camera back that was on air before."""


@dataclass(frozen=True, slots=True)
class ChooseNext:
    """The producer makes this camera the next; nothing is cut."""

    camera: CameraId


@dataclass(frozen=True, slots=True)
class Hold:
    """The producer wants the present shot kept for the hold time."""


@dataclass(frozen=True, slots=True)
class SetAuto:
    """The machine may cut again."""


@dataclass(frozen=True, slots=True)
class SetManual:
    """Only the producer cuts from now on."""


@dataclass(frozen=True, slots=True)
class ShowName:
    """The producer wants the name of who is on air shown now, or the one that is shown taken away."""


@dataclass(frozen=True, slots=True)
class NameLost:
    """The name of who speaks into this microphone could not be shown, or not to its end."""

    microphone: MicrophoneId


@dataclass(frozen=True, slots=True)
class CameraChanged:
    """A camera's watchdog says something new."""

    camera: CameraId
    state: SourceState


News = NameLost | CameraChanged
"""What happened without anybody's wish."""

OutsideEvent = Take | TakeWide | TakeNext | TakePrevious | ChooseNext | Hold | SetAuto | SetManual | ShowName | News
"""Everything that does not follow from the sound: a replay needs these and the microphone files."""

Event = Heard | OutsideEvent
