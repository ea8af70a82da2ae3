"""Beats for sources that are made, not captured: files, drawings. Absolute deadlines; late beats are skipped."""

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Tick:
    """One beat: its number since the epoch and the moment it was due."""

    number: int
    due_ns: int


class Pace:
    """Gives the beats of one source; begin() before the first wait(), end() makes every wait() return at once."""

    def __init__(self, fps: Fraction, epoch_ns: int | None, now_ns: Callable[[], int]) -> None:
        """epoch_ns: when beat 0 is due; None: at begin()."""
        self._fps = fps
        self._epoch_ns = epoch_ns
        self._now_ns = now_ns
        self._next = 0
        self._ended = threading.Event()

    def begin(self) -> None:
        """The next beat is the first that is not past."""
        if self._epoch_ns is None:
            self._epoch_ns = self._now_ns()
        self._next = max(0, math.ceil((self._now_ns() - self._epoch_ns) * self._fps / 1_000_000_000))

    def wait(self, timeout_s: float) -> Tick | None:
        """The next beat when it is due; None when it is not due within timeout_s. Raises RuntimeError after end()."""
        if self._ended.is_set() or self._epoch_ns is None:
            raise RuntimeError("this source is closed")
        now_ns = self._now_ns()
        newest = int((now_ns - self._epoch_ns) * self._fps / 1_000_000_000)
        number = max(self._next, newest)
        due_ns = self._epoch_ns + int(number * 1_000_000_000 / self._fps)
        if due_ns - now_ns > timeout_s * 1e9:
            self._ended.wait(timeout_s)
            return None
        if due_ns > now_ns:
            self._ended.wait((due_ns - now_ns) / 1e9)
        self._next = number + 1
        return Tick(number, due_ns)

    def end(self) -> None:
        """Idempotent."""
        self._ended.set()
