"""Runs a show in a terminal: from the first camera opened to the last file closed."""

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from rich.live import Live

from director_app.cli.keys import events_of_keys, pressed_keys, toggle
from director_app.cli.outcome import ExitCode, news
from director_app.cli.status_line import plain_status, status
from director_app.core.decisions import Mode
from director_app.core.sources import SourceState
from director_app.engine.show_engine import ShowEngine
from director_app.session.show import Show

_REFRESH_S = 0.1
_PLAIN_EVERY_S = 10.0


class ShowRun:
    """One show in the foreground."""

    def __init__(self, show: Show, sessions: Path, length_s: float | None) -> None:
        """Raises SessionError when the folder cannot be used."""
        self._show = show
        self._cast = show.cast()
        self._engine = ShowEngine(show, sessions)
        self._length_s = length_s
        self._asked_to_stop = threading.Event()

    def run(self) -> tuple[Path, ExitCode]:
        """Records until somebody stops it, the time is up, or the disk is nearly full."""
        with _signals(self._asked_to_stop.set):
            try:
                self._engine.open()
                self._tell_missing()
                folder = self._engine.record()
                self._watch()
                self._engine.stop()
            finally:
                self._engine.close()
        if self._engine.stop_reason is not None:
            news.print(self._engine.stop_reason, style="yellow", markup=False)
            return folder, ExitCode.ENDED_EARLY
        return folder, ExitCode.DONE

    def _tell_missing(self) -> None:
        for camera in self._cast.cameras:
            if self._engine.camera_state(camera.id) is not SourceState.OK:
                why = self._engine.camera_error(camera.id) or "It has not given a picture yet."
                news.print(f"Camera {camera.title}: {why} The show begins without it.", style="yellow", markup=False)

    def _watch(self) -> None:
        with pressed_keys(self._key):
            if not sys.stderr.isatty():
                self._watch_plainly()
                return
            with Live(console=news, auto_refresh=False, transient=True) as live:
                while not self._over():
                    snapshot = self._engine.snapshot()
                    if snapshot is not None:
                        live.update(status(snapshot, self._cast), refresh=True)

    def _watch_plainly(self) -> None:
        due_s = time.monotonic()
        while not self._over():
            snapshot = self._engine.snapshot()
            if snapshot is not None and time.monotonic() >= due_s:
                due_s += _PLAIN_EVERY_S
                news.print(plain_status(snapshot, self._cast), markup=False)

    def _over(self) -> bool:
        """Waits a moment; True when the show is over."""
        if self._engine.wait_for_stop(_REFRESH_S) or self._asked_to_stop.is_set():
            return True
        snapshot = self._engine.snapshot()
        return self._length_s is not None and snapshot is not None and snapshot.t_s >= self._length_s

    def _key(self, key: str) -> None:
        key = key.lower()
        if key == "q":
            self._asked_to_stop.set()
        elif key == "m":
            self._engine.mark()
        elif key == " ":
            self._engine.tell(toggle(self._is_automatic))
        elif (event := events_of_keys(self._cast).get(key)) is not None:
            self._engine.tell(event)

    def _is_automatic(self) -> bool:
        snapshot = self._engine.snapshot()
        return snapshot is not None and snapshot.director.program.mode is Mode.AUTO


@contextmanager
def _signals(stop: Callable[[], None]) -> Iterator[None]:
    """Ctrl-C and SIGTERM end the show in order; a second Ctrl-C does not spoil the closing of files."""

    def handle(_number: int, _frame: FrameType | None) -> None:
        stop()

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
