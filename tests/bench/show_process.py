"""A show in its own process, which says how much CPU it used and by which thread.

Usage: python -m tests.bench.show_process SESSIONS SECONDS routed|encoded
"""

import os
import sys
import threading
import time
from collections import defaultdict
from itertools import repeat
from pathlib import Path

import psutil

from director_app.core.events import SetManual, Take
from director_app.core.sources import CameraId
from director_app.engine import pictures
from director_app.engine.show_engine import ShowEngine
from director_app.media.program_encoder import TranscodedProgram
from tests.bench.shows import report, synthetic_show
from tests.helpers.shows import backdate

_SETTLE_S = 3.0
_CUT_EVERY_S = 12.0
_WANTED_BEFORE_S = 0.7
_WISHED_BEFORE_S = 0.5
"""As the automatic does it: it hears a voice begin, wishes for a key frame, and is sure after a while."""


def cpu_s() -> float:
    """User and system time of this process and the children it has ended or still has."""
    times = os.times()
    living = sum(sum(child.cpu_times()[:2]) for child in psutil.Process().children(recursive=True))
    return times.user + times.system + times.children_user + times.children_system + living


def cpu_by_thread() -> dict[str, float]:
    """Seconds by name; threads that Python does not know count as 'native'."""
    names = {thread.native_id: thread.name for thread in threading.enumerate()}
    sums: dict[str, float] = defaultdict(float)
    for each in psutil.Process().threads():
        sums[names.get(each.id, "native")] += each.user_time + each.system_time
    return dict(sums)


def use_own_program_encoder() -> None:
    """The comparison: a program that is decoded and encoded again."""

    def choose(self: pictures.Pictures) -> TranscodedProgram:
        sets = {camera: encoder.encoder.parameter_sets for camera, encoder in self.encoders.items()}
        return TranscodedProgram(self._settings, sets)

    pictures.Pictures._choose_maker = choose  # type: ignore[method-assign]


def main() -> None:
    """Runs the show with five cuts a minute, as the automatic makes them, and reports."""
    sessions, seconds, way = Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
    if way == "encoded":
        use_own_program_encoder()
    engine = ShowEngine(synthetic_show(), sessions)
    try:
        engine.open()
        folder = engine.record()
        assert engine._recording is not None
        backdate(engine._recording, repeat(_WANTED_BEFORE_S))
        engine.tell(SetManual())
        _pass(engine, _SETTLE_S)
        began_s, cpu_before, threads_before = time.monotonic(), cpu_s(), cpu_by_thread()
        _pass(engine, seconds)
        span_s = time.monotonic() - began_s
        used = (cpu_s() - cpu_before) / span_s
        threads = {name: (cpu - threads_before.get(name, 0.0)) / span_s for name, cpu in cpu_by_thread().items()}
        snapshot = engine.snapshot()
        repeated = 0 if snapshot is None else snapshot.frames_repeated
    finally:
        engine.close()
    report({"cpu": used, "threads": threads, "folder": str(folder), "repeated": repeated})


def _pass(engine: ShowEngine, seconds: float) -> None:
    end_s = time.monotonic() + seconds
    camera = 0
    assert engine._recording is not None
    while (left_s := end_s - time.monotonic()) > 0:
        camera += 1
        target = CameraId(f"cam_{camera % 3 + 1}")
        time.sleep(min(_CUT_EVERY_S - _WISHED_BEFORE_S, left_s))
        engine._recording.pictures.program.ask_key(target, 0)
        time.sleep(_WISHED_BEFORE_S)
        engine.tell(Take(target))


if __name__ == "__main__":
    main()
