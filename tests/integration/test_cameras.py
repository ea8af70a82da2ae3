"""One contract for every kind of camera, and what only some kinds can do: end, hang, change their size, run ahead."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from fractions import Fraction
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import psutil
import pytest

from director_app.capture.camera_device import DeviceCamera, DeviceWish
from director_app.capture.camera_file import FileCamera
from director_app.capture.camera_stream import StreamCamera
from director_app.capture.camera_synthetic import SyntheticCamera
from director_app.capture.demo import DemoCamera
from director_app.capture.errors import SourceError, SourceLostError, SourceNotFoundError, SourceUnusableError
from director_app.capture.reader import CameraReader, Picture
from director_app.core.canvas import Canvas
from director_app.media.fit import Fitter
from director_app.media.frame import Frame
from tests.helpers.camera_servers import HlsLive, HlsRecording, MjpegServer, Mood, RtspServer, SrtServer
from tests.helpers.fake_capture import FakePort
from tests.helpers.films import film
from tests.helpers.wait import eventually

pytestmark = pytest.mark.light

Maker = Callable[[], CameraReader]

CANVAS = Canvas(320, 180, Fraction(30))
SIZE = (320, 180)
WISH = DeviceWish(320, 180, 30)
SERVERS = {"rtsp": RtspServer, "http": MjpegServer, "srt": SrtServer, "hls": HlsLive}


@pytest.fixture(params=["device", "rtsp", "http", "srt", "hls", "file", "synthetic", "demo"])
def maker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Maker]:
    kind = request.param
    with ExitStack() as stack:
        if kind in SERVERS:
            server = stack.enter_context(SERVERS[kind]())
            yield lambda: StreamCamera(server.url)
            return
        port = FakePort()
        path = film(tmp_path / "film.mp4", seconds=2)
        makers: dict[str, Maker] = {
            "device": lambda: DeviceCamera("Studio Cam", WISH, port.present, port.open_capture),
            "file": lambda: FileCamera(path),
            "synthetic": lambda: SyntheticCamera(0, SIZE, CANVAS.fps),
            "demo": lambda: DemoCamera("ana", SIZE, CANVAS.fps),
        }
        yield makers[kind]


def open_files() -> set[str]:
    """What this process holds open, besides what Python's own machinery opens once and keeps."""
    found = set()
    for number in os.listdir("/proc/self/fd"):  # noqa: PTH208 - names only
        try:
            found.add(f"{number} {os.readlink(f'/proc/self/fd/{number}')}")  # noqa: PTH115
        except OSError:
            continue
    return found


def children() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True)}


def pictures_of(camera: CameraReader, count: int, timeout_s: float = 8.0) -> list[Picture]:
    """Stamps and pictures; the pictures themselves may be overwritten."""
    deadline = time.monotonic() + timeout_s
    found: list[Picture] = []
    while len(found) < count:
        assert time.monotonic() < deadline, f"{len(found)} of {count} pictures came"
        if picture := camera.read(0.25):
            found.append(picture)
    return found


def next_picture(camera: CameraReader) -> Picture:
    return pictures_of(camera, 1)[0]


def on_canvas(picture: Picture, canvas: Canvas = CANVAS) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """As the feed would put it on the shelf."""
    if isinstance(picture.image, Frame):
        return picture.image.picture
    out = np.zeros((canvas.height * 3 // 2, canvas.width), np.uint8)
    Fitter(canvas).fit(picture.image, out, picture.pixel_aspect)
    return out


def read_on(camera: CameraReader, timeout_s: float = 8.0) -> None:
    """Until it raises."""
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        camera.read(0.25)


def test_every_camera_keeps_the_contract(maker: Maker) -> None:
    threads, before, files = set(threading.enumerate()), children(), open_files()
    camera = maker()
    eventually(partial(_opened, camera), 10, "it can be opened")
    begun_ns = time.perf_counter_ns()
    pictures = pictures_of(camera, 20)
    stamps = [picture.arrived_ns for picture in pictures]
    assert abs(time.perf_counter_ns() - stamps[-1]) < 0.5e9
    assert stamps[0] > begun_ns - 1e9
    assert all(a < b for a, b in pairwise(stamps))
    # The first ones may have waited for the opening; the last ten come at the camera's own rate.
    assert 10 / (stamps[-1] - stamps[-11]) * 1e9 == pytest.approx(30, rel=0.35)
    picture = on_canvas(pictures[-1])
    assert picture[:180].std() > 5
    camera.close()
    camera.close()
    with pytest.raises(RuntimeError):
        camera.read(0.1)
    assert set(threading.enumerate()) - threads <= _of_servers()
    assert children() <= before
    eventually(lambda: len(_own(open_files()) - files) == 0, 2, "every file and socket is closed")


def _opened(camera: CameraReader) -> bool:
    try:
        camera.open()
    except SourceNotFoundError:
        camera.close()
        return False
    return True


def _of_servers() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if "erver" in thread.name or "process_request" in thread.name}


def _own(files: set[str]) -> set[str]:
    """Without the servers' ends of connections, which close a moment later."""
    return {each for each in files if "eventpoll" not in each and "null" not in each}


def no_port() -> int:
    with MjpegServer() as server:
        return server.port


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    [
        (
            lambda: DeviceCamera("Other Cam", WISH, FakePort().present, FakePort().open_capture),
            SourceNotFoundError,
            'no camera "Other Cam". Present: "Studio Cam"',
        ),
        (lambda: StreamCamera(f"rtsp://me:geheim@127.0.0.1:{no_port()}/a"), SourceNotFoundError, "does not answer"),
        (lambda: StreamCamera(f"http://me:geheim@127.0.0.1:{no_port()}/a"), SourceNotFoundError, "refused"),
        (lambda: StreamCamera(f"srt://127.0.0.1:{no_port()}?passphrase=geheim"), SourceNotFoundError, "not answer"),
        (lambda: StreamCamera("http://127.0.0.1:1/live.m3u8?key=geheim"), SourceNotFoundError, "does not answer"),
        (lambda: FileCamera(Path("/nowhere/film.mp4")), SourceUnusableError, "film.mp4 does not exist"),
    ],
)
def test_a_missing_camera_is_one_sentence(make: Maker, kind: type[SourceError], words: str) -> None:
    camera = make()
    begun_s = time.monotonic()
    with pytest.raises(kind, match=words) as raised:
        camera.open()
    camera.close()
    assert time.monotonic() - begun_s < 10
    assert "\n" not in str(raised.value)
    assert "geheim" not in str(raised.value)


def test_a_path_that_is_not_there_says_so() -> None:
    with MjpegServer() as server, pytest.raises(SourceNotFoundError, match="nothing at this path"):
        StreamCamera(server.url + "s").open()


@pytest.mark.parametrize("server_type", [MjpegServer, RtspServer])
def test_a_server_that_is_killed_is_lost_and_can_be_opened_again(server_type: type[MjpegServer | RtspServer]) -> None:
    with server_type() as server:
        camera = StreamCamera(server.url)
        camera.open()
        pictures_of(camera, 3)
        server.kill()
        with pytest.raises(SourceLostError) as raised:
            read_on(camera)
        assert "geheim" not in str(raised.value)
        camera.close()
        server.come_back()
        camera = StreamCamera(server.url)
        camera.open()
        pictures_of(camera, 3)
        camera.close()


def hang(server: MjpegServer | RtspServer) -> None:
    if isinstance(server, MjpegServer):
        server.mood = Mood.HUNG
    else:
        server.hung = True


@pytest.mark.parametrize("server_type", [MjpegServer, RtspServer])
def test_a_server_that_hangs_is_lost_within_seconds(server_type: type[MjpegServer | RtspServer]) -> None:
    with server_type() as server:
        camera = StreamCamera(server.url)
        camera.open()
        pictures_of(camera, 3)
        hang(server)
        begun_s = time.monotonic()
        with pytest.raises(SourceLostError, match="silent"):
            read_on(camera)
        camera.close()
        assert 2 < time.monotonic() - begun_s < 3.5
        if server_type is RtspServer:
            return
        begun_s = time.monotonic()
        again = StreamCamera(server.url)
        with pytest.raises(SourceNotFoundError, match="silent"):
            again.open()
        again.close()
        assert time.monotonic() - begun_s < 6


@pytest.mark.parametrize("server_type", [MjpegServer, RtspServer])
def test_another_size_in_mid_stream(server_type: type[MjpegServer | RtspServer]) -> None:
    with server_type() as server:
        camera = StreamCamera(server.url)
        camera.open()
        pictures_of(camera, 3)
        if isinstance(server, MjpegServer):
            server.size = (240, 240)
        else:
            server.film((240, 240))

        def square() -> Picture | None:
            picture = next_picture(camera)
            return picture if getattr(picture.image, "width", 0) == 240 else None

        picture = on_canvas(eventually(square, 5, "pictures of the new size"))
        camera.close()
    # 240 x 240 stands 180 x 180 in the middle, between black bars.
    assert (picture[:180, :70] == 16).all()
    assert (picture[:180, 250:] == 16).all()
    assert picture[:180, 72:248].std() > 5


def test_after_a_stall_the_present_is_shown_not_the_past() -> None:
    with RtspServer(fps=60) as server:
        camera = StreamCamera(server.url)
        camera.open()
        pictures_of(camera, 10)
        # Nobody reads for a second: sixty pictures wait in the socket.
        threading.Event().wait(1.0)
        begun_ns = time.perf_counter_ns()
        stamps = [picture.arrived_ns for picture in pictures_of(camera, 30)]
        camera.close()
    # All of the past together took no longer than a few pictures of the present.
    early = sum(stamp - begun_ns < 0.2e9 for stamp in stamps)
    assert early < 30
    assert stamps[-1] - begun_ns < 1.5e9


def test_a_recording_over_the_network_takes_as_long_as_it_is() -> None:
    with HlsRecording() as server:
        camera = StreamCamera(server.url)
        camera.open()
        stamps = [picture.arrived_ns for picture in pictures_of(camera, 80)]
        with pytest.raises(SourceLostError, match="ended its stream"):
            read_on(camera)
        camera.close()
    assert 79 / (stamps[-1] - stamps[0]) * 1e9 == pytest.approx(30, rel=0.03)


@pytest.mark.realtime
def test_a_file_that_plays_in_a_loop_never_stumbles(tmp_path: Path) -> None:
    camera = FileCamera(film(tmp_path / "film.mp4", seconds=1, size=(1280, 720)))
    camera.open()
    late_s, stamps = [], []
    for picture in (next_picture(camera) for _ in range(100)):
        stamps.append(picture.arrived_ns)
        late_s.append((time.perf_counter_ns() - picture.arrived_ns) / 1e9)
    camera.close()
    assert np.diff(stamps).max() / 1e9 == pytest.approx(1 / 30, abs=0.001)
    assert sorted(late_s)[-2] < 1 / 30
