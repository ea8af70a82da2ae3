"""A question that stands in a transport button for five seconds. The show goes on; no answer means no. No Qt."""

ANSWER_WITHIN_S = 5.0


class Question:
    """All times are arguments, seconds of one steady clock."""

    def __init__(self) -> None:
        self._asked_s: float | None = None

    def ask(self, now_s: float) -> None:
        """Begins, or begins anew."""
        self._asked_s = now_s

    def is_open(self, now_s: float) -> bool:
        """Whether a yes counts now."""
        return self.share_left(now_s) > 0

    def share_left(self, now_s: float) -> float:
        """What is left of the time: 1 to 0."""
        if self._asked_s is None:
            return 0.0
        return max(0.0, 1 - (now_s - self._asked_s) / ANSWER_WITHIN_S)

    def answer(self, now_s: float) -> bool:
        """Yes. True if it was asked in time; the question is over in any case."""
        was_open = self.is_open(now_s)
        self._asked_s = None
        return was_open

    def drop(self, now_s: float) -> bool:
        """No. False: nothing was asked, or the time for an answer is over."""
        was_open, self._asked_s = self.is_open(now_s), None
        return was_open
