"""The list of a camera's sources when it is a network stream: the address is typed right into it.

A password in it is seen only by whoever is typing there.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLineEdit

from director_app.session.redact import without_password


class AddressField(QLineEdit):
    """Shows the address without user and password until it has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self._address = ""
        self.setPlaceholderText("rtsp://192.168.1.20:554/stream")
        self.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
        self.installEventFilter(self)

    @property
    def address(self) -> str:
        """What was typed, whole."""
        return self.text().strip() if self.hasFocus() or self.isModified() else self._address

    def set_address(self, address: str) -> None:
        """Not while somebody is typing."""
        if not self.hasFocus() and (address != self._address or not self.text()):
            self._address = address
            self._show_safely()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The whole address while it is edited."""
        if event.type() == QEvent.Type.FocusIn:
            self.setText(self._address)
        elif event.type() == QEvent.Type.FocusOut:
            self._address = self.text().strip()
            self._show_safely()
        return super().eventFilter(watched, event)

    def _show_safely(self) -> None:
        try:
            self.setText(without_password(self._address))
        except ValueError:
            self.setText(self._address)
        self.setCursorPosition(0)
