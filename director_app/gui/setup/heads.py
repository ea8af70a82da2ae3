"""The two headings of Set up: cameras with what can be added, microphones with the sound check's course."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from director_app.gui.models.sound_rows import CheckHeading
from director_app.gui.paint import RIGHT
from director_app.gui.setup.controls import OneLine, button, label
from director_app.gui.setup.level import TurnRing
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale


class CamerasHead(QWidget):
    """How many are plugged in, and what can be added."""

    def __init__(
        self, scale: Scale, add: Callable[[], None], stream: Callable[[], None], look_again: Callable[[], None]
    ) -> None:
        super().__init__()
        self._found = label(role="dim")
        self.add = button(scale, "Camera", add, icon_name="plus", hint="Adds a camera that is plugged in.")
        self.stream = button(scale, "Network stream", stream, icon_name="plus", hint="Adds a camera by its address.")
        self.again = button(scale, "Look again", look_again, icon_name="reload", hint="Asks for devices now.")
        row = _row(self, scale)
        row.addWidget(label("Cameras", "heading"))
        row.addWidget(self._found, 1)
        for each in (self.add, self.stream, self.again):
            row.addWidget(each)

    def show_found(self, words: str, *, can_add: bool) -> None:
        """Nine cameras at most."""
        self._found.setText(words)
        for each in (self.add, self.stream):
            each.setEnabled(can_add)


class SoundHead(QWidget):
    """Whose turn it is, and how the check is begun and ended."""

    def __init__(
        self,
        scale: Scale,
        add: Callable[[], None],
        start: Callable[[], None],
        stop: Callable[[], None],
        over: Callable[[], None],
    ) -> None:
        super().__init__()
        self._view: CheckHeading | None = None
        self.add = button(scale, "Microphone", add, icon_name="plus", hint="Adds a microphone.")
        self.ring = TurnRing(scale)
        self._words = OneLine(scale, Role.BODY, RIGHT)
        self.start = button(scale, "Start sound check", start)
        self.stop = button(scale, "Stop", stop, hint="Ends the sound check without a result.")
        self.over = button(scale, "Start over", over, hint="Begins the sound check anew.")
        row = _row(self, scale)
        row.addWidget(label("Microphones and sound check", "heading"))
        row.addSpacing(scale.px(8))
        row.addWidget(self.add)
        self._words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row.addStretch(1)
        row.addWidget(self.ring)
        row.addWidget(self._words)
        for each in (self.start, self.stop, self.over):
            row.addWidget(each)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.words

    def show_view(self, view: CheckHeading, *, can_start: bool, can_add: bool) -> None:
        """can_start: the microphones are open."""
        self.start.setEnabled(can_start)
        self.over.setEnabled(can_start)
        self.add.setEnabled(can_add)
        if view == self._view:
            return
        self._view = view
        self.ring.show_view(view)
        colour = tokens.TEXT if view.is_running else tokens.WARN if view.warns else tokens.TEXT_2
        self._words.say(view.words, colour, Role.NAME if view.is_running else Role.BODY)
        self.start.setVisible(not view.is_running and not view.was_run)
        self.stop.setVisible(view.is_running)
        self.over.setVisible(view.is_running or view.was_run)
        self.setAccessibleName(view.words)


def _row(widget: QWidget, scale: Scale) -> QHBoxLayout:
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(scale.px(12))
    return row
