"""Names and sentences as files of editors can hold them, and the addresses of media files."""

import unicodedata
from urllib.parse import quote

LONGEST = 200
"""Characters of a name or a sentence; some editors refuse longer ones."""

_NO_TEXT = frozenset({"Cc", "Cs", "Cn", "Zl", "Zp"})
"""Control characters, halves of surrogate pairs, what is no character at all, and line separators."""


def clean(text: str, longest: int = LONGEST) -> str:
    """One line in any script: what is no text becomes a space, spaces in a row become one, the rest is cut off."""
    kept = "".join(" " if unicodedata.category(each) in _NO_TEXT else each for each in text)
    words = " ".join(kept.split())
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def is_absolute(path: str) -> bool:
    """Whether a path with forward slashes begins at the root, or at a drive of Windows."""
    return path.startswith("/") or path[1:3] == ":/"


def url(path: str) -> str:
    """The address of a file: relative for a relative path, so that the folder can be moved."""
    if not is_absolute(path):
        return quote(path)
    return f"file://{quote(path)}" if path.startswith("/") else f"file:///{quote(path, safe='/:')}"
