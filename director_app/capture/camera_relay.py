"""Fetches a stream that the built-in FFmpeg has no protocol for (SRT) by the FFmpeg installed on this computer.

A child copies the packets, undecoded, to a socket on this computer. It must not look at a picture.
"""

import contextlib
import shutil
import socket
import subprocess
import time
from functools import lru_cache

from director_app.capture.errors import SourceNotFoundError, SourceUnusableError

_LOOK_S = 0.05
_END_S = 2.0


class Relay:
    """Owner of one child and one socket. A file object for av.open(): read() only, MPEG transport stream."""

    def __init__(self, url: str, name: str) -> None:
        """name: the address as people may see it."""
        self._url = url
        self._name = name
        self._child: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None

    def open(self, open_s: float, read_s: float) -> None:
        """Raises SourceNotFoundError after open_s without a stream; SourceUnusableError without a fitting FFmpeg."""
        program = _program()
        if program is None:
            raise SourceUnusableError(
                f"{self._name} needs the program ffmpeg with SRT on this computer. Install it, and start again."
            )
        with socket.create_server(("127.0.0.1", 0)) as server:
            self._child = subprocess.Popen(
                relay_command(program, server.getsockname()[1]),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            _hand_over(self._child, self._url)
            self._socket = self._accept(server, self._child, time.monotonic() + open_s)
        self._socket.settimeout(read_s)

    def _accept(self, server: socket.socket, child: subprocess.Popen[bytes], deadline_s: float) -> socket.socket:
        server.settimeout(_LOOK_S)
        while child.poll() is None and time.monotonic() < deadline_s:
            try:
                return server.accept()[0]
            except TimeoutError:
                continue
        raise SourceNotFoundError(f"{self._name} does not answer. Check the camera's power, network and address.")

    def read(self, size: int) -> bytes:
        """At most so many bytes as soon as there are any; b"" at the end. Raises TimeoutError."""
        assert self._socket is not None, "open() comes first"
        return self._socket.recv(size)

    def close(self) -> None:
        """Ends the child. Idempotent."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        if self._child is not None:
            self._child.terminate()
            try:
                self._child.wait(_END_S)
            except subprocess.TimeoutExpired:
                self._child.kill()
                self._child.wait()
            self._child = None


def relay_command(program: str, port: int) -> list[str]:
    """Copies the first picture stream of the list on its standard input to a port here, with little delay.

    The address comes by standard input: it may hold a passphrase, and everybody can read a process's arguments.
    """
    reading = ["-fpsprobesize", "0", "-probesize", "200000", "-analyzeduration", "500000"]
    listed = ["-f", "concat", "-safe", "0", "-protocol_whitelist", "pipe,srt,udp,crypto", "-i", "pipe:0"]
    writing = ["-map", "0:v:0", "-c", "copy", "-f", "mpegts", "-flush_packets", "1", "-muxdelay", "0"]
    return [program, "-nostdin", "-loglevel", "quiet", *reading, *listed, *writing, f"tcp://127.0.0.1:{port}"]


def _hand_over(child: subprocess.Popen[bytes], url: str) -> None:
    """Gives the child its list of one address, in the quoting of FFmpeg's list files."""
    assert child.stdin is not None
    quoted = url.replace("'", "'\\''")
    with contextlib.suppress(BrokenPipeError):
        child.stdin.write(f"ffconcat version 1.0\nfile '{quoted}'\n".encode())
        child.stdin.close()


@lru_cache(maxsize=1)
def _found(program: str) -> bool:
    """Whether this FFmpeg knows SRT."""
    asked = subprocess.run([program, "-v", "quiet", "-protocols"], capture_output=True, check=False, timeout=10)
    return b"srt" in asked.stdout.split()


def _program() -> str | None:
    program = shutil.which("ffmpeg")
    return program if program is not None and _found(program) else None
