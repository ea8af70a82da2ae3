"""A button that its parent has painted: what Tab, keys and a screen reader need of it. Paints nothing itself."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from director_app.gui.desk.painted import presses


class Spot(QAbstractButton):
    """clicked: Space or Enter. Clicks of the mouse go to the parent, which also draws the ring."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._painter = parent
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def lie_on(self, area: QRectF) -> None:
        """Where the parent has painted it; not there while that is nowhere."""
        place = area.toAlignedRect()
        if place != self.geometry():
            self.setGeometry(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter; all else is for the parent."""
        if presses(event):
            self.click()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A key has done what it does when it was pressed."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The parent draws the ring."""
        super().focusInEvent(event)
        self._painter.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """And takes it away."""
        super().focusOutEvent(event)
        self._painter.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing: the parent has done it."""
