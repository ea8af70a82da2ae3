"""Sound as a decoder gives it, in pieces of any length, and as a reader wants it: so many samples at a time."""

from collections.abc import Iterator
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Sample = TypeVar("Sample", bound=np.generic)


class Pieces(Generic[Sample]):
    """One pass over them; each has shape (samples, ...). Holds one piece."""

    def __init__(self, pieces: Iterator[NDArray[Sample]]) -> None:
        """Takes the first one. Raises what making it raises; so does take()."""
        self._pieces = pieces
        self._rest = next(pieces, None)

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more."""
        return self._rest is None

    def take(self, count: int) -> list[NDArray[Sample]]:
        """The next samples, together as many as asked for; fewer only at the end."""
        parts: list[NDArray[Sample]] = []
        missing = count
        while missing and self._rest is not None:
            part, rest = self._rest[:missing], self._rest[missing:]
            parts.append(part)
            missing -= len(part)
            self._rest = rest if len(rest) else next(self._pieces, None)
        return parts
