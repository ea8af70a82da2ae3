"""The page of past sessions. It shows what a SessionList says and asks a thread for everything that takes long."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from director_app.engine.past_sessions import (
    Outcome,
    PastSession,
    PastSessions,
    PastState,
    RecoveryStep,
    is_held,
    recover_past,
    rename_session,
)
from director_app.engine.past_show import THUMBNAIL_SHARE, PastShow, look_into, program_path
from director_app.engine.studio import Phase
from director_app.gui.models.messages import Message
from director_app.gui.models.session_words import about, one_line
from director_app.gui.models.sessions import Action, SessionList, free_words, refusal, trash_question
from director_app.gui.models.words import size
from director_app.gui.page import Page
from director_app.gui.sessions.detail_panel import DetailPanel
from director_app.gui.sessions.errands import Errands, Urgency
from director_app.gui.sessions.list_panel import ListPanel, list_width
from director_app.gui.sessions.notice import Choice, Kind, Notice
from director_app.gui.sessions.pictures import Pictures
from director_app.gui.sessions.system import System
from director_app.gui.surroundings import Surroundings
from director_app.session.errors import SessionError

_LOOK_EVERY = 20
"""refresh() comes ten times a second: a look at the folder every two seconds."""

_RECORDS = {Phase.STARTING, Phase.RECORDING, Phase.STOPPING}


class SessionsPage(Page):
    """List on the left, one session on the right. shut() ends its threads; both end by themselves when idle."""

    def __init__(
        self, surroundings: Surroundings, parent: QWidget | None = None, system: System | None = None
    ) -> None:
        super().__init__(surroundings, parent)
        scale = surroundings.scale
        self._system = system or System()
        self._looks = Errands("look at past sessions", self)
        self._works = Errands("work on past sessions", self)
        self._pictures = Pictures(self._looks)
        self._past = PastSessions(surroundings.sessions)
        self._past_folder = surroundings.sessions
        self.sessions = SessionList()
        self._shown: PastSession | None = None
        self._show: PastShow | None = None
        self._deleting: Path | None = None
        self._recovering: dict[Path, RecoveryStep] = {}
        self._troubles: dict[Path, str] = {}
        self._refreshes = 0
        self.list = ListPanel(scale, self.sessions, self._thumbnail)
        self.detail = DetailPanel(scale)
        self._lay_out()
        self._wire()
        self._show_chosen()

    def _lay_out(self) -> None:
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.list)
        whole.addWidget(self.detail, 1)
        self._arrange()

    def _wire(self) -> None:
        self.list.wanted.connect(self._show_chosen)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(partial(self._act, Action.PLAY))
        self.list.deleted.connect(partial(self._act, Action.DELETE))
        self.list.renamed.connect(partial(self._act, Action.RENAME))
        self.detail.heading.asked.connect(self._act)
        self.detail.heading.renamed.connect(self._rename)
        self.detail.player.played.connect(partial(self._act, Action.PLAY))
        self.detail.player.moved.connect(self._scrub)
        self.detail.files.opened.connect(self._open)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.list.search.setFocus)

    def came(self) -> None:
        """Looks at the folder at once."""
        self._refreshes = 0
        self._look()
        self._tell_free()
        self.list.view.setFocus()

    def went(self) -> None:
        """A recovery goes on; nothing else does."""
        self._looks.forget(Urgency.THUMBNAIL)

    def refresh(self) -> None:
        """Looks again every two seconds: shows are recorded and recovered while the page is in front."""
        self._refreshes += 1
        self._tell_free()
        if self._refreshes % _LOOK_EVERY == 0:
            self._look()

    def escape(self) -> bool:
        """A title that is written, a question, a search: in this order."""
        if self.detail.heading.is_editing:
            self.detail.heading.stop_editing()
        elif self._deleting is not None:
            self._keep()
        elif self.list.search.text():
            self.list.search.clear()
        else:
            return False
        return True

    def rescale(self) -> None:
        """Everything anew at the other text scale."""
        self.list.rescale()
        self._arrange()
        self._scrub()
        self.update()

    def shut(self, deadline_s: float = 120.0) -> None:
        """Before the app ends: a recovery that runs is waited for, what else is waiting is left out. Idempotent."""
        self._looks.close(deadline_s)
        self._works.close(deadline_s)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list gives way on a narrow page."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width = list_width(self.width(), self.surroundings.scale)
        self.list.setFixedWidth(width)
        before = self.detail.player.picture_size()
        self.detail.lay_out(self.width() - width)
        if self.detail.player.picture_size() != before:
            self._scrub()

    def _recording(self) -> Path | None:
        """The folder that this app records into now."""
        state = self.surroundings.studio.look()
        return state.folder if state.phase in _RECORDS else None

    def _tell_free(self) -> None:
        state = self.surroundings.studio.look()
        self.list.free.say(free_words(state.free_bytes, state.show))

    def _look(self) -> None:
        folder, recording = self.surroundings.sessions, self._recording()
        if folder != self._past_folder:
            self._past, self._past_folder = PastSessions(folder), folder
        past = self._past

        def look() -> tuple[PastSession, ...] | str:
            try:
                return past.look(recording)
            except SessionError as error:
                return str(error)

        self._looks.ask("list", look, self._found)

    def _found(self, found: tuple[PastSession, ...] | str) -> None:
        if isinstance(found, str):
            self.sessions.fail(found)
        else:
            self.sessions.show(found, datetime.now().astimezone())
        self.list.show_sessions()
        self._show_chosen()

    def _thumbnail(self, session: PastSession, width: int, height: int) -> QImage | None:
        return self._pictures.thumbnail(session, width, height, partial(self.list.repaint_row, session.folder))

    def _chosen(self) -> None:
        self._deleting = None
        self.detail.heading.stop_editing()
        self._show_chosen()

    def _show_chosen(self) -> None:
        session = self.sessions.chosen_session()
        self.detail.content.setVisible(session is not None)
        if session is None:
            self._shown = self._show = self._deleting = None
            return
        before, self._shown = self._shown, session
        recording = self._recording()
        self.detail.heading.show_session(
            one_line(session.title),
            about(session, datetime.now().astimezone()),
            {action: refusal(action, session, recording) for action in Action},
        )
        self._show_notice()
        if before is None or before.folder != session.folder:
            self._show = None
            self.detail.show_show(None)
            self.detail.player.picture.show_picture(None)
            self.detail.verticalScrollBar().setValue(0)
        if before is None or (before.folder, before.state, before.manifest) != (
            session.folder,
            session.state,
            session.manifest,
        ):
            self._looks.ask("show", lambda: look_into(session), self._looked_into)

    def _looked_into(self, show: PastShow) -> None:
        if self._shown is None or show.session.folder != self._shown.folder:
            return
        is_first, self._show = self._show is None, show
        self.detail.show_show(show)
        if is_first:
            self.detail.player.strip.setValue(round(show.length_s * 1000 * THUMBNAIL_SHARE))
        self._scrub()

    def _scrub(self) -> None:
        show = self._show
        if show is None or show.problem is not None:
            return
        player = self.detail.player
        image = self._pictures.at(show.session, player.strip.key_s(), player.picture_size(), self._scrubbed)
        if image is not None:
            player.picture.show_picture(image)

    def _scrubbed(self, folder: Path, image: QImage) -> None:
        if self._shown is not None and folder == self._shown.folder:
            self.detail.player.picture.show_picture(image)

    def _act(self, action: Action) -> None:
        """What a button, a key or a double click asks for."""
        session = self._shown
        if session is None:
            return
        why_not = refusal(action, session, self._recording())
        if why_not is not None:
            self.surroundings.say(Message("sessions", why_not))
            return
        match action:
            case Action.PLAY:
                self._open(program_path(session))
            case Action.OPEN_FOLDER:
                self._open(session.folder)
            case Action.RENAME:
                self.detail.heading.start_editing(session.title)
            case Action.DELETE:
                self._deleting = session.folder
                self._show_notice()
                self.detail.verticalScrollBar().setValue(0)
                self.detail.notice.focus_first()
            case Action.RECOVER:
                self._recover(session)

    def _open(self, path: Path) -> None:
        if not path.exists():
            self.surroundings.say(Message("open", f"{path.name} is not there any more."))
        elif not self._system.open(path):
            self.surroundings.say(
                Message("open", f"No program on this computer opens {path.name}.", f"It lies in {path.parent}.")
            )

    def _rename(self, title: str) -> None:
        session = self._shown
        if session is None or title == session.title:
            return

        def rename() -> str | None:
            try:
                rename_session(session.folder, title)
            except SessionError as error:
                return str(error)
            return None

        self._works.ask(f"rename {session.folder}", rename, partial(self._worked, session.folder))

    def _worked(self, folder: Path, trouble: str | None) -> None:
        """What came of it stays with its session until the next attempt."""
        self._troubles.pop(folder, None)
        if trouble is not None:
            self._troubles[folder] = trouble
        self._show_notice()
        self._look()

    def _keep(self) -> None:
        self._deleting = None
        self._show_notice()
        self.list.view.setFocus()

    def _delete(self, session: PastSession) -> None:
        self._keep()
        trash = self._system.trash

        def delete() -> str | None:
            if is_held(session.folder):
                return "This session is being written to. It was not moved."
            if trash(session.folder):
                return None
            return (
                "The session could not be moved to a trash: its disk has none, or the system refused. "
                "Nothing was deleted. To delete it for good, open its folder."
            )

        self._works.ask(f"delete {session.folder}", delete, partial(self._deleted, session))

    def _deleted(self, session: PastSession, trouble: str | None) -> None:
        if trouble is None:
            title = f"{one_line(session.title)} is in the trash."
            text = f"Its {size(session.bytes)} are free when the trash is emptied."
            self.surroundings.say(Message("trash", title, text))
        self._worked(session.folder, trouble)

    def _recover(self, session: PastSession) -> None:
        folder = session.folder
        self._tell_step(folder, RecoveryStep("Waiting for the one before it" if self._recovering else "Beginning"))
        works = self._works

        def tell(step: RecoveryStep) -> None:
            works.tell(partial(self._tell_step, folder, step))

        works.ask(
            f"recover {folder}",
            lambda: recover_past(session, tell, works.keep_going),
            partial(self._recovered, session),
        )

    def _tell_step(self, folder: Path, step: RecoveryStep) -> None:
        self._recovering[folder] = step
        self.sessions.recover(self._recovering)
        self.list.show_sessions()
        self._show_notice()

    def _recovered(self, session: PastSession, outcome: Outcome) -> None:
        self._recovering.pop(session.folder, None)
        self.sessions.recover(self._recovering)
        if outcome.failure is None:
            self.surroundings.say(Message("recovered", f"{one_line(session.title)} is recovered."))
        self._worked(session.folder, outcome.failure or " ".join(outcome.problems) or None)

    def _show_notice(self) -> None:
        self.detail.notice.show_notice(None if self._shown is None else self._notice(self._shown))

    def _notice(self, session: PastSession) -> Notice | None:
        """A question first, then work, then what went wrong, then what can be done."""
        folder = session.folder
        if self._deleting == folder:
            move = Choice("Move to trash", partial(self._delete, session))
            return Notice(Kind.QUESTION, trash_question(session), "", (Choice("Keep", self._keep), move))
        if folder in self._recovering:
            step = self._recovering[folder]
            percent = "" if step.share is None else f" {step.share:.0%}".replace("%", " %")
            return Notice(Kind.WORK, "Recovering", f"{step.text}{percent}", share=step.share)
        if folder in self._troubles:
            return Notice(Kind.TROUBLE, self._troubles[folder], choices=self._again(session))
        if session.state is PastState.DAMAGED:
            return Notice(Kind.TROUBLE, "The manifest of this session is damaged.", session.problem or "")
        if session.state is PastState.INTERRUPTED:
            text = "What was recorded is safe. Recovering completes the program and the files."
            return Notice(Kind.TROUBLE, "This recording was interrupted.", text, self._again(session))
        return None

    def _again(self, session: PastSession) -> tuple[Choice, ...]:
        """Recovery for an interrupted session, also after one that failed."""
        if session.state is not PastState.INTERRUPTED:
            return ()
        why_not = refusal(Action.RECOVER, session, self._recording())
        return (Choice("Recover", partial(self._act, Action.RECOVER), "Recover this session", why_not, "primary"),)
