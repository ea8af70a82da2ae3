"""Runs a show in a terminal: from the first camera opened to the last file closed."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from director_app.cli.display import display_for
from director_app.cli.keys import events_of_keys, pressed_keys, toggle
from director_app.cli.outcome import ExitCode, ToldOnce, news
from director_app.core.decisions import Mode
from director_app.core.sources import SourceState
from director_app.engine.recording_problems import NOTHING_RECORDED
from director_app.engine.show_engine import ShowEngine
from director_app.session.manifest import PriorPart
from director_app.session.show import Show

_REFRESH_S = 0.1


class ShowRun:
    """One show in the foreground. Owner of its engine: use it in a `with` block."""

    def __init__(
        self,
        show: Show,
        sessions: Path,
        length_s: float | None,
        asked_to_stop: threading.Event,
        prior: PriorPart | None = None,
    ) -> None:
        """Locks the folder of sessions. Raises SessionError when it cannot be used. prior: of a sound check."""
        self._show = show
        self._cast = show.cast()
        self._engine = ShowEngine(show, sessions, prior=prior)
        self._length_s = length_s
        self._asked_to_stop = asked_to_stop

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Closes the engine at the end of the block, whatever happened."""
        try:
            yield
        finally:
            self._engine.close()

    @property
    def folder(self) -> Path | None:
        """The session's folder once the recording has begun."""
        return self._engine.folder

    def run(self) -> ExitCode:
        """Records until somebody stops it, the time is up, or the disk is nearly full. Raises SessionError."""
        self._engine.open()
        if self._asked_to_stop.is_set():
            news.print("Stopped before the recording began; nothing was recorded.", markup=False)
            return ExitCode.DONE
        self._tell_missing()
        self._engine.record()
        self._watch()
        self._engine.stop()
        if self._engine.discard_empty():
            news.print(NOTHING_RECORDED, markup=False)
        return self._outcome()

    def _outcome(self) -> ExitCode:
        if self._engine.stop_reason is not None:
            news.print(self._engine.stop_reason, style="yellow", markup=False)
        for problem in self._engine.problems:
            news.print(problem, style="red", markup=False)
        if self._engine.problems:
            return ExitCode.PROBLEMS
        return ExitCode.DONE if self._engine.stop_reason is None else ExitCode.ENDED_EARLY

    def _tell_missing(self) -> None:
        for camera in self._cast.cameras:
            if self._engine.camera_state(camera.id) is not SourceState.OK:
                why = self._engine.camera_error(camera.id) or "It has not given a picture yet."
                news.print(f"Camera {camera.title}: {why} The show begins without it.", style="yellow", markup=False)

    def _watch(self) -> None:
        fault = ToldOnce("A key could not be obeyed; the show and the other keys go on.")
        with pressed_keys(self._key, fault.tell), closing(display_for(self._cast)) as display:
            while not self._over():
                snapshot = self._engine.snapshot()
                if snapshot is not None:
                    display.show(snapshot)

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
