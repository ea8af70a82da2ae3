"""One recorded sound track of a session, read from any sample on; what cannot be read is silence and noted.

Streams: holds one decoded frame. Recorded tracks are at 48 kHz and begin with the show.
"""

from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from numpy.typing import NDArray

from director_app.core.canvas import SAMPLE_RATE
from director_app.media.closed_on_leaving import ClosedOnLeaving
from director_app.post.render.errors import RenderError

Mono = NDArray[np.float32]
"""Shape (samples,), full scale 1.0, 48 kHz."""

Pieces = Generator[Mono, None, None]
"""Sound, piece after piece. Whoever takes it closes it: a file may be open behind it."""

_WARM_UP = 4096
"""Samples that are decoded before those that are wanted: an AAC frame needs the one before it."""


class SoundTrack(ClosedOnLeaving):
    """Track number `track` of a file. Gives what the file holds: int32 as Pcm24 for FLAC, else float32."""

    def __init__(self, path: Path, track: int = 0) -> None:
        """Raises RenderError."""
        self.path = path
        self.silent: list[tuple[int, int]] = []
        """What was asked for and could not be read: (first sample, the one after the last), in order of reading."""
        try:
            if not path.is_file():
                raise RenderError(f"{path.name} is missing.")
            self._container = av.open(str(path))
        except (OSError, av.FFmpegError) as error:
            raise RenderError(f"{path.name} cannot be read: {getattr(error, 'strerror', None) or error}.") from None
        if len(self._container.streams.audio) <= track or self._container.streams.audio[track].rate != SAMPLE_RATE:
            self._container.close()
            raise RenderError(f"{path.name} holds no sound of this program.")
        self._stream: AudioStream = self._container.streams.audio[track]
        context = self._stream.codec_context
        self._is_whole_numbers = context.name == "flac" and context.format.name == "s32" and context.channels == 1
        self._dtype = np.int32 if self._is_whole_numbers else np.float32
        self._frames: Iterator[tuple[int, NDArray[Any]]] = self._decoded()
        self._rest: tuple[int, NDArray[Any]] | None = None
        self._next = 0

    def read(self, first: int, count: int) -> NDArray[Any]:
        """Samples first to first + count; going on where the last call ended is cheap."""
        out = np.empty(count, self._dtype)
        self.read_into(out, first)
        return out

    def read_into(self, out: NDArray[Any], first: int) -> None:
        """The same into an array of shape (samples,) and of the dtype that read() gives."""
        if first != self._next:
            self._seek(first)
        end, at = first + len(out), first
        while at < end:
            frame = self._rest or next(self._frames, None)
            self._rest = None
            if frame is None or frame[0] >= end:
                self._rest = frame
                break
            begin, samples = frame
            stop = begin + len(samples)
            if stop <= at:
                continue
            if begin > at:
                self._lacks(out, first, at, begin)
                at = begin
            taken = min(stop, end)
            out[at - first : taken - first] = samples[at - begin : taken - begin]
            at = taken
            if stop > end:
                self._rest = frame
        if at < end:
            self._lacks(out, first, at, end)
        if self._is_whole_numbers:
            # libavcodec gives 24 bits in the upper three bytes of 32.
            np.right_shift(out, 8, out=out)
        self._next = end

    def _lacks(self, out: NDArray[Any], first: int, begin: int, end: int) -> None:
        out[begin - first : end - first] = 0
        self.silent.append((begin, end))

    @property
    def length_s(self) -> float:
        """As the file says."""
        stream = self._stream
        return float(stream.duration * stream.time_base) if stream.duration and stream.time_base else 0.0

    def close(self) -> None:
        """Idempotent."""
        self._container.close()

    def _seek(self, first: int) -> None:
        self._rest = None
        assert self._stream.time_base is not None
        target = max(0, first - _WARM_UP)
        with suppress(av.FFmpegError):
            self._container.seek(
                round(target / SAMPLE_RATE / self._stream.time_base), stream=self._stream, backward=True
            )
        self._frames = self._decoded()

    def _decoded(self) -> Iterator[tuple[int, NDArray[Any]]]:
        """(first sample, the first channel's samples) of all that can be decoded."""
        assert self._stream.time_base is not None
        tick = self._stream.time_base * SAMPLE_RATE
        ticks_are_samples = tick == 1
        channel = _whole_channel if self._is_whole_numbers else _first_channel
        try:
            for packet in self._container.demux(self._stream):
                try:
                    frames = packet.decode()
                except av.FFmpegError:
                    continue
                for frame in frames:
                    stamp = frame.pts
                    if stamp is not None:
                        yield stamp if ticks_are_samples else round(stamp * tick), channel(frame)
        except av.FFmpegError:
            return


def _whole_channel(frame: AudioFrame) -> NDArray[Any]:
    """As to_ndarray() gives it, without its detour over lists of planes. Recorded FLAC is 24 bit and mono."""
    return np.frombuffer(memoryview(frame.planes[0]), np.int32, frame.samples)


def _first_channel(frame: AudioFrame) -> NDArray[Any]:
    sound = np.asarray(frame.to_ndarray(), np.float32)
    return sound[0] if frame.format.is_planar else sound.reshape(-1, len(frame.layout.channels))[:, 0]
