"""The program clock: slot n begins at start + n / fps, for ever, whatever happened to the slots before.

Waits for absolute deadlines on time.perf_counter_ns; the system's wall clock may jump without being noticed.
"""

import threading
import time
from collections.abc import Callable

import numpy as np

from director_app.core.canvas import Canvas, Slot

_BUCKET_MS = 0.25
_BUCKETS = 4000


class Lateness:
    """How late slots began: a histogram of fixed size, so that a show may last for days."""

    def __init__(self) -> None:
        self._counts = np.zeros(_BUCKETS, np.int64)
        self.worst_ms = 0.0

    def add(self, late_ms: float) -> None:
        """Counts one slot."""
        self._counts[min(_BUCKETS - 1, max(0, int(late_ms / _BUCKET_MS)))] += 1
        self.worst_ms = max(self.worst_ms, late_ms)

    def percentile_ms(self, percent: float) -> float:
        """Upper edge of the bucket that holds this percentile; 0 before the first slot."""
        total = int(self._counts.sum())
        if total == 0:
            return 0.0
        bucket = int(np.searchsorted(np.cumsum(self._counts), total * percent / 100))
        return (bucket + 1) * _BUCKET_MS


class ProgramClock:
    """Calls on_slot(n) for every slot, each once and in order; after a stall the missed ones follow at once."""

    def __init__(
        self,
        canvas: Canvas,
        start_ns: int,
        on_slot: Callable[[Slot], None],
        now_ns: Callable[[], int] = time.perf_counter_ns,
    ) -> None:
        self._canvas = canvas
        self.start_ns = start_ns
        self._on_slot = on_slot
        self._now_ns = now_ns
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="program clock")
        self._error: BaseException | None = None
        self._next = 0
        self.lateness = Lateness()

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    @property
    def next_slot(self) -> Slot:
        """The first slot that has not been called yet; after stop(), the length of the show in slots."""
        return Slot(self._next)

    def session_time_s(self) -> float:
        """Seconds since slot 0; negative before it."""
        return (self._now_ns() - self.start_ns) / 1e9

    @property
    def crashed(self) -> BaseException | None:
        """What ended the thread before its time."""
        return self._error

    def stop(self, deadline_s: float = 5.0) -> Slot:
        """Ends after the present slot; returns the number of slots called. Re-raises the thread's error."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(deadline_s)
        if self._thread.is_alive():
            raise TimeoutError(f"The program clock did not stop within {deadline_s:g} s.")
        if self._error is not None:
            raise self._error
        return self.next_slot

    def _run(self) -> None:
        try:
            while not self._wait_for(self._next):
                slot = Slot(self._next)
                self._next += 1
                self._on_slot(slot)
        except BaseException as error:  # noqa: BLE001 - the thread's outer edge: stop() raises it again
            self._error = error

    def _wait_for(self, slot: int) -> bool:
        """Waits for the slot's beginning; True when the clock was stopped instead."""
        due_ns = self.start_ns + self._canvas.slot_time_ns(slot)
        while (wait_ns := due_ns - self._now_ns()) > 0:
            if self._stop.wait(wait_ns / 1e9):
                return True
        self.lateness.add(-wait_ns / 1e6)
        return self._stop.is_set()
