"""AAC of one track, so that it starts in step with the pictures. Must not know which files its packets go to.

The first frame an AAC encoder gives is priming: 1024 samples that belong before the sound. A file whose sound
began at -1024 would make MP4 shift the video. So the first 1024 samples of the session are left out, the
priming packet takes their place at pts 0, and everything after it is in sync.
"""

import os
from enum import StrEnum

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.codec.context import Flags
from numpy.typing import NDArray

from director_app.core.canvas import SAMPLE_RATE
from director_app.media.sound.packets import SoundPacket
from director_app.media.sound.whole_frames import WholeFrames

AAC_FRAME = 1024
"""Samples in one AAC frame."""


class Layout(StrEnum):
    """Channels of the encoded track; STEREO carries the same sound on both sides."""

    MONO = "mono"
    STEREO = "stereo"


_CODER = {"aac_coder": "fast"}
_OPTIONS = {Layout.MONO: _CODER, Layout.STEREO: _CODER | {"aac_ms": "0", "aac_is": "0", "aac_pns": "0"}}
"""Looking for what two sides have in common takes as long as encoding them, and here they are the same anyway.

Without noise substitution, because its noise would be another one on each side.
"""


class AacEncoder:
    """One track. `stream` is a template for av.OutputContainer.add_stream_from_template, valid until close()."""

    def __init__(self, track: str, layout: Layout = Layout.MONO, bit_rate: int = 96_000) -> None:
        self.track = track
        # A stream must belong to a container to be a template; this one writes nothing.
        self._nowhere = av.open(os.devnull, "w", format="null")
        self.stream: AudioStream = self._nowhere.add_stream("aac", rate=SAMPLE_RATE, options=_OPTIONS[layout])
        self.stream.layout = layout.value
        self.stream.bit_rate = bit_rate
        self.stream.codec_context.flags |= Flags.global_header
        self._nowhere.start_encoding()
        self._frames = WholeFrames("fltp", layout.value, 1 if layout is Layout.MONO else 2, AAC_FRAME, AAC_FRAME)
        self._skip = AAC_FRAME
        self._ended = False

    def encode(self, samples: NDArray[np.float32]) -> list[SoundPacket]:
        """The next samples of the session, from absolute sample 0 on; shape (n,), float32, full scale 1.0."""
        if self._ended:
            raise ValueError(f"the track {self.track} has ended")
        skipped = min(self._skip, len(samples))
        self._skip -= skipped
        return self._encoded(samples[skipped:])

    def finish(self, end_sample: int) -> list[SoundPacket]:
        """Pad with zeros and end: the packets cover end_sample and go beyond it by less than a frame.

        All samples before end_sample must have been given. Idempotent.
        """
        if self._ended:
            return []
        packets: list[SoundPacket] = []
        # A session shorter than the priming still gets a packet: a track without one spoils an MP4.
        if self._frames.waiting or self._frames.next_pts == AAC_FRAME:
            packets += self._encoded(np.zeros(AAC_FRAME - self._frames.waiting, np.float32))
        self._ended = True
        packets += self._packets(None)
        # The encoder gives one frame more than it took (its look-ahead); a file need not hold it.
        return [packet for packet in packets if packet.pts < end_sample]

    def close(self) -> None:
        """Free the encoder; idempotent. The template stream must not be used afterwards."""
        self._ended = True
        self._nowhere.close()

    def _encoded(self, samples: NDArray[np.float32]) -> list[SoundPacket]:
        return [packet for frame in self._frames.of(samples) for packet in self._packets(frame)]

    def _packets(self, frame: AudioFrame | None) -> list[SoundPacket]:
        return [
            SoundPacket(self.track, packet.pts, AAC_FRAME, bytes(packet))
            for packet in self.stream.codec_context.encode(frame)
            if packet.pts is not None and packet.size
        ]
