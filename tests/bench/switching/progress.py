"""A line on stderr for every show that is done, so that nobody wonders. Never on stdout, where the tables go."""

import sys
import time

from tests.bench.switching.show_run import ShowResult


class Progress:
    """Counts the shows of one set."""

    def __init__(self, name: str, shows: int) -> None:
        self._name, self._shows, self._done = name, shows, 0
        self._began_s = time.monotonic()

    def step(self, result: ShowResult) -> None:
        """One more is done."""
        self._done += 1
        left_s = (time.monotonic() - self._began_s) / self._done * (self._shows - self._done)
        qualities = " ".join(f"{name} {run.score.quality:.1f}" for name, run in result.runs.items())
        say(f"{self._name} {self._done}/{self._shows}  {result.order.name}: Q {qualities}  ({_left(left_s)})")


def _left(seconds: float) -> str:
    return f"about {seconds / 60:.0f} min left" if seconds >= 90 else f"about {seconds:.0f} s left"


def say(text: str) -> None:
    """One line."""
    print(text, file=sys.stderr, flush=True)
