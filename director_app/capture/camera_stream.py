"""A camera on the network: RTSP, HTTP MJPEG, SRT, HLS and whatever else FFmpeg opens. Decodes with little delay.

Live streams are shown as they come; streams made of files come faster than real time and are paced by their stamps.
"""

import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Discard
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from director_app.capture.camera_relay import Relay
from director_app.capture.errors import SourceLostError, SourceNotFoundError
from director_app.capture.pacing import Backlog, StreamPace
from director_app.capture.reader import Liveness, Picture
from director_app.session.redact import without_password

_OPEN_S = 4.5
"""FFmpeg counts it twice, for opening and for looking into the stream."""

_READ_S = 3.0
_BAD_PACKETS_BEFORE_LOST = 50
_CODINGS = {"h264": "H.264", "hevc": "H.265", "mjpeg": "MJPG", "av1": "AV1", "libdav1d": "AV1", "vp8": "VP8"}
_USUAL_LENGTH_S = 1 / 25

_COMMON = {"analyzeduration": "500000", "fpsprobesize": "0"}
_RTSP = {"rtsp_transport": "tcp", "allowed_media_types": "video"}
_SMALL_PROBE = {"probesize": "200000"}
_OPTIONS = {"rtsp": _RTSP, "rtsps": _RTSP, "http": _SMALL_PROBE, "https": _SMALL_PROBE, "srt": _SMALL_PROBE}

_RELAYED = frozenset({"srt"})
_MADE_OF_FILES = frozenset({"hls", "dash"})
_PACED_BY_SERVER = frozenset({"rtsp"})
_INTRA_ONLY = frozenset({"mjpeg", "jpeg2000", "png", "webp"})


class StreamCamera:
    """A CameraReader. Stamps pictures on arrival: the time stamps of MJPEG over HTTP are made up."""

    liveness = Liveness.MADE
    """What is sent may be slides, and a still picture in H.264 decodes to the bit; silence is what shows a fault."""

    def __init__(self, url: str, now_ns: Callable[[], int] = time.perf_counter_ns) -> None:
        self._url = url
        self._now_ns = now_ns
        self._name = without_password(url)
        self._relay: Relay | None = None
        self._container: InputContainer | None = None
        self._stream: VideoStream | None = None
        self._packets: Iterator[Packet[VideoStream]] = iter(())
        self._frames: list[VideoFrame] = []
        self._bad = 0
        self._backlog = Backlog()
        self._pace: StreamPace | None = None
        self._held: tuple[VideoFrame, int] | None = None
        self._closed = threading.Event()

    def open(self) -> None:
        """Raises SourceNotFoundError; SourceUnusableError when this computer lacks what the protocol needs."""
        try:
            container = self._container = self._connect()
        except (OSError, av.FFmpegError) as error:
            raise SourceNotFoundError(f"{self._name} {_why_closed(error)}") from None
        videos = container.streams.video
        if not videos:
            raise SourceNotFoundError(f"{self._name} answers, but sends no pictures. Check its address.")
        # Adaptive streams offer several sizes; what is not wanted need not be fetched.
        best = max(videos, key=lambda stream: stream.width * stream.height)
        for stream in container.streams:
            if stream is not best:
                stream.discard = Discard.all
        best.thread_type = "SLICE"
        self._stream = best
        self._packets = container.demux(best)
        name = container.format.name
        if name in _MADE_OF_FILES or (container.duration is not None and name not in _PACED_BY_SERVER):
            self._pace = StreamPace()

    def _connect(self) -> InputContainer:
        scheme = urlsplit(self._url).scheme
        options = _COMMON | _OPTIONS.get(scheme, {})
        if scheme not in _RELAYED:
            return av.open(self._url, mode="r", options=options, timeout=(_OPEN_S, _READ_S))
        self._relay = Relay(self._url, self._name)
        self._relay.open(_OPEN_S, _READ_S)
        return av.open(self._relay, mode="r", format="mpegts", options=options)

    def read(self, timeout_s: float) -> Picture | None:
        """The next picture; waits up to 3 s for a live stream. Raises SourceLostError."""
        if self._closed.is_set() or self._stream is None:
            raise RuntimeError("this camera is closed")
        if self._held is None:
            frame = self._frames.pop(0) if self._frames else self._receive()
            if frame is None:
                return None
            now_ns = self._now_ns()
            if self._pace is None:
                return self._picture(frame, now_ns)
            self._held = (frame, self._pace.due_ns(frame.time, _length_s(frame), now_ns))
        frame, due_ns = self._held
        left_s = (due_ns - self._now_ns()) / 1e9
        if left_s > timeout_s:
            self._closed.wait(timeout_s)
            return None
        if left_s > 0:
            self._closed.wait(left_s)
        self._held = None
        return self._picture(frame, max(due_ns, self._now_ns()))

    def close(self) -> None:
        """Idempotent."""
        self._closed.set()
        self._packets = iter(())
        self._frames, self._held, self._stream = [], None, None
        if self._container is not None:
            self._container.close()
            self._container = None
        if self._relay is not None:
            self._relay.close()
            self._relay = None

    def _receive(self) -> VideoFrame | None:
        """The next picture worth showing; None when the next packet held none."""
        begun_ns = self._now_ns()
        try:
            packet = next(self._packets)
        except StopIteration:
            raise SourceLostError(f"{self._name} ended its stream.") from None
        except (OSError, av.FFmpegError) as error:
            raise SourceLostError(f"{self._name} stopped sending pictures: {_reason(error)}.") from None
        now_ns = self._now_ns()
        if now_ns - begun_ns >= _READ_S * 1e9:
            # FFmpeg gave up waiting, and first handed out what it still had.
            raise SourceLostError(f"{self._name} stopped sending pictures: it is silent.")
        is_late = self._pace is None and self._backlog.is_late((now_ns - begun_ns) / 1e9, now_ns / 1e9)
        if is_late and packet.stream.codec_context.name in _INTRA_ONLY:
            return None
        frames = self._decode(packet)
        if is_late or not frames:
            return None
        self._frames = frames[1:]
        return frames[0]

    def _decode(self, packet: "Packet[VideoStream]") -> list[VideoFrame]:
        try:
            frames = [frame for frame in packet.decode() if isinstance(frame, VideoFrame)]
        except av.error.InvalidDataError:
            self._bad += 1
            if self._bad < _BAD_PACKETS_BEFORE_LOST:
                return []
            raise SourceLostError(f"{self._name} sends pictures that cannot be decoded.") from None
        self._bad = 0
        return frames

    def _picture(self, frame: VideoFrame, arrived_ns: int) -> Picture:
        assert self._stream is not None
        aspect = self._stream.codec_context.sample_aspect_ratio
        return Picture(frame, arrived_ns, float(aspect) if aspect else 1.0, _coding(self._stream))


def _coding(stream: VideoStream) -> str:
    name = stream.codec_context.name
    return _CODINGS.get(name, name)


def _length_s(frame: VideoFrame) -> float:
    return float(frame.duration * frame.time_base) if frame.duration and frame.time_base else _USUAL_LENGTH_S


def _why_closed(error: BaseException) -> str:
    """The end of a sentence that begins with the address, and what to do."""
    if isinstance(error, (av.error.HTTPUnauthorizedError, av.error.HTTPForbiddenError)):
        return "refuses the user name or the password. Correct them in the show file."
    if isinstance(error, av.error.HTTPNotFoundError):
        return "answers, but has nothing at this path. Correct the path in the show file."
    if isinstance(error, av.error.InvalidDataError):
        return "answers, but not with pictures. Check its address."
    return f"does not answer: {_reason(error)}. Check the camera's power, network and address."


def _reason(error: BaseException) -> str:
    if isinstance(error, (av.error.ExitError, TimeoutError)):
        return "it is silent"
    return str(getattr(error, "strerror", None) or error).rstrip(".")
