"""The pictures of one camera that slots may still take, and the newest one for monitors.

A camera is never in step with the program clock. Where its pictures arrive just as slots begin, a jitter of a
millisecond would make one slot repeat a picture and the next leave one out, again and again; there the shelf takes
pictures half a frame later, which costs one repeated picture at the most. A camera whose pictures arrive earlier
than those of the slowest one is held back by letting its pictures rest.
"""

from collections import deque

from director_app.media.frame import Frame

_GUARD = 0.12
"""Share of a frame around the moment a slot begins in which an arrival counts as in step with it."""

_STEADY_SLOTS = 12
"""In step for so many slots in a row before the shelf changes its half: cameras of another rate never are."""


class FrameShelf:
    """Written by one camera thread; at() is called by the program clock only, newest() by anybody.

    period_ns: one frame of the program. hold_ns: how long a picture must rest before a slot may take it.
    """

    def __init__(self, period_ns: int, hold_ns: int = 0) -> None:
        self._period_ns = period_ns
        self._hold_ns = hold_ns
        self._half_ns = 0
        self._in_step = 0
        self._frames: deque[tuple[int, Frame]] = deque(maxlen=hold_ns // period_ns * 2 + 4)
        self._newest: Frame | None = None

    def put(self, frame: Frame, now_ns: int) -> None:
        """Shows a new picture, which is ready at now_ns."""
        self._newest = frame
        self._frames.append((now_ns, frame))

    def newest(self) -> Frame | None:
        """The picture that arrived last, whatever its age."""
        return self._newest

    def at(self, slot_ns: int) -> Frame | None:
        """The picture for the slot that begins at slot_ns: the newest that has rested long enough."""
        ripe_ns = slot_ns - self._hold_ns - self._half_ns
        frames = tuple(self._frames)
        for ready_ns, frame in reversed(frames):
            if ready_ns <= ripe_ns:
                self._follow((ripe_ns - ready_ns) / self._period_ns)
                return frame
        # Everything on the shelf is younger than it should be: the first picture is better than none.
        return frames[0][1] if frames else None

    def _follow(self, age: float) -> None:
        """age: of the picture taken, in frames. Changes the half when arrivals and slots stay in step."""
        near = age < _GUARD or abs(age - 1) < _GUARD
        self._in_step = self._in_step + 1 if near else 0
        if self._in_step >= _STEADY_SLOTS:
            self._in_step = 0
            self._half_ns = 0 if self._half_ns else self._period_ns // 2
