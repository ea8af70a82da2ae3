"""The sheet that says which timelines an export writes, and who reads them."""

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from director_app.gui.models.render_choice import EXPORTS
from director_app.gui.sessions.sheet import Sheet
from director_app.gui.theme.type import Scale
from director_app.post.timelines.formats import file_name

_NOTE = "Every cut stays movable, with its reason as a marker. A timeline that you have changed is not written over."


class ExportSheet(Sheet):
    """All formats at once: they are small."""

    def __init__(self, scale: Scale) -> None:
        super().__init__(scale, "Export timeline", "Export")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (form, reader) in enumerate(EXPORTS.items()):
            whom = QLabel(reader)
            whom.setProperty("role", "detail")
            whom.setWordWrap(True)
            grid.addWidget(QLabel(file_name(form)), row, 0)
            grid.addWidget(whom, row, 1)
        self.body.addLayout(grid)
        self.note.setText(_NOTE)
        self.add_foot()

    def first(self) -> QWidget:
        """There is nothing to choose."""
        return self.does
