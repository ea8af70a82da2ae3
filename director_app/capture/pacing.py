"""When the pictures of sources that are made or stored are due: files, drawings, streams cut into files.

Absolute deadlines; late beats are skipped, never made up for. Must not touch a picture.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

_LONGEST_GAP_S = 10.0
"""A longer step between two pictures is a broken time stamp, not a pause."""

_LATE_NS = 100_000_000


@dataclass(frozen=True, slots=True)
class Tick:
    """One beat: its number since the epoch and the moment it was due."""

    number: int
    due_ns: int


class Pace:
    """Gives the beats of one source; begin() before the first wait(), end() makes every wait() return at once."""

    def __init__(self, fps: Fraction, epoch_ns: int | None, now_ns: Callable[[], int]) -> None:
        """epoch_ns: when beat 0 is due; None: at begin()."""
        # Whole numbers: this is worked out for every picture of every camera.
        self._rate = fps.numerator
        self._per_ns = fps.denominator * 1_000_000_000
        self._epoch_ns = epoch_ns
        self._now_ns = now_ns
        self._next = 0
        self._ended = threading.Event()

    def begin(self) -> None:
        """The next beat is the first that is not past."""
        if self._epoch_ns is None:
            self._epoch_ns = self._now_ns()
        self._next = max(0, -((self._epoch_ns - self._now_ns()) * self._rate // self._per_ns))

    def wait(self, timeout_s: float) -> Tick | None:
        """The next beat when it is due; None when it is not due within timeout_s. Raises RuntimeError after end()."""
        if self._ended.is_set() or self._epoch_ns is None:
            raise RuntimeError("this source is closed")
        now_ns = self._now_ns()
        newest = (now_ns - self._epoch_ns) * self._rate // self._per_ns
        number = max(self._next, newest)
        due_ns = self._epoch_ns + number * self._per_ns // self._rate
        if due_ns - now_ns > timeout_s * 1e9:
            self._ended.wait(timeout_s)
            return None
        if due_ns > now_ns and self._ended.wait((due_ns - now_ns) / 1e9):
            return None
        self._next = number + 1
        return Tick(number, due_ns)

    def end(self) -> None:
        """Idempotent."""
        self._ended.set()


class Timeline:
    """The time stamps of one source as a line that only rises: what is missing, jumps or turns back is mended."""

    def __init__(self) -> None:
        self._shift_s = 0.0
        self._last_s: float | None = None
        self._expected_s = 0.0

    def at(self, stamp_s: float | None, lasts_s: float) -> float:
        """Seconds on the line of a picture that lasts so long; the first one keeps its own stamp (0 without one)."""
        if self._last_s is None:
            at_s = 0.0 if stamp_s is None else stamp_s
        elif stamp_s is None:
            at_s = self._expected_s
        else:
            at_s = stamp_s + self._shift_s
            if not self._last_s < at_s <= self._last_s + _LONGEST_GAP_S:
                at_s = self._expected_s
                self._shift_s = at_s - stamp_s
        self._last_s, self._expected_s = at_s, at_s + lasts_s
        return at_s


class StreamPace:
    """When a picture is due that came faster than real time, as streams do that are made of files (HLS).

    The first picture is due at once. When the stream runs dry everything after it is due so much later.
    """

    def __init__(self) -> None:
        self._line = Timeline()
        self._begin_ns: int | None = None

    def due_ns(self, stamp_s: float | None, lasts_s: float, now_ns: int) -> int:
        """stamp_s, lasts_s: the picture's own time and duration. now_ns: the picture is there since then."""
        at_ns = round(self._line.at(stamp_s, lasts_s) * 1e9)
        if self._begin_ns is None or self._begin_ns + at_ns < now_ns - _LATE_NS:
            self._begin_ns = now_ns - at_ns
        return self._begin_ns + at_ns


class Backlog:
    """Knows when pictures come out of a full pipe: after a stall, or because this computer is too slow.

    Such pictures are old. Showing each of them would keep the camera late, on a slow computer for ever.
    """

    AT_ONCE_S = 0.001
    """A live stream makes its reader wait; one that waits less found the picture lying there."""

    RUN = 8
    """So many in a row are a backlog; fewer are just how encoders and networks bundle pictures."""

    SHOW_EVERY_S = 0.1
    """Even an old picture is better than none."""

    def __init__(self) -> None:
        self._run = 0
        self._shown_s = float("-inf")

    def is_late(self, waited_s: float, now_s: float) -> bool:
        """True for a picture that should be passed over. waited_s: how long the reader had to wait for it."""
        self._run = self._run + 1 if waited_s < self.AT_ONCE_S else 0
        if self._run >= self.RUN and now_s - self._shown_s < self.SHOW_EVERY_S:
            return True
        self._shown_s = now_s
        return False
