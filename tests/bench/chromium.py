"""Chromium shows a film, headless: a page seeks or plays and sends the lowest rows of what it sees to this process.

The page and the film come from a server of this process's own; nothing else is asked of any network.
"""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np

from director_app.core.canvas import Canvas
from director_app.media.strip import Strip, read_luma_strip, strip_height

PROGRAM = "chromium"

_PAGE = Path(__file__).with_name("chromium_page.html")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--autoplay-policy=no-user-gesture-required",
    "--window-size=1280,720",
)
_MOST_S = 240.0
_END_S = 10.0
_DIGITS = 8


class ChromiumError(Exception):
    """It is not there, or does not show the film; str() is one sentence."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One picture: the frame that Chromium was to show, or said that it showed, and what its strip says."""

    frame: int
    strip: Strip | None


def chromium_version() -> str:
    """Raises ChromiumError."""
    said = subprocess.run([_program(), "--version"], capture_output=True, text=True, check=True).stdout
    return " ".join(said.split()[:2])


def seen_by_seeking(film: Path, canvas: Canvas, frames: Sequence[int]) -> list[Seen]:
    """What is seen in the middle of each of these frames, in this order. Raises ChromiumError."""
    return _seen(film, canvas, {"seeks": list(frames), "plays": False})


def seen_by_playing(film: Path, canvas: Canvas) -> list[Seen]:
    """What is seen while the film plays once; a busy computer leaves pictures out. Raises ChromiumError."""
    return _seen(film, canvas, {"seeks": [], "plays": True})


def _program() -> str:
    found = shutil.which(PROGRAM)
    if found is None:
        raise ChromiumError(f"{PROGRAM} is not installed")
    return found


@dataclass(slots=True)
class _Visit:
    """What one page is given and says."""

    film: Path
    asked: bytes
    width: int
    seen: list[Seen] = field(default_factory=list)
    said: str = ""
    ended: threading.Event = field(default_factory=threading.Event)

    def get(self, path: str) -> bytes | None:
        files = {"/": _PAGE, "/film.mp4": self.film}
        return self.asked if path == "/asked" else files[path].read_bytes() if path in files else None

    def post(self, path: str, body: bytes) -> None:
        if path == "/seen":
            green = np.frombuffer(body, np.uint8, offset=_DIGITS).reshape(-1, self.width)
            # Of grey, which strips are: full range back to that of video.
            luma = np.rint(16 + green * (219 / 255)).astype(np.uint8)
            self.seen.append(Seen(int(body[:_DIGITS]), read_luma_strip(luma)))
        elif path == "/said":
            self.said = body.decode()
            self.ended.set()


def _seen(film: Path, canvas: Canvas, wanted: dict[str, object]) -> list[Seen]:
    asked = {"fps": float(canvas.fps), "rows": strip_height(canvas.width)} | wanted
    visit = _Visit(film, json.dumps(asked).encode(), canvas.width)
    program = _program()
    with _served(visit) as address, _profile() as profile:
        command = [program, *_FLAGS, f"--user-data-dir={profile}", address]
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            visit.ended.wait(_MOST_S)
        finally:
            _end(child)
    if visit.said != "done":
        raise ChromiumError(f"Chromium did not show {film.name}: {visit.said or f'no answer in {_MOST_S:.0f} s'}")
    return visit.seen


def _end(child: subprocess.Popen[bytes]) -> None:
    """With its helpers, which would go on writing into the profile."""
    child.terminate()
    with suppress(subprocess.TimeoutExpired):
        child.wait(_END_S)
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _profile() -> tempfile.TemporaryDirectory[str]:
    """What its helpers still write while they end is no reason to fail."""
    return tempfile.TemporaryDirectory(prefix="director-chromium-", ignore_cleanup_errors=True)


@contextmanager
def _served(visit: _Visit) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            content = visit.get(self.path)
            self.send_response(404 if content is None else 200)
            self.send_header("Content-Type", "text/html" if self.path == "/" else "application/octet-stream")
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            self.wfile.write(content or b"")

        def do_POST(self) -> None:
            visit.post(self.path, self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is told of requests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name="chromium-pages")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
