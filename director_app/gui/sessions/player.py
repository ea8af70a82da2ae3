"""The program of a past show as a picture and a strip to scrub on. Playing is left to the system's player."""

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QPushButton, QVBoxLayout, QWidget

from director_app.engine.past_show import PastShow, Shot
from director_app.gui.models.session_words import one_line
from director_app.gui.models.words import length
from director_app.gui.paint import CENTRE, LEFT, RIGHT, Brush, veil
from director_app.gui.theme import tokens
from director_app.gui.theme.icons import icon_picture
from director_app.gui.theme.type import Role, Scale

_STRIP = 44
_MARGIN = 12
_PAGES = 20


class PlayButton(QPushButton):
    """A circle on the picture."""

    def __init__(self, scale: Scale, parent: QWidget) -> None:
        super().__init__(parent)
        self._scale = scale
        self.setAccessibleName("Play the program in the system's player")
        self.setToolTip("Play in the system's player")

    def sizeHint(self) -> QSize:
        """A circle of 40."""
        return QSize(self._scale.px(44), self._scale.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Plate, triangle, focus ring."""
        painter = QPainter(self)
        brush, whole = Brush(painter, self._scale), QRectF(self.rect())
        disc = whole.adjusted(3, 3, -3, -3)
        brush.box(disc, tokens.PRESSED if self.underMouse() else veil(tokens.PLATE_VEIL), None, disc.width() / 2)
        size = self._scale.px(16)
        picture = icon_picture("play", size, tokens.TEXT, self.devicePixelRatio())
        painter.drawPixmap(
            QPoint(round(whole.center().x() - size / 2), round(whole.center().y() - size / 2)), picture
        )
        if self.hasFocus():
            brush.box(whole, None, tokens.LIGHT, whole.width() / 2, tokens.FOCUS_WIDTH)
        painter.end()


class PictureView(QWidget):
    """One picture of the program, or the sentence why there is none. Never wider than 16:9."""

    def __init__(self, scale: Scale) -> None:
        super().__init__()
        self._scale = scale
        self._image: QImage | None = None
        self._sentence = ""
        self.play = PlayButton(scale, self)

    def show_picture(self, image: QImage | None) -> None:
        """None: nothing yet."""
        self._image = image
        self.update()

    def say(self, sentence: str) -> None:
        """In place of the picture; "" for a program that can be played."""
        self._sentence = sentence
        self.play.setVisible(not sentence)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button keeps its corner."""
        size, margin = self.play.sizeHint(), self._scale.px(_MARGIN) - 2
        self.play.setGeometry(margin, self.height() - size.height() - margin, size.width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture keeps its shape."""
        painter = QPainter(self)
        brush = Brush(painter, self._scale)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()).adjusted(0, 0, 0, tokens.RADIUS), tokens.RADIUS, tokens.RADIUS)
        painter.setClipPath(outline)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        brush.box(self.rect(), tokens.RAISED if self._image is None else tokens.WINDOW)
        if self._sentence:
            area = self.rect().adjusted(*(self._scale.px(each) for each in (24, 24, -24, -24)))
            painter.setFont(self._scale.font(Role.BODY))
            painter.setPen(QColor(tokens.TEXT_2))
            painter.drawText(area, int(CENTRE | Qt.TextFlag.TextWordWrap), self._sentence)
        elif self._image is not None:
            painter.drawImage(_fitted(self._image.size(), self.rect()), self._image)
        painter.end()


def _fitted(size: QSize, area: QRect) -> QRect:
    """As large as fits, in the middle."""
    fitted = QRect(QPoint(), size.scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio))
    fitted.moveCenter(area.center())
    return fitted


class ProgramStrip(QAbstractSlider):
    """Who was on air when, and the position, in milliseconds. Arrow keys go from key frame to key frame."""

    def __init__(self, scale: Scale) -> None:
        super().__init__()
        self._scale = scale
        self._shots: Sequence[Shot] = ()
        self._markers_s: Sequence[float] = ()
        self._keys_ms: list[int] = [0]
        self._length_s = 0.0
        self._painted: QPixmap | None = None
        self._painted_for: tuple[int, int, float, float] | None = None
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Position in the program")
        self.valueChanged.connect(self._moved)

    def show_show(self, show: PastShow | None) -> None:
        """Another show; the position stays where it can."""
        self._shots = () if show is None else show.shots
        self._markers_s = () if show is None else show.markers_s
        self._length_s = 0.0 if show is None else show.length_s
        self._painted = None
        self._keys_ms = [0] if show is None else [round(each * 1000) for each in show.key_times_s] or [0]
        self.setRange(0, round(self._length_s * 1000))
        self._moved(self.value())
        self.update()

    def key_s(self) -> float:
        """The key frame that the position shows, seconds."""
        return self._keys_ms[self._key()] / 1000

    def _key(self) -> int:
        return max(0, bisect_right(self._keys_ms, self.value()) - 1)

    def _moved(self, value: int) -> None:
        shot = next((each for each in self._shots if each.first_s <= value / 1000 < each.end_s), None)
        on_air = f", on air {shot.number} {one_line(shot.label)}" if shot else ""
        self.setAccessibleDescription(f"{length(value / 1000)} of {length(self._length_s)}{on_air}")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Key frames by arrows, a twentieth of the show by page keys, its ends by Home and End."""
        now, keys = self.value(), self._keys_ms
        page = max(1, self.maximum() // _PAGES)
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Down:
                self.setValue(keys[max(0, self._key() - 1)])
            case Qt.Key.Key_Right | Qt.Key.Key_Up:
                self.setValue(keys[min(len(keys) - 1, self._key() + 1)])
            case Qt.Key.Key_PageDown:
                self.setValue(now + page)
            case Qt.Key.Key_PageUp:
                self.setValue(now - page)
            case Qt.Key.Key_Home:
                self.setValue(0)
            case Qt.Key.Key_End:
                self.setValue(self.maximum())
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins a drag."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follows it."""
        if self.isSliderDown():
            self._go_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends it."""
        self.setSliderDown(False)

    def _go_to(self, x: float) -> None:
        lane = self._lane()
        share = (x - lane.x()) / max(1.0, lane.width())
        self.setValue(round(min(1.0, max(0.0, share)) * self._length_s * 1000))

    def _lane(self) -> QRectF:
        px = self._scale.px
        return QRectF(px(_MARGIN), px(12), max(1, self.width() - 2 * px(_MARGIN)), px(10))

    def _x(self, t_s: float) -> float:
        lane = self._lane()
        return lane.x() + lane.width() * min(1.0, max(0.0, t_s / max(self._length_s, 1e-9)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Markers, lane, position, times."""
        # A long show has a thousand shots: they are painted once, not with every step of a drag.
        wanted = (self.width(), self.height(), self._scale.factor, self.devicePixelRatio())
        if self._painted is None or self._painted_for != wanted:
            self._painted, self._painted_for = self._paint_shots(), wanted
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._painted)
        brush = Brush(painter, self._scale)
        self._paint_position(brush, self._lane())
        if self.hasFocus():
            brush.focus_ring(self.rect().adjusted(2, 2, -2, -2))
        painter.end()

    def _paint_shots(self) -> QPixmap:
        """Shots and markers."""
        ratio, px, lane = self.devicePixelRatio(), self._scale.px, self._lane()
        picture = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.fillRect(lane, QColor(tokens.RAISED))
        for shot in self._shots:
            left, right = round(self._x(shot.first_s)), round(self._x(shot.end_s))
            # A hairline between shots, where there is room for one.
            box = QRectF(left, lane.y(), max(1, right - left - (right - left > 3)), lane.height())
            painter.fillRect(box, QColor(tokens.lane_fill(shot.number)))
            painter.fillRect(QRectF(box.x(), box.y(), box.width(), px(3)), QColor(tokens.camera_colour(shot.number)))
        for at_s in self._markers_s:
            painter.fillRect(
                round(self._x(at_s)) - px(2), round(lane.y()) - px(7), px(4), px(4), QColor(tokens.LIGHT)
            )
        painter.end()
        return picture

    def _paint_position(self, brush: Brush, lane: QRectF) -> None:
        px = self._scale.px
        if self._length_s > 0:
            x = self._x(self.value() / 1000)
            brush.box(QRectF(x - 1, lane.y() - px(6), 2, lane.height() + px(9)), tokens.LIGHT)
        text = QRectF(lane.x(), lane.bottom() + px(2), lane.width(), px(16))
        brush.text(text, length(self.value() / 1000), Role.CAPTION, tokens.TEXT_2, LEFT)
        brush.text(text, length(self._length_s), Role.CAPTION, tokens.TEXT_2, RIGHT)


class Player(QWidget):
    """Picture above strip, on a panel. moved: another picture is wanted; played: by the button."""

    moved = Signal()
    played = Signal()

    def __init__(self, scale: Scale) -> None:
        super().__init__()
        self._scale = scale
        self.picture = PictureView(scale)
        self.strip = ProgramStrip(scale)
        self.picture.play.clicked.connect(self.played)
        self.strip.valueChanged.connect(self.moved)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.picture)
        whole.addWidget(self.strip)

    def set_width(self, width: int) -> None:
        """The picture is 16:9; the strip is as high as its text."""
        self.picture.setFixedSize(width, width * 9 // 16)
        self.strip.setFixedSize(width, self._scale.px(_STRIP))
        self.setFixedSize(width, self.picture.height() + self.strip.height())

    def picture_size(self) -> tuple[int, int]:
        """Pixels of the screen."""
        ratio = self.devicePixelRatio()
        return round(self.picture.width() * ratio), round(self.picture.height() * ratio)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The panel."""
        painter = QPainter(self)
        Brush(painter, self._scale).box(self.rect(), tokens.PANEL, None, tokens.RADIUS)
        painter.end()
