"""A recording is closed even where a library ends the process, as Qt does when the display has gone.

Such an end passes by every `finally` of Python; only what was given to C for its exit() is still called.
"""

import contextlib
import ctypes
import os
import sys
from typing import NoReturn

from director_app.engine.studio import Studio

_kept: list[object] = []
"""C does not keep what it calls."""


def close_when_ended(studio: Studio) -> None:
    """Closes this studio if a library ends the process before its owner has done so.

    From here on the process must end by leave(): C would call into a Python that is no more. Not on Windows, where no
    library at hand ends the process by itself.
    """
    if sys.platform == "win32":
        return

    def close(_unused: object) -> None:
        # Nobody is left who could be told; what could not be closed is recovered by the next start.
        with contextlib.suppress(BaseException):
            studio.close()

    called = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(close)
    _kept.append(called)
    # atexit() itself is no symbol of glibc; this is what it calls (Itanium C++ ABI, 3.3.6).
    ctypes.CDLL(None).__cxa_atexit(called, None, None)


def leave(code: int) -> NoReturn:
    """Ends the process at once; everything is closed by now."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
