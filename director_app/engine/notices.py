"""What the producer is told: trouble that stays until it is over, and news. One sentence each; no one else prints."""

import threading

from director_app.engine.state import Notice, Urgency

_NEWS_KEPT = 20


class Notices:
    """Any thread may tell. A trouble is named by its cause, so that the same cause replaces its sentence."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._troubles: dict[str, Notice] = {}
        self._news: list[Notice] = []

    def begin(self, lasting: str) -> None:
        """A recording begins: what was told of the one before is over, but for the trouble of this cause."""
        with self._lock:
            self._troubles = {cause: notice for cause, notice in self._troubles.items() if cause == lasting}
            self._news = []

    def trouble(self, cause: str, text: str) -> None:
        """Something is wrong until over(cause)."""
        with self._lock:
            self._troubles[cause] = Notice(Urgency.TROUBLE, text, cause)

    def over(self, cause: str) -> None:
        """That trouble has ended; unknown causes are fine."""
        with self._lock:
            self._troubles.pop(cause, None)

    def news(self, text: str) -> None:
        """Something happened that needs nobody."""
        with self._lock:
            self._news = [*self._news, Notice(Urgency.NEWS, text)][-_NEWS_KEPT:]

    def all(self) -> tuple[Notice, ...]:
        """Troubles first, then news, oldest first."""
        with self._lock:
            return (*self._troubles.values(), *self._news)
