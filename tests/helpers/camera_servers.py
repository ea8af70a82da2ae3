"""Network cameras made by FFmpeg alone: SRT, and HLS both live and finished."""

import http.server
import shutil
import subprocess
import tempfile
import threading
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from tests.helpers.camera_pictures import Size
from tests.helpers.children import end
from tests.helpers.loopback import LoopbackServer
from tests.helpers.mjpeg_server import MjpegServer, Mood
from tests.helpers.rtsp_server import RtspServer
from tests.helpers.wait import eventually

__all__ = ["HlsLive", "HlsRecording", "LoopbackServer", "MjpegServer", "Mood", "RtspServer", "SrtServer"]


def _film(size: Size, fps: int, key_s: float = 0.5) -> list[str]:
    film = f"testsrc2=size={size[0]}x{size[1]}:rate={fps},noise=alls=10:allf=t"
    encode = ["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p"]
    return ["-f", "lavfi", "-i", film, *encode, "-g", str(round(fps * key_s))]


def _ffmpeg(*arguments: str) -> list[str]:
    return ["ffmpeg", "-nostdin", "-loglevel", "quiet", "-y", *arguments]


class SrtServer:
    """Waits for one caller; FFmpeg ends when the caller leaves, so come_back() serves the next one."""

    def __init__(self, size: Size = (320, 180), fps: int = 30) -> None:
        self._size, self._fps = size, fps
        self._child: subprocess.Popen[bytes] | None = None
        self.port = _free_udp_port()

    @property
    def url(self) -> str:
        """As a show file would have it."""
        return f"srt://127.0.0.1:{self.port}?mode=caller&latency=50000"

    def __enter__(self) -> Self:
        self.come_back()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def come_back(self) -> None:
        """Listens (again)."""
        output = f"srt://127.0.0.1:{self.port}?mode=listener&latency=50000"
        film = _film(self._size, self._fps)
        child = self._child = subprocess.Popen(_ffmpeg("-re", *film, "-f", "mpegts", output))
        listening = partial(psutil.Process(child.pid).net_connections, kind="udp")
        eventually(listening, 10, "FFmpeg listens for SRT")

    def kill(self) -> None:
        """The camera is gone."""
        if self._child is not None:
            end(self._child)
            self._child = None


class _Folder:
    """A folder served over HTTP."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="hls-"))
        handler = partial(_Silent, directory=str(self._folder))
        self._server = _Server(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="HLS server")

    @property
    def url(self) -> str:
        """The playlist."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/live.m3u8"

    def __enter__(self) -> Self:
        self._thread.start()
        try:
            self._make(self._folder / "live.m3u8")
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _make(self, playlist: Path) -> None:
        raise NotImplementedError

    def _end(self) -> None:
        self._server.shutdown()
        self._thread.join(5)
        self._server.server_close()
        shutil.rmtree(self._folder, ignore_errors=True)


class HlsLive(_Folder):
    """Segments of a second, of which the last six can be had."""

    def __init__(self, size: Size = (320, 180), fps: int = 30) -> None:
        super().__init__()
        self._size, self._fps = size, fps
        self._child: subprocess.Popen[bytes] | None = None

    def _make(self, playlist: Path) -> None:
        output = ["-f", "hls", "-hls_time", "1", "-hls_list_size", "6", "-hls_flags", "delete_segments"]
        # The first seconds are made as fast as may be, so that nobody has to wait for three segments.
        film = _film(self._size, self._fps, key_s=1.0)
        self._child = subprocess.Popen(
            _ffmpeg("-readrate", "1", "-readrate_initial_burst", "4", *film, *output, str(playlist))
            if _knows_burst()
            else _ffmpeg("-re", *film, *output, str(playlist))
        )
        eventually(lambda: playlist.is_file() and playlist.read_text().count(".ts") >= 3, 15, "three segments")

    def _end(self) -> None:
        if self._child is not None:
            end(self._child)
        super()._end()


class HlsRecording(_Folder):
    """Three seconds that were recorded long ago and are all there at once."""

    def _make(self, playlist: Path) -> None:
        film = _film((320, 180), 30, key_s=1.0)
        output = ["-t", "3", "-f", "hls", "-hls_time", "1", "-hls_playlist_type", "vod", str(playlist)]
        subprocess.run(_ffmpeg(*film, *output), check=True, timeout=30)


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Players hang up whenever they like."""


class _Silent(http.server.SimpleHTTPRequestHandler):
    # HTTP/1.0: no connection outlives its request, so none has to be waited for at the end.
    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""


def _knows_burst() -> bool:
    asked = subprocess.run(["ffmpeg", "-h", "full"], capture_output=True, check=False, timeout=10)
    return b"-readrate_initial_burst" in asked.stdout


def _free_udp_port() -> int:
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
    return port
