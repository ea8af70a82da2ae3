"""Encoded pictures on their way from the encoders to files and outputs."""

from dataclasses import dataclass
from enum import StrEnum

from director_app.core.sources import CameraId
from director_app.media.sound.packets import SoundPacket


class FrameKind(StrEnum):
    """KEY can be decoded alone (an IDR frame); DELTA needs every frame since the last KEY."""

    KEY = "key"
    DELTA = "delta"


@dataclass(frozen=True, slots=True)
class VideoPacket:
    """One encoded frame of one camera in one slot; payload is H.264 as its encoder gave it (Annex B)."""

    camera: CameraId
    slot: int
    kind: FrameKind
    payload: bytes


Packet = VideoPacket | SoundPacket
