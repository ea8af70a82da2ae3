"""The in-app help: the Markdown files of resources/help, with their titles at the left."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QTextBrowser, QWidget

from director_app.gui.theme import tokens
from director_app.session.resources import resource

_PAGES = ("first-show", "recording", "sound", "directing-keys", "after-show", "trouble")


_OWN_KEYS = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Escape,
    }
)
_OWN_SEQUENCES = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.SelectAll)


class HelpWindow(QWidget):
    """One at a time, beside the main window; the show goes on, and keys that are not needed to read direct it."""

    _opened: ClassVar[HelpWindow | None] = None

    def __init__(self, parent: QWidget, pass_on: Callable[[QKeyEvent], None]) -> None:
        """pass_on: who gets the keys that are not needed here."""
        super().__init__(parent, Qt.WindowType.Window)
        self._pass_on = pass_on
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
        # The list would look for a row that begins with the letter.
        for each in (self._list, self._text):
            each.installEventFilter(self)

    @classmethod
    def open(cls, parent: QWidget, pass_on: Callable[[QKeyEvent], None]) -> None:
        """Shows it, or brings it to the front."""
        if cls._opened is None:
            cls._opened = cls(parent, pass_on)
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
        elif not _is_own(event):
            self._pass_on(event)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that neither the list nor the text needs."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and not _is_own(event):
            self._pass_on(event)
            return True
        return super().eventFilter(watched, event)

    def _show(self, row: int) -> None:
        self._text.setMarkdown(self._texts[row])


def _is_own(event: QKeyEvent) -> bool:
    """Whether Help needs this key to be read."""
    return event.key() in _OWN_KEYS or any(event.matches(each) for each in _OWN_SEQUENCES)
