"""The newest picture of one camera, for whoever wants to look: the program clock and the monitors.

Newest wins: nobody who looks late makes a camera wait. A camera whose pictures arrive earlier than those of the
slowest one is held back by keeping its pictures on the shelf for a while.
"""

from collections import deque

from director_app.media.frame import Frame


class FrameShelf:
    """Written by one camera thread, read by any. hold_ns: how long a picture rests before a slot may take it."""

    def __init__(self, hold_ns: int = 0) -> None:
        self._hold_ns = hold_ns
        self._frames: deque[Frame] = deque()
        self._newest: Frame | None = None

    def put(self, frame: Frame) -> None:
        """Shows a new picture; its arrived_ns must be set."""
        self._newest = frame
        if self._hold_ns:
            self._frames.append(frame)

    def newest(self) -> Frame | None:
        """The picture that arrived last, whatever its age."""
        return self._newest

    def at(self, now_ns: int) -> Frame | None:
        """The picture for a slot that begins at now_ns: the newest that has rested long enough."""
        if not self._hold_ns:
            return self._newest
        ripe_ns = now_ns - self._hold_ns
        while len(self._frames) > 1 and self._frames[1].arrived_ns <= ripe_ns:
            self._frames.popleft()
        if self._frames and self._frames[0].arrived_ns <= ripe_ns:
            return self._frames[0]
        return None
