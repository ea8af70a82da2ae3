"""A thread for what may take long on Set up: files, disks. What comes of it is handed over when the page asks."""

import threading
from collections import deque
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TypeVar

Found = TypeVar("Found")

MOST_WAITING = 20
"""Jobs; the oldest give way: nobody can click that fast."""


class Work:
    """Owner of one thread, which begins with the first job. One thread asks and delivers; close() in any case."""

    def __init__(self) -> None:
        self._jobs: deque[Callable[[], Callable[[], None]]] = deque(maxlen=MOST_WAITING)
        self._done: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False
        self._error: Exception | None = None

    def ask(self, job: Callable[[], Found], then: Callable[[Found], None]) -> None:
        """job runs in the thread and must not raise what is expected; then is called by deliver() with its result."""

        def errand() -> Callable[[], None]:
            found = job()
            return lambda: then(found)

        with self._changed:
            if self._closed:
                return
            self._jobs.append(errand)
            self._changed.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="set-up work", daemon=True)
            self._thread.start()

    def deliver(self) -> None:
        """Hands over what has been done since; never waits."""
        while True:
            try:
                then = self._done.get_nowait()
            except Empty:
                return
            then()

    def close(self, deadline_s: float = 10.0) -> None:
        """Ends after the present job. Idempotent. Raises TimeoutError, or what nobody had expected."""
        with self._changed:
            self._closed = True
            self._jobs.clear()
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(deadline_s)
            if self._thread.is_alive():
                raise TimeoutError(f"A file or a disk did not answer within {deadline_s:g} s.")
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        while (errand := self._next()) is not None:
            try:
                self._done.put(errand())
            except Exception as error:  # noqa: BLE001 - the thread's outer edge: raised by close()
                self._error = self._error or error

    def _next(self) -> Callable[[], Callable[[], None]] | None:
        with self._changed:
            while not self._jobs and not self._closed:
                self._changed.wait()
            return None if self._closed else self._jobs.popleft()
