"""A camera fails in the middle of a real show: the show goes on without it, says so, and uses it again afterwards."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from director_app.capture import camera_feed
from director_app.capture.camera_device import DeviceCamera, DeviceWish
from director_app.capture.camera_feed import CameraFeed
from director_app.core.canvas import Canvas
from director_app.core.events import Take
from director_app.core.health import STILL_S
from director_app.core.sources import CameraId, SourceState
from director_app.engine import show_engine
from director_app.engine.show_engine import ShowEngine
from director_app.engine.sources import Sources, make_sources
from director_app.media.fit import Fitter
from director_app.media.frame import FramePool
from director_app.media.mp4_reader import Mp4Reader
from director_app.media.placeholder import draw_placeholder
from director_app.media.shelf import FrameShelf
from director_app.post.check import check_session
from director_app.session.event_log import read_events
from director_app.session.show import Show
from director_app.session.show_file import parse_show
from tests.helpers.camera_servers import MjpegServer, Mood, RtspServer
from tests.helpers.fake_capture import FakePort
from tests.helpers.wait import eventually

pytestmark = pytest.mark.light

BAD, GOOD = CameraId("bad"), CameraId("good")
SIZE = (640, 360)
Event = dict[str, Any]


def show_with(**camera: Any) -> Show:
    """A camera that will fail and one that never does; nobody speaks, so nothing but faults and keys cuts."""
    return parse_show(
        {
            "title": "Faults",
            "canvas": {"width": SIZE[0], "height": SIZE[1]},
            "directing": {"programme_delay_s": 0.2},
            "camera": [
                {"id": BAD, "label": "Bad", **camera},
                {"id": GOOD, "label": "Good", "kind": "synthetic"},
            ],
        },
        "this test",
    )


class RunningShow:
    """A show that is being recorded, and questions to it. After the `with` block the session is closed."""

    def __init__(self, engine: ShowEngine) -> None:
        self.engine = engine
        self.folder = engine.record()
        self._told = 0

    def events(self) -> list[Event]:
        """All so far."""
        return [dict(event) for event in read_events(self.folder)]

    def wait_for(self, kind: str, timeout_s: float = 8.0) -> Event:
        """The next event of this kind that a test has not waited past."""

        def look() -> Event | None:
            for number, event in enumerate(self.events()[self._told :], self._told + 1):
                if event["type"] == kind:
                    self._told = number
                    return event
            return None

        return eventually(look, timeout_s, kind)

    @property
    def on_air(self) -> CameraId:
        """By the director."""
        snapshot = self.engine.snapshot()
        assert snapshot is not None
        return snapshot.director.program.on_air

    def take(self, camera: CameraId) -> None:
        """The producer's key, obeyed."""
        self.engine.tell(Take(camera))
        eventually(lambda: self.on_air == camera, 3, f"{camera} is on air")

    def fails_with(self, kind: str) -> Event:
        """The bad camera is left at once, for a reason, and cannot be taken; returns the event of its failure."""
        event = self.wait_for(kind)
        assert event["source"] == BAD
        cut = self.wait_for("switch", 2)
        assert (cut["from"], cut["to"], cut["cause"]) == (BAD, GOOD, "fault")
        assert cut["t_s"] - event["t_s"] < 0.2
        assert cut["reason"].startswith("Camera 1 Bad ")
        self.refuses_the_take()
        snapshot = self.engine.snapshot()
        assert snapshot is not None
        assert any(notice.text.startswith("Camera 1 Bad ") for notice in snapshot.notices)
        return event

    def refuses_the_take(self) -> None:
        """The bad camera is no candidate."""
        self.engine.tell(Take(BAD))
        snapshot = eventually(self._refused, 3, "the take is refused")
        assert snapshot.director.program.on_air == GOOD

    def _refused(self) -> Any:
        snapshot = self.engine.snapshot()
        assert snapshot is not None
        return snapshot if snapshot.director.refusal is not None else None

    def comes_back(self) -> Event:
        """The bad camera is well again, can be used, and is for half a second."""
        event = self.wait_for("source_back")
        assert event["source"] == BAD
        self.take(BAD)
        eventually(lambda: self.time_s > event["t_s"] + 0.5, 3, "time goes on")
        return event

    @property
    def time_s(self) -> float:
        """Session time."""
        snapshot = self.engine.snapshot()
        assert snapshot is not None
        return snapshot.t_s


@contextmanager
def running(show: Show, folder: Path, sources: Sources | None = None) -> Iterator[RunningShow]:
    engine = ShowEngine(show, folder, sources=sources)
    try:
        engine.open()
        yield RunningShow(engine)
    finally:
        engine.close()


def is_good(session: Path) -> None:
    """Every file decodes, all are equally long, and the program shows what the log says."""
    report = check_session(session)
    assert report.is_good, report.lines()
    lengths = [finding.length_s for finding in report.files if finding.length_s is not None]
    assert len(lengths) >= 3
    assert max(lengths) - min(lengths) < 0.04


def iso_picture(session: Path, t_s: float) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The luma that the bad camera's ISO shows at t_s."""
    with Mp4Reader(session / "cam_1_iso.mp4") as reader:
        frames = [frame for _, packet in reader.video_packets() for frame in packet.decode()]
    frame = frames[round(t_s * 30)]
    return np.asarray(frame.to_ndarray(format="yuv420p"), np.uint8)[: SIZE[1]]


def is_placeholder(session: Path, show: Show, t_s: float) -> bool:
    canvas = show.canvas.canvas()
    drawn = np.empty((canvas.height * 3 // 2, canvas.width), np.uint8)
    draw_placeholder(canvas, show.cast().camera(BAD), drawn)
    return bool(np.abs(iso_picture(session, t_s).astype(int) - drawn[: canvas.height]).mean() < 3)


def test_a_network_camera_with_every_trouble_there_is(tmp_path: Path) -> None:
    with MjpegServer(SIZE) as server:
        show = show_with(kind="stream", url=server.url)
        with running(show, tmp_path) as live:
            assert live.on_air == BAD
            server.size = (320, 320)
            server.mood = Mood.STILL
            still_since_s = live.time_s
            eventually(lambda: live.time_s > still_since_s + STILL_S + 0.5, 6, "time goes on")
            assert live.engine.camera_state(BAD) is SourceState.OK
            server.mood = Mood.HUNG
            live.fails_with("source_frozen")
            server.mood = Mood.WELL
            live.comes_back()
            server.mood = Mood.DARK
            live.fails_with("source_black")
            server.mood = Mood.WELL
            live.comes_back()
            server.kill()
            lost = live.fails_with("source_lost")
            server.come_back()
            back = live.comes_back()
        kinds = [event["type"] for event in live.events()]
        assert not {"file_failed", "packets_left_out"} & set(kinds)
    is_good(live.folder)
    assert is_placeholder(live.folder, show, (lost["t_s"] + back["t_s"]) / 2)
    assert not is_placeholder(live.folder, show, back["t_s"] + 0.2)
    # A square picture between bars: the size changed while the show went on.
    assert (iso_picture(live.folder, back["t_s"] + 0.2)[:, :100] < 24).all()


def device_sources(show: Show, port: FakePort) -> Sources:
    """The show's sources, with a hand-made camera at the port."""
    canvas: Canvas = show.canvas.canvas()
    wish = DeviceWish(*SIZE, 30)
    feed = CameraFeed(
        BAD,
        lambda: DeviceCamera("Studio Cam", wish, port.present, port.open_capture),
        FramePool(canvas),
        Fitter(canvas),
        FrameShelf(canvas.slot_time_ns(1)),
    )
    sources = make_sources(show)
    return replace(sources, cameras={**sources.cameras, BAD: feed})


def test_a_device_that_is_pulled_out_and_one_that_freezes(tmp_path: Path) -> None:
    port = FakePort(SIZE)
    show = show_with(kind="device", device="Studio Cam")
    with running(show, tmp_path, device_sources(show, port)) as live:
        assert live.on_air == BAD
        port.plugged = False
        lost = live.fails_with("source_lost")
        assert "Studio Cam" in str(lost["detail"])
        port.plugged = True
        back = live.comes_back()
        port.still = True
        live.fails_with("source_frozen")
        port.still = False
        live.comes_back()
    assert port.open_captures == 0
    is_good(live.folder)
    assert is_placeholder(live.folder, show, (lost["t_s"] + back["t_s"]) / 2)


def test_a_camera_that_is_missing_at_the_start_and_comes_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(show_engine, "SLOW_CAMERA_S", 1.0)
    monkeypatch.setattr(camera_feed, "_LONGEST_WAIT_S", 0.5)
    server = RtspServer(SIZE)
    with server:
        server.kill()
        show = show_with(kind="stream", url=server.url)
        with running(show, tmp_path) as live:
            assert live.on_air == GOOD
            assert live.engine.camera_state(BAD) is SourceState.OPENING
            assert "does not answer" in str(live.engine.camera_error(BAD))
            live.refuses_the_take()
            server.come_back()
            back = live.comes_back()
            server.film((320, 240))
            live.take(GOOD)
            live.take(BAD)
            # The connection stays, nothing comes through it.
            server.hung = True
            live.fails_with("source_frozen")
    is_good(live.folder)
    assert is_placeholder(live.folder, show, back["t_s"] / 2)
    assert not is_placeholder(live.folder, show, back["t_s"] + 0.2)


def test_a_hung_camera_does_not_keep_a_show_from_closing(tmp_path: Path) -> None:
    with MjpegServer(SIZE) as server:
        with running(show_with(kind="stream", url=server.url), tmp_path) as live:
            server.mood = Mood.HUNG
            live.fails_with("source_frozen")
            begun_s = time.monotonic()
        assert time.monotonic() - begun_s < 4.5
    is_good(live.folder)
