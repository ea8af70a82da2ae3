"""The program: what is decided to be on air, in room time, in its frame, with its bar and the reason under it."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QImage, QResizeEvent
from PySide6.QtWidgets import QWidget

from director_app.core.sources import CameraId
from director_app.engine.state import NameImage
from director_app.gui.desk.painted import Painted
from director_app.gui.desk.picture import Picture, fitted
from director_app.gui.models.director import ProgramView
from director_app.gui.paint import CENTRE, LEFT, RIGHT, Brush
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale

_FRAME = 4


class ProgramMonitor(Painted):
    """The large picture. The picture lies inside its frame."""

    def __init__(self, scale: Scale, picture: Picture, parent: QWidget | None = None) -> None:
        super().__init__(scale, parent)
        self.picture = picture
        self._area = QRect()
        self._on_air = False
        self._name: NameImage | None = None
        self._plate = QImage()

    def show_name(self, name: NameImage | None) -> None:
        """Lays somebody's name over the picture, or takes it away."""
        if name is self._name:
            return
        self._name = name
        if name is not None:
            width, height = name.box[2:]
            # Copied, because QImage does not keep what it shows.
            self._plate = QImage(name.pixels, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
        self.update(self._area)

    def show_camera(self, camera: CameraId, on_air: bool) -> None:  # noqa: FBT001 - a fact shown
        """Fetches the newest picture of the camera on program."""
        if on_air != self._on_air:
            self._on_air = on_air
            self.update()
        if self.picture.pull(camera, self._area, self.devicePixelRatioF()):
            self.update(self._area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts the picture in its place."""
        super().resizeEvent(event)
        self._area = fitted(self.rect().adjusted(_FRAME, _FRAME, -_FRAME, -_FRAME))

    def covered(self) -> QRect:
        """The picture."""
        return self._area

    def draw(self, brush: Brush) -> None:
        """Frame and picture."""
        if brush.must_paint(self._area):
            self.picture.paint(brush.painter, self._area)
            self._paint_name(brush, self._area)
        if brush.must_paint_beyond(self._area):
            brush.frame(self.rect(), tokens.AIR if self._on_air else tokens.EDGE, _FRAME)

    def _paint_name(self, brush: Brush, area: QRect) -> None:
        if self._name is None:
            return
        (left, top, width, height), (across, down) = self._name.box, self._name.canvas
        x, y = area.width() / across, area.height() / down
        place = QRectF(area.x() + left * x, area.y() + top * y, width * x, height * y)
        brush.painter.drawImage(place, self._plate)


class ProgramBar(Painted):
    """Who is on air, why, and for how long. The reason never elides."""

    background = tokens.PANEL

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(scale, parent)
        self._view: ProgramView | None = None

    def show_view(self, view: ProgramView) -> None:
        """Repaints only what is new."""
        if view == self._view:
            return
        self._view = view
        state = "On air" if view.on_air else "Program"
        named = f" The name {view.name} is shown." if view.name else ""
        self.name(f"{state}: camera {view.number} {view.label}. {view.reason}{named}")
        self.update()

    def draw(self, brush: Brush) -> None:
        """One line, or the reason on two."""
        view = self._view
        if view is None:
            return
        px, middle = self.scale.px, self.height() / 2
        fill, ink = (tokens.AIR, tokens.WHITE) if view.on_air else (tokens.LIGHT, tokens.ON_LIGHT)
        x = float(px(12))
        x += brush.flag(x, middle - px(10), "ON AIR" if view.on_air else "PROGRAM", fill, ink) + px(12)
        box = QRectF(x, middle - px(12), px(24), px(24))
        if view.on_air:
            brush.number(box, view.number, fill, ink, role=Role.VALUE)
        else:
            brush.number(box, view.number, tokens.PRESSED, tokens.TEXT, role=Role.VALUE)
        x += px(34)
        label_width = min(brush.width(view.label, Role.NAME), px(220))
        brush.text(QRectF(x, 0, label_width + 1, self.height()), view.label, Role.NAME)
        x += label_width + px(16)
        right = self._draw_name(brush, view, self._draw_shot(brush, view))
        self._draw_reason(brush, QRectF(x, 0, right - x - px(12), self.height()), view.reason)

    def _draw_shot(self, brush: Brush, view: ProgramView) -> float:
        """At the right; returns where it begins."""
        px = self.scale.px
        right = float(self.width() - px(16))
        if not view.shot:
            return right
        time = brush.width(view.shot, Role.VALUE)
        brush.text(QRectF(right - time - 1, 0, time + 2, self.height()), view.shot, Role.VALUE, align=RIGHT)
        word = brush.width("Shot ", Role.BODY)
        left = right - time - px(6) - word
        brush.text(QRectF(left, 0, word + 2, self.height()), "Shot", Role.BODY, tokens.TEXT_2)
        return left

    def _draw_name(self, brush: Brush, view: ProgramView, right: float) -> float:
        """Whose name viewers see, left of that; returns where it begins."""
        if not view.name:
            return right
        px = self.scale.px
        words = f"Name: {view.name}"
        wide = min(brush.width(words, Role.BODY) + 1, px(220))
        left = right - px(20) - wide - px(16)
        area = QRectF(left, self.height() / 2 - px(12), wide + px(16), px(24))
        brush.box(area, tokens.PRESSED, tokens.CONTROL, tokens.RADIUS_SMALL)
        brush.text(area.adjusted(px(8), 0, -px(8), 0), words, Role.BODY, tokens.TEXT, CENTRE)
        return left

    def _draw_reason(self, brush: Brush, area: QRectF, reason: str) -> None:
        if brush.width(reason, Role.REASON) <= area.width():
            brush.text(area, reason, Role.REASON)
            return
        brush.painter.setFont(self.scale.font(Role.BODY))
        brush.painter.setPen(tokens.TEXT)
        wrap = Qt.TextFlag.TextWordWrap
        needed = (
            QFontMetrics(self.scale.font(Role.BODY)).boundingRect(area.toRect(), int(LEFT | wrap), reason).height()
        )
        if needed > area.height():
            brush.painter.setFont(self.scale.font(Role.CAPTION))
        brush.painter.drawText(area, int(LEFT | wrap), reason)
