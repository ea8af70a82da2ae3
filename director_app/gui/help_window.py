"""The in-app help: the Markdown files of resources/help, with their titles at the left."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QTextBrowser, QWidget

from director_app.gui.theme import tokens
from director_app.session.resources import resource

_PAGES = ("first-show", "recording", "sound", "directing-keys", "trouble")


class HelpWindow(QWidget):
    """One at a time, beside the main window; the show goes on."""

    _opened: ClassVar[HelpWindow | None] = None

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Help – AI Director")
        self.resize(860, 640)
        self._texts = [resource("help", f"{page}.md").read_text("utf-8") for page in _PAGES]
        self._list, self._text = QListWidget(), QTextBrowser()
        self._list.setAccessibleName("Pages of the help")
        self._list.setFixedWidth(200)
        chosen = f"background: {tokens.RAISED}; color: {tokens.TEXT};"
        self._list.setStyleSheet(f"QListWidget::item {{ padding: 8px; }} QListWidget::item:selected {{ {chosen} }}")
        self._text.setAccessibleName("Help")
        self._text.setOpenExternalLinks(True)
        self._list.addItems([text.splitlines()[0].removeprefix("# ") for text in self._texts])
        self._list.currentRowChanged.connect(self._show)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.addWidget(self._list)
        row.addWidget(self._text, 1)
        self._list.setCurrentRow(0)

    @classmethod
    def open(cls, parent: QWidget) -> None:
        """Shows it, or brings it to the front."""
        if cls._opened is None:
            cls._opened = cls(parent)
            cls._opened.destroyed.connect(cls._forget)
        cls._opened.show()
        cls._opened.raise_()

    @classmethod
    def _forget(cls) -> None:
        cls._opened = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _show(self, row: int) -> None:
        self._text.setMarkdown(self._texts[row])
