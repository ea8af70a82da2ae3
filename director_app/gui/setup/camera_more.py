"""What is rarely wanted of a camera: turned, late, another place, gone. Made when it is asked for first."""

from collections.abc import Callable

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from director_app.gui.models import setup_edits as edits
from director_app.gui.models.setting_up import Edit
from director_app.gui.models.setup_cards import CardView
from director_app.gui.setup.controls import ChoiceList, ListEntry, button, label
from director_app.gui.theme.type import Scale

_TURNS = (0, 90, 180, 270)


class CameraMore(QWidget):
    """Below the controls of a camera's card."""

    def __init__(self, row: int, scale: Scale, edit: Callable[[Edit], None]) -> None:
        super().__init__()
        self._row, self._edit, self._offset_ms = row, edit, 0.0
        px, who = scale.px, f"camera {row + 1}"
        self.turn = ChoiceList(lambda place: edit(lambda draft: edits.turn_camera(draft, row, _TURNS[place])))
        self.turn.setAccessibleName(f"How {who} is turned")
        self.offset = QLineEdit()
        self.offset.setValidator(QIntValidator(-2000, 2000, self.offset))
        self.offset.setAccessibleName(f"How much later {who} arrives, milliseconds")
        self.offset.setToolTip("How much later than the others its picture arrives.")
        self.offset.editingFinished.connect(self._give_offset)
        self.left = button(scale, "To the left", lambda: edit(lambda draft: edits.move_camera(draft, row, -1)))
        self.right = button(scale, "To the right", lambda: edit(lambda draft: edits.move_camera(draft, row, 1)))
        self.remove = button(scale, "Remove", lambda: edit(lambda draft: edits.remove_camera(draft, row)))
        for each in (self.left, self.right, self.remove):
            each.setAccessibleName(f"{each.text()}: {who}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(4))
        column.setSpacing(px(8))
        column.addLayout(row_of(px(8), self.turn, self.offset, label("ms late", "detail")))
        column.addLayout(row_of(px(8), self.left, self.right, self.remove))

    @property
    def tab_order(self) -> tuple[QWidget, ...]:
        """Reading order."""
        return (self.turn, self.offset, self.left, self.right, self.remove)

    def show_view(self, view: CardView) -> None:
        """How things are."""
        words = [ListEntry(f"Turned {degrees}°" if degrees else "Not turned") for degrees in _TURNS]
        self.turn.fill(words, _TURNS.index(view.rotation))
        self._offset_ms = view.offset_ms
        if not self.offset.hasFocus():
            self.offset.setText(f"{view.offset_ms:g}")
        self.left.setEnabled(view.number > 1)
        self.right.setEnabled(not view.last)
        self.remove.setEnabled(not view.alone)
        self.remove.setToolTip("A show has at least one camera." if view.alone else "")

    def _give_offset(self) -> None:
        if self.offset.hasAcceptableInput() and float(self.offset.text()) != self._offset_ms:
            offset_ms = float(self.offset.text())
            self._edit(lambda draft: edits.delay_camera(draft, self._row, offset_ms))


def row_of(spacing: int, *widgets: QWidget) -> QHBoxLayout:
    """Side by side."""
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    return row
