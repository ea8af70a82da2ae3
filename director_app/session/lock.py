"""One writer per folder. An operating system's lock, so that it ends with its owner, however that one ends."""

from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import BaseFileLock, FileLock, Timeout

from director_app.session.errors import FolderError, InUseError

SESSION_LOCK = "session.lock"
LIBRARY_LOCK = ".recording.lock"

_CHANGE_S = 30.0
"""Whoever changes a file has done so in a moment; a disk may be slow."""


class FolderLock:
    """Held from construction until release()."""

    def __init__(self, path: Path, busy: str) -> None:
        """Raises InUseError with the sentence `busy` when somebody else holds it, FolderError when it cannot be."""
        self._lock = FileLock(path, blocking=False, is_singleton=False)
        try:
            self._lock.acquire()
        except Timeout:
            raise InUseError(busy) from None
        except OSError as error:
            raise FolderError(
                f"{path.parent} cannot be written: {error.strerror or error}. Choose another folder."
            ) from None

    def release(self) -> None:
        """Idempotent."""
        self._lock.release()

    def __enter__(self) -> Self:
        """The lock itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Releases."""
        self.release()


def change_lock(path: Path) -> BaseFileLock:
    """For the moment of a change to a file that several programs read, change and replace; waits for its turn.

    Use it in a `with` block, whose beginning raises OSError after half a minute.
    """
    return FileLock(path, timeout=_CHANGE_S, is_singleton=False)


def lock_library(sessions: Path) -> FolderLock:
    """For the time of a show: no second one records into the same folder of sessions."""
    return FolderLock(
        sessions / LIBRARY_LOCK,
        f"Another show is being recorded into {sessions}. Stop it first, or choose another folder: on Set up, or "
        "with --sessions.",
    )


def lock_session(folder: Path) -> FolderLock:
    """For writing or repairing one session."""
    return FolderLock(folder / SESSION_LOCK, f"{folder} is still being recorded. Stop that show first.")
