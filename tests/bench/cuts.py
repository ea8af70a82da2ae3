"""Cuts in the files: every picture of the program is the one that was decided, read back from its strip."""

import math
import random
import time
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import av
import numpy as np

from director_app.core.events import Take
from director_app.core.placement import HEAD_LEAD_S
from director_app.core.sources import CameraId
from director_app.engine.show_engine import ShowEngine
from director_app.media.strip import Strip, read_strip
from director_app.post.cuts import recorded_cuts, recorded_heads
from director_app.session.event_log import EventRecord, read_events
from director_app.session.manifest import FileRole, read_manifest
from tests.bench.row import Row, at_most
from tests.bench.shows import room, synthetic_show
from tests.helpers.shows import backdate

_SECONDS = 60.5


def rows(folder: Path) -> Iterator[Row]:
    """60 s at 1280 x 720 with cuts at random moments: at programme delay 0 and 1 s, and wanted up to a second ago."""
    for name, delay_s, back_s in (("cuts-delay-0", 0.0, 0.0), ("cuts-delay-1", 1.0, 0.0), ("cuts-back-1", 1.0, 1.0)):
        session = _record(room(folder, name), delay_s, back_s)
        wrong, pictures, cuts = wrong_pictures(session)
        manifest, events = read_manifest(session), read_events(session)
        heads, moved = recorded_heads(manifest, events), [each for each in events if each["type"] == "cut_moved"]
        remark = f"wrong of {pictures}, {cuts} cuts, {len(heads)} heads, strip read from program.mp4"
        yield at_most(name, wrong, "pictures", 0, remark)
        if back_s:
            yield at_most(f"{name}-late", _off_slots(events), "cuts", 0, "not on the very slot that was wanted")
            yield at_most(f"{name}-moved", len(moved), "cuts", 0, "that had to wait for a key frame after all")


def _off_slots(events: Sequence[EventRecord]) -> int:
    """Cuts that are not where they were wanted, or where the delay less the lead of a head allows it."""
    reach = 30 - math.ceil(HEAD_LEAD_S * 30 - 1e-6)
    cuts = [event for event in events if event["type"] == "manual_cut"]
    return sum(cut["slot"] != max(_first_slot(cut["wanted_s"]), _first_slot(cut["t_s"]) - reach) for cut in cuts)


def _first_slot(t_s: float) -> int:
    return math.ceil(t_s * 30 - 1e-6)


def _record(sessions: Path, delay_s: float, back_s: float) -> Path:
    engine = ShowEngine(synthetic_show(size=(1280, 720), programme_delay_s=delay_s), sessions)
    random_ = random.Random(7)
    try:
        engine.open()
        session = engine.record()
        assert engine._recording is not None
        backdate(engine._recording, (random_.uniform(0.0, back_s) for _ in count()))
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
