"""A door on this computer for other programs: one command in, one answer out, by the names of engine/commands.

A Unix socket or a Windows pipe of this user's own; nothing listens on the network. Messages are UTF-8 text of at most
1,000 bytes; nothing that comes in is ever unpickled.
"""

import contextlib
import getpass
import hashlib
import json
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

import platformdirs

_MOST_BYTES = 1000
_ANSWER_S = 5.0

Answer = Callable[[str], str]
"""A command in, a sentence out. Raises CommandRefusedError."""


class CommandRefusedError(Exception):
    """The command cannot be done; str() is a sentence."""


class NobodyListensError(Exception):
    """No desk is running for this user."""


def socket_address() -> str:
    """Of this user's desk."""
    if sys.platform == "win32":
        return rf"\\.\pipe\ai-director-{hashlib.sha256(getpass.getuser().encode()).hexdigest()[:16]}"
    return str(Path(platformdirs.user_runtime_dir("ai-director", appauthor=False)) / "desk.sock")


class CommandSocket:
    """Owner of one thread. Answers one caller after the other."""

    def __init__(self, answer: Answer, address: str | None = None) -> None:
        """Raises OSError when the address cannot be had."""
        self._answer = answer
        self.address = address or socket_address()
        self._clear_away()
        self._listener = Listener(self.address)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="command socket", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Joins. Idempotent."""
        if self._stop.is_set():
            return
        self._stop.set()
        # accept() waits without end: a caller of our own wakes it.
        with contextlib.suppress(OSError, EOFError):
            Client(self.address).close()
        self._thread.join(5.0)
        self._listener.close()

    def _clear_away(self) -> None:
        """A socket whose owner has died is in the way of its next owner."""
        if sys.platform == "win32":
            return
        path = Path(self.address)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.suppress(FileNotFoundError):
            path.unlink()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                caller = self._listener.accept()
            except OSError:
                if self._stop.wait(0.1):
                    return
                continue
            with caller:
                self._serve(caller)

    def _serve(self, caller: Connection) -> None:
        # Whoever calls and says nothing must not keep others waiting.
        try:
            if self._stop.is_set() or not caller.poll(1.0):
                return
            command = caller.recv_bytes(_MOST_BYTES).decode("utf-8", "replace")
            caller.send_bytes(json.dumps(self._reply(command)).encode())
        except (OSError, EOFError):
            return

    def _reply(self, command: str) -> dict[str, object]:
        try:
            return {"done": True, "text": self._answer(command)}
        except CommandRefusedError as refusal:
            return {"done": False, "text": str(refusal)}


def tell_desk(command: str, address: str | None = None) -> str:
    """Says one command to this user's desk and returns its answer.

    Raises NobodyListensError, or CommandRefusedError with the desk's sentence.
    """
    try:
        with Client(address or socket_address()) as desk:
            desk.send_bytes(command.encode())
            if not desk.poll(_ANSWER_S):
                raise NobodyListensError("The desk does not answer.")
            reply = json.loads(desk.recv_bytes(64_000))
    except (OSError, EOFError, ValueError):
        raise NobodyListensError("No desk is running. Start it with: director-desk") from None
    if not reply["done"]:
        raise CommandRefusedError(reply["text"])
    return str(reply["text"])
