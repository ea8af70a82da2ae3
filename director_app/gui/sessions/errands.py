"""A thread that does what takes long for a window; what comes of it is handed over in the window's own thread."""

import contextlib
import threading
from collections.abc import Callable
from enum import IntEnum
from queue import Empty, SimpleQueue
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

Found = TypeVar("Found")


class Urgency(IntEnum):
    """Who goes first."""

    LOOK = 0
    SCRUB = 1
    THUMBNAIL = 2


class Errands(QObject):
    """Owner of one thread, which lives only while there is something to do.

    An errand of the same key replaces one that has not begun, so the queue cannot grow. The signal has no payload:
    results wait in a queue, and `done` is called where this object lives.
    """

    came_back = Signal()

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._waiting: dict[str, tuple[Urgency, Callable[[], Callable[[], None]]]] = {}
        self._results: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._changed = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False
        self._error: BaseException | None = None
        self.came_back.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    def ask(
        self, key: str, work: Callable[[], Found], done: Callable[[Found], None], urgency: Urgency = Urgency.LOOK
    ) -> None:
        """work runs in the thread and must not raise what is expected; done gets its result in this one."""

        def errand() -> Callable[[], None]:
            found = work()
            return lambda: done(found)

        with self._changed:
            if self._closed:
                return
            self._waiting[key] = (urgency, errand)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name)
                self._thread.start()

    def tell(self, done: Callable[[], None]) -> None:
        """For an errand that has news before its end: done is called where this object lives."""
        self._results.put(done)
        # Qt may have deleted this object with its page while the errand ran: then nobody wants to know.
        with contextlib.suppress(RuntimeError):
            self.came_back.emit()

    def keep_going(self) -> bool:
        """False: whatever can be left out shall be left out."""
        return not self._closed

    def forget(self, urgency: Urgency) -> None:
        """What of this kind has not begun is no longer wanted."""
        with self._changed:
            self._waiting = {key: each for key, each in self._waiting.items() if each[0] is not urgency}

    def end(self) -> None:
        """Nothing new begins, and what runs leaves out what it can. Does not wait; idempotent."""
        with self._changed:
            self._closed = True
            self._waiting.clear()

    def close(self, deadline_s: float) -> None:
        """Ends after the errand that runs. Idempotent. Raises TimeoutError, and what nobody had expected."""
        self.end()
        thread = self._thread
        if thread is not None:
            thread.join(deadline_s)
            if thread.is_alive():
                raise TimeoutError(f"The {self._name} did not end within {deadline_s:g} s.")
        if self._error is not None:
            error, self._error = self._error, None
            raise error

    def _run(self) -> None:
        while (errand := self._next()) is not None:
            try:
                result = errand()
            except Exception as error:  # noqa: BLE001 - the thread's outer edge: raised by close()
                self._error = self._error or error
                continue
            self.tell(result)

    def _next(self) -> Callable[[], Callable[[], None]] | None:
        """The most urgent one, the oldest of them. None: there is nothing left, and the thread ends."""
        with self._changed:
            if not self._waiting:
                self._thread = None
                return None
            key = min(self._waiting, key=lambda each: self._waiting[each][0])
            return self._waiting.pop(key)[1]

    @Slot()
    def _hand_over(self) -> None:
        while not self._closed:
            try:
                result = self._results.get_nowait()
            except Empty:
                return
            result()
