"""The events of the running recording, kept in memory for whoever draws them. Reads no file."""

import threading
from collections import deque

from director_app.session.event_log import EventRecord

_KEPT = 20_000
"""Hours of talk; older events are left out, and stand in the log."""


class RecentEvents:
    """Any thread may add and read. Positions count from the first event ever added and never go back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._events: deque[EventRecord] = deque(maxlen=_KEPT)
        self._added = 0

    def add(self, event: EventRecord) -> None:
        """Appends one event."""
        with self._lock:
            self._events.append(event)
            self._added += 1

    def since(self, position: int) -> tuple[int, list[EventRecord]]:
        """What was added after that position, and the position to ask from next time."""
        with self._lock:
            missing = min(self._added - position, len(self._events))
            found = [self._events[index] for index in range(len(self._events) - missing, len(self._events))]
            return self._added, found
