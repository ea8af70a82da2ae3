"""What a running show prints all the while: a status that is drawn again and again, or lines in a pipe.

A show never ends because it cannot be shown: the first fault is told of, then the show goes on unseen.
"""

import time
from collections.abc import Callable
from typing import Protocol

from rich.live import Live

from director_app.cli.outcome import ToldOnce, news, screen
from director_app.cli.status_line import plain_status, status
from director_app.core.sources import Cast
from director_app.engine.state import Notice, Snapshot

_PLAIN_EVERY_S = 10.0


class Display(Protocol):
    """One way to print a running show; one thread. May raise anything."""

    def show(self, snapshot: Snapshot) -> None:
        """The present."""

    def close(self) -> None:
        """Nothing is shown any more."""


def display_for(cast: Cast) -> Display:
    """What suits standard error."""
    return Guarded(lambda: LiveStatus(cast) if screen.is_terminal else PlainLines(cast))


class LiveStatus:
    """The status line of a terminal, drawn again in place."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._live = Live(console=screen, auto_refresh=False, transient=True)
        self._live.start()

    def show(self, snapshot: Snapshot) -> None:
        """See Display."""
        self._live.update(status(snapshot, self._cast), refresh=True)

    def close(self) -> None:
        """See Display."""
        self._live.stop()


class PlainLines:
    """For logs and pipes: a line every ten seconds, and each notice once, and again when its trouble comes again."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._told: set[Notice] = set()
        self._due_s = time.monotonic()

    def show(self, snapshot: Snapshot) -> None:
        """See Display."""
        for notice in snapshot.notices:
            if notice not in self._told:
                news.print(notice.text, style="yellow", markup=False)
        self._told = set(snapshot.notices)
        if time.monotonic() >= self._due_s:
            self._due_s += _PLAIN_EVERY_S
            news.print(plain_status(snapshot, self._cast), markup=False)

    def close(self) -> None:
        """See Display."""


class Guarded:
    """A display that never raises: after its first fault it shows nothing more."""

    def __init__(self, make: Callable[[], Display]) -> None:
        self._fault = ToldOnce("The status cannot be shown any more; the show goes on.")
        self._display: Display | None = None
        try:
            self._display = make()
        except Exception as error:  # noqa: BLE001 - the outer edge of drawing: it must not end a recording
            self._fault.tell(error)

    def show(self, snapshot: Snapshot) -> None:
        """See Display."""
        display = self._display
        if display is None:
            return
        try:
            display.show(snapshot)
        except Exception as error:  # noqa: BLE001 - the outer edge of drawing: it must not end a recording
            self.close()
            self._fault.tell(error)

    def close(self) -> None:
        """See Display. Idempotent."""
        display, self._display = self._display, None
        if display is None:
            return
        try:
            display.close()
        except Exception as error:  # noqa: BLE001 - the outer edge of drawing: it must not end a recording
            self._fault.tell(error)
