"""A camera plugged into this computer, through OpenCV. Asks for MJPG, because raw pictures fill a USB bus."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import cv2
import numpy as np

from director_app.capture.camera_list import CameraDevice, find_camera, list_cameras, names_of
from director_app.capture.errors import SourceLostError, SourceNotFoundError
from director_app.capture.reader import Bgr, Liveness, Picture

_MISSES_BEFORE_LOST = 3

_SELECT_S = 2
"""How long OpenCV waits for a silent camera on Linux; its own 10 s would keep a show from closing."""


@dataclass(frozen=True, slots=True)
class DeviceWish:
    """What the camera is asked for; it may give something else, which is fitted to the canvas."""

    width: int
    height: int
    fps: float


class Capture(Protocol):
    """What this module needs of cv2.VideoCapture."""

    def isOpened(self) -> bool: ...  # noqa: N802 - OpenCV's name
    def set(self, prop: int, value: float, /) -> bool: ...
    def get(self, prop: int, /) -> float: ...
    def read(self) -> tuple[bool, Any]: ...
    def release(self) -> None: ...


def _open(device: CameraDevice) -> Capture:
    os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", str(_SELECT_S))
    capture: Capture = cv2.VideoCapture(device.index % 100, device.backend)
    return capture


class DeviceCamera:
    """A CameraReader. Stamps pictures on arrival: the driver's own times of MJPG are wrong."""

    liveness = Liveness.SENSOR

    def __init__(
        self,
        device: str | int,
        wish: DeviceWish,
        present: Callable[[], tuple[CameraDevice, ...]] = list_cameras,
        open_capture: Callable[[CameraDevice], Capture] = _open,
    ) -> None:
        """device: number, path or name."""
        self._wanted = device
        self._wish = wish
        self._present = present
        self._open_capture = open_capture
        self._capture: Capture | None = None
        self._closed = False
        self._misses = 0
        self._coding = ""

    def open(self) -> None:
        """Raises SourceNotFoundError, naming the cameras there are, or SourceLostError when it is in use."""
        present = self._present()
        device = find_camera(self._wanted, present)
        if device is None:
            raise SourceNotFoundError(
                f'There is no camera "{self._wanted}". Present: {names_of(present)}. '
                "Plug it in, or change device in the show file."
            )
        capture = self._open_capture(device)
        if not capture.isOpened():
            capture.release()
            raise SourceLostError(f"{device.name} cannot be opened. Close other programs that use it.")
        self._capture = capture
        # The order matters to drivers: the sizes and rates there are depend on the pixel format.
        capture.set(cv2.CAP_PROP_FOURCC, float(cv2.VideoWriter.fourcc(*"MJPG")))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, self._wish.width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, self._wish.height)
        capture.set(cv2.CAP_PROP_FPS, self._wish.fps)
        self._coding = _letters(capture.get(cv2.CAP_PROP_FOURCC))

    def read(self, timeout_s: float) -> Picture | None:  # noqa: ARG002 - the driver's own time-out counts
        """The next picture; blocks as long as the driver does. Raises SourceLostError."""
        if self._closed or self._capture is None:
            raise RuntimeError("this camera is closed")
        try:
            there, image = self._capture.read()
        except cv2.error:
            # A picture that was torn when the cable came out; the driver says so by and by.
            there, image = False, None
        arrived_ns = time.perf_counter_ns()
        if not there or image is None:
            self._misses += 1
            if self._misses >= _MISSES_BEFORE_LOST or not self._capture.isOpened():
                raise SourceLostError(f'Camera "{self._wanted}" stopped sending pictures. Check its cable.')
            return None
        self._misses = 0
        return Picture(_colour(image), arrived_ns, coding=self._coding)

    def close(self) -> None:
        """Idempotent."""
        self._closed = True
        if self._capture is not None:
            self._capture.release()
            self._capture = None


def _letters(fourcc: float) -> str:
    """Drivers that do not know it give 0 or -1."""
    code = int(fourcc)
    text = code.to_bytes(4, "little").decode("latin-1").strip("\0 ") if 0 < code < 1 << 32 else ""
    return text if text.isprintable() and text.isascii() else ""


def _colour(image: Any) -> Bgr:
    """Cameras without colour may give one channel only."""
    picture = np.asarray(image, np.uint8)
    return picture if picture.ndim == 3 else np.asarray(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), np.uint8)
