"""Starts and ends the child that owns a sound device, and reads what it sends. Must not interpret it."""

import queue
import subprocess
import sys
import threading
from typing import Self

from director_app.capture.microphone_wire import Message, read_message

QUEUE_MESSAGES = 50
"""One second; policy when full: the pipe fills, then the child's own queue, and the child marks a gap."""

_GRACE_S = 0.5


class MicrophoneProcess:
    """Owner of one child and of the thread that empties its pipe."""

    def __init__(self, *arguments: str) -> None:
        self._messages: queue.Queue[Message | None] = queue.Queue(QUEUE_MESSAGES)
        self._closing = threading.Event()
        self._child = subprocess.Popen(
            [sys.executable, "-m", "director_app.capture.microphone_child", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # ALSA prints a page of complaints on every start; errors come as messages
        )
        self._thread = threading.Thread(target=self._receive, name=f"microphone {arguments[-1]}", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """Process id of the child."""
        return self._child.pid

    def get(self, timeout_s: float) -> Message | None:
        """The next message. Raises queue.Empty when none came in time; None: the child has ended."""
        message = self._messages.get(timeout=timeout_s)
        if message is None:
            self._messages.put(None)  # asked again, the answer is the same
        return message

    def close(self) -> None:
        """End the child: kindly, then by force; at most about two seconds. Idempotent."""
        self._closing.set()
        assert self._child.stdin is not None and self._child.stdout is not None
        self._child.stdin.close()  # the child ends when it sees this
        if not self._ends():
            self._child.terminate()
            if not self._ends():
                self._child.kill()
                self._ends()
        self._thread.join(_GRACE_S)
        self._child.stdout.close()

    def _ends(self) -> bool:
        try:
            self._child.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _receive(self) -> None:
        assert self._child.stdout is not None
        while not self._closing.is_set():
            message = read_message(self._child.stdout)
            self._put(message)
            if message is None:
                return

    def _put(self, message: Message | None) -> None:
        while not self._closing.is_set():
            try:
                self._messages.put(message, timeout=0.1)
            except queue.Full:
                continue
            return
