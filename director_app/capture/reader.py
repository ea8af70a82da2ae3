"""The two interfaces behind which every kind of source hides. One module per kind implements one of them.

A reader is used by one thread only and never retries, watches or converts: its feed does that.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import av
import numpy as np
from numpy.typing import NDArray

from director_app.media.frame import Frame
from director_app.media.sound.block import SoundBlock

Bgr = NDArray[np.uint8]
"""Shape (height, width, 3), uint8, blue green red."""

I420 = NDArray[np.uint8]
"""Shape (height * 3 / 2, width), uint8, planes Y U V, limited range."""


class Liveness(StrEnum):
    """Whether identical pictures mean trouble: a device's sensor is never still, all others may be."""

    SENSOR = "sensor"
    MADE = "made"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture as the source gave it, with its arrival time on time.perf_counter_ns.

    image: a Frame of the canvas's size is given away and used as it is; anything else is fitted, and need stay
    valid until the next read only. pixel_aspect: width of one pixel over its height, as the source says. coding: how
    the pictures come from the source, such as "MJPG" or "H.264"; "" if that says nothing.
    """

    image: av.VideoFrame | Bgr | I420 | Frame
    arrived_ns: int
    pixel_aspect: float = 1.0
    coding: str = ""


@dataclass(frozen=True, slots=True)
class PictureFormat:
    """What a source gives, before it is fitted: pixels, and the coding of Picture."""

    width: int
    height: int
    coding: str


def format_of(picture: Picture) -> PictureFormat:
    """Of one picture."""
    image = picture.image
    if isinstance(image, av.VideoFrame):
        return PictureFormat(image.width, image.height, picture.coding)
    array = image.picture if isinstance(image, Frame) else image
    height = array.shape[0] if array.ndim == 3 else array.shape[0] * 2 // 3
    return PictureFormat(array.shape[1], height, picture.coding)


class CameraReader(Protocol):
    """A camera of any kind."""

    liveness: Liveness

    def open(self) -> None:
        """Raises SourceError. Must return or raise within about 10 s."""

    def read(self, timeout_s: float) -> Picture | None:
        """The next picture; None if none came within timeout_s. Raises SourceError when the source has gone.

        Paced kinds (files, drawings) return each picture when its time has come.
        """

    def close(self) -> None:
        """Idempotent; releases the device, the connection or the file."""


class MicrophoneReader(Protocol):
    """One sound device or file; it may carry several microphones as channels."""

    def open(self) -> None:
        """Raises SourceError. Must return or raise within about 10 s."""

    def read(self, timeout_s: float) -> SoundBlock | None:
        """The next block (10 to 40 ms); None if none came within timeout_s. Raises SourceError when it has gone."""

    def close(self) -> None:
        """Idempotent; ends the child, the thread or the file."""
