"""What is made of the chosen session: sheets that ask, the row of its job, the score. The page tells it which one.

Decides nothing about jobs: models/rendering says what is told of them, the renderer does them.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from director_app.engine.past_sessions import PastSession
from director_app.gui.models.render_choice import RecutChoice, RenderChoice, recut_order
from director_app.gui.models.rendering import Answer
from director_app.gui.models.sessions import Action
from director_app.gui.sessions.detail_panel import DetailPanel
from director_app.gui.sessions.jobs import RenderJobs
from director_app.gui.sessions.sheet import Sheet
from director_app.gui.surroundings import Surroundings
from director_app.gui.telling import announce
from director_app.post.jobs.order import JobOrder, Make

_NOWHERE = "Nothing can be rendered from this window."
_BUSY = "A job of this session is not over. Wait for it, or cancel it."


class Making(QObject):
    """told: chips or what is allowed are new. ordered: a job is on its way, and whoever has the focus may be gone."""

    told = Signal()
    ordered = Signal()

    def __init__(
        self,
        surroundings: Surroundings,
        detail: DetailPanel,
        refusal: Callable[[Action], str | None],
        parent: QObject,
    ) -> None:
        """refusal: why the session that is shown cannot be used so; None: it can."""
        super().__init__(parent)
        self._surroundings, self._detail, self._refusal = surroundings, detail, refusal
        self.jobs = RenderJobs(surroundings.rendering, surroundings.say, self)
        self._session: PastSession | None = None
        self._open: Action | None = None
        self._wire()

    def _wire(self) -> None:
        self.jobs.told.connect(self._show)
        self.jobs.told.connect(self.told)
        self._detail.job.answered.connect(self._answer)
        for action, sheet in self._detail.sheets.items():
            sheet.left.connect(lambda action=action: self._close(action))
        self._detail.render_sheet.done.connect(self._render)
        self._detail.recut_sheet.done.connect(self._recut)
        self._detail.export_sheet.done.connect(lambda: self._make(Make.TIMELINES))

    def why_not(self, folder: Path) -> str | None:
        """What forbids another job of this session, besides its state."""
        if not self.jobs.is_there:
            return _NOWHERE
        return self.busy(folder)

    def busy(self, folder: Path) -> str | None:
        """A sentence while a job of this session is not over."""
        return _BUSY if self.jobs.is_open(folder) else None

    def show_session(self, session: PastSession | None) -> None:
        """Another one closes the sheet: it asked about the one before."""
        before, self._session = self._session, session
        if session is None or before is None or before.folder != session.folder:
            self.close_sheet()
        self._show()

    def act(self, action: Action) -> None:
        """Opens a sheet, or closes it if it is open; works out the score."""
        session = self._session
        if session is None or session.manifest is None:
            return
        if action is Action.SCORE:
            self._make(Make.SCORE)
            return
        if self._open is action:
            self._close(action)
            return
        self.close_sheet()
        self._detail.render_sheet.show_choice(self._choice(), session.manifest)
        self._detail.recut_sheet.show_session(session.folder, session.manifest)
        sheet = self._sheet(action)
        self._open = action
        sheet.show()
        self._detail.verticalScrollBar().setValue(0)
        sheet.first().setFocus()

    def close_sheet(self) -> bool:
        """False: none was open."""
        if self._open is None:
            return False
        self._sheet(self._open).hide()
        self._open = None
        return True

    def _sheet(self, action: Action) -> Sheet:
        return self._detail.sheets[action]

    def _close(self, action: Action) -> None:
        """The focus goes back to where it came from."""
        self.close_sheet()
        self._detail.heading.buttons[action].setFocus()

    def escape(self) -> bool:
        """Closes the sheet. False: there was none."""
        if self._open is None:
            return False
        self._close(self._open)
        return True

    def _show(self) -> None:
        session = self._session
        if session is None:
            self._detail.job.show_row(None)
            return
        cameras = 0 if session.manifest is None else len(session.manifest.cameras)
        row, before = self.jobs.now.row(session.folder, cameras), self._detail.job.row
        self._detail.job.show_row(row)
        if row is not None and before is not None and row.number == before.number and row.pace is not before.pace:
            announce(self._detail, row.spoken)

    def _choice(self) -> RenderChoice:
        return self._surroundings.settings.now.render

    def _render(self) -> None:
        choice = self._detail.render_sheet.choice()
        if choice.makes():
            self._surroundings.settings.change(render=choice)
            self._make(*choice.makes())

    def _recut(self) -> None:
        choice: RecutChoice = self._detail.recut_sheet.choice()
        session = self._session
        if session is not None and session.manifest is not None:
            self._add(session, recut_order(session.folder, session.manifest, self._choice(), choice))

    def _make(self, *make: Make) -> None:
        session = self._session
        if session is not None and session.manifest is not None:
            self._add(session, self._choice().order(session.folder, session.manifest, make))

    def _add(self, session: PastSession, order: JobOrder) -> None:
        self.ordered.emit()
        self.close_sheet()
        # Its state may have changed while the sheet was open.
        if self._refusal(Action.RENDER) is None:
            self.jobs.add(session.folder, order, self._over(session.folder))
            self.told.emit()

    def _over(self, folder: Path) -> int | None:
        """The job before, which is not told of any more."""
        job = self.jobs.now.of(folder)
        return None if job is None else job.number

    def _answer(self, answer: Answer) -> None:
        session, row = self._session, self._detail.job.row
        if session is None or row is None:
            return
        job = self.jobs.now.of(session.folder)
        if job is None or job.number != row.number:
            return
        if answer is not Answer.RETRY:
            self.jobs.cancel(row.number)
        elif self.jobs.is_open(session.folder):
            self.jobs.again(row.number)
        elif job.order is not None:
            self.jobs.add(session.folder, job.order, row.number)
