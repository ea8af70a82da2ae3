"""A camera's picture while it is being set up, with what keeps it from one. Pulled by the page's own timer."""

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget

from director_app.core.sources import CameraId
from director_app.engine.monitors import Monitor
from director_app.gui.desk.painted import Painted
from director_app.gui.desk.picture import Picture
from director_app.gui.paint import CENTRE, Brush
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale

_SHAPE = 16 / 9


class Preview(Painted):
    """16:9; other canvases stand inside it. Its upper corners are those of its card."""

    background = tokens.PANEL

    def __init__(self, scale: Scale, monitor: Monitor, parent: QWidget | None = None) -> None:
        super().__init__(scale, parent)
        self._picture = Picture(monitor)
        self._camera: CameraId | None = None
        self._aspect = _SHAPE
        self._badge = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_camera(self, camera: CameraId, aspect: float, badge: str) -> None:
        """aspect: width over height of the canvas. badge: why there is no living picture, "" if there is."""
        if (camera, aspect, badge) != (self._camera, self._aspect, self._badge):
            self._camera, self._aspect, self._badge = camera, aspect, badge
            self.update()

    def pull(self) -> None:
        """Fetches the newest picture."""
        if self._camera is not None and self._picture.pull(self._camera, self._area(), self.devicePixelRatioF()):
            self.update()

    @property
    def badge(self) -> str:
        """What stands on it."""
        return self._badge

    def sizeHint(self) -> QSize:
        """16:9 of the width it has."""
        return QSize(self._scale_width(), round(self._scale_width() / _SHAPE))

    def _scale_width(self) -> int:
        return max(self.width(), self.scale.px(160))

    def _area(self) -> QRect:
        width = min(self.width(), round(self.height() * self._aspect))
        height = min(self.height(), round(width / self._aspect))
        return QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def draw(self, brush: Brush) -> None:
        """Picture and badge."""
        rounded = QPainterPath()
        radius = tokens.RADIUS
        rounded.addRoundedRect(QRectF(0, 0, self.width(), self.height() + radius), radius, radius)
        brush.painter.fillRect(self.rect(), tokens.WINDOW)
        brush.painter.setClipPath(rounded)
        brush.painter.fillRect(self.rect(), tokens.RAISED)
        if self._badge:
            self._draw_badge(brush)
        else:
            self._picture.paint(brush.painter, self._area())

    def _draw_badge(self, brush: Brush) -> None:
        px = self.scale.px
        middle = self.rect().center()
        brush.icon("camera-lost", middle.x() - px(10), middle.y() - px(22), tokens.TEXT_2, 20)
        line = QRectF(px(8), middle.y() + px(4), self.width() - px(16), px(20))
        brush.text(line, self._badge, Role.BODY, tokens.TEXT_2, CENTRE)
