"""How often the program may change by itself. Knows times only, neither cameras nor speech."""

from collections import deque


class MinimumShot:
    """Says how long the present shot must still stand. The opening shot is nobody's choice: it may end at once."""

    def __init__(self, minimum_s: float) -> None:
        self._minimum_s = minimum_s
        self._since_s: float | None = None

    def cut(self, at_s: float) -> None:
        """A new shot began."""
        self._since_s = at_s

    @property
    def free_from_s(self) -> float:
        """The earliest moment on which an automatic cut may fall."""
        return 0.0 if self._since_s is None else self._since_s + self._minimum_s

    def wait_s(self, now_s: float) -> float:
        """Seconds until an automatic cut is allowed; 0 when it is."""
        return max(0.0, self.free_from_s - now_s)


class CutCap:
    """At most so many cuts in any 60 s: a cut at t counts in the window (t, t + 60]."""

    WINDOW_S = 60.0

    def __init__(self, cuts_per_minute: int) -> None:
        self._most = cuts_per_minute
        self._cuts: deque[float] = deque()

    def cut(self, at_s: float) -> None:
        """A cut was made, by whomever."""
        self._cuts.append(at_s)
        self._forget(at_s)

    def wait_s(self, now_s: float) -> float:
        """Seconds until one more automatic cut fits under the cap; 0 when it fits now."""
        self._forget(now_s)
        if len(self._cuts) < self._most:
            return 0.0
        return self._cuts[len(self._cuts) - self._most] + self.WINDOW_S - now_s

    def _forget(self, now_s: float) -> None:
        while self._cuts and self._cuts[0] + self.WINDOW_S <= now_s:
            self._cuts.popleft()
