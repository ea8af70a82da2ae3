"""A part of the page below its title, with how much there is of it."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget


class Section(QWidget):
    """Title, summary, and the parts below them."""

    def __init__(self, title: str, *parts: QWidget) -> None:
        super().__init__()
        word = QLabel(title)
        word.setProperty("role", "strong")
        self._summary = QLabel()
        self._summary.setProperty("role", "detail")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(word)
        row.addWidget(self._summary, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(row)
        for part in parts:
            whole.addWidget(part)

    def say(self, summary: str) -> None:
        """12 files, 14.5 GB."""
        self._summary.setText(summary)

    def show_if(self, summary: str) -> None:
        """Nothing to sum up: the whole section is not there."""
        self.say(summary)
        self.setVisible(bool(summary))
