"""A video file that plays in real time as if it were a camera. Late pictures are skipped, never shown in a burst."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import av
from av.video.frame import VideoFrame

from director_app.capture.errors import SourceLostError, SourceUnusableError
from director_app.capture.microphone_file import Play
from director_app.capture.reader import Liveness, Picture

_LATE_S = 0.1


class FileCamera:
    """A CameraReader. The file's time 0 lies at epoch_ns; a looped file goes on counting its whole length."""

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
        self._closed = threading.Event()
        self._container: av.container.InputContainer | None = None
        self._timed: Iterator[tuple[float, VideoFrame]] | None = None
        self._next: tuple[float, VideoFrame] | None = None
        self._aspect = 1.0

    def open(self) -> None:
        """Raises SourceUnusableError for a file that is no video, has no pictures or is cut off at its head."""
        try:
            container = av.open(str(self._path))
        except FileNotFoundError:
            raise SourceUnusableError(f"{self._path} does not exist. Correct path in the show file.") from None
        except (OSError, av.FFmpegError) as error:
            reason = getattr(error, "strerror", None) or error
            raise SourceUnusableError(f"{self._path} is no video that can be read: {reason}.") from None
        self._container = container
        if not container.streams.video:
            raise SourceUnusableError(f"{self._path} holds no pictures.")
        aspect = container.streams.video[0].codec_context.sample_aspect_ratio
        self._aspect = float(aspect) if aspect else 1.0
        if self._epoch_ns is None:
            self._epoch_ns = self._now_ns()
        self._timed = self._play_all(container)
        self._next = self._advance()
        if self._next is None:
            raise SourceUnusableError(f"{self._path} holds no picture that can be decoded; it may be cut off.")

    def read(self, timeout_s: float) -> Picture | None:
        """The next picture when its time has come. Raises SourceLostError at the end of a file that plays once."""
        if self._closed.is_set() or self._container is None or self._epoch_ns is None:
            raise RuntimeError("this camera is closed")
        now_s = (self._now_ns() - self._epoch_ns) / 1e9
        while self._next is not None and self._next[0] < now_s - _LATE_S:
            self._next = self._advance()
        if self._next is None:
            raise SourceLostError(f"{self._path.name} has ended.")
        due_s, frame = self._next
        if due_s > now_s:
            self._closed.wait(min(timeout_s, due_s - now_s))
            if due_s - now_s > timeout_s:
                return None
        self._next = self._advance()
        return Picture(frame, self._epoch_ns + int(due_s * 1e9), self._aspect)

    def close(self) -> None:
        """Idempotent."""
        self._closed.set()
        self._timed = self._next = None
        if self._container is not None:
            self._container.close()
            self._container = None

    def _advance(self) -> tuple[float, VideoFrame] | None:
        assert self._timed is not None
        try:
            return next(self._timed, None)
        except (OSError, av.FFmpegError) as error:
            reason = getattr(error, "strerror", None) or error
            raise SourceLostError(f"{self._path.name} is damaged here: {reason}.") from None

    def _play_all(self, container: av.container.InputContainer) -> Iterator[tuple[float, VideoFrame]]:
        """(seconds since the epoch, picture), round after round."""
        begun_s = self._skip_rounds(container)
        while True:
            length_s = 0.0
            for at_s, frame in _pictures(container):
                length_s = at_s + _duration_s(container)
                yield begun_s + at_s, frame
            if length_s == 0.0 or self._play is Play.ONCE:
                return
            begun_s += length_s
            container.seek(0)

    def _skip_rounds(self, container: av.container.InputContainer) -> float:
        """Where the round that is playing now began, when a looped file is opened late."""
        stream = container.streams.video[0]
        if self._play is Play.ONCE or not stream.duration or stream.time_base is None or self._epoch_ns is None:
            return 0.0
        length_s = float(stream.duration * stream.time_base)
        elapsed_s = max(0.0, (self._now_ns() - self._epoch_ns) / 1e9)
        return elapsed_s // length_s * length_s


def _pictures(container: av.container.InputContainer) -> Iterator[tuple[float, VideoFrame]]:
    """(seconds since the first picture, picture) of one round; broken packets are passed over."""
    stream = container.streams.video[0]
    stream.thread_type = "AUTO"
    first: float | None = None
    number = 0
    for packet in container.demux(stream):
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            continue
        for frame in frames:
            at_s = frame.time if frame.time is not None else number * _duration_s(container)
            first = at_s if first is None else first
            number += 1
            yield at_s - first, frame


def _duration_s(container: av.container.InputContainer) -> float:
    rate = container.streams.video[0].average_rate
    return float(1 / rate) if rate else 1 / 30
