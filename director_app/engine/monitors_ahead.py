"""The thread that makes the pictures of monitors just before windows ask for them.

A window's thread that scaled them itself would hold up keys while encoders keep both it and the interpreter waiting.
Nothing is sent to a window: it finds what is made when it looks. Must not know what a picture is.
"""

import threading
import time
from collections.abc import Callable

_TOGETHER_NS = 4_000_000
"""What is due within this time is made at once: waking a thread costs more than waiting for it."""


class Ahead:
    """Owner of one thread, started by the first order. Orders are few: one for each place that shows a camera."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._orders: list[tuple[int, Callable[[], None]]] = []
        self._thread: threading.Thread | None = None
        self._wakes_ns = 0
        self._closed = False
        self._error: BaseException | None = None

    def at(self, due_ns: int, make: Callable[[], None]) -> None:
        """Calls make() at this time of time.perf_counter_ns, or as soon as can be; never when it does not serve."""
        with self._condition:
            if not self.serves:
                return
            self._orders.append((due_ns, make))
            self._start()
            if due_ns < self._wakes_ns:
                self._condition.notify()

    @property
    def serves(self) -> bool:
        """False: it is closed or has failed, and what was ordered will not be made."""
        return not self._closed and self._error is None

    def close(self, deadline_s: float = 5.0) -> None:
        """Ends the thread and re-raises what went wrong in it. Idempotent."""
        with self._condition:
            self._closed = True
            self._condition.notify()
        if self._thread is not None:
            self._thread.join(deadline_s)
            if self._thread.is_alive():
                raise TimeoutError(f"The monitors' pictures did not end within {deadline_s:g} s.")
        if self._error is not None:
            raise self._error

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="monitors", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        try:
            while due := self._wait_for_due():
                for make in due:
                    make()
        except BaseException as error:  # noqa: BLE001 - the thread's outer edge: close() raises it again
            self._error = error

    def _wait_for_due(self) -> list[Callable[[], None]]:
        """What is due now; nothing when the end has come."""
        with self._condition:
            while not self._closed:
                now_ns = time.perf_counter_ns()
                due = [make for at_ns, make in self._orders if at_ns <= now_ns + _TOGETHER_NS]
                first_ns = min((at_ns for at_ns, _ in self._orders), default=None)
                if first_ns is not None and first_ns <= now_ns:
                    self._orders = [order for order in self._orders if order[0] > now_ns + _TOGETHER_NS]
                    self._wakes_ns = 0
                    return due
                self._wakes_ns = 1 << 63 if first_ns is None else first_ns
                self._condition.wait(None if first_ns is None else (first_ns - now_ns) / 1e9)
            return []
