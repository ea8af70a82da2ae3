"""What the system's signals mean to a running show: close in order. Must not do any of the closing itself.

Ctrl-C, SIGTERM and a terminal window that is closed end the show; Ctrl-Z would freeze a recording and is ignored.
These functions set what holds for the rest of the process: handing signals back in the last moments of a program
would let an impatient second Ctrl-C turn a good end into a bad one.
"""

import signal
from collections.abc import Callable, Iterable
from types import FrameType

_ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
_FREEZING = ("SIGTSTP", "SIGTTIN", "SIGTTOU")


def call_at_ending_signals(stop: Callable[[], None]) -> None:
    """From now on each of them calls stop on the main thread, as often as it comes; none raises."""

    def handle(_number: int, _frame: FrameType | None) -> None:
        stop()

    for number in _known(_ENDING):
        signal.signal(number, handle)
    for number in _known(_FREEZING):
        signal.signal(number, signal.SIG_IGN)


def ignore_ending_signals() -> None:
    """The work is done and the program about to end by itself."""
    for number in _known(_ENDING):
        signal.signal(number, signal.SIG_IGN)


def obey_ending_signals() -> None:
    """As at the start of a program: Ctrl-C raises KeyboardInterrupt, the others end it."""
    for number in _known(_ENDING):
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


def _known(names: Iterable[str]) -> list[signal.Signals]:
    """Those that this system has."""
    return [signal.Signals[name] for name in names if name in signal.Signals.__members__]
