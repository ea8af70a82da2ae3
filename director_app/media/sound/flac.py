"""One microphone, clean and without loss, in a file that a crash cannot ruin.

A FLAC file is its header and then the encoder's frames one after another, so the frames are written as they come
and nothing but the header is ever touched again. FlacEncoder runs in the sound thread, FlacFile in the writer's
thread. Must not sync or close the file: its owner does.
"""

import os
from typing import Protocol

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from director_app.core.canvas import SAMPLE_RATE
from director_app.media.sound.flac_header import header, with_total
from director_app.media.sound.packets import Pcm24, SoundPacket
from director_app.media.sound.whole_frames import WholeFrames

FLAC_FRAME = 1920
"""Samples in one frame (40 ms): what a crash may cost, at most, besides what waits in a queue."""


class RandomAccessFile(Protocol):
    """What FlacFile needs of an open binary file."""

    def write(self, data: bytes, /) -> object: ...
    def seek(self, offset: int, whence: int = 0, /) -> int: ...
    def flush(self) -> None: ...


class FlacEncoder:
    """24-bit mono FLAC at 48 kHz. `stream_info` is what FlacFile writes first."""

    def __init__(self, track: str) -> None:
        self.track = track
        self._nowhere = av.open(os.devnull, "w", format="null")
        self._stream: AudioStream = self._nowhere.add_stream(
            "flac", rate=SAMPLE_RATE, options={"compression_level": "2", "frame_size": str(FLAC_FRAME)}
        )
        self._stream.layout = "mono"
        self._stream.format = "s32"
        self._nowhere.start_encoding()
        self.stream_info = bytes(self._stream.codec_context.extradata or b"")
        self._frames = WholeFrames("s32", "mono", 1, FLAC_FRAME, 0)
        self._ended = False

    def encode(self, samples: Pcm24) -> list[SoundPacket]:
        """The next samples of the session, from absolute sample 0 on; shape (n,)."""
        if self._ended:
            raise ValueError(f"the track {self.track} has ended")
        # libavcodec takes 24 bits in the upper three bytes of 32.
        return [packet for frame in self._frames.of(samples << 8) for packet in self._packets(frame)]

    def finish(self) -> list[SoundPacket]:
        """The last, shorter frame. Idempotent."""
        if self._ended:
            return []
        packets = self._packets(self._frames.rest()) if self._frames.waiting else []
        self._ended = True
        return packets + self._packets(None)

    def close(self) -> None:
        """Free the encoder; idempotent."""
        self._ended = True
        self._nowhere.close()

    def _packets(self, frame: AudioFrame | None) -> list[SoundPacket]:
        return [
            SoundPacket(self.track, packet.pts, packet.duration or 0, bytes(packet))
            for packet in self._stream.codec_context.encode(frame)
            if packet.pts is not None and packet.size
        ]


class FlacFile:
    """Writes packets to a file that its caller opened, syncs and closes. stream_info: of the packets' encoder."""

    def __init__(self, file: RandomAccessFile, stream_info: bytes) -> None:
        self._file = file
        self._stream_info = stream_info
        self._closed = False
        self.samples = 0
        file.write(header(stream_info))
        file.flush()

    def write(self, packet: SoundPacket) -> None:
        """Append one packet; once this returns a crash of the program cannot lose it."""
        if self._closed:
            raise ValueError("the FLAC file is closed")
        self._file.write(packet.payload)
        self._file.flush()
        self.samples = packet.pts + packet.duration

    def close(self) -> None:
        """Write the number of samples into the header; idempotent. The caller closes the file itself."""
        if self._closed:
            return
        self._closed = True
        self._file.seek(0)
        self._file.write(header(with_total(self._stream_info, self.samples)))
        self._file.seek(0, os.SEEK_END)
        self._file.flush()
