"""A program in a real terminal of 80 x 24: keys can be typed, its screen read, and its settings compared."""

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from tests.helpers.wait import eventually

_UP = re.compile(r"\x1b\[[0-9]*A")
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")

_TAKE_TERMINAL = (
    "import fcntl, os, sys, termios; "
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
)
"""Makes standard input the terminal that controls the program, as in a window, and becomes the program."""


class Terminal:
    """Runs a program in a terminal of its own; killed at the end of `with`. Needs Unix."""

    def __init__(self, command: Sequence[str]) -> None:
        self._ours, self._theirs = pty.openpty()
        fcntl.ioctl(self._theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.settings_before = self.settings
        self._process = subprocess.Popen(
            [sys.executable, "-c", _TAKE_TERMINAL, *command],
            stdin=self._theirs,
            stdout=self._theirs,
            stderr=self._theirs,
            env=os.environ | {"TERM": "xterm", "PYTHONUTF8": "1"},
            start_new_session=True,
        )
        self._bytes = bytearray()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        os.close(self._theirs)
        self._thread.join(5)
        os.close(self._ours)

    @property
    def settings(self) -> list[Any]:
        """What the terminal is set to: echo, whole lines and so on."""
        return termios.tcgetattr(self._theirs)

    @property
    def text(self) -> str:
        """Everything printed so far, without colours; what is drawn over older lines stands below them."""
        printed = _UP.sub("\n", bytes(self._bytes).decode("utf-8", "replace"))
        return _CONTROL.sub("", printed).replace("\r", "")

    @property
    def is_line_by_line(self) -> bool:
        """Whether the terminal waits for Enter, as it does for a shell."""
        return bool(self.settings[3] & termios.ICANON)

    def type(self, keys: str) -> None:
        """Presses keys."""
        os.write(self._ours, keys.encode())

    def wait_for(self, text: str, timeout_s: float = 20.0) -> None:
        """Until the text has been printed."""
        eventually(lambda: text in self.text, timeout_s, f'"{text}" in the terminal: {self.text[-2000:]}')

    def send(self, number: signal.Signals) -> None:
        """One signal to the program."""
        self._process.send_signal(number)

    def ended(self, timeout_s: float = 30.0) -> int:
        """Its exit code."""
        return self._process.wait(timeout_s)

    def _read(self) -> None:
        while True:
            try:
                part = os.read(self._ours, 65536)
            except OSError:
                return
            self._bytes += part
