"""The program alone in a window of its own: for a screen in the room or the producer's second monitor."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from director_app.core.sources import CameraId
from director_app.engine.viewers import VIEWERS
from director_app.gui.desk.picture import Picture, fitted
from director_app.gui.theme import tokens


class ProgramWindow(QWidget):
    """Shows what is decided, in room time; V: what viewers see instead, the programme delay later. Double click or F:
    full screen. Survives a monitor that goes away. passed_on: a key that is meant for the desk.
    """

    turned_to_viewers = Signal(bool)
    passed_on = Signal(object)

    def __init__(self, picture: Picture) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.picture = picture
        self.for_viewers = False
        self._shown: CameraId | None = None
        self._name()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 180)
        self.resize(960, 540)

    def show_camera(self, camera: CameraId) -> None:
        """Fetches the newest picture of the camera on program, or of VIEWERS."""
        if camera != self._shown:
            self._shown = camera
            self._name()
        if self.isVisible() and self.picture.pull(camera, self._area(), self.devicePixelRatioF()):
            self.update()

    def come_back(self) -> None:
        """A monitor has gone: a window that stood there alone comes to the first one, no longer full screen."""
        seen = any(screen.geometry().intersects(self.frameGeometry()) for screen in QGuiApplication.screens())
        first = QGuiApplication.primaryScreen()
        if not seen and first is not None:
            self.showNormal()
            self.move(first.availableGeometry().topLeft())

    def _area(self) -> QRect:
        return fitted(self.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture on black."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.WINDOW)
        self.picture.paint(painter, self._area())
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """V: as viewers see it, and back. F and F11: full screen. Esc: back."""
        if event.key() == Qt.Key.Key_V:
            self.for_viewers = not self.for_viewers
            self._name()
            self.turned_to_viewers.emit(self.for_viewers)
        elif event.key() in {Qt.Key.Key_F, Qt.Key.Key_F11}:
            self._toggle()
        elif event.key() == Qt.Key.Key_Escape:
            self.showNormal()
        else:
            self.passed_on.emit(event)

    def mouseDoubleClickEvent(self, event: object) -> None:
        """Full screen, and back."""
        self._toggle()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing it changes nothing in the show; nobody looks at what viewers see any more."""
        self.turned_to_viewers.emit(False)  # noqa: FBT003 - Qt's form
        event.accept()

    def _name(self) -> None:
        if not self.for_viewers:
            name = "Program, in room time"
        elif self._shown == VIEWERS:
            name = "Program, as viewers see it"
        else:
            name = "Program, in room time until viewers see the first picture"
        self.setWindowTitle(f"{name} – AI Director")
        self.setAccessibleName(name)

    def _toggle(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()
