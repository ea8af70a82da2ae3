"""The desk as it is, with somebody beside it who reads out what a screen reader would: run as a script by a test.

`spoken_desk.py FILE ...` writes FILE anew whenever something else is to be said; what follows are the desk's own
arguments. It looks at accessible names and at the focus, and touches nothing.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

# In the place of this folder, whose modules would stand before packages of the same names.
sys.path.pop(0)
sys.path.insert(0, "")
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QWidget,
)

from director_app import app
from director_app.gui import start
from director_app.gui.theme.type import Scale
from director_app.session.atomic import write_atomically
from tests.helpers.keyboard import Spoken

_EVERY_MS = 30


class Reader(QObject):
    """Lives as long as the application."""

    def __init__(self, application: QApplication, file: Path) -> None:
        super().__init__(application)
        self._file = file
        self._moves = 0
        self._said: Spoken | None = None
        application.focusChanged.connect(self._moved)
        timer = QTimer(self)
        timer.timeout.connect(self._read)
        timer.start(_EVERY_MS)

    def _moved(self) -> None:
        self._moves += 1

    def _read(self) -> None:
        focused = QApplication.focusWidget()
        popup = QApplication.activePopupWidget()
        focus = _name(focused)
        if isinstance(popup, QMenu):
            action = popup.activeAction()
            focus = "menu" if action is None else action.text()
        spoken = Spoken(self._moves, focus, _value(focused), tuple(_everything()))
        if spoken != self._said:
            self._said = spoken
            write_atomically(self._file, json.dumps(asdict(spoken)))


def _name(widget: QWidget | None) -> str:
    if widget is None:
        return ""
    if widget.accessibleName():
        return widget.accessibleName()
    return widget.text().strip() if isinstance(widget, QAbstractButton | QLabel) else ""


def _value(widget: QWidget | None) -> str:
    if isinstance(widget, QComboBox):
        return f"{widget.currentText()}, {widget.currentIndex() + 1} of {widget.count()}"
    if isinstance(widget, QLineEdit):
        return widget.text()
    if isinstance(widget, QAbstractButton) and widget.isCheckable():
        return "checked" if widget.isChecked() else "not checked"
    return ""


def _everything() -> list[str]:
    return [
        words if widget.isEnabled() else f"{words}, off"
        for window in QApplication.topLevelWidgets()
        if window.isVisible()
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and (words := _name(widget))
    ]


def _read_out(file: Path) -> None:
    application = start.application

    def heard(scale: Scale) -> QApplication:
        made = application(scale)
        Reader(made, file)
        return made

    vars(start)["application"] = heard


if __name__ == "__main__":
    _read_out(Path(sys.argv.pop(1)))
    app.main()
