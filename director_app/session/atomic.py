"""Replacing a small file so that a reader, or a crash, sees the old one or the new one and nothing between."""

import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

_RANDOM_LETTERS = 8
"""What tempfile puts behind a prefix."""

_ABANDONED_S = 60.0
"""A small file is written long before that, unless its writer was killed."""


def write_atomically(path: Path, text: str) -> None:
    """Writes UTF-8 text beside the path, pushes it to the disk and renames it. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o644)
        part.replace(path)
    except BaseException:  # whatever it was, no part of a file stays; raised again
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
    _sweep(path)


def _sweep(path: Path) -> None:
    """Removes what writers of this file that were killed have left."""
    prefix = f".{path.name}."
    with suppress(OSError):
        for each in path.parent.iterdir():
            if each.name.startswith(prefix) and len(each.name) == len(prefix) + _RANDOM_LETTERS:
                with suppress(OSError):
                    if time.time() - each.stat().st_mtime > _ABANDONED_S:
                        each.unlink()


def sync_folder(folder: Path) -> None:
    """Makes what was renamed in this folder last; Windows needs and allows no such thing. Raises OSError."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
