"""A network camera that speaks RTSP: FFmpeg films, encodes H.264 and makes the RTP packets, this hands them on.

FFmpeg cannot serve RTSP itself, it can only push to a server; this is that server, and anybody may pull from it.
"""

import contextlib
import socket
import struct
import subprocess
import threading

from tests.helpers.camera_pictures import Size
from tests.helpers.children import end
from tests.helpers.loopback import LoopbackServer

_Request = tuple[str, dict[str, str], bytes]


class RtspServer(LoopbackServer):
    """RTP over the RTSP connection only. hung: stays connected, says nothing more."""

    def __init__(self, size: Size = (320, 180), fps: int = 30) -> None:
        super().__init__()
        self._size = size
        self._fps = fps
        self._camera: subprocess.Popen[bytes] | None = None
        self._description = b""
        self._is_described = threading.Event()
        self._players: set[socket.socket] = set()
        self._rewriter = _Rewriter()
        self.hung = False

    @property
    def url(self) -> str:
        """Where the pictures are; the password must never be seen anywhere."""
        return f"rtsp://anna:geheim@127.0.0.1:{self.port}/camera"

    def come_back(self) -> None:
        """See the base."""
        super().come_back()
        self.film(self._size)

    def kill(self) -> None:
        """See the base."""
        self._end_camera()
        super().kill()

    def film(self, size: Size) -> None:
        """From now on the pictures have this size; whoever is connected stays so."""
        self._end_camera()
        self._size = size
        self._is_described.clear()
        push = f"rtsp://127.0.0.1:{self.port}/camera"
        self._camera = subprocess.Popen(film_command(size, self._fps, push), stdin=subprocess.DEVNULL)
        assert self._is_described.wait(10), "FFmpeg films"

    def _end_camera(self) -> None:
        if self._camera is not None:
            end(self._camera)
            self._camera = None

    def serve(self, client: socket.socket) -> None:
        """See the base."""
        try:
            with client.makefile("rb") as stream:
                while first := stream.read(1):
                    if first == b"$":
                        channel, length = struct.unpack(">BH", _exactly(stream, 3))
                        self._hand_on(channel, _exactly(stream, length))
                    else:
                        self._answer(client, _request(first + stream.readline(), stream))
        finally:
            with self._lock:
                self._players.discard(client)

    def _answer(self, client: socket.socket, request: _Request) -> None:
        while self.hung and self.is_up:
            threading.Event().wait(0.01)
        method, headers, body = request
        more = {"Public": "OPTIONS, DESCRIBE, ANNOUNCE, SETUP, PLAY, RECORD, TEARDOWN, GET_PARAMETER"}
        reply = b""
        if method == "ANNOUNCE":
            self._description = body
            self._rewriter.new_camera()
            self._is_described.set()
        elif method == "DESCRIBE":
            reply = self._description
            more = {"Content-Type": "application/sdp", "Content-Base": f"rtsp://127.0.0.1:{self.port}/camera/"}
        elif method == "SETUP":
            more = {"Transport": headers["transport"].split(";mode")[0]}
        more |= {"CSeq": headers["cseq"], "Session": "1", "Content-Length": str(len(reply))}
        lines = [f"{name}: {value}" for name, value in more.items()]
        with self._lock:
            client.sendall("\r\n".join(["RTSP/1.0 200 OK", *lines, "", ""]).encode() + reply)
            if method == "PLAY":
                self._players.add(client)
        if method == "TEARDOWN":
            client.shutdown(socket.SHUT_RDWR)

    def _hand_on(self, channel: int, packet: bytes) -> None:
        # Without the reports on channel 1 a player goes by the stamps alone, which are made to run on.
        if channel != 0 or self.hung:
            return
        packet = self._rewriter.rewrite(packet)
        with self._lock:
            for player in self._players:
                with contextlib.suppress(OSError):
                    player.sendall(struct.pack(">cBH", b"$", 0, len(packet)) + packet)


class _Rewriter:
    """Makes one unbroken RTP stream (RFC 3550, section 5.1) of those of cameras that follow each other."""

    def __init__(self) -> None:
        self._sequence = 0
        self._stamp = 0
        self._shift: int | None = 0

    def new_camera(self) -> None:
        """The stamps of the next packet begin anew."""
        self._shift = None

    def rewrite(self, packet: bytes) -> bytes:
        """The same payload with the next number and a stamp that runs on."""
        (stamp,) = struct.unpack_from(">I", packet, 4)
        if self._shift is None:
            self._shift = self._stamp + 3000 - stamp
        self._sequence = self._sequence + 1 & 0xFFFF
        self._stamp = stamp + self._shift & 0xFFFFFFFF
        return packet[:2] + struct.pack(">HII", self._sequence, self._stamp, 1) + packet[12:]


def film_command(size: Size, fps: int, push: str) -> list[str]:
    """FFmpeg as a camera; parameter sets before each key frame, as cameras do, so that the size may change."""
    film = f"testsrc2=size={size[0]}x{size[1]}:rate={fps},noise=alls=10:allf=t"
    encode = ["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", str(fps // 2)]
    encode += ["-pix_fmt", "yuv420p", "-bsf:v", "dump_extra=freq=keyframe"]
    output = ["-f", "rtsp", "-rtsp_transport", "tcp", push]
    return ["ffmpeg", "-nostdin", "-loglevel", "quiet", "-re", "-f", "lavfi", "-i", film, *encode, *output]


def _request(line: bytes, stream: "socket.SocketIO | object") -> _Request:
    headers: dict[str, str] = {}
    while field := stream.readline().strip():  # type: ignore[union-attr]
        name, _, value = field.decode().partition(":")
        headers[name.lower()] = value.strip()
    return line.decode().split()[0], headers, _exactly(stream, int(headers.get("content-length", "0")))


def _exactly(stream: object, size: int) -> bytes:
    data: bytes = stream.read(size)  # type: ignore[attr-defined]
    if len(data) < size:
        raise ConnectionError("the other side has gone")
    return data
