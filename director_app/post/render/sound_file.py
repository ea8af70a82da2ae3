"""A mix as an encoded file: AAC beside a film until pictures and sound are joined, or WAV or MP3 for good.

One encoder from the first sample to the last: packets of several could not be joined without a gap. AAC's priming
lies before the film's time 0, where an MP4's edit list hides it. Must not measure.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container.output import OutputContainer
from numpy.typing import NDArray

from director_app.core.canvas import SAMPLE_RATE
from director_app.media.closed_on_leaving import ClosedOnLeaving
from director_app.media.mp4_reader import AvPacket
from director_app.media.recorded_file import RecordedFile
from director_app.media.sound.packets import to_pcm24
from director_app.post.render.sound_track import Mono, Pieces

BIT_RATE = 192_000
AAC_FRAME = 1024

_BOTH_SIDES_SAME = {"aac_coder": "fast", "aac_ms": "0", "aac_is": "0", "aac_pns": "0"}
"""Looking for what two sides have in common takes as long as encoding them."""


@dataclass(frozen=True, slots=True)
class SoundForm:
    """A kind of file; both sides of it carry the mix. Names are FFmpeg's; muxer: options of the container.

    made: what people call that which carries the sound in the end.
    """

    container: str
    codec: str
    sample_format: str
    bit_rate: int | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    muxer: Mapping[str, str] = field(default_factory=dict)
    made: str = "file"

    def write(self, path: Path, pieces: Pieces) -> int:
        """A new file; gives the number of samples. Raises OSError."""
        file = RecordedFile(path)
        try:
            muxer = dict(self.muxer)
            with closing(pieces), av.open(file, "w", format=self.container, options=muxer) as container:
                return self._encode(container, pieces)
        except av.FFmpegError:
            if file.error is not None:
                raise file.error from None
            raise
        finally:
            file.close()

    def read(self, path: Path) -> Pieces:
        """What a listener hears on one side."""
        with SoundFile(path) as file:
            yield from file.samples()

    def _encode(self, container: OutputContainer, pieces: Iterable[Mono]) -> int:
        stream = container.add_stream(self.codec, rate=SAMPLE_RATE, options=dict(self.options))
        assert isinstance(stream, AudioStream)
        stream.layout = "stereo"
        stream.format = self.sample_format
        if self.bit_rate is not None:
            stream.bit_rate = self.bit_rate
        at = 0
        for piece in pieces:
            if len(piece):
                frame = _frame(piece, self.sample_format, at)
                at += len(piece)
                for packet in stream.encode(frame):
                    container.mux_one(packet)
        for packet in stream.encode(None):
            container.mux_one(packet)
        return at


AAC = SoundForm("mp4", "aac", "fltp", BIT_RATE, _BOTH_SIDES_SAME, made="film")
WAV = SoundForm("wav", "pcm_s24le", "s32", muxer={"rf64": "auto"})
"""Beyond 4 GB the header becomes that of an RF64 (EBU Tech 3306), which holds the length of any show."""
MP3 = SoundForm("mp3", "libmp3lame", "fltp", 192_000)


def _frame(piece: Mono, sample_format: str, at: int) -> AudioFrame:
    if sample_format == "s32":
        # 24 bits lie in the upper three bytes of 32.
        sides: NDArray[Any] = np.repeat(to_pcm24(piece) << 8, 2)[None]
    else:
        sides = np.repeat(piece[None], 2, axis=0)
    frame = AudioFrame.from_ndarray(sides, sample_format, "stereo")
    frame.sample_rate, frame.time_base, frame.pts = SAMPLE_RATE, Fraction(1, SAMPLE_RATE), at
    return frame


def _left(frame: AudioFrame) -> Mono:
    if frame.format.name == "fltp":
        # As to_ndarray() gives it, without the other side.
        return np.array(np.frombuffer(memoryview(frame.planes[0]), np.float32, frame.samples))
    raw = frame.to_ndarray()
    side = raw[0] if frame.format.is_planar else raw.reshape(-1, len(frame.layout.channels))[:, 0]
    return np.array(side, np.float32) / np.float32(2**31 if side.dtype.kind == "i" else 1)


def kept(pieces: Pieces, path: Path) -> Pieces:
    """The same, written to a file on the way: making a mix again costs more than reading it. Raises OSError."""
    with closing(pieces), path.open("wb") as file:
        for piece in pieces:
            piece.tofile(file)
            yield piece


def kept_sound(path: Path) -> Pieces:
    """What was kept. Raises OSError."""
    with path.open("rb") as file:
        while len(piece := np.fromfile(file, np.float32, 2 * SAMPLE_RATE)):
            yield piece


class SoundFile(ClosedOnLeaving):
    """The same file, read again. `stream` is a template for muxers."""

    def __init__(self, path: Path) -> None:
        """Raises OSError or av.FFmpegError."""
        self._container = av.open(str(path))
        self.stream: AudioStream = self._container.streams.audio[0]

    def packets(self) -> Iterator[AvPacket]:
        """All of them, in order; the first lie before time 0."""
        for packet in self._container.demux(self.stream):
            if packet.pts is not None and packet.size:
                yield packet

    def samples(self) -> Iterator[Mono]:
        """Decoded, one side, in pieces of about a second."""
        parts: list[Mono] = []
        for frame in self._container.decode(self.stream):
            side = _left(frame)
            parts.append(side)
            if len(parts) * len(side) >= SAMPLE_RATE:
                yield np.concatenate(parts)
                parts = []
        if parts:
            yield np.concatenate(parts)

    def close(self) -> None:
        """Idempotent."""
        self._container.close()
