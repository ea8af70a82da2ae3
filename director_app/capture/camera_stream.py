"""A camera on the network: RTSP, HTTP MJPEG, SRT, HLS and whatever else FFmpeg opens. Decodes with little delay."""

import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import av
from av.video.frame import VideoFrame

from director_app.capture.errors import SourceLostError, SourceNotFoundError
from director_app.capture.reader import Liveness, Picture
from director_app.session.redact import without_password

_OPEN_S = 8.0
_READ_S = 3.0
_BAD_PACKETS_BEFORE_LOST = 50

_COMMON = {"fflags": "nobuffer", "flags": "low_delay"}
_OPTIONS = {
    "rtsp": {"rtsp_transport": "tcp", "max_delay": "100000"},
    "rtsps": {"rtsp_transport": "tcp", "max_delay": "100000"},
    "http": {"probesize": "200000", "analyzeduration": "500000"},
    "https": {"probesize": "200000", "analyzeduration": "500000"},
    "srt": {"probesize": "200000", "analyzeduration": "500000"},
}


class StreamCamera:
    """A CameraReader. Stamps pictures on arrival: the time stamps of MJPEG over HTTP are made up."""

    liveness = Liveness.SENSOR

    def __init__(self, url: str) -> None:
        self._url = url
        self._name = without_password(url)
        self._container: av.container.InputContainer | None = None
        self._frames: Iterator[VideoFrame | None] | None = None
        self._closed = False

    def open(self) -> None:
        """Raises SourceNotFoundError."""
        scheme = urlsplit(self._url).scheme
        options = _COMMON | _OPTIONS.get(scheme, {})
        try:
            container = av.open(self._url, options=options, timeout=(_OPEN_S, _READ_S))
        except (OSError, av.FFmpegError) as error:
            raise SourceNotFoundError(
                f"{self._name} does not answer: {_reason(error)}. Check the camera's power, network and address."
            ) from None
        if not container.streams.video:
            container.close()
            raise SourceNotFoundError(f"{self._name} answers, but sends no pictures. Check its address.")
        self._container = container
        self._frames = self._decode(container)

    def read(self, timeout_s: float) -> Picture | None:  # noqa: ARG002 - FFmpeg's own time-out counts
        """The next picture; waits up to 3 s. Raises SourceLostError."""
        if self._closed or self._frames is None or self._container is None:
            raise RuntimeError("this camera is closed")
        try:
            frame = next(self._frames)
        except StopIteration:
            raise SourceLostError(f"{self._name} ended its stream.") from None
        except (OSError, av.FFmpegError) as error:
            raise SourceLostError(f"{self._name} stopped sending pictures: {_reason(error)}.") from None
        if frame is None:
            return None
        aspect = self._container.streams.video[0].codec_context.sample_aspect_ratio
        return Picture(frame, time.perf_counter_ns(), float(aspect) if aspect else 1.0)

    def close(self) -> None:
        """Idempotent."""
        self._closed = True
        self._frames = None
        if self._container is not None:
            self._container.close()
            self._container = None

    @staticmethod
    def _decode(container: av.container.InputContainer) -> Iterator[VideoFrame | None]:
        """Decoded pictures; None after a packet that could not be decoded."""
        stream = container.streams.video[0]
        stream.thread_type = "SLICE"
        bad = 0
        for packet in container.demux(stream):
            try:
                yield from packet.decode()
                bad = 0
            except av.error.InvalidDataError:
                bad += 1
                if bad >= _BAD_PACKETS_BEFORE_LOST:
                    raise
                yield None


def _reason(error: BaseException) -> str:
    text = getattr(error, "strerror", None) or str(error)
    return str(text).rstrip(".")
