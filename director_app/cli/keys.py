"""The keyboard of a terminal while a show runs: single keys, without Enter, restored whatever happens."""

import contextlib
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator, Mapping

from director_app.core.events import Hold, OutsideEvent, SetAuto, SetManual, ShowName, Take, TakeWide
from director_app.core.sources import Cast

_POLL_S = 0.1

_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|[^\[O])?", re.DOTALL)
"""What arrows, F-keys and Alt send (ECMA-48): F5 is ESC [ 1 5 ~, and must not take cameras 1 and 5."""


def events_of_keys(cast: Cast) -> Mapping[str, OutsideEvent]:
    """What each key tells the director; space and the program's own keys are not among them."""
    takes: dict[str, OutsideEvent] = {str(camera.number): Take(camera.id) for camera in cast.cameras}
    return takes | {"w": TakeWide(), "0": TakeWide(), "h": Hold(), "n": ShowName()}


def toggle(automatic: Callable[[], bool]) -> OutsideEvent:
    """Space: auto to manual; hold or manual to auto."""
    return SetManual() if automatic() else SetAuto()


def single_keys(typed: str) -> list[str]:
    """The plain keys in what a terminal sent at once."""
    return list(_SEQUENCE.sub("", typed))


@contextlib.contextmanager
def pressed_keys(on_key: Callable[[str], None], on_failure: Callable[[Exception], None]) -> Iterator[None]:
    """Calls on_key for every key typed into the terminal; does nothing when there is none, or it is another's.

    on_failure: hears what on_key raised; the next key is listened to all the same. Both are called in one thread.
    """
    if not _is_ours():
        yield
        return
    stop = threading.Event()
    with _single_keys() as read_keys:
        thread = threading.Thread(
            target=_listen, args=(read_keys, on_key, on_failure, stop), name="keys", daemon=True
        )
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(2.0)


def _is_ours() -> bool:
    """A command in the background would be stopped by the system if it touched the terminal."""
    try:
        if not sys.stdin.isatty():
            return False
        return sys.platform == "win32" or os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except (OSError, ValueError, AttributeError):
        return False


def _listen(
    read_keys: Callable[[float], str | None],
    on_key: Callable[[str], None],
    on_failure: Callable[[Exception], None],
    stop: threading.Event,
) -> None:
    while not stop.is_set():
        typed = read_keys(_POLL_S)
        if typed is None:
            return
        for key in single_keys(typed):
            try:
                on_key(key)
            except Exception as error:  # noqa: BLE001 - the thread's outer edge: the other keys must go on working
                on_failure(error)


@contextlib.contextmanager
def _single_keys() -> Iterator[Callable[[float], str | None]]:
    """Switches the terminal to single keys; gives a function that waits for some.

    It returns what was typed, "" when nothing was in time, and None when the terminal has gone.
    """
    if sys.platform == "win32":
        yield _windows_keys
        return
    import select  # noqa: PLC0415 - these modules exist on Unix only
    import termios  # noqa: PLC0415
    import tty  # noqa: PLC0415

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    tty.setcbreak(terminal)

    def read_keys(timeout_s: float) -> str | None:
        try:
            ready, _, _ = select.select([terminal], [], [], timeout_s)
            # Not through sys.stdin: its buffer would hide keys from select.
            typed = os.read(terminal, 256) if ready else None
        except OSError:
            return None
        if typed is None:
            return ""
        return typed.decode("utf-8", "replace") or None

    try:
        yield read_keys
    finally:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _windows_keys(timeout_s: float) -> str | None:
    import msvcrt  # noqa: PLC0415 - exists on Windows only
    import time  # noqa: PLC0415

    deadline_s = time.monotonic() + timeout_s
    while time.monotonic() < deadline_s:
        if msvcrt.kbhit():  # type: ignore[attr-defined, unused-ignore]
            key = str(msvcrt.getwch())  # type: ignore[attr-defined, unused-ignore]
            if key in {"\x00", "\xe0"}:
                msvcrt.getwch()  # type: ignore[attr-defined, unused-ignore]
                return ""
            return key
        time.sleep(0.02)
    return ""
