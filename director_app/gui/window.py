"""The main window: pages under a top bar, one timer for everything that moves, keys to commands, messages.

Decides nothing about the show. Never waits: what takes long is asked of the studio and looked at later. The lock of
the keys holds for keys and clicks, which happen by accident; not for what other programs say by name.
"""

import time
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from director_app.core.canvas import Canvas
from director_app.engine.commands import SHOW_COMMANDS, CommandError, Commands
from director_app.engine.endings import take_all
from director_app.engine.studio_state import Phase, StudioState
from director_app.gui.desk.desk_page import DeskPage
from director_app.gui.desk.toast import Toast
from director_app.gui.desk.top_bar import TopBar, TopView
from director_app.gui.keys import key_name
from director_app.gui.models.keymap import EVERYWHERE, Keymap
from director_app.gui.models.layout import MINIMUM, Area, top_bar_height
from director_app.gui.models.messages import Messages
from director_app.gui.models.settings import TEXT_SCALES
from director_app.gui.models.words import clock
from director_app.gui.one_timer import OneTimer
from director_app.gui.page import Page
from director_app.gui.program_beside import ProgramBeside
from director_app.gui.program_window import ProgramWindow
from director_app.gui.surroundings import PageName, Surroundings
from director_app.gui.telling import HINT, Telling, why_not_close
from director_app.gui.theme.sheet import sheet

_FOCUS_KEPT_S = 5.0
_LOCKED = "Keys are locked. Ctrl+K unlocks them."
_SHUT_S = 15.0
_LEAST_SHUT_S = 0.5
_FOLLOWS_HINT = frozenset({"keys", "help"})
_GIVES_FOCUS_BACK = frozenset("1234567890")

MakePage = Callable[[Surroundings], Page]


class Window(QWidget):
    """The app's main window. Its owner closes the studio after it."""

    def __init__(
        self,
        surroundings: Surroundings,
        messages: Messages,
        keymap: Keymap,
        pages: Mapping[PageName, MakePage],
        load: Callable[[], float | None] = lambda: None,
        wall_clock: Callable[[], str] = lambda: time.strftime("%H:%M:%S"),
    ) -> None:
        super().__init__()
        self.surroundings, self.messages, self._keymap = surroundings, messages, keymap
        self._studio = surroundings.studio
        self._commands = Commands(self._studio)
        self._wall_clock = wall_clock
        self._locked = False
        self._key_at_s = 0.0
        self._ticks = 0
        self._focused: QWidget | None = None
        self._telling = Telling(self, messages, surroundings.say)
        # Made first, because Tab goes in reading order.
        self._top = TopBar(surroundings.scale, self)
        self._top.gone_to.connect(self._go_from_top)
        self._top.keys.connect(partial(self.obey, "keys"))
        self.desk = DeskPage(surroundings, keymap, load, self)
        self.desk.commanded.connect(self.obey)
        self.desk.solved.connect(lambda cause: messages.over(f"problem {cause}"))
        self._pages: dict[PageName, Page] = {PageName.DESK: self.desk}
        self._make = dict(pages)
        self._front = PageName.DESK
        self._toast = Toast(surroundings.scale, next(iter(keymap.keys_of("message action")), ""), self)
        self._toast.dismissed.connect(self._dismiss)
        self._toast.acted.connect(self._act)
        self._toast.turned.connect(self._turn)
        self._beside = ProgramBeside(self._studio, self.keyPressEvent)
        self.setObjectName("page")
        self.setWindowTitle("AI Director")
        self.setMinimumSize(*MINIMUM)
        self._timer = OneTimer(self, self._tick)

    @property
    def program_window(self) -> ProgramWindow | None:
        """The program's own window, if it was ever wanted."""
        return self._beside.window

    @property
    def pages(self) -> tuple[PageName, ...]:
        """Those there are, in the order of the top bar."""
        return tuple(page for page in PageName if page is PageName.DESK or page in self._make)

    @property
    def front(self) -> PageName:
        """The page in front."""
        return self._front

    def page(self, name: PageName) -> Page:
        """A page; made when it is wanted first."""
        if name not in self._pages:
            page = self._make[name](self.surroundings)
            page.setParent(self)
            self._pages[name] = page
            self._arrange()
        return self._pages[name]

    def go(self, name: PageName) -> None:
        """Brings a page to the front."""
        if name not in self.pages:
            return
        page = self.page(name)
        before, self._front = self._pages[self._front], name
        if page is not before:
            before.hide()
            before.went()
            page.show()
            page.came()
        if name is PageName.DESK:
            self._drop_focus()
        else:
            page.setFocus()
        self._toast.raise_()
        self._tick_top(self._studio.look())

    def _go_from_top(self, name: PageName) -> None:
        """Whoever goes by the keys of the top bar goes on there."""
        stays = self._top.hasFocus() and name is not self._front
        self.go(name)
        if stays:
            self._top.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """The timer runs while there is a window to see."""
        super().showEvent(event)
        self._timer.begin()
        self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Top bar above, page below."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        top = top_bar_height(self.height(), self.surroundings.scale.factor)
        self._top.setGeometry(0, 0, self.width(), top)
        for name, page in self._pages.items():
            page.setGeometry(0, top, self.width(), self.height() - top)
            page.setVisible(name is self._front)
        self._place_toast()

    def _place_toast(self) -> None:
        room = self._toast_room()
        self._toast.move(room.x, room.bottom - self._toast.height())

    def _toast_room(self) -> Area:
        """Where it covers neither pictures nor the program's bar."""
        if self._front is PageName.DESK:
            return self.desk.toast_room()
        px, height = self.surroundings.scale.px, self.height() // 3
        return Area(px(12), self.height() - px(76) - height, self.width() - px(24), height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that no control wanted: looked up, and obeyed at once."""
        name = key_name(event)
        command = None if name is None else self._keymap.commands.get(name)
        self._key_at_s = time.perf_counter()
        if name in _GIVES_FOCUS_BACK:
            self._drop_focus()
        if command is None or (self._front is not PageName.DESK and command not in EVERYWHERE):
            super().keyPressEvent(event)
            return
        # A key that is held down was pressed once.
        if not event.isAutoRepeat():
            self.obey(command)
        event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A control that is being used keeps the focus: the keys it wants are not seen here when they are pressed."""
        self._key_at_s = time.perf_counter()
        super().keyReleaseEvent(event)

    def obey(self, command: str) -> None:
        """A command by its name, from a key or a click."""
        if self._locked and command not in EVERYWHERE and command != "lock or unlock keys":
            self._say(_LOCKED)
            return
        self.carry_out(command)

    def carry_out(self, command: str) -> None:
        """A command by its name from wherever it was meant: the lock does not hold for other programs."""
        if command in _FOLLOWS_HINT:
            self.messages.over(HINT)
        if command in SHOW_COMMANDS:
            self._direct(command)
        elif command.startswith("page "):
            self.go(PageName(command.removeprefix("page ")))
        else:
            self._own()[command]()

    def _own(self) -> Mapping[str, Callable[[], None]]:
        return {
            "record or ask to stop": self._record,
            "yes, stop recording": self._yes,
            "first problem": self._first_problem,
            "message action": self._act,
            "lock or unlock keys": self._lock,
            "program window": self._beside.toggle,
            "larger text": partial(self._change_text, 1),
            "smaller text": partial(self._change_text, -1),
            "full screen": lambda: self.showNormal() if self.isFullScreen() else self.showFullScreen(),
            "keys": self._toggle_keys,
            "help": self._help,
            "quit": self._quit,
            "close": self._close_top,
        }

    def _direct(self, command: str) -> None:
        if command == "take next" and self.desk.has_card:
            command = "record"
        try:
            self._commands.obey(command)
        except CommandError as error:
            self._say(str(error))

    def _record(self) -> None:
        state = self._studio.look()
        if state.phase is Phase.RECORDING:
            self.desk.question.ask(state.now_s)
        else:
            self._direct("record")

    def _yes(self) -> None:
        if self.desk.question.answer(time.perf_counter()):
            self._studio.stop()
        else:
            self._say("Shift+R counts only within 5 s of R.")

    def _first_problem(self) -> None:
        if not self.desk.focus_first_problem():
            self._say("Nothing is wrong.")

    def _lock(self) -> None:
        self._locked = not self._locked
        self.desk.standing_words = _LOCKED if self._locked else ""
        self._say(_LOCKED if self._locked else "Keys work again.")

    def _toggle_keys(self) -> None:
        if self._front is not PageName.DESK:
            self.go(PageName.DESK)
        self.desk.keys_sheet.setVisible(not self.desk.keys_sheet.isVisible())
        self.desk.keys_sheet.raise_()

    def _help(self) -> None:
        from director_app.gui.help_window import HelpWindow  # noqa: PLC0415 - its reader is loaded when wanted

        HelpWindow.open(self, self.keyPressEvent)

    def _quit(self) -> None:
        self.close()

    def _change_text(self, by: int) -> None:
        scale = self.surroundings.scale
        nearest = min(range(len(TEXT_SCALES)), key=lambda index: abs(TEXT_SCALES[index] - scale.factor))
        factor = TEXT_SCALES[max(0, min(len(TEXT_SCALES) - 1, nearest + by))]
        self.surroundings.settings.change(text_scale=factor)
        scale.change(factor)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setStyleSheet(sheet(scale))
        self._arrange()
        for page in self._pages.values():
            page.rescale()
        self.update()

    def _close_top(self) -> None:
        """Esc: the top thing, then a message, then back to the desk."""
        if self._pages[self._front].escape() or self._dismiss_message():
            return
        if self._front is PageName.DESK:
            self._drop_focus()
        else:
            self.go(PageName.DESK)

    def _say(self, words: str) -> None:
        self.desk.say(words, time.perf_counter())

    def _drop_focus(self) -> None:
        self.setFocus()

    def _dismiss_message(self) -> bool:
        now_s = time.perf_counter()
        dismissed = self.messages.dismiss(now_s)
        self._tick_messages(now_s)
        return dismissed

    def _dismiss(self) -> None:
        self._dismiss_message()

    def _act(self) -> None:
        """What the message on top offers; nothing where it offers nothing."""
        message = self.messages.top(time.perf_counter())
        if message is not None and message.act is not None:
            self.messages.over(message.cause)
            message.act()

    def _turn(self) -> None:
        """The next of the messages that wait."""
        now_s = time.perf_counter()
        self.messages.turn(now_s)
        self._tick_messages(now_s)

    def _tick(self) -> None:
        """The one timer."""
        self._ticks += 1
        state = self._studio.look()
        # First of all, so that nothing that fails ends the beat.
        self._timer.again(state)
        if self._front is PageName.DESK:
            self.desk.tick(state)
        elif self._ticks % 3 == 0:
            self._pages[self._front].refresh()
        self._beside.tick(state)
        if self._ticks % 6 == 2:
            self._tick_top(state)
            self._tick_messages(state.now_s)
            self._telling.look(state)
        self._tick_focus(state.now_s)

    def _tick_focus(self, now_s: float) -> None:
        """On the desk a control that is not used gives Space and Enter back."""
        focused = QApplication.focusWidget()
        if focused is not self._focused:
            # Tab is no key that comes here.
            self._focused, self._key_at_s = focused, now_s
        if self._front is not PageName.DESK or now_s - self._key_at_s <= _FOCUS_KEPT_S:
            return
        if focused is not None and focused is not self and focused.window() is self:
            self._drop_focus()

    def _tick_top(self, state: StudioState) -> None:
        recording = ""
        if state.snapshot is not None and self._front is not PageName.DESK:
            recording = clock(state.snapshot.t_s)
        canvas = state.show.canvas.canvas()
        self._top.show_view(
            TopView(self._front, self.pages, state.show.title, canvas_words(canvas), self._wall_clock(), recording)
        )

    def _tick_messages(self, now_s: float) -> None:
        self._toast.show_message(self.messages.top(now_s), self.messages.others(), self._toast_room())
        self._place_toast()

    def shut(self, deadline_s: float = _SHUT_S) -> None:
        """Every page ends what works for it, and joins it: all together within the deadline. Idempotent.

        Not in closeEvent, which would keep the window standing there for as long. Raises the first page's error.
        """
        until_s = time.monotonic() + deadline_s
        for page in self._pages.values():
            page.end()
        take_all(partial(_shut, page, until_s) for page in self._pages.values())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Refused while recording, with what to stop first."""
        why_not = why_not_close(self._studio.look().phase)
        if why_not is not None:
            self.surroundings.say(why_not)
            event.ignore()
            return
        self._timer.end()
        for page in self._pages.values():
            page.went()
        place = self.normalGeometry()
        self.surroundings.settings.change(
            window=(place.x(), place.y(), place.width(), place.height()), maximized=self.isMaximized()
        )
        self._beside.close()
        event.accept()


def _shut(page: Page, until_s: float) -> None:
    page.shut(max(_LEAST_SHUT_S, until_s - time.monotonic()))


def canvas_words(canvas: Canvas) -> str:
    """1080p30; what is not 16:9 in full."""
    fps = f"{float(canvas.fps):.5g}"
    if canvas.width * 9 == canvas.height * 16:
        return f"{canvas.height}p{fps}"
    return f"{canvas.width} x {canvas.height}, {fps} fps"
