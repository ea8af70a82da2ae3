"""Reads the packets of a recorded MP4, whole or cut off by a crash. Decodes nothing, writes nothing."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import av
from av.audio.stream import AudioStream
from av.video.stream import VideoStream

from director_app.core.canvas import SAMPLE_RATE
from director_app.media.closed_on_leaving import ClosedOnLeaving

AvPacket: TypeAlias = "av.Packet[Any]"


class UnreadableError(Exception):
    """A file that holds no recording that can be read; str() is one sentence."""


class Mp4Reader(ClosedOnLeaving):
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
        self._has_moved = False

    def slot_of(self, packet: AvPacket) -> int:
        """The slot of a video packet, by its time stamp."""
        assert packet.pts is not None
        assert packet.time_base is not None
        return round(packet.pts * packet.time_base * self._fps)

    def pts_of(self, slot: int) -> int:
        """The time stamp of a slot's video packet."""
        assert self.video.time_base is not None
        return round(slot / self._fps / self.video.time_base)

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
        """(slot, packet) from slot first up to, not including, end; reads of one file cannot be mixed."""
        if first or self._has_moved:
            self._container.seek(self.pts_of(first), stream=self.video, backward=True)
        for slot, packet in self._from_here():
            if end is not None and slot >= end:
                return
            if slot >= first:
                yield slot, packet

    def from_key(self, slot: int) -> Iterator[tuple[int, AvPacket]]:
        """(slot, packet) from the last key frame at or before the slot on: what decoding its picture takes."""
        self._container.seek(self.pts_of(slot), stream=self.video, backward=True)
        yield from self._from_here()

    def _from_here(self) -> Iterator[tuple[int, AvPacket]]:
        self._has_moved = True
        try:
            for packet in self._container.demux(self.video):
                if packet.pts is not None and packet.size and not packet.is_corrupt:
                    yield self.slot_of(packet), packet
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
