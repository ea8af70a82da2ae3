"""The bar at the foot of Set up: how things stand in one sentence, show files, put back, use."""

import sys
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy

from director_app.gui.models.setup_status import Status, Tone
from director_app.gui.setup.controls import KeyedButton, OneLine, button
from director_app.gui.theme import tokens
from director_app.gui.theme.icons import icon, icon_picture
from director_app.gui.theme.type import Role, Scale

_ICONS = {
    Tone.GOOD: ("check", tokens.TEXT),
    Tone.BUSY: ("lock", tokens.TEXT_2),
    Tone.WARNING: ("warning", tokens.WARN),
    Tone.MISSING: ("warning", tokens.WARN),
}


class Foot(QFrame):
    """64 high at 100 % text scale."""

    def __init__(self, scale: Scale, menu: QMenu, put_back: Callable[[], None], use: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("bar")
        self._scale = scale
        self._status: Status | None = None
        self.setFixedHeight(scale.px(64))
        self._icon = QLabel()
        self._head, self._text = OneLine(scale, Role.STRONG), OneLine(scale, Role.BODY)
        self._head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.files = QPushButton("Show file")
        self.files.setIcon(icon("chevron-down", tokens.TEXT_2))
        self.files.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.files.setMenu(menu)
        self.files.setToolTip("Open, save, begin anew")
        self.put_back = button(scale, "Put back", put_back, hint="Back to the set-up that is in use.")
        self.put_back.setProperty("kind", "")
        cap = "⌘ Enter" if sys.platform == "darwin" else "Ctrl Enter"
        self.use = KeyedButton("Use this set-up", cap, scale, use)
        row = QHBoxLayout(self)
        row.setContentsMargins(scale.px(24), 0, scale.px(24), 0)
        row.setSpacing(scale.px(12))
        for widget in (self._icon, self._head):
            row.addWidget(widget)
        row.addWidget(self._text, 1)
        for pressed in (self.files, self.put_back, self.use):
            row.addWidget(pressed)

    @property
    def words(self) -> str:
        """What it says."""
        return "" if self._status is None else f"{self._status.head} {self._status.text}".strip()

    def show_status(self, status: Status) -> None:
        """Only what is new is touched."""
        if status == self._status:
            return
        self._status = status
        name, colour = _ICONS[status.tone]
        self._icon.setPixmap(icon_picture(name, self._scale.px(16), colour, self.devicePixelRatioF()))
        self._head.say(status.head, tokens.TEXT)
        self._text.say(status.text)
        self.setAccessibleName(self.words)

    def allow(self, *, put_back: bool, use: bool, files: bool, why_not: str) -> None:
        """why_not: for the tooltip of the primary button where it is off."""
        self.put_back.setEnabled(put_back)
        self.use.setEnabled(use)
        self.files.setEnabled(files)
        self.use.setToolTip("" if use else why_not)
