"""Files of a recording that somebody takes away while they are written: who is missing, and what to say of it.

Looks only. The system writes on into a file without a name, so that no error ever tells of it.
"""

from collections.abc import Iterable
from pathlib import Path


def names_gone(folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    """Those that are not in the folder. Takes as long as the disk takes to answer."""
    return tuple(name for name in names if not (folder / name).exists())


def folder_gone(folder: Path) -> str:
    """During the recording and after it."""
    return (
        f"{folder} was taken away while it was recorded. If it was moved, its files are whole in their new place; if "
        "it was deleted, look for it in the trash."
    )


def file_gone(name: str) -> str:
    """One file of several."""
    return (
        f"{name} was taken away while it was recorded. If it was moved, it is whole in its new place; if it was "
        "deleted, look for it in the trash."
    )
