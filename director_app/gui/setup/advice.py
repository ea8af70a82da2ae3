"""How automatic gain control is switched off, in a box beside the page: read while one looks for the switch.

Never modal. Must not know what was found.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


class Advice:
    """Owner of at most one box."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self._box: QMessageBox | None = None

    def tell(self, sentence: str) -> None:
        """Another one takes its place."""
        self.close()
        box = self._box = QMessageBox(self._parent)
        box.setWindowTitle("Automatic gain control")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(sentence)
        box.setStandardButtons(QMessageBox.StandardButton.Close)
        box.setModal(False)
        box.show()

    def close(self) -> bool:
        """False: there was none to be seen."""
        box, self._box = self._box, None
        if box is None:
            return False
        was_open = box.isVisible()
        box.hide()
        box.deleteLater()
        return was_open
