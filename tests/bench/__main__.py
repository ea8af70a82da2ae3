"""make bench: prints one line a row; ONLY=name runs one part, LONG=1 those that take ten minutes and more."""

import argparse
import platform
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from tests.bench import cpu, cuts, desk, heads, idr, joins, kills, on_air, post, soak, start
from tests.bench.row import Row

PARTS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "start": start.rows,
    "cuts": cuts.rows,
    "cpu": cpu.rows,
    "desk": desk.rows,
    "kills": kills.rows,
    "heads": heads.rows,
    "idr": idr.rows,
    "post": post.rows,
    "joins": joins.rows,
}
LONG_PARTS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "on-air": on_air.rows,
    "desk-memory": desk.memory,
    "desk-10": desk.ten_minutes,
    "soak-10": soak.ten_minutes,
    "soak-30": soak.thirty_minutes,
}


def main() -> None:
    """Runs the chosen parts in order."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", help=f"one of {', '.join([*PARTS, *LONG_PARTS])}")
    parser.add_argument("--long", action="store_true", help="also what takes ten minutes and more")
    wanted = parser.parse_args()
    every = PARTS | LONG_PARTS
    if wanted.only is not None and wanted.only not in every:
        parser.error(f"there is no {wanted.only}; choose one of {', '.join(every)}")
    chosen = [wanted.only] if wanted.only else [*PARTS, *(LONG_PARTS if wanted.long else ())]
    load = psutil.getloadavg()[0]
    print(f"# {platform.machine()}, {psutil.cpu_count()} cores, load {load:.1f} at the start", flush=True)
    print(f"{'# name':<26}{'value':>10}  {'unit':<10}{'goal':<10}{'':<7}conditions", flush=True)
    with tempfile.TemporaryDirectory(prefix="director-bench-") as folder:
        for name in chosen:
            for row in every[name](Path(folder)):
                print(row.line(), flush=True)


if __name__ == "__main__":
    main()
