"""Title and circumstances of the chosen session, and what can be done with it. The title is edited in its place."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from director_app.engine.past_sessions import LONGEST_TITLE
from director_app.gui.models.sessions import Action
from director_app.gui.sessions.labels import OneLine
from director_app.gui.theme import tokens
from director_app.gui.theme.icons import icon, icon_picture
from director_app.gui.theme.type import Role, Scale

_SMALL = {Action.OPEN_FOLDER: "folder", Action.RENAME: "pencil", Action.DELETE: "trash"}
"""Those that every program has: their icons say enough."""

_LARGE = {Action.RENDER: "film", Action.RECUT: "cut", Action.EXPORT: "timeline"}
_BUTTONS = _SMALL | _LARGE


class Heading(QWidget):
    """asked: an Action. renamed: the new title."""

    asked = Signal(object)
    renamed = Signal(str)

    def __init__(self, scale: Scale) -> None:
        super().__init__()
        self._scale = scale
        self.title = OneLine(scale, Role.TITLE)
        self.about = OneLine(scale, Role.DETAIL, tokens.TEXT_2)
        self.edit = self._make_edit()
        self.buttons = {action: self._make_button(action) for action in _BUTTONS}
        self._lay_out()
        self.rescale()

    def _make_edit(self) -> QLineEdit:
        edit = QLineEdit()
        edit.setAccessibleName("Title of this session")
        edit.setMaxLength(LONGEST_TITLE)
        edit.returnPressed.connect(self._keep)
        return edit

    def _make_button(self, action: Action) -> QPushButton:
        # Qt leaves 4 pixels between icon and word, and nothing but a space makes them more.
        button = QPushButton(f" {action.value}" if action in _LARGE else "")
        if action in _SMALL:
            button.setStyleSheet("padding: 0;")
        button.setAccessibleName(
            f"{action.value}, this session" if action is not Action.OPEN_FOLDER else action.value
        )
        button.clicked.connect(lambda: self.asked.emit(action))
        return button

    def _lay_out(self) -> None:
        shown = QWidget()
        lines = QVBoxLayout(shown)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.title)
        lines.addWidget(self.about)
        lines.addStretch()
        edited = QWidget()
        field = QVBoxLayout(edited)
        field.setContentsMargins(2, 2, 2, 2)
        field.addWidget(self.edit)
        field.addStretch()
        self._words = QWidget()
        self._stack = QStackedLayout(self._words)
        self._stack.addWidget(shown)
        self._stack.addWidget(edited)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._words, 1)
        for action in _SMALL:
            first.addWidget(self.buttons[action])
        second = QHBoxLayout()
        second.setSpacing(8)
        for action in _LARGE:
            second.addWidget(self.buttons[action])
        second.addStretch(0)
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addLayout(first, 1)
        self._whole.addLayout(second)

    def rescale(self) -> None:
        """After another text scale."""
        for action, button in self.buttons.items():
            button.setIcon(_icon(_BUTTONS[action], self._scale.px(16)))
            button.setIconSize(QSize(self._scale.px(16), self._scale.px(16)))
            if action in _SMALL:
                button.setFixedWidth(self._scale.px(34))
        self._words.setFixedHeight(self._scale.px(40))
        self._whole.setSpacing(self._scale.px(8))

    def set_direction(self, direction: QBoxLayout.Direction) -> None:
        """The renderer's buttons beside the title, or below it."""
        self._whole.setDirection(direction)

    def show_session(self, title: str, about: str, refusals: Mapping[Action, str | None]) -> None:
        """refusals: why something cannot be done; without one it can."""
        self.title.say(title)
        self.about.say(about)
        for action, button in self.buttons.items():
            refusal = refusals.get(action)
            button.setEnabled(refusal is None)
            button.setToolTip(refusal or (action.value if action in _SMALL else ""))

    def start_editing(self, title: str) -> None:
        """The title becomes a field."""
        self.edit.setText(title)
        self._stack.setCurrentIndex(1)
        self.edit.setFocus()
        self.edit.selectAll()

    @property
    def is_editing(self) -> bool:
        """Whether a title is being written."""
        return self._stack.currentIndex() == 1

    def stop_editing(self) -> None:
        """The old title stays."""
        if self.is_editing:
            had_focus = self.edit.hasFocus()
            self._stack.setCurrentIndex(0)
            if had_focus:
                self.buttons[Action.RENAME].setFocus()

    def _keep(self) -> None:
        title = self.edit.text()
        self.stop_editing()
        self.renamed.emit(title)


def _icon(name: str, pixels: int) -> QIcon:
    """As grey as its word where the button cannot be pressed."""
    made = icon(name, tokens.TEXT, pixels)
    for ratio in (1.0, 2.0):
        made.addPixmap(icon_picture(name, pixels, tokens.TEXT_3, ratio), QIcon.Mode.Disabled)
    return made
