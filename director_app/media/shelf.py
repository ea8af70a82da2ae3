"""The pictures of one camera that slots may still take, and the newest one for monitors.

A camera is never in step with the program clock. Where its pictures arrive just as slots begin, a jitter of a
millisecond would make one slot repeat a picture and the next leave one out, again and again; there the shelf takes
pictures half a frame later, which costs one repeated picture at the most. A camera whose pictures arrive earlier
than those of the slowest one is held back by letting its pictures rest.
"""

import cmath
import math

from director_app.media.frame import Frame

_GUARD = 0.2
"""Share of a frame around the moment a slot begins in which an arrival counts as in step with it."""

_FIRST_SLOTS = 4
"""So many ages tell where a camera stands; waiting for more would repeat more pictures meanwhile."""

_MEMORY = 1 / 24
"""How much each slot counts in what is known of the camera."""

_TOGETHER = 0.7
"""Length of the mean of ages on a circle, 1 if all are alike: cameras of another rate are spread around it."""

_FASTER = 0.75
"""A camera whose pictures come in less than this share of a frame always has a fresh one."""


class FrameShelf:
    """Written by one camera thread; at() is called by the program clock only, newest() by anybody.

    period_ns: one frame of the program. hold_ns: how long a picture must rest before a slot may take it.
    """

    def __init__(self, period_ns: int, hold_ns: int = 0) -> None:
        self._period_ns = period_ns
        self._hold_ns = hold_ns
        self._half_ns = 0
        self._slots = 0
        self._mean_age = 0j
        self._interval_ns = float(period_ns)
        # A camera may be twice as fast as the program, and a burst must not push out what is resting.
        self._most = hold_ns // period_ns * 2 + 4
        # Swapped in whole, so that the program clock never meets it half changed.
        self._frames: tuple[tuple[int, Frame], ...] = ()
        self._newest: Frame | None = None

    def put(self, frame: Frame, now_ns: int) -> None:
        """Shows a new picture, which is ready at now_ns."""
        if self._frames:
            self._interval_ns += (now_ns - self._frames[-1][0] - self._interval_ns) * _MEMORY
        self._newest = frame
        self._frames = (*self._frames[1 - self._most :], (now_ns, frame))

    def newest(self) -> Frame | None:
        """The picture that arrived last, whatever its age."""
        return self._newest

    def at(self, slot_ns: int) -> Frame | None:
        """The picture for the slot that begins at slot_ns: the newest that has rested long enough."""
        ripe_ns = slot_ns - self._hold_ns - self._half_ns
        frames = self._frames
        for ready_ns, frame in reversed(frames):
            if ready_ns <= ripe_ns:
                self._follow((ripe_ns - ready_ns) / self._period_ns)
                return frame
        # Everything on the shelf is younger than it should be: the first picture is better than none.
        return frames[0][1] if frames else None

    def _follow(self, age: float) -> None:
        """age: of the picture taken, in frames. Changes the half when arrivals and slots are in step."""
        self._slots += 1
        on_circle = cmath.exp(2j * math.pi * age)
        self._mean_age += (on_circle - self._mean_age) * max(1 / self._slots, _MEMORY)
        if self._slots < _FIRST_SLOTS or abs(self._mean_age) < _TOGETHER:
            return
        if self._interval_ns < _FASTER * self._period_ns:
            return
        mean = cmath.phase(self._mean_age) / (2 * math.pi) % 1
        if not _GUARD <= mean <= 1 - _GUARD:
            self._half_ns = 0 if self._half_ns else self._period_ns // 2
            self._mean_age = -self._mean_age
