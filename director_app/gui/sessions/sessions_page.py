"""The page of past sessions. It shows what a SessionList says and asks a thread for everything that takes long."""

import contextlib
import time
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget

from director_app.engine.past_sessions import PastSession, PastSessions, PastState
from director_app.engine.past_show import THUMBNAIL_SHARE, PastShow, look_into, program_path
from director_app.engine.studio_state import Phase
from director_app.gui.models.messages import Message
from director_app.gui.models.session_clips import ClipRow
from director_app.gui.models.session_words import about, one_line
from director_app.gui.models.sessions import RENDERS, Action, SessionList, free_words, refusal, trash_question
from director_app.gui.page import Page
from director_app.gui.sessions.deeds import Deeds
from director_app.gui.sessions.detail_panel import DetailPanel
from director_app.gui.sessions.errands import Errands
from director_app.gui.sessions.list_panel import ListPanel, list_width
from director_app.gui.sessions.making import Making
from director_app.gui.sessions.notice import Choice, Kind, Notice
from director_app.gui.sessions.pictures import Pictures
from director_app.gui.sessions.system import System
from director_app.gui.surroundings import Surroundings
from director_app.session.errors import SessionError

_LOOK_EVERY = 20
"""refresh() comes ten times a second: a look at the folder every two seconds."""

_LOOK_AT_JOBS_EVERY = 5

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
        self._deeds = Deeds(self._looks, self._system.trash, surroundings.say, self)
        self._pictures = Pictures(self._looks)
        self._past = PastSessions(surroundings.sessions)
        self._past_folder = surroundings.sessions
        self.sessions = SessionList()
        self._shown: PastSession | None = None
        self._show: PastShow | None = None
        self._deleting: Path | None = None
        self._refreshes = 0
        self.list = ListPanel(scale, self.sessions, self._thumbnail)
        self.detail = DetailPanel(scale, self._clip_still, self._system.choose_timeline)
        self._making = Making(surroundings, self.detail, self._shown_refusal, self)
        self.setFocusProxy(self.list.view)
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
        self.detail.made.opened.connect(self._open)
        self.detail.clips.opened.connect(self._open_clip)
        self.detail.card.score.clicked.connect(partial(self._act, Action.SCORE))
        self._making.told.connect(self._told)
        self._making.ordered.connect(self.list.view.setFocus)
        self._making.jobs.ended.connect(self._ended)
        self._deeds.told.connect(self._told)
        self._deeds.done.connect(self._done)
        application = QApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.end)
        for button in self.findChildren(QPushButton):
            # Enter belongs to the button that has the focus.
            button.setAutoDefault(True)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.list.search.setFocus)

    def came(self) -> None:
        """Looks at the folder at once."""
        self._refreshes = 0
        self._look()
        self._look_at_jobs()
        self._tell_free()
        self.list.view.setFocus()

    def went(self) -> None:
        """A recovery goes on; nothing else does."""
        self._pictures.forget()

    def refresh(self) -> None:
        """Looks again every two seconds: shows are recorded and recovered while the page is in front."""
        self._refreshes += 1
        self._tell_free()
        if self._refreshes % _LOOK_EVERY == 0:
            self._look()
        if self._refreshes % _LOOK_AT_JOBS_EVERY == 0:
            self._look_at_jobs()

    def escape(self) -> bool:
        """A title that is written, a sheet, a question, a search: in this order."""
        if self.detail.heading.is_editing:
            self.detail.heading.stop_editing()
        elif self._making.escape():
            pass
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

    def end(self) -> None:
        """What is waiting is left out, and a recovery that runs leaves out what can be done later."""
        self._looks.end()
        self._making.jobs.end()
        self._deeds.stop()

    def shut(self, deadline_s: float = 10.0) -> None:
        """A recovery that runs is waited for, but not for ever: what it has not done, the next start does."""
        until_s = time.monotonic() + deadline_s
        self._looks.close(deadline_s)
        self._making.jobs.close(max(0.1, until_s - time.monotonic()))
        with contextlib.suppress(TimeoutError):
            self._deeds.close(max(0.0, until_s - time.monotonic()))

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

    def _refusal(self, action: Action, session: PastSession) -> str | None:
        if session.folder in self._deeds.recovering and action not in {Action.PLAY, Action.OPEN_FOLDER}:
            return "This session is being recovered. Wait until that has ended."
        why_not = refusal(action, session, self._recording())
        if why_not is None and action in RENDERS:
            return self._making.why_not(session.folder)
        # The renderer writes into its folder.
        return self._making.busy(session.folder) if why_not is None and action is Action.DELETE else why_not

    def _shown_refusal(self, action: Action) -> str | None:
        return None if self._shown is None else self._refusal(action, self._shown)

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

    def _look_at_jobs(self) -> None:
        self._making.jobs.look(records=self.surroundings.studio.look().phase in _RECORDS)

    def _ended(self) -> None:
        """What a job has made stands in the manifest, but for a score card that was made twice."""
        self._look()
        if self._shown is not None:
            self._look_into(self._shown)

    def _clip_still(self, clip: ClipRow, width: int, height: int) -> QImage | None:
        if self._show is None:
            return None
        arrived = self.detail.clips.repaint_all
        return self._pictures.still(self._show.session, clip.picture_s, (width, height), arrived)

    def _open_clip(self, clip: ClipRow) -> None:
        """Its film, or its place in the program."""
        if clip.file is not None:
            self._open(clip.file)
            return
        self.detail.player.strip.setValue(round(clip.at_s * 1000))
        self.detail.ensureWidgetVisible(self.detail.player)

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
            self._making.show_session(None)
            return
        before, self._shown = self._shown, session
        self.detail.heading.show_session(
            one_line(session.title),
            about(session, datetime.now().astimezone()),
            {action: self._refusal(action, session) for action in Action},
        )
        self.detail.card.allow_score(self._refusal(Action.SCORE, session))
        self._making.show_session(session)
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
            self._look_into(session)

    def _look_into(self, session: PastSession) -> None:
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
        why_not = self._refusal(action, session)
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
                self._deeds.recover(session)
            case Action.RENDER | Action.RECUT | Action.EXPORT | Action.SCORE:
                self._making.act(action)

    def _open(self, path: Path) -> None:
        if not path.exists():
            self.surroundings.say(Message("open", f"{path.name} is not there any more."))
        elif not self._system.open(path):
            self.surroundings.say(
                Message("open", f"No program on this computer opens {path.name}.", f"It lies in {path.parent}.")
            )

    def _rename(self, title: str) -> None:
        if self._shown is not None and title != self._shown.title:
            self._deeds.rename(self._shown, title)

    def _done(self) -> None:
        self._told()
        self._look()

    def _told(self) -> None:
        self.sessions.recover(self._deeds.recovering)
        self.sessions.render(self._making.jobs.chips())
        self.list.show_sessions()
        self._show_chosen()

    def _keep(self) -> None:
        self._deleting = None
        self._show_notice()
        self.list.view.setFocus()

    def _delete(self, session: PastSession) -> None:
        self._keep()
        self._deeds.move_to_trash(session)

    def _show_notice(self) -> None:
        self.detail.notice.show_notice(None if self._shown is None else self._notice(self._shown))

    def _notice(self, session: PastSession) -> Notice | None:
        """A question first, then work, then what went wrong, then what can be done."""
        folder = session.folder
        if self._deleting == folder:
            move = Choice("Move to trash", partial(self._delete, session))
            return Notice(Kind.QUESTION, trash_question(session), "", (Choice("Keep", self._keep), move))
        if folder in self._deeds.recovering:
            step = self._deeds.recovering[folder]
            percent = "" if step.share is None else f" {step.share:.0%}".replace("%", " %")
            return Notice(Kind.WORK, "Recovering", f"{step.text}{percent}", share=step.share)
        if folder in self._deeds.troubles:
            return Notice(Kind.TROUBLE, self._deeds.troubles[folder], choices=self._again(session))
        return self._state_notice(session)

    def _state_notice(self, session: PastSession) -> Notice | None:
        if session.state is PastState.DAMAGED:
            return Notice(Kind.TROUBLE, "The manifest of this session is damaged.", session.problem or "")
        if session.state is PastState.IN_USE:
            return Notice(Kind.WORK, "In use", "A recovery or another program is writing to this session.")
        if session.state is PastState.INTERRUPTED:
            text = "What was recorded is safe. Recovering completes the program and the files."
            return Notice(Kind.TROUBLE, "This recording was interrupted.", text, self._again(session))
        if session.is_empty:
            text = "The recording ended before its first picture. Delete it, or leave it as it is."
            return Notice(Kind.TROUBLE, "Nothing was recorded.", text)
        return None

    def _again(self, session: PastSession) -> tuple[Choice, ...]:
        """Recovery for an interrupted session, also after one that failed."""
        if session.state is not PastState.INTERRUPTED:
            return ()
        why_not = self._refusal(Action.RECOVER, session)
        return (Choice("Recover", partial(self._act, Action.RECOVER), "Recover this session", why_not, "primary"),)
