"""What is rarely wanted of a camera: turned, late, another place, gone. Made when it is asked for first."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QHBoxLayout, QVBoxLayout, QWidget

from director_app.gui.models import setup_edits as edits
from director_app.gui.models.setting_up import Edit
from director_app.gui.models.setup_cards import CardView
from director_app.gui.setup.controls import ChoiceList, ListEntry, button
from director_app.gui.theme.type import Scale

_TURNS = (0, 90, 180, 270)


class CameraMore(QWidget):
    """Below the controls of a camera's card."""

    def __init__(self, row: int, scale: Scale, edit: Callable[[Edit], None]) -> None:
        super().__init__()
        px, who = scale.px, f"camera {row + 1}"
        self.turn = ChoiceList(lambda place: edit(lambda draft: edits.turn_camera(draft, row, _TURNS[place])))
        self.turn.setAccessibleName(f"How {who} is turned")
        self.offset = QDoubleSpinBox()
        self.offset.setRange(-2000, 2000)
        self.offset.setDecimals(0)
        self.offset.setSuffix(" ms late")
        self.offset.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.offset.setKeyboardTracking(False)
        self.offset.setAccessibleName(f"How much later {who} arrives, milliseconds")
        self.offset.setToolTip("How much later than the others its picture arrives. Arrow keys change it.")
        self.offset.valueChanged.connect(lambda value: edit(lambda draft: edits.delay_camera(draft, row, value)))
        self.left = button(scale, "To the left", lambda: edit(lambda draft: edits.move_camera(draft, row, -1)))
        self.right = button(scale, "To the right", lambda: edit(lambda draft: edits.move_camera(draft, row, 1)))
        self.remove = button(scale, "Remove", lambda: edit(lambda draft: edits.remove_camera(draft, row)))
        for each in (self.left, self.right, self.remove):
            each.setAccessibleName(f"{each.text()}: {who}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(4))
        column.setSpacing(px(8))
        column.addLayout(row_of(px(8), self.turn, self.offset))
        column.addLayout(row_of(px(8), self.left, self.right, self.remove))

    @property
    def tab_order(self) -> tuple[QWidget, ...]:
        """Reading order."""
        return (self.turn, self.offset, self.left, self.right, self.remove)

    def show_view(self, view: CardView) -> None:
        """How things are."""
        words = [ListEntry(f"Turned {degrees}°" if degrees else "Not turned") for degrees in _TURNS]
        self.turn.fill(words, _TURNS.index(view.rotation))
        blocker = QSignalBlocker(self.offset)
        if not self.offset.hasFocus():
            self.offset.setValue(view.offset_ms)
        blocker.unblock()
        self.left.setEnabled(view.number > 1)
        self.right.setEnabled(not view.last)
        self.remove.setEnabled(not view.alone)
        self.remove.setToolTip("A show has at least one camera." if view.alone else "")


def row_of(spacing: int, *widgets: QWidget) -> QHBoxLayout:
    """Side by side."""
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    return row
