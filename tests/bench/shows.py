"""Shows for measuring: synthetic cameras and microphones, the real engine, run in a process of their own."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from director_app.session.show import Show
from director_app.session.show_file import parse_show


def synthetic_show(
    cameras: int = 3,
    size: tuple[int, int] = (1920, 1080),
    programme_delay_s: float = 1.0,
    clock_ppm: tuple[float, ...] = (0.0, 0.0, 0.0),
) -> Show:
    """Cameras with a flash each second and as many microphones with a beep each second."""
    return parse_show(
        {
            "title": "Measurement",
            "canvas": {"width": size[0], "height": size[1], "fps": 30},
            "recording": {"preset": "ultrafast"},
            "directing": {"programme_delay_s": programme_delay_s},
            "camera": [
                {"id": f"cam_{number}", "label": f"Camera {number}", "kind": "synthetic"}
                for number in range(1, cameras + 1)
            ],
            "microphone": [
                {
                    "id": f"mic_{number}",
                    "label": f"Person {number}",
                    "camera": f"cam_{number}",
                    "kind": "synthetic",
                    "clock_ppm": ppm,
                }
                for number, ppm in zip(range(1, cameras + 1), clock_ppm, strict=False)
            ],
        },
        "the measurement",
    )


def run_apart(module: str, *arguments: str) -> Any:
    """Runs a module of this package in a new process; returns the JSON of its last line."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{module}", *arguments], stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


def report(result: Mapping[str, Any]) -> None:
    """What a process of run_apart() prints last."""
    print(json.dumps(result))


def room(folder: Path, name: str) -> Path:
    """A folder of sessions inside the measurement's own."""
    path = folder / name
    path.mkdir(exist_ok=True)
    return path
