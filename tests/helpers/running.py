"""Runs `director` as people do: as a program of its own, with real pipes or a real terminal, and real signals."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from tests.helpers.wait import eventually

_REPORTER = Path(__file__).with_name("reporting_director.py")


class Running:
    """One child, in a process group of its own; lines of both outputs as they come. Killed at the end of `with`."""

    def __init__(self, command: Sequence[str], folder: Path | None = None) -> None:
        self._process = subprocess.Popen(
            [sys.executable, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=folder,
            env=os.environ | {"COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1"},
            start_new_session=True,
        )
        self.results: list[str] = []
        self.news: list[str] = []
        self._deaf = threading.Event()
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._threads = [
            threading.Thread(target=_gather, args=(self._process.stdout, self.results, threading.Event())),
            threading.Thread(target=_gather, args=(self._process.stderr, self.news, self._deaf)),
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self.ended()

    def wait_for(self, text: str, timeout_s: float = 20.0) -> str:
        """The first line of either output that holds the text."""

        def look() -> str | None:
            return next((line for line in [*self.news, *self.results] if text in line), None)

        return eventually(look, timeout_s, f'"{text}" among {self.news} {self.results}')

    def ended(self, timeout_s: float = 40.0) -> int:
        """Its exit code."""
        code = self._process.wait(timeout_s)
        for thread in self._threads:
            thread.join(5)
        return code

    def has_ended_within(self, timeout_s: float) -> bool:
        """Whether it has ended, or does so in time."""
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def stop_reading_news(self) -> None:
        """Closes this end of the pipe of its news after the next line, as `head` does when it has seen enough."""
        self._deaf.set()
        self._threads[1].join(15)

    def send(self, number: signal.Signals) -> None:
        """One signal to the program alone."""
        self._process.send_signal(number)

    def press_ctrl_c(self) -> None:
        """What a terminal does: the whole process group gets it."""
        os.killpg(self._process.pid, signal.SIGINT)


def director(*arguments: str | Path, folder: Path | None = None) -> Running:
    """`director` with these arguments."""
    return Running(["-m", "director_app", *map(str, arguments)], folder)


def reporting_director(*arguments: str | Path) -> Running:
    """The same, but it prints how many slots have been recorded, twenty times a second, and takes cameras in turn."""
    return Running([str(_REPORTER), *map(str, arguments)], _REPORTER.parents[2])


def slots_told(running: Running) -> int:
    """The last number that a reporting director has printed."""
    return max((int(line.split()[1]) for line in list(running.news) if line.startswith("slots ")), default=0)


def _gather(stream: IO[str], lines: list[str], deaf: threading.Event) -> None:
    with stream:
        for line in stream:
            lines.append(line.rstrip("\n"))
            if deaf.is_set():
                return
