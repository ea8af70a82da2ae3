"""Long shows: does the clock keep time, do sound and picture stay together, does memory stay flat."""

import time
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import psutil
from numpy.typing import NDArray

from director_app.core.canvas import SAMPLE_RATE
from director_app.core.events import Take
from director_app.core.sources import CameraId
from director_app.engine.show_engine import ShowEngine
from director_app.session.manifest import FileRole, read_manifest
from tests.bench.row import Row, at_most, shown
from tests.bench.shows import room, synthetic_show

_FPS = 30
_SETTLE_S = 60.0
_PPM = (0.0, 100.0, -100.0)


def ten_minutes(folder: Path) -> Iterator[Row]:
    """Clock, lengths and sound against picture; microphone clocks 0, +100 and -100 ppm off."""
    yield from _soak(room(folder, "soak-10"), 600.0)


def thirty_minutes(folder: Path) -> Iterator[Row]:
    """The same for half an hour, with memory."""
    yield from _soak(room(folder, "soak-30"), 1800.0)


def _soak(sessions: Path, seconds: float) -> Iterator[Row]:
    engine = ShowEngine(synthetic_show(size=(1280, 720), clock_ppm=_PPM), sessions)
    memory: list[tuple[float, int]] = []
    loads: list[float] = []
    try:
        engine.open()
        session = engine.record()
        recording = engine._recording
        assert recording is not None
        clock = recording.pictures.clock
        assert clock is not None
        camera = 0
        while recording.time_s() < seconds:
            time.sleep(5.0)
            camera += 1
            engine.tell(Take(CameraId(f"cam_{camera % 3 + 1}")))
            memory.append((recording.time_s(), psutil.Process().memory_info().rss))
            loads.append(psutil.getloadavg()[0])
        lateness = clock.lateness
        overloaded = recording.overloaded()
    finally:
        engine.close()
    minutes = f"{seconds / 60:g} min, 3 x 720p30, load {min(loads):.1f} to {max(loads):.1f}"
    yield at_most("clock-late-p99", lateness.percentile_ms(99), "ms", 10, minutes)
    yield shown("clock-late-worst", lateness.worst_ms, "ms")
    yield at_most("clock-missed", overloaded, "slots", 0, "repeated because an encoder could not keep up")
    yield from _alignment(session)
    yield from _memory(memory, len(read_manifest(session).cameras) + 1)


def _alignment(session: Path) -> Iterator[Row]:
    manifest = read_manifest(session)
    lengths = {}
    for part in manifest.files:
        if part.role in {FileRole.ISO, FileRole.MICROPHONE, FileRole.PROGRAM}:
            with av.open(str(session / part.name)) as container:
                stream = container.streams[0]
                assert stream.duration is not None
                assert stream.time_base is not None
                lengths[part.name] = float(stream.duration * stream.time_base)
    spread = (max(lengths.values()) - min(lengths.values())) * _FPS
    yield at_most("length-spread", spread, "frames", 1, "ISO, program and microphone files")
    flashes = _flashes(session / "cam_1_iso.mp4")
    for number, ppm in enumerate(_PPM, 1):
        beeps = _beeps(session / f"mic_{number}.flac")
        for when, at in (("start", 2), ("end", min(len(beeps), len(flashes)) - 2)):
            apart = abs(_nearest(beeps, flashes[at]) - flashes[at]) * _FPS
            yield at_most(f"sync-{when}-{ppm:+.0f}ppm", apart, "frames", 1, "beep against flash")


def _flashes(path: Path) -> list[float]:
    """When the white square of a synthetic camera appears, seconds."""
    times: list[float] = []
    was_lit = False
    with av.open(str(path)) as container:
        container.streams.video[0].thread_type = "AUTO"
        for frame in container.decode(video=0):
            luma = np.frombuffer(memoryview(frame.planes[0]), np.uint8).reshape(frame.height, -1)
            lit = bool(luma[8:40, 8:40].mean() > 128)
            if lit and not was_lit:
                times.append(frame.time or 0.0)
            was_lit = lit
    return times


def _beeps(path: Path) -> list[float]:
    """When each beep begins, seconds."""
    times: list[float] = []
    with av.open(str(path)) as container:
        position = 0
        for frame in container.decode(audio=0):
            samples: NDArray[np.float64] = np.abs(frame.to_ndarray()[0].astype(np.float64)) / 2**31
            loud = np.flatnonzero(samples > 0.1)
            for index in loud[:1]:
                at_s = (position + int(index)) / SAMPLE_RATE
                if not times or at_s - times[-1] > 0.5:
                    times.append(at_s)
            position += samples.size
    return times


def _nearest(times: list[float], wanted: float) -> float:
    return min(times, key=lambda each: abs(each - wanted))


def _memory(samples: list[tuple[float, int]], files: int) -> Iterator[Row]:
    """Growth after the first minute, beyond 40 MB an hour that the index of each open MP4 may take."""
    settled = [(t_s, rss) for t_s, rss in samples if t_s >= _SETTLE_S]
    if len(settled) < 10:
        return
    first = float(np.mean([rss for _, rss in settled[:5]]))
    last = float(np.mean([rss for _, rss in settled[-5:]]))
    hours = (settled[-1][0] - settled[0][0]) / 3600
    index = files * 40e6 * hours
    percent = 100 * max(0.0, last - first - index) / first
    remark = f"{first / 1e6:.0f} to {last / 1e6:.0f} MB, of which {index / 1e6:.0f} MB may be indexes"
    yield at_most("memory-growth", percent, "%", 2, remark)
