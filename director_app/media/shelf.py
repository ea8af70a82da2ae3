"""The pictures of one camera that slots may still take, and the newest one for monitors.

A camera is never in step with the program clock, and no thread is always on time. Slots therefore take the pictures
one after the other and not the newest: two that come together, as networks bundle them, are shown in two slots, and
one that comes late finds the one before it still waiting. How long pictures wait follows from what happens: a slot
that finds none leaves the next ones waiting one frame longer, and ten calm seconds shorten it again. What a camera
that is faster than the program gives beyond that is left out at once, or its pictures would always be the oldest.
A camera whose pictures arrive earlier than those of the slowest one is held back by letting its pictures rest.
"""

from collections.abc import Sequence

from director_app.media.frame import Frame

_LEAST_AGE = 0.2
"""Frames: the first picture taken is at least so old, so that the next may come late. See `engine/sources`: sound."""

_WAITS = 1.5
"""Frames: what waits longer is left out as long as no slot has found none. See `engine/sources`: sound."""

_MOST_LONGER = 2
"""Frames: so much longer it may wait at most, one for every slot that has found none."""

_OLDEST = 3.0
"""Frames: what waits longer is left out in any case."""

_SPARE = 6
"""Pictures, or frames of time, that are kept beyond those that rest: for what waits, and a clock that is late."""

_CALM_S = 10.0
"""So long no picture may have come late before one is left out to show the others earlier."""

_FASTER = 0.75
"""A camera whose pictures come in less than this share of a frame always has a fresh one."""

_MEMORY = 1 / 24
"""How much each picture counts in what is known of the camera's rate."""

_Ready = tuple[int, Frame]


class FrameShelf:
    """Written by one camera thread; at() is called by the program clock only, newest() by anybody.

    period_ns: one frame of the program. hold_ns: how long a picture must rest before a slot may take it.
    """

    def __init__(self, period_ns: int, hold_ns: int = 0) -> None:
        self._period_ns = period_ns
        self._hold_ns = hold_ns
        self._interval_ns = float(period_ns)
        # A camera may be two and a half times as fast as the program, and a burst must not push out what is resting.
        self._most = hold_ns // period_ns * 3 + _SPARE
        self._kept_ns = hold_ns + _SPARE * period_ns
        # Swapped in whole, so that the program clock never meets it half changed.
        self._frames: tuple[_Ready, ...] = ()
        self._newest: Frame | None = None
        self._taken: Frame | None = None
        self._calm_slots = round(_CALM_S * 1e9 / period_ns)
        self._slots = 0
        self._least_age = _OLDEST
        self._longer = 0

    def put(self, frame: Frame, now_ns: int) -> None:
        """Shows a new picture, which is ready at now_ns."""
        if self._frames:
            self._interval_ns += (now_ns - self._frames[-1][0] - self._interval_ns) * _MEMORY
        self._newest = frame
        frames = (*self._frames[1 - self._most :], (now_ns, frame))
        gone = _count_until(frames, now_ns - self._kept_ns - 1)
        # The last of those is shown until the next one has rested.
        self._frames = frames[max(0, gone - 1) :]

    def newest(self) -> Frame | None:
        """The picture that arrived last, whatever its age."""
        return self._newest

    def at(self, slot_ns: int) -> Frame | None:
        """The picture for the slot that begins at slot_ns; the one before once more if no other has rested."""
        rested_ns = slot_ns - self._hold_ns
        frames = self._frames
        rested = frames[: _count_until(frames, rested_ns)]
        if not rested:
            # Everything on the shelf is younger than it should be: the first picture is better than none.
            return frames[0][1] if frames else None
        ready_ns, frame = self._choose(rested, rested_ns)
        self._note(0.0 if frame is self._taken else self._age(ready_ns, rested_ns))
        self._taken = frame
        return frame

    def _age(self, ready_ns: int, rested_ns: int) -> float:
        return (rested_ns - ready_ns) / self._period_ns

    def _choose(self, rested: Sequence[_Ready], rested_ns: int) -> _Ready:
        """rested: at least one, in the order in which they came."""
        before = len(rested) - 1
        while before >= 0 and rested[before][1] is not self._taken:
            before -= 1
        if before < 0:
            old_enough = [each for each in rested if self._age(each[0], rested_ns) >= _LEAST_AGE]
            return old_enough[-1] if old_enough else rested[0]
        waiting = rested[before + 1 :]
        if not waiting or self._interval_ns < _FASTER * self._period_ns:
            return rested[-1]
        oldest = min(_OLDEST, _WAITS + self._longer)
        too_old = sum(self._age(each[0], rested_ns) > oldest for each in waiting)
        return waiting[min(max(too_old, self._too_many()), len(waiting) - 1)]

    def _too_many(self) -> int:
        """How many pictures have waited for nothing during calm seconds."""
        return int(self._least_age - _LEAST_AGE) if self._slots >= self._calm_slots else 0

    def _note(self, age: float) -> None:
        """age: of the picture taken, in frames; 0 if there was none."""
        if self._slots >= self._calm_slots:
            self._longer = max(0, self._longer - self._too_many())
            self._slots, self._least_age = 0, _OLDEST
        if age == 0:
            self._longer = min(_MOST_LONGER, self._longer + 1)
        self._slots += 1
        self._least_age = min(self._least_age, age)


def _count_until(frames: Sequence[_Ready], until_ns: int) -> int:
    """How many were ready then or before. They lie in the order in which they came."""
    count = len(frames)
    while count and frames[count - 1][0] > until_ns:
        count -= 1
    return count
