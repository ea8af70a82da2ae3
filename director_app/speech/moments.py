"""What the blind calibration learns from: levels at moments when somebody, or nobody, was heard. Judges nothing."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from director_app.speech.levels import Levels

Flags = NDArray[np.bool_]

_ROOM = 256


class Rows:
    """Rows of equal width that come one by one and go from the front; all of them are an array at any time.

    A list of as many small arrays takes longer to be made one than the calibration takes to be solved.
    """

    def __init__(self, width: int, dtype: DTypeLike = np.float64) -> None:
        self._rows = np.empty((_ROOM, width), dtype)
        self._first = self._end = 0

    def __len__(self) -> int:
        return self._end - self._first

    def __iter__(self) -> Iterator[NDArray[Any]]:
        return iter(self.array)

    @property
    def array(self) -> NDArray[Any]:
        """Shape (rows, width); a view, good until the next row comes."""
        return self._rows[self._first : self._end]

    def append(self, row: NDArray[Any]) -> None:
        """One more at the end."""
        self._make_room(1)
        self._rows[self._end] = row
        self._end += 1

    def extend(self, later: "Rows") -> None:
        """All rows of another at the end."""
        self._make_room(len(later))
        self._rows[self._end : self._end + len(later)] = later.array
        self._end += len(later)

    def forget(self, count: int) -> None:
        """The first so many."""
        self._first += count

    def ordered(self, order: Sequence[int]) -> "Rows":
        """These rows, by their numbers."""
        made = Rows(self._rows.shape[1], self._rows.dtype)
        made._rows = self.array[list(order)]
        made._end = len(made._rows)
        return made

    def _make_room(self, count: int) -> None:
        if self._end + count <= len(self._rows):
            return
        kept = self.array
        self._rows = np.empty((2 * (len(kept) + count) + _ROOM, kept.shape[1]), kept.dtype)
        self._rows[: len(kept)] = kept
        self._first, self._end = 0, len(kept)


class Moments:
    """voiced_s, voiced, flux, gates: moments at which somebody was heard. unvoiced: nobody. every: all of them."""

    def __init__(self, microphones: int) -> None:
        self.microphones = microphones
        self.voiced_s: list[float] = []
        self.voiced, self.flux, self.gates = Rows(microphones), Rows(microphones), Rows(microphones, np.bool_)
        self.unvoiced, self.every = Rows(microphones), Rows(microphones)

    def add(self, t_s: float, levels: Levels, flux: Levels, gates: Flags, anybody: bool) -> None:  # noqa: FBT001
        """One moment. gates: whose speech gate is open; anybody: whether any detector fired lately."""
        if gates.any():
            self.voiced_s.append(t_s)
            self.voiced.append(levels)
            self.flux.append(flux)
            self.gates.append(gates)
        elif not anybody:
            self.unvoiced.append(levels)
        self.every.append(levels)

    def extend(self, later: "Moments") -> None:
        """Adds the moments of a later stretch."""
        self.voiced_s += later.voiced_s
        self.voiced.extend(later.voiced)
        self.flux.extend(later.flux)
        self.gates.extend(later.gates)
        self.unvoiced.extend(later.unvoiced)
        self.every.extend(later.every)

    def by_nearness(self, t_s: float) -> "Moments":
        """The same, the voiced moments nearest to t_s last: the solution trusts the last ones most."""
        order = sorted(range(len(self.voiced_s)), key=lambda index: -abs(self.voiced_s[index] - t_s))
        made = Moments(self.microphones)
        made.voiced_s = [self.voiced_s[index] for index in order]
        made.voiced, made.flux, made.gates = (each.ordered(order) for each in (self.voiced, self.flux, self.gates))
        made.unvoiced, made.every = self.unvoiced, self.every
        return made

    def forget_before(self, t_s: float, most: int) -> None:
        """Keeps voiced moments from t_s on and at most so many of the others."""
        first = int(np.searchsorted(self.voiced_s, t_s, side="right"))
        del self.voiced_s[:first]
        for voiced in (self.voiced, self.flux, self.gates):
            voiced.forget(first)
        for other in (self.unvoiced, self.every):
            other.forget(max(0, len(other) - most))
