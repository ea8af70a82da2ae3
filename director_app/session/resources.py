"""Where the files that come with the program are, however it was installed.

Must not read them, and must not be used for anything a user made.
"""

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """The path of a file or folder that ships with the program, such as resource("demo", "mic_ana.opus").

    Raises FileNotFoundError with a sentence for people when it is not there.
    """
    for folder in _folders():
        found = folder.joinpath(*parts)
        if found.exists():
            return found
    raise FileNotFoundError(
        f"AI Director's own file {'/'.join(parts)} is missing from this installation; install AI Director again."
    )


def _folders() -> list[Path]:
    """Every place where resources may be, the likeliest first."""
    frozen: str | None = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return [Path(frozen) / "resources"]
    # A wheel carries the folder inside the package, a checkout beside it.
    return [_PACKAGE / "_resources", _PACKAGE.parent / "resources"]
