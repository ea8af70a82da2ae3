"""Where one camera's key frames lie. One rule for the running show and for simulations; knows slots only."""

from collections import deque
from collections.abc import Iterator

from director_app.core.canvas import Slot

_REMEMBERED = 512


class KeyFrames:
    """Key frames of one camera: where they were asked for, and at the latest every period_slots.

    A slot that was promised to a cut stays a key frame, whatever is asked for later.
    """

    def __init__(self, period_slots: int) -> None:
        self._period = period_slots
        self._past: deque[int] = deque(maxlen=_REMEMBERED)
        self._asked: set[int] = set()
        self._next = 0

    @property
    def next_slot(self) -> Slot:
        """First slot that is not encoded yet."""
        return Slot(self._next)

    def ask(self, slot: int) -> Slot:
        """Makes this slot a key frame, or the next one if it has passed; returns which."""
        kept = max(slot, self._next)
        self._asked.add(kept)
        return Slot(kept)

    def pass_slot(self) -> bool:
        """The next slot is encoded now; returns whether it is a key frame."""
        slot = self._next
        is_key = slot in self._asked or slot >= self._due()
        self._asked.discard(slot)
        if is_key:
            self._past.append(slot)
        self._next = slot + 1
        return is_key

    def for_cut(self, wanted: int, latest: int) -> Slot:
        """The first key frame at or after the wanted slot; if none lies up to `latest`, one is asked for there.

        A slot that has passed without a key frame cannot become one: then it is the next slot.
        """
        for slot in self._past:
            if slot >= wanted:
                return Slot(slot)
        coming = next(slot for slot in self._coming() if slot >= wanted)
        return self.ask(min(coming, max(latest, wanted)))

    def _coming(self) -> Iterator[int]:
        """Every key frame to come if nothing more is asked for; what is encoded already makes no difference to it."""
        last = self._due() - self._period
        for asked in sorted(self._asked):
            while last + self._period < asked:
                last += self._period
                yield last
            last = asked
            yield last
        while True:
            last += self._period
            yield last

    def _due(self) -> int:
        """Where the period ends, if nothing is asked for before."""
        return self._past[-1] + self._period if self._past else 0
