"""The encoded sound of a film as a file beside it, until pictures and sound are joined. Must not measure.

One encoder from the first sample to the last: packets of several could not be joined without a gap. Its priming lies
before the film's time 0, where an MP4's edit list hides it.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from director_app.core.canvas import SAMPLE_RATE
from director_app.media.closed_on_leaving import ClosedOnLeaving
from director_app.media.mp4_reader import AvPacket
from director_app.media.recorded_file import RecordedFile
from director_app.post.render.sound_track import Mono

BIT_RATE = 192_000
AAC_FRAME = 1024

_OPTIONS = {"aac_coder": "fast", "aac_ms": "0", "aac_is": "0", "aac_pns": "0"}
"""Both sides are the same: looking for what they have in common takes as long as encoding them."""


def write_sound(path: Path, pieces: Iterable[Mono]) -> int:
    """Both sides of a new MP4 carry the mix, as AAC. Gives the number of samples. Raises OSError."""
    file = RecordedFile(path)
    try:
        with av.open(file, "w", format="mp4") as container:
            stream = container.add_stream("aac", rate=SAMPLE_RATE, options=_OPTIONS)
            assert isinstance(stream, AudioStream)
            stream.layout = "stereo"
            stream.bit_rate = BIT_RATE
            return _encode(container, stream, pieces)
    except av.FFmpegError:
        if file.error is not None:
            raise file.error from None
        raise
    finally:
        file.close()


def _encode(container: Any, stream: AudioStream, pieces: Iterable[Mono]) -> int:
    at = 0
    for piece in pieces:
        if not len(piece):
            continue
        frame = AudioFrame.from_ndarray(np.repeat(piece[None], 2, axis=0), "fltp", "stereo")
        frame.sample_rate, frame.time_base, frame.pts = SAMPLE_RATE, Fraction(1, SAMPLE_RATE), at
        at += len(piece)
        for packet in stream.encode(frame):
            container.mux_one(packet)
    for packet in stream.encode(None):
        container.mux_one(packet)
    return at


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
        """Decoded, the first channel."""
        for frame in self._container.decode(self.stream):
            yield np.array(frame.to_ndarray()[0], np.float32)

    def close(self) -> None:
        """Idempotent."""
        self._container.close()


def encoded_sound(path: Path) -> Iterator[Mono]:
    """What a listener hears."""
    with SoundFile(path) as file:
        yield from file.samples()
