"""For what is used in a `with` block and has nothing to do at its end but to close."""

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self


class ClosedOnLeaving(ABC):
    """Enters as itself and closes on leaving, whatever happened in the block."""

    @abstractmethod
    def close(self) -> None:
        """Idempotent."""

    def __enter__(self) -> Self:
        """The very same."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes."""
        self.close()
