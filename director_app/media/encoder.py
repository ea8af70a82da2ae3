"""One video encoder with the settings that let packets of different cameras stand in one file.

Does no threading and keeps no frames. Conditions for joining packets, all measured: the same size, rate, preset
and profile; zerolatency, no B-frames, forced IDR, x264's stitchable=1, no scene cut detection, one thread.
"""

import os
from dataclasses import dataclass

import av
from av.video.frame import PictureType
from av.video.stream import VideoStream

from director_app.core.canvas import Canvas
from director_app.core.sources import CameraId
from director_app.media.closed_on_leaving import ClosedOnLeaving
from director_app.media.frame import I420
from director_app.media.packets import FrameKind, VideoPacket

KEY_FRAME_PERIOD_S = 2.0
"""A key frame at the latest every so many seconds, so that players can seek and outputs can join."""

SOFTWARE_CODEC = "libx264"

_MOST_BUFFERS = 48
"""Buffers of one camera that are known again; a source that never uses one twice keeps so many alive."""


class EncoderError(Exception):
    """An encoder could not be opened or refused a picture; str() is one sentence."""


@dataclass(frozen=True, slots=True)
class EncoderSettings:
    """How every camera of a show is encoded. codec is FFmpeg's name; rates in bits per second."""

    canvas: Canvas
    codec: str = SOFTWARE_CODEC
    preset: str = "ultrafast"
    crf: int = 23
    maxrate: int = 6_000_000

    @property
    def period_slots(self) -> int:
        """Slots between two key frames that nobody asked for."""
        return round(KEY_FRAME_PERIOD_S * self.canvas.fps)

    def options(self) -> dict[str, str]:
        """FFmpeg options of this codec."""
        rate = {"maxrate": str(self.maxrate), "bufsize": str(self.maxrate)}
        if self.codec == SOFTWARE_CODEC:
            return rate | {
                "preset": self.preset,
                "tune": "zerolatency",
                "crf": str(self.crf),
                "forced-idr": "1",
                "x264-params": "stitchable=1:scenecut=0",
            }
        return rate | {"b": str(self.maxrate * 2 // 3)} | _HARDWARE_OPTIONS.get(self.codec, {})


_HARDWARE_OPTIONS = {
    "h264_nvenc": {"preset": "p2", "tune": "ull", "forced-idr": "1", "delay": "0", "zerolatency": "1"},
    "h264_qsv": {"preset": "veryfast", "forced_idr": "1", "async_depth": "1", "low_power": "0"},
    "h264_amf": {"usage": "ultralowlatency", "forced_idr": "1"},
    "h264_videotoolbox": {"realtime": "1", "prio_speed": "1"},
    "h264_mf": {"scenario": "live_streaming", "hw_encoding": "1"},
}
"""Lowest-delay settings with key frames on demand, from FFmpeg's option lists of each encoder."""


class VideoEncoder(ClosedOnLeaving):
    """An open encoder. Its stream is a template for muxers; one owner, one thread at a time."""

    def __init__(self, settings: EncoderSettings) -> None:
        """Raises EncoderError."""
        self._settings = settings
        self._time_base = 1 / settings.canvas.fps
        self._wrapped: dict[int, tuple[I420, av.VideoFrame]] = {}
        self._container = av.open(os.devnull, "w", format="null")
        try:
            self.stream: VideoStream = self._open_stream()
        except (av.FFmpegError, ValueError) as error:
            self._container.close()
            raise EncoderError(f"The encoder {settings.codec} cannot be opened: {error}.") from error

    def _open_stream(self) -> VideoStream:
        settings = self._settings
        stream = self._container.add_stream(settings.codec, rate=settings.canvas.fps, options=settings.options())
        assert isinstance(stream, VideoStream)
        stream.width, stream.height = settings.canvas.width, settings.canvas.height
        stream.pix_fmt = "yuv420p"
        context = stream.codec_context
        context.time_base = 1 / settings.canvas.fps
        context.gop_size = 1_000_000
        context.max_b_frames = 0
        context.thread_count = 1
        context.flags |= av.codec.context.Flags.global_header
        self._container.start_encoding()
        return stream

    @property
    def parameter_sets(self) -> bytes:
        """SPS and PPS, as bytes to compare."""
        return bytes(self.stream.codec_context.extradata or b"")

    def encode(self, camera: CameraId, slot: int, picture: I420, kind: FrameKind) -> list[VideoPacket]:
        """Encodes one picture of the canvas. Raises EncoderError; x264 with these settings answers at once."""
        return self.encode_frame(camera, slot, self._wrap(picture), kind)

    def _wrap(self, picture: I420) -> av.VideoFrame:
        """FFmpeg's frame over the very pixels: kept, because the same few buffers come again and again."""
        known = self._wrapped.get(id(picture))
        if known is None:
            if len(self._wrapped) >= _MOST_BUFFERS:
                self._wrapped.clear()
            known = picture, av.VideoFrame.from_numpy_buffer(picture, format="yuv420p")
            self._wrapped[id(picture)] = known
        return known[1]

    def encode_frame(self, camera: CameraId, slot: int, frame: av.VideoFrame, kind: FrameKind) -> list[VideoPacket]:
        """The same of a picture in FFmpeg's own frame, as decoders give it. Raises EncoderError."""
        frame.pts = slot
        frame.time_base = self._time_base
        frame.pict_type = PictureType.I if kind is FrameKind.KEY else PictureType.NONE
        try:
            return [_packet(camera, packet) for packet in self.stream.codec_context.encode(frame)]
        except (av.FFmpegError, ValueError) as error:
            raise EncoderError(f"The encoder refused the picture of slot {slot}: {error}.") from error

    def flush(self, camera: CameraId) -> list[VideoPacket]:
        """What the encoder still holds; it takes no pictures afterwards."""
        try:
            return [_packet(camera, packet) for packet in self.stream.codec_context.encode(None)]
        except av.error.EOFError:
            return []

    def close(self) -> None:
        """Idempotent."""
        self._wrapped.clear()
        self._container.close()


def _packet(camera: CameraId, packet: "av.Packet[VideoStream]") -> VideoPacket:
    kind = FrameKind.KEY if packet.is_keyframe else FrameKind.DELTA
    assert packet.pts is not None
    return VideoPacket(camera, packet.pts, kind, bytes(packet))
