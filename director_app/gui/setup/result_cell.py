"""What the sound check says of one microphone: a mark with a shape of its own, words, and what can be done."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from director_app.gui.models.sound_rows import Action, Mark, ResultView
from director_app.gui.setup.controls import button, label
from director_app.gui.setup.level import Voice
from director_app.gui.theme import tokens
from director_app.gui.theme.icons import icon_picture
from director_app.gui.theme.type import Scale

_ICONS = {
    Mark.GOOD: ("check", tokens.TEXT),
    Mark.ADVICE: ("warning", tokens.WARN),
    Mark.BAD: ("warning", tokens.WARN),
}


class ResultCell(QWidget):
    """act gets the view whose button was pressed."""

    def __init__(self, scale: Scale, act: Callable[[ResultView], None]) -> None:
        super().__init__()
        self._scale, self._act = scale, act
        self._view: ResultView | None = None
        self.voice = Voice(scale)
        self._icon = QLabel()
        self._title = label(role="strong", wraps=True)
        self._text = label(wraps=True)
        self.action = button(scale, "", self._pressed)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._text)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scale.px(10))
        row.addWidget(self._icon)
        row.addWidget(self.voice)
        row.addLayout(words, 1)
        row.addWidget(self.action)

    def show_view(self, view: ResultView) -> None:
        """Only what is new is touched."""
        if view == self._view:
            return
        self._view = view
        self._show_mark(view.mark)
        self.voice.setVisible(view.mark is Mark.LISTENING)
        self._title.setText(view.title)
        self._title.setVisible(bool(view.title))
        self._text.setText(view.text)
        self._text.setVisible(bool(view.text))
        role = "detail" if view.title else "dim" if view.mark in {Mark.NONE, Mark.LISTENING} else ""
        self._restyle(role)
        self.action.setText(view.action.value)
        self.action.setVisible(view.action is not Action.NONE)
        self.setToolTip(view.hint)
        self.setAccessibleName(f"Result: {view.spoken}")
        self.action.setAccessibleDescription(view.spoken)

    @property
    def words(self) -> str:
        """What it says."""
        return "" if self._view is None else self._view.spoken

    def _restyle(self, role: str) -> None:
        if self._text.property("role") != role:
            self._text.setProperty("role", role)
            self._text.style().unpolish(self._text)
            self._text.style().polish(self._text)

    def _show_mark(self, mark: Mark) -> None:
        self._icon.setVisible(mark in _ICONS)
        if mark in _ICONS:
            name, colour = _ICONS[mark]
            self._icon.setPixmap(icon_picture(name, self._scale.px(16), colour, self.devicePixelRatioF()))

    def _pressed(self) -> None:
        if self._view is not None:
            self._act(self._view)
