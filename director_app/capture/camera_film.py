"""One pass through a video file: its pictures with their times, whatever the file says of itself.

Never waits and never repeats: the camera that plays the file does both.
"""

from collections.abc import Iterator
from pathlib import Path

import av
from av.video.frame import VideoFrame

from director_app.capture.errors import SourceLostError, SourceUnusableError
from director_app.capture.pacing import Timeline

_USUAL_FPS = 25.0
_TEXT_FORMATS = frozenset({"tty", "bin", "xbin", "adf", "idf"})
"""FFmpeg plays text files as the picture of a terminal."""

_AGREEMENT_S = 0.5
"""A file's own word on its length counts if its pictures end so near to it; else it was cut off, or lies."""


class Film:
    """Open from the first moment; used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Raises SourceUnusableError for a file that is no video or holds no pictures."""
        self._path = path
        try:
            # The prefix keeps FFmpeg from reading a colon in a name as a protocol.
            self._container = av.open(f"file:{path}")
        except FileNotFoundError:
            raise SourceUnusableError(f"{path} does not exist. Correct path in the show file.") from None
        except av.error.InvalidDataError:
            raise SourceUnusableError(
                f"{path} is no video, or was cut off before its index was written. Choose another file."
            ) from None
        except (OSError, av.FFmpegError) as error:
            raise SourceUnusableError(f"{path} cannot be read: {_reason(error)}. Choose another file.") from None
        if not self._container.streams.video or self._container.format.name in _TEXT_FORMATS:
            self._container.close()
            raise SourceUnusableError(f"{path} is no video: it holds no pictures. Choose a video.")
        self._stream = self._container.streams.video[0]
        self._stream.thread_type = "AUTO"
        self._period_s = float(1 / self._stream.average_rate) if self._stream.average_rate else 1 / _USUAL_FPS
        self._end_s = 0.0
        self._frames: Iterator[tuple[float, VideoFrame]] = self._from(None)

    @property
    def pixel_aspect(self) -> float:
        """Width of one pixel over its height."""
        aspect = self._stream.sample_aspect_ratio
        return float(aspect) if aspect else 1.0

    @property
    def said_length_s(self) -> float | None:
        """What the file says; None if it says nothing, and then nothing can be looked up in it either."""
        if self._stream.duration and self._stream.time_base:
            return float(self._stream.duration * self._stream.time_base)
        if self._container.duration and self._stream.start_time is not None:
            return self._container.duration / av.time_base - self._begin_s()
        return None

    @property
    def length_s(self) -> float:
        """After the last picture: where it ends, in seconds since the first one began."""
        said_s = self.said_length_s
        return said_s if said_s is not None and abs(said_s - self._end_s) < _AGREEMENT_S else self._end_s

    def go_to(self, at_s: float) -> None:
        """The next picture is at or before at_s, as near as the file allows; only before the first next_picture()."""
        if self.said_length_s is not None and self._stream.time_base is not None:
            begin_s = self._begin_s()
            try:
                self._container.seek(
                    int((begin_s + at_s) / self._stream.time_base), stream=self._stream, backward=True
                )
            except (OSError, av.FFmpegError):
                # Some files can only be read from their beginning; the pictures before at_s are passed over.
                return
            self._frames = self._from(begin_s)

    def next_picture(self) -> tuple[float, VideoFrame] | None:
        """(seconds since the first picture, picture); None at the end. Raises SourceLostError where it is damaged."""
        try:
            return next(self._frames, None)
        except (OSError, av.FFmpegError) as error:
            raise SourceLostError(f"{self._path} cannot be read any further: {_reason(error)}.") from None

    def close(self) -> None:
        """Idempotent."""
        self._frames = iter(())
        self._container.close()

    def _begin_s(self) -> float:
        stream = self._stream
        if stream.start_time is None or stream.time_base is None:
            return 0.0
        return float(stream.start_time * stream.time_base)

    def _from(self, first_s: float | None) -> Iterator[tuple[float, VideoFrame]]:
        """first_s: the stamp of the film's first picture; None when that is the next one that comes."""
        line = Timeline()
        for frame in self._decoded():
            lasts_s = (
                float(frame.duration * frame.time_base) if frame.duration and frame.time_base else self._period_s
            )
            at_s = line.at(frame.time, lasts_s)
            first_s = at_s if first_s is None else first_s
            self._end_s = at_s - first_s + lasts_s
            yield max(0.0, at_s - first_s), frame

    def _decoded(self) -> Iterator[VideoFrame]:
        """Broken packets are passed over."""
        for packet in self._container.demux(self._stream):
            try:
                frames = packet.decode()
            except av.error.InvalidDataError:
                continue
            yield from frames


def _reason(error: BaseException) -> str:
    return str(getattr(error, "strerror", None) or error).rstrip(".")
