"""Brings the window up and keeps it going until it is closed: Qt's application, its look, commands from outside."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

import psutil
from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from director_app.engine.command_socket import CommandRefusedError, CommandSocket
from director_app.engine.commands import SHOW_COMMANDS, CommandError, Commands
from director_app.engine.rendering import Rendering
from director_app.engine.studio import Studio
from director_app.gui.models.kept_draft import KeptDraft
from director_app.gui.models.keymap import WINDOW_COMMANDS, Keymap
from director_app.gui.models.messages import Message, Messages, in_two
from director_app.gui.models.settings import SettingsFile
from director_app.gui.models.setup import examine
from director_app.gui.sessions.sessions_page import SessionsPage
from director_app.gui.setup.setup_page import SetupPage
from director_app.gui.surroundings import PageName, Surroundings
from director_app.gui.telling import HINT
from director_app.gui.theme.sheet import sheet
from director_app.gui.theme.type import Scale, load_fonts
from director_app.gui.window import MakePage, Window

PAGES: dict[PageName, MakePage] = {PageName.SETUP: SetupPage, PageName.SESSIONS: SessionsPage}

_LOAD_EVERY_S = 1.0
_NEWS_MS = 500
_RAISE_S = 3.0
_HANGS = (
    "The desk is running, but its window does not answer. Wait a moment; if it stays so, end it in the system's list "
    "of programs and start it again. A recording is completed by the next start."
)
_USUAL = (1440, 900)
_CORNER = 40
"""Pixels of a window's corner that must be on a screen, so that it can be moved."""

Place = tuple[int, int, int, int]
"""Left, top, width, height in pixels."""


class Load:
    """How busy this computer is, asked at most once a second because asking costs a system call."""

    def __init__(self) -> None:
        self._share: float | None = None
        self._due_s = 0.0

    def __call__(self) -> float | None:
        """0 to 1; None before it is known."""
        now_s = time.monotonic()
        if now_s >= self._due_s:
            first = self._due_s == 0.0
            self._due_s = now_s + _LOAD_EVERY_S
            share = psutil.cpu_percent(None) / 100
            self._share = None if first else share
        return self._share


class Door(QObject):
    """Takes commands of other threads to the window's thread."""

    commanded = Signal(str)

    def __init__(self, studio: Studio, patience_s: float = _RAISE_S) -> None:
        super().__init__()
        self._commands = Commands(studio)
        self._patience_s = patience_s
        self._came = threading.Event()

    def came(self) -> None:
        """The window has come to the front, so it does not hang."""
        self._came.set()

    def answer(self, command: str) -> str:
        """Called by the command socket's thread. Raises CommandRefusedError."""
        name = " ".join(command.split())
        if name == "raise":
            self._came.clear()
            self.commanded.emit(name)
            if not self._came.wait(self._patience_s):
                raise CommandRefusedError(_HANGS)
            return "Done."
        if name in WINDOW_COMMANDS:
            self.commanded.emit(name)
            return "Done."
        try:
            self._commands.obey(name)
        except CommandError as error:
            more = "" if name in SHOW_COMMANDS else f" Of the window: {', '.join(WINDOW_COMMANDS)}."
            raise CommandRefusedError(f"{error}{more}") from None
        return "Done."


def application(scale: Scale) -> QApplication:
    """Qt's one application in our fonts and colours."""
    # Qt would share the painting of a picture among threads, and the window's would wait until the encoders let them.
    os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
    existing = QApplication.instance()
    made = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    made.setApplicationName("AI Director")
    made.setDesktopFileName("ai-director")
    load_fonts()
    made.setStyle("Fusion")
    made.setStyleSheet(sheet(scale))
    return made


def make_window(
    studio: Studio,
    settings: SettingsFile,
    messages: Messages,
    keymap: Keymap,
    rendering: Rendering | None = None,
) -> Window:
    """The window over a studio that was started."""
    scale = Scale(settings.now.text_scale)
    window: list[Window] = []
    surroundings = Surroundings(
        studio,
        settings,
        scale,
        lambda message: messages.say(message, time.perf_counter()),
        lambda page: window[0].go(page),  # noqa: PLW0108 - the window is made with this
        rendering,
    )
    window.append(Window(surroundings, messages, keymap, PAGES, Load()))
    return window[0]


def run_window(
    studio: Studio,
    settings: SettingsFile,
    messages: Messages,
    keymap: Keymap,
    news: Callable[[], list[str]],
    open_socket: Callable[[Callable[[str], str]], CommandSocket | None],
    rendering: Rendering | None = None,
) -> int:
    """Shows the window and returns when it was closed; the exit code."""
    running = application(Scale(settings.now.text_scale))
    window = make_window(studio, settings, messages, keymap, rendering)
    door = Door(studio)
    door.commanded.connect(partial(_carry_out, window, door))
    socket = open_socket(door.answer)
    _hint(settings, messages)
    _offer_draft(settings, messages, window)
    for problem in keymap.problems:
        messages.say(Message(problem, problem), time.perf_counter())
    timer = QTimer()
    timer.timeout.connect(lambda: _tell(messages, news(), window))
    timer.timeout.connect(lambda: _tell_problems(messages, settings.problems()))
    timer.start(_NEWS_MS)
    # Ctrl-C in a terminal closes the window as its button does, and is refused while recording as that is.
    signal.signal(signal.SIGINT, lambda _number, _frame: window.close())
    # The system shuts down: the recording is stopped and closed. quit() would ask the window, which refuses.
    # So does a terminal that is closed, and Ctrl-Z would freeze a recording.
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        number = signal.Signals.__members__.get(name)
        # Whoever starts the desk with nohup wants it to outlive the terminal.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda _number, _frame: running.exit(0))
    if "SIGTSTP" in signal.Signals.__members__:
        signal.signal(signal.Signals["SIGTSTP"], signal.SIG_IGN)
    _place(window, settings)
    try:
        return running.exec()
    finally:
        timer.stop()
        # First: whoever starts the desk anew now shall get a window, not an answer of this one.
        if socket is not None:
            socket.close()
        window.shut()


def _tell(messages: Messages, sentences: list[str], window: Window) -> None:
    """What was found out about past sessions; a click leads to them."""
    for sentence in sentences:
        title, text = in_two(sentence)
        show = Message(
            sentence,
            title,
            text,
            stays=True,
            action="Show it",
            act=partial(window.go, PageName.SESSIONS),
        )
        messages.say(show, time.perf_counter())


def _tell_problems(messages: Messages, problems: list[str]) -> None:
    """Of settings, whenever a disk refuses them."""
    for problem in problems:
        title, text = in_two(problem)
        messages.say(Message(problem, title, text, stays=True), time.perf_counter())


def _offer_draft(settings: SettingsFile, messages: Messages, window: Window) -> None:
    """What was set up last time and saved nowhere."""
    kept = KeptDraft.beside(settings)
    draft = kept.read()
    if draft is None:
        return
    if examine(draft)[0] == window.surroundings.studio.look().show:
        kept.keep(None)
        return
    text = "It is kept on Set up: use it, save it, or put it back."
    go = partial(window.go, PageName.SETUP)
    title = "What you set up last time was not saved."
    messages.say(Message("kept set-up", title, text, stays=True, action="Show it", act=go), time.perf_counter())


def _hint(settings: SettingsFile, messages: Messages) -> None:
    """Said at the first start, and never again."""
    done = settings.now.hints_done
    if "keys" not in done:
        settings.change(hints_done=(*done, "keys"))
        text = "Press ? to see all keys, F1 for help. The red line in the timeline is what viewers see now."
        messages.say(Message(HINT, "Everything here has a key.", text, stays=True), time.perf_counter())


def _carry_out(window: Window, door: Door, name: str) -> None:
    """What another program says."""
    if name != "raise":
        window.carry_out(name)
        return
    _raise(window)
    door.came()


def _raise(window: Window) -> None:
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def _place(window: Window, settings: SettingsFile) -> None:
    """Where it was, if that is on a screen still; never larger than the screen."""
    screens = [QApplication.primaryScreen(), *QApplication.screens()]
    areas = [screen.availableGeometry() for screen in screens if screen is not None]
    wanted = placed(settings.now.window, [(area.x(), area.y(), area.width(), area.height()) for area in areas])
    if wanted is None:
        window.resize(QSize(*_USUAL).boundedTo(areas[0].size()) if areas else QSize(*_USUAL))
    else:
        window.setGeometry(*wanted)
    if settings.now.maximized:
        window.showMaximized()
    else:
        window.show()


def placed(wanted: Place | None, screens: Sequence[Place]) -> Place | None:
    """Where a window goes that was somewhere: None if its corner is on none of these screens any more."""
    if wanted is None:
        return None
    left, top, width, height = wanted
    for x, y, most_width, most_height in screens:
        if x <= left + _CORNER < x + most_width and y <= top + _CORNER < y + most_height:
            return left, top, max(1, min(width, most_width)), max(1, min(height, most_height))
    return None
