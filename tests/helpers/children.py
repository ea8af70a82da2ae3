"""Ending the programs that tests start."""

import subprocess


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ends it, whether it wants to or not, and waits for it."""
    process.terminate()
    try:
        process.wait(3)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
