"""Reads the packets of a recorded MP4, whole or cut off by a crash. Decodes nothing, writes nothing."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeAlias

import av
from av.audio.stream import AudioStream
from av.video.stream import VideoStream

from director_app.core.canvas import SAMPLE_RATE

AvPacket: TypeAlias = "av.Packet[Any]"


class UnreadableError(Exception):
    """A file that holds no recording that can be read; str() is one sentence."""


class Mp4Reader:
    """One MP4 of a session: a video stream and its sound tracks."""

    def __init__(self, path: Path, fps: Fraction | None = None) -> None:
        """fps: of the session's canvas; a file that lacks pictures tells a wrong one. Raises UnreadableError."""
        self.path = path
        try:
            self._container = av.open(str(path))
        except (OSError, av.FFmpegError) as error:
            raise UnreadableError(
                f"{path.name} cannot be read: {getattr(error, 'strerror', None) or error}."
            ) from None
        if not self._container.streams.video:
            self._container.close()
            raise UnreadableError(f"{path.name} holds no pictures.")
        self.video: VideoStream = self._container.streams.video[0]
        self.sound: tuple[AudioStream, ...] = tuple(self._container.streams.audio)
        self._fps = fps or self.video.average_rate or Fraction(30)
        self.read_bytes = 0

    def slot_of(self, packet: AvPacket) -> int:
        """The slot of a video packet, by its time stamp."""
        assert packet.pts is not None
        assert packet.time_base is not None
        return round(packet.pts * packet.time_base * self._fps)

    def packets(self) -> Iterator[AvPacket]:
        """All whole packets of all streams in file order; a torn end is left out.

        read_bytes then says up to where the file was understood.
        """
        try:
            for packet in self._container.demux():
                if packet.pts is not None and packet.size and not packet.is_corrupt:
                    self.read_bytes = max(self.read_bytes, (packet.pos or 0) + packet.size)
                    yield packet
        except av.FFmpegError:
            return

    def video_packets(self, first: int = 0, end: int | None = None) -> Iterator[tuple[int, AvPacket]]:
        """(slot, packet) from slot first up to, not including, end."""
        if first:
            assert self.video.time_base is not None
            offset = int(first / self._fps / self.video.time_base)
            self._container.seek(offset, stream=self.video, backward=True)
        try:
            for packet in self._container.demux(self.video):
                if packet.pts is None or not packet.size or packet.is_corrupt:
                    continue
                slot = self.slot_of(packet)
                if end is not None and slot >= end:
                    return
                if slot >= first:
                    yield slot, packet
        except av.FFmpegError:
            return

    def sound_packets(self, track: int) -> Iterator[tuple[int, AvPacket]]:
        """(pts in samples, packet) of one sound track, from where this reader stands."""
        stream = self.sound[track]
        try:
            for packet in self._container.demux(stream):
                if packet.pts is None or not packet.size or packet.time_base is None:
                    continue
                yield round(packet.pts * packet.time_base * SAMPLE_RATE), packet
        except av.FFmpegError:
            return

    @property
    def slots(self) -> int:
        """How many slots the video covers, from its index; counts the file's samples, not its header's promise."""
        return sum(1 for _ in self.video_packets())

    def parameter_sets(self) -> bytes:
        """SPS and PPS, as bytes to compare."""
        return bytes(self.video.codec_context.extradata or b"")

    def close(self) -> None:
        """Idempotent."""
        self._container.close()

    def __enter__(self) -> Self:
        """The reader itself; closed on leaving."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes."""
        self.close()
