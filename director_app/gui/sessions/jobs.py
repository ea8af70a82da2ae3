"""The renderer as the page of past sessions sees it: looked at and asked in a thread, because its jobs are files."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from director_app.engine.rendering import Rendering
from director_app.gui.models.messages import Message
from director_app.gui.models.rendering import OPEN, OVER, Jobs
from director_app.gui.models.session_words import Tag
from director_app.gui.sessions.errands import Errands
from director_app.post.jobs.order import JobOrder
from director_app.session.errors import SessionError


class RenderJobs(QObject):
    """Owner of the thread that asks. told: something is new; ended: a job of some session is over, made or not."""

    told = Signal()
    ended = Signal()

    def __init__(self, rendering: Rendering | None, say: Callable[[Message], None], parent: QObject) -> None:
        super().__init__(parent)
        self._rendering, self._say = rendering, say
        self._errands = Errands("talk to the renderer", self)
        self._asked: set[Path] = set()
        self._landed: set[Path] = set()
        self.now = Jobs()

    @property
    def is_there(self) -> bool:
        """Whether anything can be rendered at all."""
        return self._rendering is not None

    def is_open(self, folder: Path) -> bool:
        """Whether something is still to be done for this session."""
        return folder in self._asked or self.now.is_open(folder)

    def chips(self) -> dict[Path, Tag]:
        """By folder."""
        return self.now.chips()

    def look(self, *, records: bool) -> None:
        """Soon told() follows, if anything is new. records: whether a show is being recorded."""
        rendering = self._rendering
        if rendering is not None:
            self._errands.ask("look", lambda: Jobs(rendering.look(), records, rendering.problem), self._looked)

    def add(self, folder: Path, order: JobOrder, instead_of: int | None = None) -> None:
        """instead_of: the number of a job that is forgotten for it."""
        rendering = self._rendering
        if rendering is None or folder in self._asked:
            return
        self._asked.add(folder)
        self._errands.ask(
            f"add {folder}", partial(_added, rendering, order, instead_of), partial(self._added, folder)
        )

    def cancel(self, number: int) -> None:
        """Ends or forgets it; what was complete is kept."""
        if self._rendering is not None:
            self._ask(f"cancel {number}", partial(self._rendering.cancel, number))

    def again(self, number: int) -> None:
        """Goes on with one that had stopped."""
        if self._rendering is not None:
            self._ask(f"again {number}", partial(self._rendering.again, number))

    def end(self) -> None:
        """Nothing new is asked. Does not wait."""
        self._errands.end()

    def close(self, deadline_s: float) -> None:
        """Joins the thread. Idempotent. Raises what Errands.close raises."""
        self._errands.close(deadline_s)

    def _ask(self, key: str, deed: Callable[[], None]) -> None:
        self._errands.ask(key, deed, lambda _nothing: self.look(records=self.now.records))

    def _added(self, folder: Path, trouble: str | None) -> None:
        self._landed.add(folder)
        if trouble is not None:
            self._say(Message("render", trouble))
        self.look(records=self.now.records)
        self.told.emit()

    def _looked(self, now: Jobs) -> None:
        before, self.now = self.now, now
        landed = self._asked & self._landed
        # Errands come back in the order in which they were done: this look has seen every job that was added by then.
        self._asked -= landed
        self._landed.clear()
        if now == before and not landed:
            return
        for number in now.damaged() - before.damaged():
            self._tell_damaged(number)
        self.told.emit()
        if before.numbers(OPEN) - now.numbers(OPEN) or now.numbers(OVER) - before.numbers(OVER):
            self.ended.emit()

    def _tell_damaged(self, number: int) -> None:
        """Its file says no more whose it was, so no row can tell of it."""
        text = "It is not done. Everything that was recorded or made is untouched."
        forget = partial(self.cancel, number)
        self._say(Message(f"job {number}", "The file of a job cannot be read.", text, action="Forget it", act=forget))


def _added(rendering: Rendering, order: JobOrder, instead_of: int | None) -> str | None:
    try:
        rendering.add(order)
    except SessionError as error:
        return str(error)
    if instead_of is not None:
        rendering.cancel(instead_of)
    return None
