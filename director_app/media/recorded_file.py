"""A file that is being recorded: what has been written is pushed to the disk every two seconds.

Owns the descriptor, counts bytes and keeps the first error of the system, because FFmpeg's own messages hide
that a disk was full.
"""

import os
import time
from pathlib import Path

SYNC_PERIOD_S = 2.0


class RecordedFile:
    """A binary file with write, seek and tell, as PyAV's muxers want it. One thread."""

    def __init__(self, path: Path) -> None:
        """Creates the file. Raises OSError, also when it exists already: a recording never replaces anything."""
        self.path = path
        self._file = path.open("x+b", buffering=0)
        self._synced_s = time.monotonic()
        self.size = 0
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        """Writes all of it. Raises OSError; after the first one nothing is written any more.

        So a muxer that goes on after an error cannot spoil the complete fragments that are on the disk.
        """
        if self.error is not None:
            raise self.error
        view = memoryview(data)
        try:
            while view:
                view = view[self._file.write(view) :]
        except OSError as error:
            self.error = error
            raise
        self.size = max(self.size, self._file.tell())
        return len(data)

    def read(self, size: int = -1) -> bytes:
        """Reads back, for muxers that rewrite an index."""
        return self._file.read(size) or b""

    def seek(self, offset: int, whence: int = 0) -> int:
        """Moves the position."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """The position."""
        return self._file.tell()

    def flush(self) -> None:
        """Nothing waits here: every write goes to the system at once."""

    def sync_when_due(self) -> None:
        """Pushes what was written to the disk if that is two seconds old. Raises OSError."""
        if time.monotonic() - self._synced_s >= SYNC_PERIOD_S:
            self.sync()

    def sync(self) -> None:
        """Pushes what was written to the disk. Raises OSError."""
        os.fsync(self._file.fileno())
        self._synced_s = time.monotonic()

    def close(self) -> None:
        """Idempotent; the last push to the disk included."""
        if not self._file.closed:
            try:
                self.sync()
            finally:
                self._file.close()
