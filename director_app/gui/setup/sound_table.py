"""All microphones with the sound check as one table: a row a person, its controls in reading order."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from director_app.gui.models import setup_edits as edits
from director_app.gui.models.setting_up import Edit
from director_app.gui.models.setup_seats import LevelView, SeatView
from director_app.gui.models.sound_rows import Figure, Mark, ResultView
from director_app.gui.setup.controls import (
    ChoiceList,
    ListEntry,
    icon_button,
    label,
    name_field,
    rule,
    set_role,
    set_text,
)
from director_app.gui.setup.level import LevelMeter
from director_app.gui.setup.result_cell import ResultCell
from director_app.gui.theme.type import Scale

_AT_ONCE = 2
"""Rows that are made in one go: making all of a large show would be felt."""

_COLUMNS = ("Level now", "Name", "Device", "Shown by camera", "Speech", "Noise", "Bleed from others", "Result", "")
_WIDTHS = (184, 104, 212, 112, 60, 92, 108, 0, 28)
_GROWS = {1: 1, 2: 2, 7: 9}
_NARROW_COLUMNS = (*_COLUMNS[:4], "")
_NARROW_WIDTHS = (150, 90, 120, 96, 28)
_NARROW_GROWS = {1: 2, 2: 4, 3: 1}


class _FigureCell(QWidget):
    """A value over its words; is_named: where no heading stands over it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.is_named = False
        self._value, self._words = label(role="strong"), label(role="caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._value)
        column.addWidget(self._words)
        column.addStretch(1)

    def show_figure(self, figure: Figure) -> None:
        """Amber where it warns; the words say so, too."""
        self._value.setText(figure.value)
        name = self._name.partition(" ")[0]
        words = ", ".join(part for part in (name, figure.words) if part) if self.is_named else figure.words
        self._words.setText(words)
        self._words.setVisible(bool(words))
        set_role(self._value, "warn-strong" if figure.warns else "strong" if figure.words else "dim")
        self.setAccessibleName(f"{self._name}: {figure.value} {figure.words}".rstrip())


class _Row:
    """The controls of one microphone."""

    def __init__(
        self, row: int, scale: Scale, edit: Callable[[Edit], None], act: Callable[[ResultView], None]
    ) -> None:
        self._row, self._edit = row, edit
        self._view: SeatView | None = None
        self.level = LevelMeter(scale)
        self.name = name_field(lambda text: edit(lambda draft: edits.rename_microphone(draft, row, text)))
        self.device = ChoiceList(self._choose)
        self.camera = ChoiceList(self._seat)
        self.figures = tuple(_FigureCell(name) for name in _COLUMNS[4:7])
        self.result = ResultCell(scale, act)
        self.remove = icon_button(
            scale, "close", "Remove this microphone", lambda: edit(lambda draft: edits.remove_microphone(draft, row))
        )

    @property
    def cells(self) -> tuple[QWidget, ...]:
        """In reading order."""
        return (self.level, self.name, self.device, self.camera, *self.figures, self.result, self.remove)

    def set_narrow(self, *, narrow: bool) -> None:
        """Whether figures need their names."""
        self.level.set_narrow(narrow=narrow)
        for figure in self.figures:
            figure.is_named = narrow
        view, self._view = self._view, None
        if view is not None:
            self.show_view(view)

    def show_view(self, view: SeatView) -> None:
        """Only what is new is touched."""
        if view == self._view:
            return
        self._view = view
        who = f"microphone {view.number}"
        self.level.name(f"Level of {who} {view.label}")
        self.name.setAccessibleName(f"Name at {who}")
        self.device.setAccessibleName(f"Device of {who}")
        self.camera.setAccessibleName(f"Camera that shows {who}")
        self.remove.setAccessibleName(f"Remove {who} {view.label}")
        set_text(self.name, view.label)
        self.device.fill([ListEntry(each.words, each.hint) for each in view.choices.entries], view.choices.selected)
        self.camera.fill([ListEntry(each) for each in view.cameras], max(0, view.seat))
        for cell, figure in zip(self.figures, (view.sound.speech, view.sound.noise, view.sound.bleed), strict=True):
            cell.show_figure(figure)
        self.result.show_view(view.sound.result)

    def show_level(self, level: LevelView) -> None:
        """Meter, and the voice while it is listened to."""
        number = 1 if self._view is None else self._view.seat + 1
        self.level.show_level(level.meter, number, on=level.on)
        if self._view is not None and self._view.sound.result.mark is Mark.LISTENING:
            self.result.voice.hear(self._view.sound.result.share, level.heard_db, number)

    def _choose(self, place: int) -> None:
        if self._view is not None and place != self._view.choices.selected:
            choice = self._view.choices.entries[place]
            self._edit(lambda draft: edits.choose_microphone(draft, self._row, choice.source, choice.channel))

    def _seat(self, place: int) -> None:
        if self._view is not None and place != self._view.seat:
            camera = self._view.camera_ids[place]
            self._edit(lambda draft: edits.seat_microphone(draft, self._row, camera))


class SoundTable(QFrame):
    """Rows are made anew when their number changes, else kept. In a narrow page results stand below their rows."""

    def __init__(self, scale: Scale, edit: Callable[[Edit], None], act: Callable[[ResultView], None]) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._scale, self._edit, self._act = scale, edit, act
        self._rows: list[_Row] = []
        self._narrow = False
        self._grid = QGridLayout(self)
        self._made: list[QWidget] = []
        self._none = label("No microphone yet. Add one, or cut by hand.", "dim")
        self._lay_out()

    @property
    def rows(self) -> Sequence["_Row"]:
        """One a microphone."""
        return self._rows

    def set_narrow(self, *, narrow: bool) -> None:
        """Whether results need a line of their own."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._lay_out()

    def show_views(self, views: Sequence[SeatView]) -> None:
        """One a row; of many new ones some come with the next call."""
        if len(views) != len(self._rows):
            self._make_rows(min(len(views), len(self._rows) + _AT_ONCE))
        for row, view in zip(self._rows, views, strict=False):
            row.show_view(view)

    def show_levels(self, levels: Sequence[LevelView]) -> None:
        """One a row."""
        for row, level in zip(self._rows, levels, strict=False):
            row.show_level(level)

    def _make_rows(self, count: int) -> None:
        for row in self._rows[count:]:
            for cell in row.cells:
                cell.hide()
                cell.deleteLater()
        self._rows = self._rows[:count] + [
            _Row(number, self._scale, self._edit, self._act) for number in range(len(self._rows), count)
        ]
        self._lay_out()

    def _lay_out(self) -> None:
        """All cells into the grid, in reading order; Tab follows it."""
        px, grid = self._scale.px, self._grid
        made, self._made = self._made, []
        while grid.takeAt(0) is not None:
            continue
        grid.setContentsMargins(px(16), px(8), px(12), px(8))
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(0)
        columns = _NARROW_COLUMNS if self._narrow else _COLUMNS
        for column, words in enumerate(columns):
            self._put(label(words, "caption"), 0, column, 1)
        grid.setRowMinimumHeight(0, px(24))
        for line in range(1, grid.rowCount()):
            grid.setRowMinimumHeight(line, 0)
        for number, row in enumerate(self._rows):
            self._put(rule(), 1 + 3 * number, 0, len(columns))
            row.set_narrow(narrow=self._narrow)
            self._lay_row(2 + 3 * number, row)
        grid.addWidget(self._none, 2 + 3 * len(self._rows), 0, 1, len(columns))
        self._none.setVisible(not self._rows)
        self._lay_columns()
        self._order_tabs()
        for each in made:
            each.hide()
            each.deleteLater()

    def _put(self, made: QWidget, line: int, column: int, columns: int) -> None:
        self._made.append(made)
        self._grid.addWidget(made, line, column, 1, columns)

    def _lay_row(self, line: int, row: _Row) -> None:
        grid, px, middle = self._grid, self._scale.px, Qt.AlignmentFlag.AlignVCenter
        below = (*row.figures, row.result) if self._narrow else ()
        for column, cell in enumerate(each for each in row.cells if each not in below):
            grid.addWidget(cell, line, column, middle)
            cell.show()
        grid.setRowMinimumHeight(line, px(44 if self._narrow else 67))
        grid.setRowMinimumHeight(line + 1, px(44) if self._narrow else 0)
        if below:
            self._put(_side_by_side(below, px(20)), line + 1, 0, len(_NARROW_COLUMNS))

    def _lay_columns(self) -> None:
        """Those that are not used lose what they had."""
        widths = _NARROW_WIDTHS if self._narrow else _WIDTHS
        grows = _NARROW_GROWS if self._narrow else _GROWS
        for column in range(len(_COLUMNS)):
            self._grid.setColumnMinimumWidth(column, self._scale.px(widths[column]) if column < len(widths) else 0)
            self._grid.setColumnStretch(column, grows.get(column, 0))

    def _order_tabs(self) -> None:
        before: QWidget | None = None
        for row in self._rows:
            for each in (row.name, row.device, row.camera, row.result.action, row.remove):
                if before is not None:
                    QWidget.setTabOrder(before, each)
                before = each


def _side_by_side(cells: Sequence[QWidget], spacing: int) -> QWidget:
    """The last one takes what is left."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    for cell in cells:
        row.addWidget(cell, 1 if cell is cells[-1] else 0)
        cell.show()
    return line
