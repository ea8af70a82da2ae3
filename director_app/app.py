"""Builds and wires the desktop app: arguments, settings, the studio, the window; and takes it all down again."""

import argparse
import contextlib
import os
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from director_app.engine.abrupt_end import close_when_ended, leave
from director_app.engine.command_socket import (
    CommandRefusedError,
    CommandSocket,
    NobodyListensError,
    SilentDeskError,
    tell_desk,
)
from director_app.engine.endings import take_all
from director_app.engine.finishing import Finishing
from director_app.engine.rendering import Rendering
from director_app.engine.sound_checking import kept_prior
from director_app.engine.studio import Studio
from director_app.engine.studio_state import Phase
from director_app.gui.models.keymap import Keymap, read_keymap
from director_app.gui.models.messages import Message, Messages
from director_app.gui.models.settings import SettingsFile
from director_app.session.demo_show import demo_show
from director_app.session.errors import SessionError, ShowFileError
from director_app.session.library import default_sessions_folder
from director_app.session.resources import resource
from director_app.session.show import Show
from director_app.session.show_file import read_show

RAISE = "raise"
_BAD_INPUT = 2


def main() -> NoReturn:
    """The desktop app as a process."""
    code = 1
    try:
        code = desk()
    except SystemExit as wanted:
        code = wanted.code if isinstance(wanted.code, int) else 1
    except BaseException:  # noqa: BLE001 - the process's outer edge: told, and ended as it must be
        traceback.print_exc()
    leave(code)


def desk(arguments: Sequence[str] | None = None) -> int:
    """Runs the desk until it is closed; its exit code: 0 done, 1 something went wrong, 2 it could not start."""
    order = _order(arguments)
    if (ended := _other_desk()) is not None:
        return ended
    if (why := _no_display()) is not None:
        return _refuse(why)
    settings = SettingsFile()
    try:
        show, told = _first_show(order.show, settings)
    except ShowFileError as error:
        return _refuse(str(error))
    sessions = order.sessions or show.sessions or settings.now.sessions or default_sessions_folder()
    try:
        return _run(show, sessions, settings, told)
    except SessionError as error:
        return _refuse(str(error))
    finally:
        # A disk that takes no settings is no reason to end with an error.
        with contextlib.suppress(TimeoutError):
            settings.settle()


def _order(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("director-desk", description="The desk: run a whole show from one window.")
    parser.add_argument(
        "--show", type=Path, metavar="FILE", help="a show file; default: the one used last, or the demo"
    )
    parser.add_argument("--sessions", type=Path, metavar="DIR", help="the folder of all sessions")
    return parser.parse_args(arguments)


def _refuse(why: str) -> int:
    print(why, file=sys.stderr)  # noqa: T201 - there is no window yet
    return _BAD_INPUT


def _other_desk() -> int | None:
    """A second start brings the first one's window forward, or says that it hangs; its exit code. None: go on."""
    try:
        tell_desk(RAISE)
    except (SilentDeskError, CommandRefusedError) as error:
        return _refuse(str(error))
    except NobodyListensError:
        return None
    return 0


def _no_display() -> str | None:
    """Qt ends the process where it finds no display; a sentence is better."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return None
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return None
    return "There is no display to open a window on. Start the desk in a desktop session, or use: director run"


def _first_show(given: Path | None, settings: SettingsFile) -> tuple[Show, Message | None]:
    """The show to open, and what to say about it. Raises ShowFileError for a file that was asked for."""
    if given is not None:
        return read_show(given), None
    last = settings.now.show_file
    if last is None:
        return demo_show(), None
    try:
        return read_show(last), None
    except ShowFileError as error:
        message = Message(
            "show file", "The last show could not be opened.", f"{error} The demo show is open.", stays=True
        )
        return demo_show(), message


def _run(show: Show, sessions: Path, settings: SettingsFile, told: Message | None) -> int:
    # Qt takes a third of a second to load: nothing that can fail before needs it.
    from director_app.gui.start import run_window  # noqa: PLC0415 - see above

    studio = Studio(sessions, lambda wanted: kept_prior(wanted)[0])

    def records() -> bool:
        return studio.look().phase in {Phase.RECORDING, Phase.STARTING, Phase.STOPPING}

    finishing, rendering = Finishing(records), Rendering(sessions, records)

    def finish(folder: Path) -> None:
        finishing.finish(folder)
        rendering.follow(studio.look().show.after, folder)

    studio.on_finished(finish)
    messages = Messages()
    if told is not None:
        messages.say(told, time.perf_counter())
    studio.start(show)
    close_when_ended(studio)
    finishing.start()
    finishing.recover(sessions)
    rendering.start()
    try:
        return run_window(studio, settings, messages, _keymap(settings), finishing.news, _open_socket, rendering)
    finally:
        # The recording first: nothing that may take its time stands between it and its last frame.
        finishing.break_off()
        rendering.break_off()
        take_all((studio.close, rendering.close, finishing.close))


def _keymap(settings: SettingsFile) -> Keymap:
    return read_keymap(resource("keymap.toml"), settings.path.with_name("keymap.toml"))


def _open_socket(answer: Callable[[str], str]) -> CommandSocket | None:
    """Without a socket the desk works all the same."""
    with contextlib.suppress(OSError):
        return CommandSocket(answer)
    return None


if __name__ == "__main__":
    main()
