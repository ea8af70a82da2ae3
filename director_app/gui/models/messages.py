"""The one door for messages to the producer: what is said in passing, what stays, and in which order. Holds no Qt."""

from collections.abc import Callable
from dataclasses import dataclass

INFORMATION_S = 6.0


@dataclass(frozen=True, slots=True)
class Message:
    """cause: the same cause replaces. title: what happened, to which camera or file. text: what was done, what to do.

    stays: trouble, which stays until it is solved or dismissed; else it goes after six seconds. action: the word on
    a button, and act what it does.
    """

    cause: str
    title: str
    text: str = ""
    stays: bool = False
    action: str = ""
    act: Callable[[], None] | None = None


def in_two(sentences: str) -> tuple[str, str]:
    """The first sentence with its full stop, and the rest: title and text of a message."""
    title, _, text = sentences.partition(". ")
    return title.rstrip(".") + ".", text


class Messages:
    """What waits to be read. All times are arguments, in seconds of one steady clock. One thread."""

    def __init__(self) -> None:
        self._waiting: dict[str, tuple[Message, float]] = {}
        self._turned_to: str | None = None

    def say(self, message: Message, now_s: float) -> None:
        """Newest on top; the same cause replaces what was said before."""
        self._waiting.pop(message.cause, None)
        self._waiting[message.cause] = (message, now_s)
        self._turned_to = None

    def turn(self, now_s: float) -> None:
        """The next of those that wait behind is on top until something new is said. All of them in turn."""
        top = self.top(now_s)
        causes = [message.cause for message in self._order()]
        if top is not None:
            self._turned_to = causes[causes.index(top.cause) - 1]

    def over(self, cause: str) -> None:
        """It has been solved. Unknown causes are fine."""
        self._waiting.pop(cause, None)

    def dismiss(self, now_s: float) -> bool:
        """The producer has read what is on top. False: nothing was there."""
        top = self.top(now_s)
        if top is None:
            return False
        del self._waiting[top.cause]
        return True

    def top(self, now_s: float) -> Message | None:
        """What to show: trouble before information, then the newest."""
        gone = [
            cause
            for cause, (message, since_s) in self._waiting.items()
            if not message.stays and now_s - since_s >= INFORMATION_S
        ]
        for cause in gone:
            del self._waiting[cause]
        turned_to = self._waiting.get(self._turned_to or "")
        if turned_to is not None:
            return turned_to[0]
        order = self._order()
        return order[-1] if order else None

    def _order(self) -> list[Message]:
        """What is on top stands last."""
        waiting = [message for message, _ in self._waiting.values()]
        return sorted(waiting, key=lambda message: message.stays)

    def others(self) -> int:
        """How many more wait behind the one on top."""
        return max(0, len(self._waiting) - 1)
