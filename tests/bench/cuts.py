"""Cuts in the files: every picture of the program is the one that was decided, read back from its strip."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

from director_app.core.events import Take
from director_app.core.sources import CameraId
from director_app.engine.show_engine import ShowEngine
from director_app.media.strip import Strip, read_strip
from director_app.post.cuts import recorded_cuts
from director_app.session.event_log import read_events
from director_app.session.manifest import FileRole, read_manifest
from tests.bench.row import Row, at_most
from tests.bench.shows import room, synthetic_show

_SECONDS = 60.5


def rows(folder: Path) -> Iterator[Row]:
    """60 s at 1280 x 720 with takes at random moments, at programme delay 0 and 1 s."""
    for delay_s in (0.0, 1.0):
        session = _record(room(folder, f"cuts-{delay_s:g}"), delay_s)
        wrong, pictures, cuts = wrong_pictures(session)
        name = f"cuts-delay-{delay_s:g}"
        yield at_most(name, wrong, "pictures", 0, f"wrong of {pictures}, {cuts} cuts, strip read from program.mp4")


def _record(sessions: Path, delay_s: float) -> Path:
    engine = ShowEngine(synthetic_show(size=(1280, 720), programme_delay_s=delay_s), sessions)
    random_ = random.Random(7)
    try:
        engine.open()
        session = engine.record()
        end_s = time.monotonic() + _SECONDS
        while time.monotonic() < end_s:
            time.sleep(random_.uniform(0.05, 2.0))
            engine.tell(Take(CameraId(f"cam_{random_.randint(1, 3)}")))
    finally:
        engine.close()
    return session


def wrong_pictures(session: Path) -> tuple[int, int, int]:
    """(pictures that are not the on-air camera's picture of their slot, pictures, cuts) of a closed session."""
    manifest = read_manifest(session)
    cuts = recorded_cuts(manifest, read_events(session))
    program = strips(session / "program.mp4")
    isos = {
        CameraId(part.source): strips(session / part.name)
        for part in manifest.files
        if part.role is FileRole.ISO and part.source is not None
    }
    wrong = sum(
        seen is None or seen != isos[cuts.on_air(slot)][slot] or seen.camera_index != _index(cuts.on_air(slot))
        for slot, seen in enumerate(program)
    )
    missing = (manifest.slots or 0) - len(program)
    return wrong + abs(missing), len(program), len(cuts.shots(len(program))) - 1


def _index(camera: CameraId) -> int:
    return int(camera.removeprefix("cam_")) - 1


def strips(path: Path) -> list[Strip | None]:
    """What the strip of every picture says."""
    with av.open(str(path)) as container:
        container.streams.video[0].thread_type = "AUTO"
        return [
            read_strip(np.asarray(frame.to_ndarray(format="yuv420p"), np.uint8))
            for frame in container.decode(video=0)
        ]
