"""What is done to a past session: renamed, moved to the trash, recovered. In threads; nothing deletes for good."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from director_app.engine.past_sessions import (
    Outcome,
    PastSession,
    RecoveryStep,
    is_held,
    recover_past,
    rename_session,
)
from director_app.gui.models.messages import Message
from director_app.gui.models.session_words import one_line
from director_app.gui.models.words import size
from director_app.gui.sessions.errands import Errands
from director_app.session.errors import SessionError

_NO_TRASH = (
    "The session could not be moved to a trash: its disk has none, or the system refused. "
    "Nothing was deleted. To delete it for good, open its folder."
)


class Deeds(QObject):
    """Owner of the thread of recoveries; what is quick goes to the thread that looks.

    told: a step of a recovery. done: something has been done, or was not: then `troubles` has a sentence by folder,
    which stays until the next attempt.
    """

    told = Signal()
    done = Signal()

    def __init__(
        self, quick: Errands, trash: Callable[[Path], bool], say: Callable[[Message], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._quick, self._trash, self._say = quick, trash, say
        self._slow = Errands("recovery of past sessions", self)
        self._recovering: dict[Path, RecoveryStep] = {}
        self.troubles: dict[Path, str] = {}

    @property
    def recovering(self) -> Mapping[Path, RecoveryStep]:
        """How far each is."""
        return self._recovering

    def rename(self, session: PastSession, title: str) -> None:
        """Another title, in its manifest."""
        key = f"rename {session.folder}"
        self._quick.ask(key, partial(_renamed, session.folder, title), partial(self._end, session.folder))

    def move_to_trash(self, session: PastSession) -> None:
        """Where the system can bring it back from; never a session that somebody writes to."""
        key = f"trash {session.folder}"
        self._quick.ask(key, partial(_trashed, session.folder, self._trash), partial(self._trashed, session))

    def recover(self, session: PastSession) -> None:
        """One after the other."""
        folder = session.folder
        self._step(folder, RecoveryStep("Waiting for the one before it" if self._recovering else "Beginning"))

        def tell(step: RecoveryStep) -> None:
            self._slow.tell(partial(self._step, folder, step))

        work = partial(recover_past, session, tell, self._slow.keep_going)
        self._slow.ask(f"recover {folder}", work, partial(self._recovered, session))

    def stop(self) -> None:
        """A recovery that runs leaves out what can be done later. Does not wait."""
        self._slow.end()

    def close(self, deadline_s: float) -> None:
        """Waits for a recovery that runs. Idempotent. Raises what Errands.close raises."""
        self._slow.close(deadline_s)

    def _step(self, folder: Path, step: RecoveryStep) -> None:
        self._recovering[folder] = step
        self.told.emit()

    def _recovered(self, session: PastSession, outcome: Outcome) -> None:
        self._recovering.pop(session.folder, None)
        if outcome.failure is None:
            self._say(Message("recovered", f"{one_line(session.title)} is recovered."))
        self._end(session.folder, outcome.failure or " ".join(outcome.problems) or None)

    def _trashed(self, session: PastSession, trouble: str | None) -> None:
        if trouble is None:
            text = f"Its {size(session.bytes)} are free when the trash is emptied."
            self._say(Message("trash", f"{one_line(session.title)} is in the trash.", text))
        self._end(session.folder, trouble)

    def _end(self, folder: Path, trouble: str | None) -> None:
        self.troubles.pop(folder, None)
        if trouble is not None:
            self.troubles[folder] = trouble
        self.done.emit()


def _renamed(folder: Path, title: str) -> str | None:
    try:
        rename_session(folder, title)
    except SessionError as error:
        return str(error)
    return None


def _trashed(folder: Path, trash: Callable[[Path], bool]) -> str | None:
    if is_held(folder):
        return "This session is being written to. It was not moved."
    return None if trash(folder) else _NO_TRASH
