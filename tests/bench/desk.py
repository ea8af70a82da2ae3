"""What the desk costs beyond the encoders, and whether its window ever keeps anybody waiting."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest import mock

from tests.bench.row import Row, at_most, shown
from tests.bench.shows import room, run_apart
from tests.helpers.screen import screen

_SECONDS = "36"
_LONG_SECONDS = "600"
_FRAME_MS = 1000 / 30
_SCREEN = {"QT_QPA_PLATFORM": "xcb", "QT_NO_GLIB": "1"}
"""GLib's loop does not say when it begins and ends to wait; Qt's own does."""


def rows(folder: Path) -> Iterator[Row]:
    """3 x 1080p30, recording, the window on an X screen, a key every 1.7 s, another size every 10 s."""
    yield from _rows(folder, _SECONDS)


def ten_minutes(folder: Path) -> Iterator[Row]:
    """The same for ten minutes."""
    yield from _rows(folder, _LONG_SECONDS)


def memory(folder: Path) -> Iterator[Row]:
    """Not recording, Set up and Sessions opened and closed 50 times: the last ten turns against the first ten."""
    with mock.patch.dict(os.environ, {"QT_QPA_PLATFORM": "offscreen"}):
        found = run_apart("desk_memory_process", str(room(folder, "memory")), "50")["megabytes"]
    first, last = sum(found[:10]) / 10, sum(found[-10:]) / 10
    yield at_most("desk-memory-growth", 100 * (last / first - 1), "%", 2.0, f"{first:.0f} to {last:.0f} MB")


def _rows(folder: Path, seconds: str) -> Iterator[Row]:
    bare = [run_apart("bare_process", "36")]
    with screen() as display, mock.patch.dict(os.environ, _SCREEN | {"DISPLAY": display}):
        desk = run_apart("desk_process", str(room(folder, "desk")), seconds)
    bare.append(run_apart("bare_process", "36"))
    base, calls = (sum(each[what] for each in bare) / 2 for what in ("cpu", "calls"))
    yield at_most("desk-cpu", desk["cpu"] / calls, "x bare", 1.40, f"{desk['cpu']:.3f} against {calls:.3f} CPU-s/s")
    yield shown("desk-cpu-whole", desk["cpu"] / base, "x bare", f"against the whole bare process, {base:.3f}")
    busy = desk["busy"]
    yield at_most("desk-busy-p99", 1000 * _share(busy, 0.99), "ms", 10, f"{len(busy)} times")
    yield at_most("desk-busy-worst", 1000 * busy[-1], "ms", 50)
    yield at_most("desk-picture-age-p95", _share(desk["program_age"] + desk["tile_age"], 0.95), "ms", 70)
    yield shown("desk-program-rate", desk["program_fps"], "fps")
    yield shown("desk-tile-rate", desk["tile_fps"], "fps")
    yield at_most("desk-key-p99", 1000 * _share(desk["key"], 0.99), "ms", _FRAME_MS, f"{len(desk['key'])} keys")
    yield at_most("desk-first-picture", desk["first"], "s", 1.5, "from the start of the process's work")
    yield at_most("desk-frames-repeated", desk["repeated"], "frames", 0)
    for name, cpu in sorted(desk["threads"].items(), key=lambda item: -item[1])[:10]:
        yield shown(f"  {name}"[:26], cpu, "CPU-s/s")


def _share(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
