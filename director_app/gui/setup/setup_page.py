"""Set up: who is filmed and heard by what, seen and heard while it is chosen, and checked before it is used.

Wires the page's parts to the model. Nothing here waits: devices, files and the sound check have threads of their own,
and are looked at when the page is refreshed.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from director_app.engine.devices import DeviceLists, DeviceWatch
from director_app.engine.endings import take_all
from director_app.engine.sound_checking import CheckNow, gain_control_advice
from director_app.engine.studio_state import StudioState
from director_app.gui.models import setup_edits as edits
from director_app.gui.models.kept_check import KeptCheck
from director_app.gui.models.kept_draft import KeptDraft
from director_app.gui.models.messages import Message
from director_app.gui.models.setting_up import Edit, SettingUp
from director_app.gui.models.setup import MOST_MICROPHONES, draft_of
from director_app.gui.models.setup_cards import Cards, can_add_camera
from director_app.gui.models.setup_choices import (
    device_news,
    first_free_camera,
    first_free_microphone,
    found_words,
)
from director_app.gui.models.setup_fresh import fresh_draft
from director_app.gui.models.setup_seats import Seats
from director_app.gui.models.setup_status import BUSY, status_of
from director_app.gui.models.setup_values import disk_free, room_words
from director_app.gui.models.sound_check import SoundCheckSeat
from director_app.gui.models.sound_rows import Action, ResultView, heading, warnings
from director_app.gui.page import Page
from director_app.gui.setup.advice import Advice
from director_app.gui.setup.body import scrolled, stacked
from director_app.gui.setup.camera_row import CameraRow
from director_app.gui.setup.foot import Foot
from director_app.gui.setup.heads import CamerasHead, SoundHead
from director_app.gui.setup.notice import Notice
from director_app.gui.setup.reading_order import ReadingOrder
from director_app.gui.setup.show_files import ShowFiles
from director_app.gui.setup.show_settings import ShowSettings
from director_app.gui.setup.sound_table import SoundTable
from director_app.gui.setup.style import page_sheet
from director_app.gui.setup.work import Work
from director_app.gui.surroundings import Surroundings
from director_app.session.library import default_sessions_folder
from director_app.session.show import Show

_FRAME_MS = 50
"""Meters at 20 Hz; three pictures in four frames are 15 Hz."""

_PICTURES_OF = 4
_LEAST_CLOSE_S = 0.1
_DEVICES = "devices"
_NARROW = 1300
_DISK_EVERY = 20
"""Refreshes between two questions for free space, about two seconds."""


class SetupPage(Page):
    """came() and went() begin and end everything that runs; shut() joins it."""

    def __init__(
        self, surroundings: Surroundings, parent: QWidget | None = None, watch: DeviceWatch | None = None
    ) -> None:
        """watch: who knows what is plugged in."""
        super().__init__(surroundings, parent)
        studio = self._studio = surroundings.studio
        self.model = SettingUp(studio, self._usual_folder)
        self.check = SoundCheckSeat(studio, self.model.again)
        self._devices = watch or DeviceWatch()
        self._work = Work()
        self._lists: DeviceLists | None = None
        self._cards, self._seats = Cards(), Seats()
        self._order = ReadingOrder()
        self._here = self._busy = self._wants_new = False
        self._frames = self._refreshes = 0
        self._free: tuple[Path, int | None] | None = None
        self._advice = Advice(self)
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self.frame)
        told = (self._take, self._new, self._complain, self._saved)
        self.files = ShowFiles(self, surroundings.settings, self._work, *told, self.model.in_use)
        self._kept_check = KeptCheck(self._work.ask)
        self._kept = KeptDraft.beside(surroundings.settings)
        if (draft := self._kept.read()) is not None:
            self.model.edit(lambda _draft: draft, studio.look().now_s)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.use, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._build()

    def came(self) -> None:
        """Asks for devices and shows pictures from now on."""
        state = self._studio.look()
        self._here = True
        self.model.come(state)
        self._kept_check.forget()
        self._devices.resume()
        self._free = None
        self._timer.start()
        # Not at once: what is made for the first time would keep the window waiting.
        QTimer.singleShot(0, self, self.refresh)

    def went(self) -> None:
        """Ends what runs for this page; the studio shows what is in use. Never waits."""
        if not self._here:
            return
        self._here = self._wants_new = False
        self._timer.stop()
        self._devices.pause()
        self.check.stop()
        self.files.close_dialog()
        self.model.leave()
        self._keep()
        if self.model.is_changed:
            text = "What you changed on Set up is kept there. Use it or put it back."
            self.surroundings.say(Message("set-up", "The show in use has not changed.", text))

    def _keep(self) -> None:
        """What is saved nowhere outlasts the app."""
        self._kept.keep(self.model.unsaved(self.files.kept))

    def end(self) -> None:
        """A running sound check ends without a result; devices are asked for no more."""
        self.went()
        self.check.drop()
        self._devices.pause()

    def shut(self, deadline_s: float = 10.0) -> None:
        """Joins every thread of the page. Idempotent. Raises TimeoutError, or what nobody had expected."""
        self.end()
        until_s = time.monotonic() + deadline_s
        closes = (self.check.close, self._work.close, self._devices.close)
        take_all(partial(_close, close, until_s) for close in closes)

    def showEvent(self, event: QShowEvent) -> None:
        """A window that was minimized comes back without came()."""
        super().showEvent(event)
        if self._here:
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """A page that is not seen runs nothing, whoever has hidden it."""
        super().hideEvent(event)
        self._timer.stop()

    def escape(self) -> bool:
        """A dialogue first, then the notice, then a running sound check."""
        if self.files.close_dialog() or self._advice.close():
            return True
        if self.notice.words:
            self.notice.clear()
            return True
        if self.check.is_running:
            self.check.stop()
            self.refresh()
            return True
        return False

    def rescale(self) -> None:
        """Everything is made anew in the new size; the draft stays."""
        self._build()
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cards and panels by the width there is."""
        super().resizeEvent(event)
        self._arrange()

    def refresh(self) -> None:
        """Everything that is said."""
        state = self._studio.look()
        self._work.deliver()
        self._follow_devices()
        self.model.follow(state)
        busy = state.phase in BUSY
        if busy != self._busy:
            self._busy = busy
            # Asking costs a process each time, and nobody may choose now.
            if self._here:
                self._devices.pause() if busy else self._devices.resume()
        if busy:
            self._stand_still()
        self._body.setEnabled(not busy)
        now = self.check.look(self.model.show)
        self._show_cameras(state)
        self._show_sound(state, now)
        self._show_settings(state)
        self._show_status(state, now, busy=busy)
        self._arrange()

    def frame(self) -> None:
        """Pictures and levels."""
        self._frames += 1
        if self._frames % _PICTURES_OF:
            self.cameras.pull()
        now = self.check.look(self.model.show)
        self.table.show_levels(self._seats.levels(self.model.draft, self._studio.look(), now))

    def edit(self, change: Edit) -> None:
        """Something was changed on the page."""
        self.model.edit(change, self._studio.look().now_s)
        self.refresh()

    def use(self) -> None:
        """The draft is the show in use from now on."""
        if self._studio.look().phase in BUSY or not self.model.use():
            self.refresh()
            return
        words = "Save it as a show file to have it at the next start." if self.files.file is None else ""
        action = ("Save", self.files.save) if self._here else ("", None)
        self.surroundings.say(Message("set-up", "This set-up is in use.", words, action=action[0], act=action[1]))
        self._keep()
        self.refresh()

    def put_back(self) -> None:
        """The draft is the show in use again."""
        self.model.put_back(self._studio.look().now_s)
        self._keep()
        self.refresh()

    def start_check(self) -> None:
        """Everybody is asked, one after the other."""
        if self.model.show is not None:
            self.check.start(self.model.show, self._studio.look())
        self.refresh()

    def stop_check(self) -> None:
        """Without a result."""
        self.check.stop()
        self.refresh()

    def _build(self) -> None:
        scale = self.surroundings.scale
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.setStyleSheet(page_sheet(scale))
        self.notice = Notice(scale, lambda: None)
        self.cameras_head = CamerasHead(scale, self._add_camera, self._add_stream, self._devices.resume)
        self.cameras = CameraRow(scale, self._studio.monitor, self.edit)
        self.sound_head = SoundHead(scale, self._add_microphone, self.start_check, self.stop_check, self.start_check)
        self.table = SoundTable(scale, self.edit, self._act)
        self.settings = ShowSettings(scale, self.edit, self._choose_folder)
        self.foot = Foot(scale, self.files.menu, self.put_back, self.use)
        cameras, sound = (self.cameras_head, self.cameras), (self.sound_head, self.table)
        self._body = stacked(scale, ((self.notice, *cameras), sound, (self.settings,)))
        self._scroll = scrolled(self._body)
        self._column.addWidget(self._scroll, 1)
        self._column.addWidget(self.foot)

    def _arrange(self) -> None:
        scale = self.surroundings.scale
        narrow = self.width() / scale.factor < _NARROW
        self.cameras.arrange(self._scroll.viewport().width() - 2 * scale.px(24), narrow=narrow)
        self.table.set_narrow(narrow=self.width() / scale.factor < _NARROW - 100)
        self.settings.set_narrow(narrow=narrow)
        self._order.follow(self._body, self.foot)

    def _follow_devices(self) -> None:
        lists = self._devices.look()
        if lists is self._lists:
            return
        before, self._lists = self._lists, lists
        if self._wants_new:
            self._new()
        if before is not None and lists is not None:
            for sentence in device_news(before, lists):
                self.surroundings.say(Message(_DEVICES, sentence))

    def _stand_still(self) -> None:
        """No dialogue, no check while something is recorded."""
        self.check.stop()
        self.files.close_dialog()
        self._advice.close()

    def _show_cameras(self, state: StudioState) -> None:
        draft = self.model.draft
        self.cameras_head.show_found(found_words(self._lists), can_add=can_add_camera(draft))
        canvas = state.show.canvas
        views = self._cards.look(draft, self.model.faults, state, self._lists, self.model.seen())
        self.cameras.show_views(views, canvas.width / canvas.height)

    def _show_sound(self, state: StudioState, now: CheckNow | None) -> None:
        show, draft = self.model.show, self.model.draft
        can_start = self.check.can_start(show, state)
        can_add = len(draft.microphones) < MOST_MICROPHONES
        kept = self._kept_check.look(show)
        self.sound_head.show_view(heading(now, show or state.show, kept), can_start=can_start, can_add=can_add)
        check = (now, show, kept)
        if self.cameras.is_behind(draft):
            return
        self.table.show_views(
            self._seats.look(draft, self.model.faults, state, self._lists, check, self.model.seen())
        )

    def _show_settings(self, state: StudioState) -> None:
        folder = self.model.folder
        self._refreshes += 1
        if self._free is None or self._free[0] != folder or self._refreshes % _DISK_EVERY == 0:
            self._free = (folder, None if self._free is None else self._free[1])
            self._work.ask(lambda: (folder, disk_free(folder)), self._measured)
        self.settings.show_draft(self.model.draft, folder, room_words(self._free[1], self.model.show or state.show))

    def _measured(self, found: tuple[Path, int | None]) -> None:
        if found[0] == self.model.folder:
            self._free = found

    def _show_status(self, state: StudioState, now: CheckNow | None, *, busy: bool) -> None:
        model = self.model
        self.files.of_draft(model.show)
        told = [] if model.show is None else warnings(now, model.show)
        status = status_of(model.draft, model.faults, state, told, changed=model.is_changed)
        self.foot.show_status(status)
        self.foot.allow(
            put_back=not busy and model.is_changed,
            use=not busy and model.show is not None,
            files=not busy,
            why_not=self.foot.words,
        )

    def _act(self, view: ResultView) -> None:
        if view.action is Action.SWAP:
            self.edit(lambda draft: edits.swap_microphones(draft, view.ring))
        elif view.action is Action.HOW:
            self._advice.tell(view.hint or f"To switch it off: {gain_control_advice()}")

    def _add_camera(self) -> None:
        self.edit(lambda draft: edits.add_camera(draft, first_free_camera(draft, self._lists)))

    def _add_stream(self) -> None:
        self.edit(lambda draft: edits.add_camera(draft, edits.STREAM))
        card = self.cameras.cards[-1]
        card.address.setFocus()
        # Its place is known when it has been laid out.
        QTimer.singleShot(0, card, lambda: self._scroll.ensureWidgetVisible(card))

    def _add_microphone(self) -> None:
        self.edit(lambda draft: edits.add_microphone(draft, *first_free_microphone(draft, self._lists)))

    def _choose_folder(self) -> None:
        self.files.ask_folder(
            self.model.folder, lambda folder: self.edit(lambda draft: edits.set_sessions(draft, folder))
        )

    def _take(self, show: Show) -> None:
        self._wants_new = False
        self.notice.clear()
        self.edit(lambda _draft: draft_of(show))

    def _new(self) -> None:
        """As soon as it is known what is plugged in."""
        lists, folder = self._lists, self.model.draft.sessions
        self._wants_new = lists is None
        if lists is None:
            self.surroundings.say(
                Message(_DEVICES, "Looking for devices…", "The new show begins when they are listed.")
            )
            return
        self.files.forget()
        self.edit(lambda _draft: replace(fresh_draft(lists), sessions=folder))
        self.surroundings.say(Message(_DEVICES, "A new show was begun.", f"Cameras: {found_words(lists)}."))

    def _complain(self, sentences: str) -> None:
        self.notice.say(sentences)
        self._scroll.ensureWidgetVisible(self.notice)

    def _saved(self, file: Path) -> None:
        self._keep()
        self.surroundings.say(Message("show file", f"The show is saved as {file.name}.", f"Folder: {file.parent}."))

    def _usual_folder(self) -> Path:
        """Of shows that name none: the studio's, unless that is the folder which the show in use names."""
        model = getattr(self, "model", None)
        if model is None or model.in_use.sessions is None:
            return self._studio.sessions
        return self.surroundings.settings.now.sessions or default_sessions_folder()


def _close(close: Callable[[float], None], until_s: float) -> None:
    close(max(_LEAST_CLOSE_S, until_s - time.monotonic()))
