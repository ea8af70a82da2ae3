"""What a show costs beyond its encoders, and what the program costs of that."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.bench.row import Row, at_most, shown
from tests.bench.shows import room, run_apart

_SECONDS = "36"
_PROGRAM_THREADS = ("program bus", "writer program.mp4")


def rows(folder: Path) -> Iterator[Row]:
    """3 x 1080p30 and 3 microphones; bare encoders measured before and after."""
    bare = [run_apart("bare_process", _SECONDS)]
    show = run_apart("show_process", str(room(folder, "routed")), _SECONDS, "routed")
    bare.append(run_apart("bare_process", _SECONDS))
    encoded = run_apart("show_process", str(room(folder, "encoded")), _SECONDS, "encoded")
    base, calls = (sum(each[what] for each in bare) / 2 for what in ("cpu", "calls"))
    yield at_most("cpu", show["cpu"] / calls, "x bare", 1.20, f"{show['cpu']:.3f} against {calls:.3f} CPU-s/s")
    yield shown("cpu-whole", show["cpu"] / base, "x bare", f"against the whole bare process, {base:.3f}")
    own = sum(cpu for name, cpu in show["threads"].items() if name in _PROGRAM_THREADS)
    yield at_most("cpu-program-share", 100 * own / show["cpu"], "%", 3.0, "bus and program writer")
    heads = 100 * show["threads"].get("head maker", 0.0) / show["cpu"]
    yield at_most("cpu-heads", heads, "%", 2.0, "five cuts a minute, as the automatic makes them")
    yield shown("cpu-program-encoded", encoded["cpu"] / calls, "x bare", "the same show, program decoded and encoded")
    for name, cpu in sorted(show["threads"].items(), key=lambda item: -item[1])[:12]:
        yield shown(f"  {name}"[:26], cpu, "CPU-s/s")
    shutil.rmtree(folder / "routed")
    shutil.rmtree(folder / "encoded")
