"""The program under test, as anybody can call it: `director cut`. Nothing else of the program is touched."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.switching.cut_list import Camera, Cut

_SCHEMA = 1
_TIMEOUT_S = 600
_LAST_WORDS = 400
_TRACE = "Traceback (most recent call last)"


class ProgramError(Exception):
    """The program failed, or its answer is none."""


@dataclass(frozen=True, slots=True)
class Mode:
    """A way to call the program; name is what --modes takes."""

    name: str
    title: str
    arguments: tuple[str, ...]

    @property
    def is_live(self) -> bool:
        """May not look ahead further than its programme delay."""
        return "live" in self.arguments


_DELAYED = ("--mode", "live", "--programme-delay", "1.0")
MODES = (
    Mode("live", "live, no delay", ("--mode", "live", "--programme-delay", "0")),
    Mode("delayed", "live, 1.0 s delay, as in a show", _DELAYED),
    Mode(
        "key-frames",
        "live, 1.0 s, key frames only",
        (*_DELAYED, "--placement", "key-frames"),
    ),
    Mode("offline", "offline", ("--mode", "offline")),
)


@dataclass(frozen=True, slots=True)
class Warned:
    """Something the program warned of, and when in the show."""

    kind: str
    t_s: float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A cut list, and what it cost to get."""

    cuts: tuple[Cut, ...]
    start: Camera = "wide"
    programme_delay_s: float = 0.0
    warnings: tuple[Warned, ...] = ()
    wall_s: float = 0.0
    cpu_s: float = 0.0


def ask(microphones: Sequence[Path], mode: Mode) -> Answer:
    """Calls it and waits. The answer is written beside the microphones."""
    out = microphones[0].parent / f"cuts-{mode.name}.json"
    files = [argument for path in microphones for argument in ("--mic", str(path))]
    command = [sys.executable, "-m", "director_app", "cut", *files, *mode.arguments, "--json", str(out)]
    wall_s, cpu_s = time.perf_counter(), _children_cpu_s()
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=_TIMEOUT_S, check=False, text=True
    )
    wall_s, cpu_s = time.perf_counter() - wall_s, _children_cpu_s() - cpu_s
    if done.returncode != 0:
        raise ProgramError(f"{_named(mode)} ended with {done.returncode}: {last_words(done.stdout)}")
    try:
        return answer(json.loads(out.read_text()), len(microphones), wall_s, cpu_s)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ProgramError(f"what {_named(mode)} wrote is no cut list: {error!r}") from error


def _named(mode: Mode) -> str:
    return f"`director cut --mic ... {' '.join(mode.arguments)}`"


def last_words(printed: str) -> str:
    """The sentence of a program that says why it ended; of one that broke down, the error without its trace."""
    text = printed.strip()
    if _TRACE in text:
        return text.splitlines()[-1]
    return " ".join(text[-_LAST_WORDS:].split())


def answer(written: Mapping[str, Any], cameras: int, wall_s: float = 0.0, cpu_s: float = 0.0) -> Answer:
    """From the JSON of --json; raises ValueError, KeyError or TypeError."""
    if written["schema"] != _SCHEMA:
        raise ValueError(f"schema {written['schema']}")
    return Answer(
        cuts=tuple(Cut(float(cut["t"]), _camera(cut["camera"], cameras)) for cut in written["cuts"]),
        start=_camera(written.get("start_camera", "wide"), cameras),
        programme_delay_s=float(written.get("programme_delay_s", 0.0)),
        warnings=tuple(Warned(str(each["kind"]), _time(each.get("t"))) for each in written.get("warnings", ())),
        wall_s=wall_s,
        cpu_s=cpu_s,
    )


def _camera(camera: object, cameras: int) -> Camera:
    if camera == "wide":
        return "wide"
    if isinstance(camera, int) and 0 <= camera < cameras:
        return camera
    raise ValueError(f"there is no camera {camera}")


def _time(t_s: object) -> float | None:
    return float(t_s) if isinstance(t_s, int | float) else None


def _children_cpu_s() -> float:
    """User and system time of the children that have ended, and of theirs; steps of 10 ms."""
    times = os.times()
    return times.children_user + times.children_system
