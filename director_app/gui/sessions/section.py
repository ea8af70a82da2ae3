"""The title of a part of the page, with how much there is of it."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget


class SectionTitle(QWidget):
    """A strong word, and a summary after it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        word = QLabel(title)
        word.setProperty("role", "strong")
        self._summary = QLabel()
        self._summary.setProperty("role", "detail")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(word)
        row.addWidget(self._summary, 1)

    def show_summary(self, summary: str) -> None:
        """12 files, 14.5 GB."""
        self._summary.setText(summary)

    def show_section(self, summary: str, part: QWidget) -> None:
        """Without a summary there is nothing: neither the title nor the part below it stands there."""
        self.show_summary(summary)
        self.setVisible(bool(summary))
        part.setVisible(bool(summary))
