"""A seal in every timeline that was written here, which breaks when somebody edits the file.

So that an export replaces what an earlier one wrote, but never the work of a person.
"""

import hashlib
import re

BLANK = f"ai-director-seal:{'0' * 64}"
"""Stands once in the text of every format, wherever the format lets notes stand."""

_SEAL = re.compile(r"ai-director-seal:[0-9a-f]{64}")


def sealed(text: str) -> str:
    """The text with its seal instead of the blank one."""
    return text.replace(BLANK, _seal_of(text), 1)


def is_intact(text: str) -> bool:
    """Whether this is, to the letter, what was sealed."""
    found = _SEAL.search(text)
    return found is not None and _seal_of(text.replace(found.group(), BLANK, 1)) == found.group()


def _seal_of(text: str) -> str:
    return f"ai-director-seal:{hashlib.sha256(text.encode()).hexdigest()}"
