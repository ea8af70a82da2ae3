"""Title, canvas, programme delay, style and folder: panels in one row, or in two where the page is narrow."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from director_app.gui.models import setup_edits as edits
from director_app.gui.models import setup_values as values
from director_app.gui.models.setting_up import Edit
from director_app.gui.models.setup import Draft
from director_app.gui.setup.controls import OneLine, Segmented, icon_button, label, name_field, set_text
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale

_WIDE = ((0, 0, 3), (0, 1, 0), (0, 2, 0), (0, 3, 0), (0, 4, 5))
_NARROW = ((0, 0, 1), (1, 0, 0), (1, 1, 0), (1, 2, 0), (0, 1, 2))


class ShowSettings(QWidget):
    """Every change goes to edit; choose_folder opens the system's own dialogue."""

    def __init__(self, scale: Scale, edit: Callable[[Edit], None], choose_folder: Callable[[], None]) -> None:
        super().__init__()
        self._scale, self._edit = scale, edit
        self._draft: Draft | None = None
        self.title = name_field(lambda text: edit(lambda draft: edits.set_title(draft, text)))
        self.title.setAccessibleName("Show title")
        self.canvas = Segmented("Canvas", self._set_canvas)
        self.delay = Segmented("Program delay", self._set_delay)
        self.style_choice = Segmented("Style", self._set_style)
        self.folder = QLineEdit()
        self.folder.setAccessibleName("Folder of all sessions")
        self.folder.editingFinished.connect(self._set_folder)
        self.browse = icon_button(self._scale, "folder", "Choose a folder", choose_folder)
        self.room = OneLine(scale, Role.STRONG)
        self.room.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._shown_folder = ""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(scale.px(16))
        self._panels = self._make_panels()
        self.set_narrow(narrow=False)

    def _make_panels(self) -> tuple[QFrame, ...]:
        self._hint = label(values.DELAY_HINT, "caption", wraps=True)
        self._hint.setMinimumWidth(self._scale.px(136))
        return (
            self._panel("Show title", self.title),
            self._panel("Canvas", self.canvas),
            self._panel("Program delay", self.delay, self._hint),
            self._panel("Style", self.style_choice),
            self._panel("Folder", self.folder, self.browse, self.room),
        )

    def _panel(self, head: str, *controls: QWidget) -> QFrame:
        px = self._scale.px
        panel = QFrame()
        panel.setObjectName("panel")
        column = QVBoxLayout(panel)
        column.setContentsMargins(px(16), px(10), px(16), px(12))
        column.setSpacing(px(4))
        column.addWidget(label(head, "caption"))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        for control in controls:
            row.addWidget(control)
        column.addLayout(row)
        return panel

    def set_narrow(self, *, narrow: bool) -> None:
        """Whether they stand in two rows."""
        self._hint.setVisible(not narrow)
        for column in range(5):
            self._grid.setColumnStretch(column, 0)
        for panel, (row, column, stretch) in zip(self._panels, _NARROW if narrow else _WIDE, strict=True):
            is_last = narrow and column == 1 and row == 0
            self._grid.addWidget(panel, row, column, 1, 4 if is_last else 1)
            if stretch:
                self._grid.setColumnStretch(column, stretch)
        if narrow:
            self._grid.setColumnStretch(1, 0)
            self._grid.setColumnStretch(0, 0)
            self._grid.setColumnStretch(3, 1)

    def show_draft(self, draft: Draft, folder: Path, room: str) -> None:
        """room: how long a recording can last there."""
        self.room.say(room, tokens.TEXT)
        shown = values.shown_path(folder)
        if shown != self._shown_folder:
            self._shown_folder = shown
            set_text(self.folder, shown)
            self.folder.setToolTip(str(folder))
        if draft is self._draft:
            return
        self._draft = draft
        set_text(self.title, draft.title)
        for control, words, selected in self._segments(draft):
            control.fill(words, selected, self._hints(control))

    def _segments(self, draft: Draft) -> tuple[tuple[Segmented, tuple[str, ...], int], ...]:
        canvas, delay, style = values.canvases(draft), values.delays(draft), values.styles(draft)
        return (
            (self.canvas, canvas.words, canvas.selected),
            (self.delay, delay.words, delay.selected),
            (self.style_choice, style.words, style.selected),
        )

    def _hints(self, control: Segmented) -> list[str]:
        if control is self.style_choice:
            return [values.STYLE_HINTS[style] for style in values.STYLES]
        return [values.DELAY_HINT] * 4 if control is self.delay else []

    def _set_canvas(self, place: int) -> None:
        if self._draft is not None:
            segments = values.canvases(self._draft)
            if place != segments.selected:
                width, height, fps = segments.values[place]
                self._edit(lambda draft: edits.set_canvas(draft, width, height, fps))

    def _set_delay(self, place: int) -> None:
        if self._draft is not None and place != values.delays(self._draft).selected:
            seconds = values.delays(self._draft).values[place]
            self._edit(lambda draft: edits.set_delay(draft, seconds))

    def _set_style(self, place: int) -> None:
        if self._draft is not None and place != values.styles(self._draft).selected:
            self._edit(lambda draft: edits.set_style(draft, values.STYLES[place]))

    def _set_folder(self) -> None:
        if self.folder.text() != self._shown_folder:
            chosen = values.typed_path(self.folder.text())
            self._shown_folder = ""
            self._edit(lambda draft: edits.set_sessions(draft, chosen))
