"""A video file that plays in real time as if it were a camera.

Pictures are decoded ahead by a thread, because beginning the next round takes longer than a picture lasts. Late
pictures are skipped, never shown in a burst.
"""

import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path

from av.video.frame import VideoFrame

from director_app.capture.camera_film import Film
from director_app.capture.errors import SourceError, SourceUnusableError
from director_app.capture.microphone_file import Play
from director_app.capture.reader import Liveness, Picture

_AHEAD = 6
"""Decoded pictures in waiting: the thread stops decoding while there are so many."""

_LATE_S = 0.1
_SHOW_EVERY_S = 0.25
_LOOK_S = 0.05

_Timed = tuple[float, VideoFrame]


class FileCamera:
    """A CameraReader. The file's time 0 lies at epoch_ns; a looped file goes on counting its whole length.

    So files that share an epoch stay together, and one that is opened again goes on where it would be.
    """

    liveness = Liveness.MADE

    def __init__(
        self,
        path: Path,
        play: Play = Play.LOOP,
        epoch_ns: int | None = None,
        now_ns: Callable[[], int] = time.perf_counter_ns,
    ) -> None:
        self._path = path
        self._play = play
        self._epoch_ns = epoch_ns
        self._now_ns = now_ns
        self._stop = threading.Event()
        self._film: Film
        self._thread: threading.Thread | None = None
        self._ahead: queue.Queue[_Timed | BaseException] = queue.Queue(_AHEAD)
        self._next: _Timed | None = None
        self._pixel_aspect = 1.0
        self._shown_s = float("-inf")

    def open(self) -> None:
        """Raises SourceUnusableError for a file that is no video, has no pictures or is cut off at its head."""
        film = Film(self._path)
        try:
            first = film.next_picture()
        except SourceError:
            film.close()
            raise
        if first is None:
            film.close()
            raise SourceUnusableError(f"{self._path} holds no picture that can be decoded. Choose another file.")
        self._pixel_aspect = film.pixel_aspect
        if self._epoch_ns is None:
            self._epoch_ns = self._now_ns()
        self._thread = threading.Thread(
            target=self._decode, args=(film, first), name=f"file {self._path.name}", daemon=True
        )
        self._thread.start()

    def read(self, timeout_s: float) -> Picture | None:
        """The next picture when its time has come. Raises SourceUnusableError at the end of a file played once."""
        if self._thread is None or self._epoch_ns is None or self._stop.is_set():
            raise RuntimeError("this camera is closed")
        deadline_s = time.monotonic() + timeout_s
        while self._fetch(deadline_s):
            assert self._next is not None
            due_s, frame = self._next
            now_s = (self._now_ns() - self._epoch_ns) / 1e9
            left_s = max(0.0, deadline_s - time.monotonic())
            if due_s - now_s > left_s:
                self._stop.wait(left_s)
                return None
            if due_s > now_s:
                self._stop.wait(due_s - now_s)
            self._next = None
            is_late = now_s - due_s > _LATE_S
            if not is_late or now_s - self._shown_s > _SHOW_EVERY_S:
                self._shown_s = max(now_s, due_s)
                arrived_s = now_s if is_late else due_s
                return Picture(frame, self._epoch_ns + int(arrived_s * 1e9), self._pixel_aspect)
        return None

    def close(self) -> None:
        """Idempotent. Waits for the picture that is being decoded."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._next = None

    def _fetch(self, deadline_s: float) -> bool:
        """True when there is a picture in self._next; raises what ended the decoding."""
        if self._next is not None:
            return True
        try:
            item = self._ahead.get(timeout=max(0.0, deadline_s - time.monotonic()))
        except queue.Empty:
            return False
        if isinstance(item, BaseException):
            # There is nothing after it: whoever reads again must hear it again.
            self._ahead.put(item)
            raise item
        self._next = item
        return True

    def _decode(self, film: Film, first: _Timed) -> None:
        """The thread: hands over the pictures round after round, and at last what ended them."""
        self._film = film
        try:
            self._play_all(first)
        except BaseException as error:  # noqa: BLE001 - the thread's outer edge: read() raises it
            self._hand_over(error)
        finally:
            self._film.close()

    def _play_all(self, first: _Timed) -> None:
        begun_s, now = self._at_present(first)
        while not self._stop.is_set():
            if now is not None:
                self._hand_over((begun_s + now[0], now[1]))
                now = self._film.next_picture()
            elif self._play is Play.ONCE:
                raise SourceUnusableError(f"{self._path.name} has ended. Use loop = true to repeat it.")
            else:
                begun_s += self._film.length_s
                self._rewind()
                now = self._film.next_picture()

    def _rewind(self) -> None:
        """Opened anew instead of searched: not every file can be searched."""
        self._film.close()
        self._film = Film(self._path)

    def _at_present(self, first: _Timed) -> tuple[float, _Timed | None]:
        """When the present round began, and its picture of this moment, for a file that is opened late."""
        assert self._epoch_ns is not None
        length_s, elapsed_s = self._film.said_length_s, (self._now_ns() - self._epoch_ns) / 1e9
        if length_s is None or elapsed_s < 1.0:
            return 0.0, first
        begun_s = elapsed_s // length_s * length_s if self._play is Play.LOOP else 0.0
        self._rewind()
        self._film.go_to(elapsed_s - begun_s)
        now = self._film.next_picture()
        while now is not None and begun_s + now[0] < elapsed_s - _LATE_S and not self._stop.is_set():
            now = self._film.next_picture()
        return begun_s, now

    def _hand_over(self, item: _Timed | BaseException) -> None:
        while not self._stop.is_set():
            try:
                self._ahead.put(item, timeout=_LOOK_S)
            except queue.Full:
                continue
            return
