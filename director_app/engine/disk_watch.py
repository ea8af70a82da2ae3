"""How long the disk will last: free space against how fast the recording grows. Decides nothing by itself."""

import shutil
from collections import deque
from pathlib import Path

from director_app.engine.state import DiskState

LOW_S = 600.0
_WINDOW_S = 20.0


class DiskWatch:
    """Call look() about once a second; times in seconds on any steady clock."""

    def __init__(self, folder: Path, expected_rate: float) -> None:
        """expected_rate: bytes per second to reckon with until the recording has shown its own."""
        self._folder = folder
        self._expected = expected_rate
        self._sizes: deque[tuple[float, int]] = deque()

    def look(self, now_s: float, written: int, reserve: int) -> DiskState:
        """written: bytes recorded so far. reserve: bytes that must stay free. Raises OSError."""
        self._sizes.append((now_s, written))
        while now_s - self._sizes[0][0] > _WINDOW_S:
            self._sizes.popleft()
        free = shutil.disk_usage(self._folder).free
        return DiskState(free, max(0.0, (free - reserve) / self._rate()))

    def _rate(self) -> float:
        (first_s, first), (last_s, last) = self._sizes[0], self._sizes[-1]
        if last_s - first_s < _WINDOW_S / 4 or last <= first:
            return self._expected
        return (last - first) / (last_s - first_s)
