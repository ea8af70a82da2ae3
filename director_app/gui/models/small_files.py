"""A thread that writes the app's small files, so that no disk keeps a window waiting. The newest text of each wins.

Whole files only, replaced atomically. Must not know what is in them. Holds no Qt.
"""

import threading
from pathlib import Path
from queue import Empty, SimpleQueue

from director_app.session.atomic import write_atomically


class SmallFiles:
    """Owner of one thread, which lives only while there is something to write. Any thread may ask; nothing waits."""

    def __init__(self) -> None:
        self._waiting: dict[Path, str | None] = {}
        self._problems: SimpleQueue[str] = SimpleQueue()
        self._changed = threading.Lock()
        self._thread: threading.Thread | None = None
        self._error: Exception | None = None

    def write(self, path: Path, text: str) -> None:
        """Replaces the file, and makes its folder if need be."""
        self._ask(path, text)

    def remove(self, path: Path) -> None:
        """Takes the file away, if it is there."""
        self._ask(path, None)

    def problems(self) -> list[str]:
        """What could not be written since the last call, a sentence each."""
        told: list[str] = []
        try:
            while True:
                told.append(self._problems.get_nowait())
        except Empty:
            return told

    def settle(self, deadline_s: float = 5.0) -> None:
        """Waits until everything has been written. Raises TimeoutError, or what nobody had expected."""
        thread = self._thread
        if thread is not None:
            thread.join(deadline_s)
            if thread.is_alive():
                raise TimeoutError(f"The settings could not be written within {deadline_s:g} s.")
        if self._error is not None:
            error, self._error = self._error, None
            raise error

    def _ask(self, path: Path, text: str | None) -> None:
        with self._changed:
            # Taken out first, so that the files are written in the order of their newest texts.
            self._waiting.pop(path, None)
            self._waiting[path] = text
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="small files")
                self._thread.start()

    def _run(self) -> None:
        while (job := self._next()) is not None:
            try:
                self._do(*job)
            except Exception as error:  # noqa: BLE001 - the thread's outer edge: raised by settle()
                self._error = self._error or error

    def _next(self) -> tuple[Path, str | None] | None:
        """None: there is nothing left, and the thread ends."""
        with self._changed:
            if not self._waiting:
                self._thread = None
                return None
            path = next(iter(self._waiting))
            return path, self._waiting.pop(path)

    def _do(self, path: Path, text: str | None) -> None:
        try:
            if text is None:
                path.unlink(missing_ok=True)
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, text)
        except OSError as error:
            self._problems.put(
                f"{path} cannot be written: {error.strerror or error}. What stands in it lasts until you quit."
            )
