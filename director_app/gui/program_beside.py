"""The program's own window beside the main one: made when it is wanted first, and told what to show.

Must not decide what is on program.
"""

from collections.abc import Callable

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from director_app.engine.studio import Studio
from director_app.engine.studio_state import StudioState
from director_app.engine.viewers import VIEWERS
from director_app.gui.desk.picture import Picture
from director_app.gui.program_window import ProgramWindow

_ASK_EVERY = 30


class ProgramBeside:
    """Owner of at most one window. window: None until it was wanted."""

    def __init__(self, studio: Studio, passed_on: Callable[[QKeyEvent], None]) -> None:
        """passed_on: whose keys are those that the window does not want."""
        self._studio, self._passed_on = studio, passed_on
        self._ticks = 0
        self.window: ProgramWindow | None = None

    def toggle(self) -> None:
        """Shows or hides it."""
        window = self.window or self._make()
        window.setVisible(not window.isVisible())
        self._watch(window.isVisible() and window.for_viewers)

    def _make(self) -> ProgramWindow:
        window = self.window = ProgramWindow(Picture(self._studio.monitor()))
        window.turned_to_viewers.connect(self._watch)
        window.passed_on.connect(self._passed_on)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.screenRemoved.connect(window.come_back)
        return window

    def tick(self, state: StudioState) -> None:
        """Thirty times a second."""
        window = self.window
        if window is None or not window.isVisible():
            return
        self._ticks += 1
        program = None if state.snapshot is None else state.snapshot.director.program
        cast = state.show.cast()
        if program is not None and window.for_viewers and self._studio.shows_viewers:
            window.show_camera(VIEWERS)
            return
        if program is not None and window.for_viewers and self._ticks % _ASK_EVERY == 0:
            # The recording may have begun after the window was turned to viewers.
            self._studio.watch_viewers()
        window.show_camera(program.on_air if program else cast.wide or cast.cameras[0].id)

    def close(self) -> None:
        """With the main window."""
        if self.window is not None:
            self.window.close()

    def _watch(self, for_viewers: bool) -> None:  # noqa: FBT001 - Qt's signal carries it
        if for_viewers:
            self._studio.watch_viewers()
        else:
            self._studio.leave_viewers()
