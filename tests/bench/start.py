"""From the start of `director run` to the first frame recorded."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.row import Row, at_most, shown

_SHOW = """\
title = "Start"
[canvas]
width = 1280
height = 720
[[camera]]
id = "cam_1"
label = "One"
kind = "synthetic"
[[camera]]
id = "cam_2"
label = "Two"
kind = "synthetic"
[[microphone]]
id = "mic_1"
label = "One"
camera = "cam_1"
kind = "synthetic"
"""


def rows(folder: Path) -> Iterator[Row]:
    """A real process; the first bytes of program.mp4 and of its first fragment are watched on the disk."""
    file = folder / "start.toml"
    file.write_text(_SHOW)
    sessions = folder / "start"
    began_s = time.monotonic()
    command = [sys.executable, "-m", "director_app", "run", str(file), "--sessions", str(sessions), "--for", "3s"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ) as running:
        made_s = _wait(lambda: any(sessions.glob("*/cam_1_iso.mp4")), began_s)
        first_s = _wait(lambda: any(each.stat().st_size > 5000 for each in sessions.glob("*/cam_1_iso.mp4")), began_s)
        running.wait(60)
    yield at_most("start", first_s, "s", 1.5, "process start to the first fragment on the disk, cameras open at once")
    yield shown("start-files", made_s, "s", "process start to the files being open")


def _wait(is_true: object, began_s: float) -> float:
    assert callable(is_true)
    while not is_true():
        if time.monotonic() - began_s > 30:
            raise TimeoutError("the show did not start")
        time.sleep(0.005)
    return time.monotonic() - began_s
