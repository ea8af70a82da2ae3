"""SHA-256 of large files, read in pieces so that memory stays flat and a caller can stop between two."""

import hashlib
from collections.abc import Callable
from pathlib import Path

_PIECE = 1 << 20


class HashingStopped(Exception):  # noqa: N818 - not an error: somebody asked for it
    """keep_going said no."""


def sha256_of(path: Path, keep_going: Callable[[], bool] = lambda: True) -> str:
    """Hex digest. Raises OSError, and HashingStopped when keep_going() turned False."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            if not keep_going():
                raise HashingStopped(path)
            digest.update(piece)
    return digest.hexdigest()
