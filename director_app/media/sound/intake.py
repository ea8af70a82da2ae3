"""Where the blocks of a microphone change threads: from the feed that reads it to the one sound thread.

Must never keep a feed waiting, and must not decide what a lost microphone means for the show.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from director_app.media.sound.block import SoundBlock
from director_app.media.sound.track import MicrophoneTrack

QUEUE_S = 10.0
"""Sound that may wait for the sound thread; beyond it the oldest goes, is counted, and leaves a gap."""

SILENT_AFTER_NS = 300_000_000
"""A microphone that has delivered nothing for this long is not waited for."""


class MicrophoneIntake:
    """One microphone of a recording: its queue and its track.

    is_ok: whether the feed calls the device healthy. Further arguments as for MicrophoneTrack.
    """

    def __init__(self, origin_ns: int, is_ok: Callable[[], bool], channel: int = 0, offset_ms: float = 0.0) -> None:
        self.track = MicrophoneTrack(origin_ns, channel, offset_ms)
        self._is_ok = is_ok
        self._lock = threading.Lock()
        self._queue: deque[SoundBlock] = deque()
        self._waiting_s = 0.0
        self._gap_due = False
        self._heard_ns: int | None = None
        self.overflows = 0

    def offer(self, block: SoundBlock) -> None:
        """Listener of a feed: called in its thread, never blocks. Policy when full: drop oldest, mark a gap."""
        with self._lock:
            self._queue.append(block)
            self._waiting_s += _seconds(block)
            while self._waiting_s > QUEUE_S:
                self._waiting_s -= _seconds(self._queue.popleft())
                self._gap_due = True
                self.overflows += 1

    def drain(self, now_ns: int) -> None:
        """Move what has come into the track (sound thread only)."""
        with self._lock:
            blocks, self._queue = self._queue, deque()
            gap_due, self._gap_due = self._gap_due, False
            self._waiting_s = 0.0
        if blocks:
            self._heard_ns = now_ns
            if gap_due:
                blocks[0] = replace(blocks[0], gap_before=True)
        self.track.push(*blocks)
        if not self._is_ok():
            self.track.lost()

    def is_waited_for(self, now_ns: int) -> bool:
        """Whether its sound for a moment that has just passed is still to be expected."""
        return self._is_ok() and self._heard_ns is not None and now_ns - self._heard_ns < SILENT_AFTER_NS


def _seconds(block: SoundBlock) -> float:
    return len(block.samples) / block.rate
