"""A door on this computer for other programs: one command in, one answer out, by the names of engine/commands.

A Unix socket or a Windows pipe of this user's own; nothing listens on the network. Messages are UTF-8 text of at most
1,000 bytes; nothing that comes in is ever unpickled. The lock of the desk's keys does not hold here: it is against
accidents at the keyboard, and who says a command by its name has meant it.
"""

import contextlib
import getpass
import hashlib
import json
import socket
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

import platformdirs

_MOST_BYTES = 1000
_ANSWER_S = 5.0
_TRY_AGAIN_S = 0.02
_MOST_CALLERS = 16

Answer = Callable[[str], str]
"""A command in, a sentence out. Raises CommandRefusedError."""


class CommandRefusedError(Exception):
    """The command cannot be done; str() is a sentence."""


class NobodyListensError(Exception):
    """No desk is running for this user."""


class SilentDeskError(NobodyListensError):
    """A desk is running for this user, but it does not answer."""


_NOBODY = "No desk is running. Start it with: director-desk"
_SILENT = (
    "The desk is running, but it does not answer. Wait a moment; if it stays so, end it in the system's list of "
    "programs and start it again. A recording is completed by the next start."
)


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
        self._listener = Listener(self.address, backlog=_MOST_CALLERS)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="command socket", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Joins. Idempotent."""
        if self._stop.is_set():
            return
        self._stop.set()
        # accept() waits without end: a caller of our own wakes it.
        with contextlib.suppress(OSError, EOFError, SilentDeskError):
            _call(self.address).close()
        self._thread.join(5.0)
        self._listener.close()

    def _clear_away(self) -> None:
        """A socket whose owner has died is in the way of its next owner; a living one keeps its own."""
        if sys.platform == "win32":
            return
        path = Path(self.address)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if _is_alive(self.address):
            raise OSError(f"Another desk listens at {self.address}.")
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
            with caller, contextlib.suppress(OSError, EOFError):
                self._serve(caller)

    def _serve(self, caller: Connection) -> None:
        """Raises OSError or EOFError when the caller does not do as agreed."""
        # Whoever calls and says nothing must not keep others waiting.
        if self._stop.is_set() or not caller.poll(1.0):
            return
        command = caller.recv_bytes(_MOST_BYTES).decode("utf-8", "replace")
        caller.send_bytes(json.dumps(self._reply(command)).encode())

    def _reply(self, command: str) -> dict[str, object]:
        try:
            return {"done": True, "text": self._answer(command)}
        except CommandRefusedError as refusal:
            return {"done": False, "text": str(refusal)}
        except Exception as error:  # noqa: BLE001 - a request's outer edge: the caller is told, the next one is served
            return {"done": False, "text": f"The desk could not do that: {str(error) or type(error).__name__}."}


def _call(address: str) -> Connection:
    """Raises OSError where nobody listens, SilentDeskError where somebody does and takes no call."""
    if sys.platform == "win32":
        return Client(address)
    until_s = time.monotonic() + _ANSWER_S
    while True:
        with socket.socket(socket.AF_UNIX) as line:
            try:
                line.settimeout(_ANSWER_S)
                line.connect(address)
                line.settimeout(None)
                return Connection(line.detach())
            except (BlockingIOError, TimeoutError):
                # Callers wait in a queue that has an end, and a full one answers at once.
                if time.monotonic() >= until_s:
                    raise SilentDeskError(_SILENT) from None
        time.sleep(_TRY_AGAIN_S)


def _is_alive(address: str) -> bool:
    try:
        _call(address).close()
    except SilentDeskError:
        return True
    except OSError:
        return False
    return True


def tell_desk(command: str, address: str | None = None) -> str:
    """Says one command to this user's desk and returns its answer.

    Raises NobodyListensError, SilentDeskError, or CommandRefusedError with the desk's sentence.
    """
    try:
        with _call(address or socket_address()) as desk:
            desk.send_bytes(command.encode())
            if not desk.poll(_ANSWER_S):
                raise SilentDeskError(_SILENT)
            reply = json.loads(desk.recv_bytes(64_000))
    except (OSError, EOFError, ValueError):
        raise NobodyListensError(_NOBODY) from None
    if not reply["done"]:
        raise CommandRefusedError(reply["text"])
    return str(reply["text"])
