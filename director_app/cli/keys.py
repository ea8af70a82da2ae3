"""The keyboard of a terminal while a show runs: single keys, without Enter, restored whatever happens."""

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator, Mapping

from director_app.core.events import Hold, OutsideEvent, SetAuto, SetManual, Take, TakeWide
from director_app.core.sources import Cast

_POLL_S = 0.2


def events_of_keys(cast: Cast) -> Mapping[str, OutsideEvent]:
    """What each key tells the director; space and the program's own keys are not among them."""
    takes: dict[str, OutsideEvent] = {str(camera.number): Take(camera.id) for camera in cast.cameras}
    return takes | {"w": TakeWide(), "0": TakeWide(), "h": Hold()}


def toggle(automatic: Callable[[], bool]) -> OutsideEvent:
    """Space: auto to manual; hold or manual to auto."""
    return SetManual() if automatic() else SetAuto()


@contextlib.contextmanager
def pressed_keys(on_key: Callable[[str], None]) -> Iterator[None]:
    """Calls on_key for every key typed into the terminal; does nothing when there is no terminal."""
    if not sys.stdin.isatty():
        yield
        return
    stop = threading.Event()
    with _single_keys() as read_key:
        thread = threading.Thread(target=_listen, args=(read_key, on_key, stop), name="keys", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(2.0)


def _listen(read_key: Callable[[float], str | None], on_key: Callable[[str], None], stop: threading.Event) -> None:
    while not stop.is_set():
        key = read_key(_POLL_S)
        if key:
            on_key(key)


@contextlib.contextmanager
def _single_keys() -> Iterator[Callable[[float], str | None]]:
    """Switches the terminal to single keys; gives a function that waits for one."""
    if sys.platform == "win32":
        yield _windows_key
        return
    import select  # noqa: PLC0415 - these modules exist on Unix only
    import termios  # noqa: PLC0415
    import tty  # noqa: PLC0415

    before = termios.tcgetattr(sys.stdin)
    tty.setcbreak(sys.stdin)

    def read_key(timeout_s: float) -> str | None:
        ready, _, _ = select.select([sys.stdin], [], [], timeout_s)
        return sys.stdin.read(1) if ready else None

    try:
        yield read_key
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _windows_key(timeout_s: float) -> str | None:
    import msvcrt  # noqa: PLC0415 - exists on Windows only
    import time  # noqa: PLC0415

    deadline_s = time.monotonic() + timeout_s
    while time.monotonic() < deadline_s:
        if msvcrt.kbhit():  # type: ignore[attr-defined, unused-ignore]
            return str(msvcrt.getwch())  # type: ignore[attr-defined, unused-ignore]
        time.sleep(0.02)
    return None
