"""A network camera that sends JPEGs over HTTP, as most of them can, and has every trouble that cameras have."""

import socket
import threading
import time
from enum import StrEnum

from tests.helpers.camera_pictures import Bgr, Size, dark_picture, jpeg, moving_picture
from tests.helpers.loopback import LoopbackServer


class Mood(StrEnum):
    """What the camera does at present. STILL repeats one picture to the bit; HUNG stays connected and is silent."""

    WELL = "well"
    DARK = "dark"
    STILL = "still"
    HUNG = "hung"


class MjpegServer(LoopbackServer):
    """Picture k is sent k / fps after the start, whoever listens; k stands in its strip."""

    def __init__(self, size: Size = (320, 180), fps: float = 30.0, quality: int = 85, path: str = "/video") -> None:
        super().__init__()
        self.size = size
        self.fps = fps
        self.mood = Mood.WELL
        self.path = path
        self._quality = quality
        self._start_s = time.monotonic()
        self._stop = threading.Event()
        self._still: bytes | None = None

    @property
    def url(self) -> str:
        """Where the pictures are."""
        return f"http://127.0.0.1:{self.port}{self.path}"

    def come_back(self) -> None:
        """See the base."""
        self._stop.clear()
        super().come_back()

    def kill(self) -> None:
        """See the base."""
        self._stop.set()
        super().kill()

    def serve(self, client: socket.socket) -> None:
        """See the base."""
        request = client.recv(4096)
        self._wait_while_hung()
        if request.split()[1:2] != [self.path.encode()]:
            client.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=picture\r\n\r\n")
        while not self._stop.is_set():
            number = int((time.monotonic() - self._start_s) * self.fps) + 1
            self._stop.wait(self._start_s + number / self.fps - time.monotonic())
            self._wait_while_hung()
            data = self._jpeg(number)
            head = f"--picture\r\nContent-Type: image/jpeg\r\nContent-Length: {len(data)}\r\n\r\n"
            client.sendall(head.encode() + data + b"\r\n")

    def _jpeg(self, number: int) -> bytes:
        if self.mood is not Mood.STILL:
            self._still = None
            return jpeg(self._picture(number), self._quality)
        self._still = self._still or jpeg(self._picture(number), self._quality)
        return self._still

    def _picture(self, number: int) -> Bgr:
        return (dark_picture if self.mood is Mood.DARK else moving_picture)(number, self.size)

    def _wait_while_hung(self) -> None:
        while self.mood is Mood.HUNG and not self._stop.wait(0.01):
            pass
