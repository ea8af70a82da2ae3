"""What the system's signals mean to a running show: close in order. Must not do any of the closing itself.

Ctrl-C, SIGTERM and a terminal window that is closed end the show; Ctrl-Z would freeze a recording and is ignored.
"""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
_IGNORED = ("SIGTSTP", "SIGTTIN", "SIGTTOU")


@contextmanager
def ending_signals(stop: Callable[[], None]) -> Iterator[None]:
    """Each of them calls stop, on the main thread, for the time of a `with` block; none raises."""

    def handle(_number: int, _frame: FrameType | None) -> None:
        stop()

    ending = dict.fromkeys(_known(_ENDING), handle)
    ignored = dict.fromkeys(_known(_IGNORED), signal.SIG_IGN)
    before = {number: signal.signal(number, what) for number, what in (ending | ignored).items()}
    try:
        yield
    finally:
        for number, what in before.items():
            signal.signal(number, what)


def _known(names: tuple[str, ...]) -> list[signal.Signals]:
    """Those that this system has."""
    return [signal.Signals[name] for name in names if name in signal.Signals.__members__]
