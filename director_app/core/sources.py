"""Cameras, microphones and who belongs to whom. Must know nothing of devices or addresses."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

CameraId = NewType("CameraId", str)
MicrophoneId = NewType("MicrophoneId", str)


class SourceState(StrEnum):
    """What a source's watchdog says of it. Only OK cameras may be cut to."""

    OPENING = "opening"
    OK = "ok"
    LOST = "lost"
    FROZEN = "frozen"
    BLACK = "black"


@dataclass(frozen=True, slots=True)
class Camera:
    """One camera: number as on its key (from 1), label as people call it."""

    id: CameraId
    number: int
    label: str

    @property
    def title(self) -> str:
        """Number and label, as messages name a camera: '2 Ben'."""
        return f"{self.number} {self.label}"


@dataclass(frozen=True, slots=True)
class Microphone:
    """One microphone and the camera that shows whoever speaks into it."""

    id: MicrophoneId
    label: str
    camera: CameraId


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody and everything the director may choose from, in key order."""

    cameras: tuple[Camera, ...]
    microphones: tuple[Microphone, ...]
    wide: CameraId | None = None

    @property
    def opening(self) -> CameraId:
        """The camera on which a show opens while nothing speaks for another: the wide one, else the first."""
        return self.wide or self.cameras[0].id

    def camera(self, camera_id: CameraId) -> Camera:
        """Raises KeyError for an id that is not in the cast."""
        for camera in self.cameras:
            if camera.id == camera_id:
                return camera
        raise KeyError(camera_id)

    def microphone(self, microphone_id: MicrophoneId) -> Microphone:
        """Raises KeyError for an id that is not in the cast."""
        for microphone in self.microphones:
            if microphone.id == microphone_id:
                return microphone
        raise KeyError(microphone_id)
