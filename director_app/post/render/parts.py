"""What a film consists of before it is one: files named .part beside it, swept at the start and gone at the end.

A film appears under its name complete or not at all. One render at a time writes into a folder.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import av

from director_app.media.closed_on_leaving import ClosedOnLeaving
from director_app.post.remux import PART
from director_app.post.render.errors import DiskFullError, RenderError
from director_app.session.atomic import sync_folder
from director_app.session.errors import SessionError
from director_app.session.lock import FolderLock

LOCK_NAME = ".render.lock"

_RESERVE_BYTES = 50_000_000
"""Left alone on the disk, so that the system and other programs go on."""


class FilmParts(ClosedOnLeaving):
    """Owner of the unfinished files of one output."""

    def __init__(self, output: Path) -> None:
        """Raises RenderError or FolderError when nothing can be written there, InUseError during another render."""
        self.output = output
        if not output.parent.is_dir():
            raise RenderError(
                f"{output.parent} is no folder, so {output.name} cannot be written there. Make it first."
            )
        if output.is_dir():
            raise RenderError(f"{output} is a folder. Choose another name for the film.")
        busy = f"Another render is writing into {output.parent}. Wait for it, or choose another folder."
        self._needed = 0
        self._lock = FolderLock(output.parent / LOCK_NAME, busy)
        self._sweep()

    def path(self, what: str = "") -> Path:
        """Where an unfinished file goes; what: tells several of one film apart."""
        return self.output.with_name(f".{self.output.name}{what and '.'}{what}{PART}")

    def refuse_full_disk(self, needed: int) -> None:
        """needed: bytes, an estimate. Raises DiskFullError."""
        self._needed = needed
        free = shutil.disk_usage(self.output.parent).free - _RESERVE_BYTES
        if free < needed:
            raise DiskFullError(
                f"The disk of {self.output.parent} has too little room for {self.output.name}: about "
                f"{_megabytes(needed)} are needed and {_megabytes(max(0, free))} are free, so "
                f"{_megabytes(needed - free)} are missing. Nothing was written. Free some space, or use another disk."
            )

    def disk_full(self) -> DiskFullError:
        """The error for a disk that became full on the way."""
        missing = _megabytes(max(1_000_000, self._needed - self._written()))
        return DiskFullError(
            f"The disk of {self.output.parent} is full; about {missing} are missing for {self.output.name}. "
            "What had been written was removed. Free some space and render again."
        )

    def finish(self, part: Path) -> int:
        """Puts a complete file in its place, on the disk for good; gives its bytes. Raises OSError."""
        with part.open("rb") as file:
            os.fsync(file.fileno())
        size = part.stat().st_size
        part.replace(self.output)
        sync_folder(self.output.parent)
        return size

    def close(self) -> None:
        """Removes whatever is unfinished. Idempotent."""
        self._sweep()
        self._lock.release()

    def _written(self) -> int:
        with suppress(OSError):
            return self.path().stat().st_size
        return 0

    def _sweep(self) -> None:
        for leftover in self.output.parent.iterdir():
            if leftover.name.startswith(f".{self.output.name}.") and leftover.name.endswith(PART):
                with suppress(OSError):
                    leftover.unlink()
        with suppress(OSError):
            self.path().unlink(missing_ok=True)


@contextmanager
def written_or_nothing(parts: FilmParts, session: Path) -> Iterator[None]:
    """Turns what the system or FFmpeg says in the block into a sentence. Raises DiskFullError or RenderError."""
    try:
        yield
    except SessionError:
        raise
    except (OSError, av.FFmpegError) as error:
        if is_disk_full(error):
            raise parts.disk_full() from None
        reason = getattr(error, "strerror", None) or error
        raise RenderError(
            f"{parts.output.name} could not be made: {reason}. Nothing was left of it. "
            f"Check the disk, and the session with: director check {session}"
        ) from error


def unwritable(output: Path, error: OSError) -> RenderError:
    """The error for a file that the system did not take; a DiskFullError where another time may be better."""
    if is_disk_full(error):
        return DiskFullError(
            f"The disk of {output.parent} is full, so {output.name} was not made. Free some space and render again."
        )
    return RenderError(f"{output} cannot be written: {error.strerror or error}. Choose another folder.")


def is_disk_full(error: BaseException) -> bool:
    """Whether the system said so."""
    return isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.0f} MB" if count >= 1e8 else f"{count / 1e6:.1f} MB"
