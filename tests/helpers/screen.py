"""A real X screen without a monitor, for windows that shall be seen as a person sees them."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator

_WAIT_S = 20.0


@contextlib.contextmanager
def screen(width: int = 1920, height: int = 1080) -> Iterator[str]:
    """Runs Xvfb; gives its DISPLAY. Raises FileNotFoundError where Xvfb is not installed."""
    if shutil.which("Xvfb") is None:
        raise FileNotFoundError("Xvfb is not installed")
    read, write = os.pipe()
    size = f"{width}x{height}x24"
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as numbers:
            number = numbers.readline().strip()
        if not number:
            raise RuntimeError(f"Xvfb ended with {process.wait(_WAIT_S)}")
        yield f":{number}"
    finally:
        process.terminate()
        process.wait(_WAIT_S)
