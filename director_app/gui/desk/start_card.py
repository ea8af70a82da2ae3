"""The card at the foot of the idle program: one sentence and the two things a newcomer may want."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from director_app.gui.theme import tokens
from director_app.gui.theme.icons import icon
from director_app.gui.theme.type import Role, Scale
from director_app.session.show import DemoCameraTable, Show

_NARROW = 480
"""Pixels at 100 % text scale under which words and buttons do not stand side by side."""


class StartCard(QFrame):
    """started: the recording shall begin. set_up: the page of that name is wanted."""

    started = Signal()
    set_up = Signal()

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = scale
        self.setObjectName("card")
        self.setStyleSheet(
            f"QFrame#card {{ background: {tokens.PANEL}; border: 1px solid {tokens.EDGE};"
            f" border-radius: {tokens.RADIUS_DIALOG}px; }}"
        )
        self._title, self._text = QLabel(), QLabel()
        self._title.setProperty("role", "title")
        self._text.setProperty("role", "detail")
        self._text.setWordWrap(True)
        self._start, self._own = QPushButton(), QPushButton("Set up my own cameras    Ctrl 2")
        self._start.setProperty("kind", "primary")
        self._start.setIcon(icon("play", tokens.ON_LIGHT))
        for button in (self._start, self._own):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            # Enter belongs to the button that has the focus; else it would start the show.
            button.setAutoDefault(True)
        self._start.clicked.connect(self.started)
        self._own.clicked.connect(self.set_up)
        words, buttons = QVBoxLayout(), QVBoxLayout()
        words.addWidget(self._title)
        words.addWidget(self._text)
        words.addStretch()
        buttons.addWidget(self._start)
        buttons.addWidget(self._own)
        self._row = row = QHBoxLayout(self)
        row.addLayout(words, 1)
        row.addLayout(buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where large text leaves no room beside the buttons, they stand below the title."""
        super().resizeEvent(event)
        px, direction = self._scale.px, QBoxLayout.Direction
        is_narrow = self.width() < px(_NARROW)
        self._text.setVisible(not is_narrow)
        self._row.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
        self._row.setContentsMargins(24, px(8) if is_narrow else 20, 24, px(8) if is_narrow else 20)
        self._row.setSpacing(px(4) if is_narrow else 24)

    @property
    def buttons(self) -> tuple[QPushButton, QPushButton]:
        """In reading order."""
        return self._start, self._own

    def show_show(self, show: Show) -> None:
        """The words for this show."""
        people, cameras = len(show.microphone), len(show.camera)
        is_demo = all(isinstance(table, DemoCameraTable) for table in show.camera)
        self._title.setText("The demo show is ready" if is_demo else f"{show.title} is ready")
        source = "no hardware" if is_demo else f"canvas {show.canvas.width} x {show.canvas.height}"
        counted = (
            f"{people} {'person' if people == 1 else 'people'}, {cameras} {'camera' if cameras == 1 else 'cameras'}"
        )
        how = "AI Director listens and cuts to whoever has the floor; you overrule it with one key."
        self._text.setText(f"{counted}, {source}. {how}")
        self._title.setFont(self._scale.font(Role.TITLE))
        self._start.setText(("Start the demo show" if is_demo else "Start recording") + "    Enter")
