"""From the tables of a show file to feeds that can be started: which kind of reader each source needs."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import cv2

from director_app.capture.camera_device import DeviceCamera, DeviceWish
from director_app.capture.camera_feed import CameraFeed
from director_app.capture.camera_file import FileCamera
from director_app.capture.camera_stream import StreamCamera
from director_app.capture.camera_synthetic import SyntheticCamera
from director_app.capture.demo import DemoCamera, demo_microphone_file
from director_app.capture.microphone_device import DeviceMicrophone
from director_app.capture.microphone_feed import MicrophoneFeed
from director_app.capture.microphone_file import FileMicrophone, Play
from director_app.capture.microphone_synthetic import SyntheticMicrophone, SyntheticSettings
from director_app.capture.reader import CameraReader, MicrophoneReader
from director_app.core.canvas import Canvas
from director_app.core.sources import CameraId, MicrophoneId
from director_app.engine.endings import take_all
from director_app.engine.sound import MicrophoneLine
from director_app.media.fit import Fitter
from director_app.media.frame import FramePool
from director_app.media.shelf import FrameShelf
from director_app.session import show as tables
from director_app.session.show import Show


@dataclass(frozen=True, slots=True)
class Sources:
    """All feeds of a show, not started yet. epoch_ns: when the first picture of every made-up source was due."""

    cameras: Mapping[CameraId, CameraFeed]
    microphones: tuple[MicrophoneFeed, ...]
    lines: tuple[MicrophoneLine, ...]
    epoch_ns: int = 0

    def starts(self) -> list[Callable[[], None]]:
        """What starts every feed; none of it waits."""
        return [feed.start for feed in self.cameras.values()] + [feed.start for feed in self.microphones]

    def stops(self) -> list[Callable[[], None]]:
        """What stops every feed; the first ones only ask, so that slow devices close side by side."""
        asking = [feed.ask_to_stop for feed in self.cameras.values()]
        return asking + [feed.stop for feed in self.cameras.values()] + [feed.stop for feed in self.microphones]


def make_sources(show: Show, now_ns: Callable[[], int] = time.perf_counter_ns) -> Sources:
    """One feed per camera and per sound device; made-up sources of a show share one epoch, so that they agree."""
    # Cameras and windows have threads of their own. OpenCV's would only take the processors from the encoders.
    cv2.setNumThreads(1)
    epoch_ns = now_ns()
    canvas = show.canvas.canvas()
    latest_ms = max((source.offset_ms for source in (*show.camera, *show.microphone)), default=0.0)
    pool = FramePool(canvas)
    cameras = {
        CameraId(table.id): CameraFeed(
            CameraId(table.id),
            _camera_maker(table, index, canvas, epoch_ns),
            pool,
            Fitter(canvas, table.rotation),
            FrameShelf(canvas.slot_time_ns(1), round((latest_ms - table.offset_ms) * 1e6)),
        )
        for index, table in enumerate(show.camera)
    }
    feeds, lines = microphone_sources(show, epoch_ns)
    return Sources(cameras, feeds, lines, epoch_ns)


def changed_sources(before: Show, sources: Sources, after: Show) -> tuple[Sources, Callable[[], None]]:
    """The feeds of another show, which keeps every feed of the first that can serve on; those are running already.

    Returns them and what stops the feeds that are left over; it waits for them. start() of all feeds is idempotent.
    """
    if _timing(before) != _timing(after):
        return make_sources(after), lambda: take_all(sources.stops())
    fresh = make_sources(after, lambda: sources.epoch_ns)
    tables_before = {table.id: _picture_of(table) for table in before.camera}
    cameras = {
        CameraId(table.id): sources.cameras[CameraId(table.id)]
        if tables_before.get(table.id) == _picture_of(table)
        else fresh.cameras[CameraId(table.id)]
        for table in after.camera
    }
    running = _feeds_of(before, sources)
    feeds = {key: running.get(key, feed) for key, feed in _feeds_of(after, fresh).items()}
    lines = tuple(
        replace(line, feed=feeds[_device_key_and_channels(table, after)])
        for table, line in zip(after.microphone, fresh.lines, strict=True)
    )
    kept = (*cameras.values(), *feeds.values())
    cameras_left = [feed for feed in sources.cameras.values() if feed not in kept]
    stops = [feed.stop for feed in cameras_left] + [feed.stop for feed in sources.microphones if feed not in kept]
    return (
        Sources(cameras, tuple(feeds.values()), lines, sources.epoch_ns),
        lambda: take_all([*(feed.ask_to_stop for feed in cameras_left), *stops]),
    )


def _timing(show: Show) -> object:
    """What every feed depends on."""
    latest_ms = max((source.offset_ms for source in (*show.camera, *show.microphone)), default=0.0)
    return show.canvas, latest_ms


def _picture_of(table: tables.CameraTable) -> object:
    """Everything that matters to the feed of a camera; its name and whether it is wide do not."""
    return table.model_copy(update={"label": "", "wide": False})


def _feeds_of(show: Show, sources: Sources) -> dict[object, MicrophoneFeed]:
    return {
        _device_key_and_channels(table, show): line.feed
        for table, line in zip(show.microphone, sources.lines, strict=True)
    }


def _device_key_and_channels(table: tables.MicrophoneTable, show: Show) -> object:
    key = _device_key(table)
    return key, max(each.channel for each in show.microphone if _device_key(each) == key)


def microphone_sources(show: Show, epoch_ns: int) -> tuple[tuple[MicrophoneFeed, ...], tuple[MicrophoneLine, ...]]:
    """One feed per sound device of a show and one line per microphone; nothing is started."""
    latest_ms = max((source.offset_ms for source in (*show.camera, *show.microphone)), default=0.0)
    # A slot's picture is 0.2 to 1.2 frames old when the slot takes it, and older only while pictures come late; sound
    # moved by half a frame is never further from its picture than one.
    return _microphones(show.microphone, latest_ms + 500 / float(show.canvas.canvas().fps), epoch_ns)


def _camera_maker(table: tables.CameraTable, index: int, canvas: Canvas, epoch_ns: int) -> Callable[[], CameraReader]:
    size, fps = (canvas.width, canvas.height), canvas.fps
    match table:
        case tables.DeviceCameraTable():
            wish = DeviceWish(
                width=table.width or canvas.width,
                height=table.height or canvas.height,
                fps=table.fps or float(canvas.fps),
            )
            return lambda: DeviceCamera(table.device, wish)
        case tables.StreamCameraTable():
            return lambda: StreamCamera(table.url)
        case tables.FileCameraTable():
            play = Play.LOOP if table.loop else Play.ONCE
            return lambda: FileCamera(table.path, play, epoch_ns)
        case tables.SyntheticCameraTable():
            return lambda: SyntheticCamera(index, size, fps, epoch_ns)
        case tables.DemoCameraTable():
            return lambda: DemoCamera(table.who, _demo_size(canvas), fps, epoch_ns=epoch_ns)


def _demo_size(canvas: Canvas) -> tuple[int, int]:
    """The drawings are 16:9; other canvases letterbox them."""
    width = min(canvas.width, canvas.height * 16 // 9) // 2 * 2
    return width, width * 9 // 16 // 2 * 2


def _microphones(
    microphones: Sequence[tables.MicrophoneTable], latest_ms: float, epoch_ns: int
) -> tuple[tuple[MicrophoneFeed, ...], tuple[MicrophoneLine, ...]]:
    feeds: dict[object, MicrophoneFeed] = {}
    lines: list[MicrophoneLine] = []
    for table in microphones:
        key = _device_key(table)
        if key not in feeds:
            channels = max(each.channel for each in microphones if _device_key(each) == key)
            feeds[key] = MicrophoneFeed(_microphone_reader(table, channels, epoch_ns), table.id)
        lines.append(
            MicrophoneLine(
                id=MicrophoneId(table.id),
                camera=CameraId(table.camera),
                feed=feeds[key],
                channel=table.channel - 1,
                offset_ms=table.offset_ms - latest_ms,
            )
        )
    return tuple(feeds.values()), tuple(lines)


def _device_key(table: tables.MicrophoneTable) -> object:
    """Microphones with equal keys are channels of one device."""
    match table:
        case tables.DeviceMicrophoneTable():
            return (table.kind, table.device, table.host_api)
        case tables.FileMicrophoneTable():
            return (table.kind, table.path, table.loop)
        case _:
            return table.id


def _microphone_reader(table: tables.MicrophoneTable, channels: int, epoch_ns: int) -> MicrophoneReader:
    match table:
        case tables.DeviceMicrophoneTable():
            return DeviceMicrophone(table.device, table.host_api or "", channels)
        case tables.FileMicrophoneTable():
            return FileMicrophone(table.path, Play.LOOP if table.loop else Play.ONCE, epoch_ns)
        case tables.SyntheticMicrophoneTable():
            return SyntheticMicrophone(SyntheticSettings(clock_ppm=table.clock_ppm, channels=channels), epoch_ns)
        case tables.DemoMicrophoneTable():
            return FileMicrophone(demo_microphone_file(table.who), Play.LOOP, epoch_ns)
