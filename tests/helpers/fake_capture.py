"""A camera at a USB port as OpenCV shows it; hand-written, because no test machine can be relied on to have one."""

import threading
import time
from typing import Any

import cv2

from director_app.capture.camera_list import CameraDevice
from tests.helpers.camera_pictures import Size, moving_picture

DEVICE = CameraDevice("Studio Cam", "/dev/video7", 7, cv2.CAP_V4L2)


class FakePort:
    """Where the camera can be plugged in and out; present() and open_capture() are what DeviceCamera takes."""

    def __init__(self, size: Size = (320, 180), fps: float = 30.0) -> None:
        self.size = size
        self.fps = fps
        self.plugged = True
        self.in_use = False
        self.frozen = False
        self.still = False
        self.captures: list[FakeCapture] = []

    def present(self) -> tuple[CameraDevice, ...]:
        """Like list_cameras()."""
        return (DEVICE,) if self.plugged else ()

    def open_capture(self, device: CameraDevice) -> "FakeCapture":
        """Like cv2.VideoCapture(device)."""
        assert device == DEVICE
        capture = FakeCapture(self)
        self.captures.append(capture)
        return capture

    @property
    def open_captures(self) -> int:
        """How many have not been released."""
        return sum(not capture.released for capture in self.captures)


class FakeCapture:
    """Blocks until the next picture, or for a tenth of a second, like a driver."""

    def __init__(self, port: FakePort) -> None:
        self._port = port
        self._opened = port.plugged and not port.in_use
        self._start_s = time.monotonic()
        self._number = 0
        self._silence = threading.Event()
        self.asked: list[tuple[int, float]] = []
        self.released = False

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        """See cv2.VideoCapture."""
        return self._opened and not self.released

    def set(self, prop: int, value: float, /) -> bool:
        """See cv2.VideoCapture."""
        self.asked.append((prop, value))
        return True

    def get(self, prop: int, /) -> float:
        """See cv2.VideoCapture."""
        return dict(self.asked).get(prop, 0.0)

    def read(self) -> tuple[bool, Any]:
        """See cv2.VideoCapture."""
        assert not self.released, "read after release crashes some drivers"
        if not self._port.plugged:
            return False, None
        if self._port.frozen:
            self._silence.wait(0.1)
            return False, None
        self._number = max(self._number + 1, int((time.monotonic() - self._start_s) * self._port.fps))
        self._silence.wait(self._start_s + self._number / self._port.fps - time.monotonic())
        return True, moving_picture(0 if self._port.still else self._number, self._port.size)

    def release(self) -> None:
        """See cv2.VideoCapture."""
        self.released = True
