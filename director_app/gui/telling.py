"""What the studio's state gives to tell: its problem, news in passing, and what is read out to whoever cannot see it.

Looks at a state and says each thing once. Must not decide what is trouble, and must not paint.
"""

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from director_app.engine.state import Notice, Snapshot, Urgency
from director_app.engine.studio_state import Phase, StudioState
from director_app.gui.models.messages import Message, Messages, in_two

HINT = "hint keys"
"""Cause of the hint of the first start."""

_QUIT = "quit"
_RECORDED = ("The show is being recorded.", "Stop it first: R, then Shift+R. Nothing was closed.")
_NOT_TO_CLOSE = {
    Phase.STARTING: _RECORDED,
    Phase.RECORDING: _RECORDED,
    Phase.STOPPING: ("The files of the recording are being closed.", "Close the window again in a moment."),
}


def why_not_close(phase: Phase) -> Message | None:
    """None: the window may be closed now."""
    if phase not in _NOT_TO_CLOSE:
        return None
    title, text = _NOT_TO_CLOSE[phase]
    # It stays on top of older trouble until it is solved, because a window that does not close must say why.
    return Message(_QUIT, title, text, stays=True)


class Telling:
    """One thread. look() as often as the state may have changed."""

    def __init__(self, window: QWidget, messages: Messages, say: Callable[[Message], None]) -> None:
        self._window, self._messages, self._say = window, messages, say
        self._problem: str | None = None
        self._news: tuple[Notice, ...] = ()
        self._read_out: tuple[str, ...] = ()

    def look(self, state: StudioState) -> None:
        """Says what is new, and takes back what is over."""
        if state.phase not in _NOT_TO_CLOSE:
            self._messages.over(_QUIT)
        else:
            self._messages.over(HINT)
        self._tell_problem(state.problem)
        if state.snapshot is None:
            self._read_out = ()
            return
        self._tell_news(state.snapshot)
        self._read(state, state.snapshot)

    def _tell_problem(self, problem: str | None) -> None:
        # By identity: the same sentence may be the answer to another wish.
        if problem is self._problem:
            return
        self._problem = problem
        if problem is None:
            self._messages.over("studio")
        else:
            title, text = in_two(problem)
            self._say(Message("studio", title, text, stays=True))

    def _tell_news(self, snapshot: Snapshot) -> None:
        """What needs nobody is said in passing."""
        news = tuple(notice for notice in snapshot.notices if notice.urgency is Urgency.NEWS)
        for notice in news:
            if not any(notice is told for told in self._news):
                self._say(Message(f"news {notice.text}", notice.text))
        self._news = news

    def _read(self, state: StudioState, snapshot: Snapshot) -> None:
        """On-air changes and problems are read out wherever the focus is; levels are not."""
        camera = state.show.cast().camera(snapshot.director.program.on_air)
        troubles = (each.text for each in snapshot.notices if each.urgency is Urgency.TROUBLE)
        sentences = (f"Camera {camera.number} {camera.label} is on air.", *troubles)
        for sentence in sentences:
            if sentence not in self._read_out:
                announce(self._window, sentence)
        self._read_out = sentences


def announce(window: QWidget, sentence: str) -> None:
    """For screen readers."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(window, sentence))
