"""The window's one timer: wakes it at every beat of the show. Must not look at anything itself."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

from director_app.engine.studio_state import StudioState
from director_app.gui.models.beat import Beat
from director_app.session.show import Show


class OneTimer:
    """tick: called at each beat, and must ask for the next one."""

    def __init__(self, owner: QObject, tick: Callable[[], None]) -> None:
        self._show: Show | None = None
        self._timer = QTimer(owner, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(tick)

    def begin(self) -> None:
        """The first tick comes at once."""
        self._timer.start(0)

    def again(self, state: StudioState) -> None:
        """The next tick comes with the next beat."""
        t_s = state.now_s if state.snapshot is None else state.snapshot.t_s
        if state.show is not self._show:
            self._show, self._beat = state.show, Beat(state.show.canvas.canvas().fps)
        self._timer.start(max(1, round(1000 * self._beat.until_look_s(t_s))))

    def end(self) -> None:
        """No tick comes any more."""
        self._timer.stop()
