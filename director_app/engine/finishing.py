"""What follows a recording without keeping anybody waiting: hashes, the overview, and what a crash left behind.

One thread, one session at a time, and not while a recording runs. What comes here is recorded, complete and safe.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue

from director_app.core.canvas import timecode
from director_app.post.finish import add_hashes, add_overview
from director_app.post.overview import OverviewStopped
from director_app.post.recover import recover_session
from director_app.session.errors import SessionError
from director_app.session.hashing import HashingStopped
from director_app.session.library import interrupted_sessions

_POLL_S = 0.2


class Finishing:
    """Owner of one thread. A recording that begins puts off what was begun here; close() leaves it undone."""

    def __init__(self, is_busy: Callable[[], bool]) -> None:
        """is_busy: whether a recording runs, which everything here then waits for."""
        self._is_busy = is_busy
        self._jobs: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._told: SimpleQueue[str] = SimpleQueue()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="finishing")

    def start(self) -> None:
        """Returns at once."""
        self._thread.start()

    def finish(self, folder: Path) -> None:
        """Overview and hashes of a closed session."""
        self._jobs.put(lambda: self._finish(folder))

    def recover(self, sessions: Path) -> None:
        """Completes every session in this folder whose recorder has died."""
        self._jobs.put(lambda: self._recover(sessions))

    def news(self) -> list[str]:
        """Sentences since the last call."""
        told: list[str] = []
        try:
            while True:
                told.append(self._told.get_nowait())
        except Empty:
            return told

    def break_off(self) -> None:
        """Asks the thread to end; returns at once."""
        self._stop.set()

    def close(self, deadline_s: float = 30.0) -> None:
        """Breaks off and joins. Idempotent."""
        self.break_off()
        if self._thread.ident is not None:
            self._thread.join(deadline_s)
            if self._thread.is_alive():
                raise TimeoutError(f"Hashing did not break off within {deadline_s:g} s.")

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                job = self._jobs.get(timeout=_POLL_S)
            except Empty:
                continue
            while self._is_busy() and not self._stop.wait(_POLL_S):
                pass
            if self._stop.is_set():
                return
            try:
                job()
            except Exception as error:  # noqa: BLE001 - the outer edge: an old session must not end the work on new ones
                self._told.put(
                    f"A session could not be finished: {_clause(error)}. Its recordings were left as they are."
                )

    def _goes_on(self) -> bool:
        return not self._stop.is_set() and not self._is_busy()

    def _put_off(self, job: Callable[[], None]) -> None:
        """Until the recording that has begun is over."""
        self._jobs.put(job)

    def _finish(self, folder: Path) -> None:
        try:
            add_overview(folder, self._goes_on)
            add_hashes(folder, self._goes_on)
        except (HashingStopped, OverviewStopped):
            self._put_off(lambda: self._finish(folder))
        except (OSError, SessionError) as error:
            self._told.put(
                f"The session in {folder} could not be hashed: {_clause(error)}. The recording is complete."
            )

    def _recover(self, sessions: Path) -> None:
        for entry in interrupted_sessions(sessions):
            if not self._goes_on():
                self._put_off(lambda: self._recover(sessions))
                return
            outcome = recover_session(entry.folder)
            if outcome is not None:
                self._told.put(
                    f"{outcome.title} was interrupted and has been recovered: {timecode(outcome.duration_s)}."
                )
                self._finish(entry.folder)


def _clause(error: Exception) -> str:
    """Within a sentence: many errors are sentences themselves."""
    return str(error).rstrip(".")
