"""Where key frames lie and where a cut therefore falls. One rule for the running show and for simulations."""

from collections.abc import Iterable

from director_app.core.canvas import Slot


def cut_slot(key_slots: Iterable[int], wanted: int) -> Slot | None:
    """The target's first key frame at or after the wanted slot; None if none is known yet."""
    later = [slot for slot in key_slots if slot >= wanted]
    return Slot(min(later)) if later else None


class KeyFrameRhythm:
    """Key frames of one camera: where they were asked for, and at the latest every period_slots."""

    def __init__(self, period_slots: int) -> None:
        self._period = period_slots
        self._last: int | None = None
        self._asked = False

    def ask(self) -> None:
        """The next slot becomes a key frame."""
        self._asked = True

    def is_key(self, slot: int) -> bool:
        """Whether this slot is a key frame; slots must come in order, each once."""
        due = self._last is None or slot - self._last >= self._period
        if not (self._asked or due):
            return False
        self._last, self._asked = slot, False
        return True
