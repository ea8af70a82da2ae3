"""One MP4 that survives a killed program and is an ordinary MP4 after a normal close.

FFmpeg's hybrid_fragmented mode writes fragments of a third of a second and one index at the end. Measured: every
declared track must get packets from slot 0 on and none may trail by more than 0.2 s, else fragments stay open.
"""

from collections.abc import Mapping
from fractions import Fraction

import av
from av.audio.stream import AudioStream
from av.stream import Stream
from av.video.stream import VideoStream

from director_app.core.canvas import SAMPLE_RATE, Canvas
from director_app.media.packets import FrameKind, Packet, VideoPacket
from director_app.media.recorded_file import RecordedFile

_SAMPLE_TIME = Fraction(1, SAMPLE_RATE)

_OPTIONS = {
    "movflags": "hybrid_fragmented",
    "frag_duration": "350000",
    "flush_packets": "1",
    "max_interleave_delta": "200000",
}


class Mp4File:
    """Muxes one camera's or the program's packets and its sound tracks. One thread."""

    def __init__(
        self,
        file: RecordedFile,
        canvas: Canvas,
        video: VideoStream,
        sound: Mapping[str, AudioStream],
        titles: Mapping[str, str] | None = None,
    ) -> None:
        """video and sound are templates; sound tracks stand in the file in the mapping's order."""
        self._frame_time = 1 / canvas.fps
        self._container = av.open(file, "w", format="mp4", options=_OPTIONS)
        self._video = self._container.add_stream_from_template(video)
        self._sound = {track: self._container.add_stream_from_template(each) for track, each in sound.items()}
        for track, stream in self._sound.items():
            stream.metadata["handler_name"] = (titles or {}).get(track, track)
        self._closed = False
        self.slots = 0

    def write(self, packet: Packet) -> None:
        """Muxes one packet; sound of tracks that the file does not have is passed over. Raises OSError."""
        if isinstance(packet, VideoPacket):
            self.slots = packet.slot + 1
            muxed = _packet(packet.payload, packet.slot, 1, self._frame_time)
            muxed.stream, muxed.is_keyframe = self._video, packet.kind is FrameKind.KEY
            self._container.mux_one(muxed)
            return
        stream = self._sound.get(packet.track)
        if stream is not None:
            muxed = _packet(packet.payload, packet.pts, packet.duration, _SAMPLE_TIME)
            muxed.stream, muxed.is_keyframe = stream, True
            self._container.mux_one(muxed)

    def close(self) -> None:
        """Writes the index. Idempotent. Raises OSError."""
        if not self._closed:
            self._closed = True
            self._container.close()


def _packet(payload: bytes, pts: int, duration: int, time_base: Fraction) -> "av.Packet[Stream]":
    packet: av.Packet[Stream] = av.Packet(payload)
    packet.pts = packet.dts = pts
    packet.duration, packet.time_base = duration, time_base
    return packet
