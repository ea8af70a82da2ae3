"""What moves in the table of the sound check: levels, the ring of a turn, the voice that is listened to."""

from collections import deque

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QSizePolicy

from director_app.gui.desk.painted import Painted
from director_app.gui.meter_bar import draw_meter
from director_app.gui.models.meter import LOWEST_DB, MeterView
from director_app.gui.models.sound_rows import CheckHeading
from director_app.gui.paint import CENTRE, RIGHT, Brush
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale

_BARS = 36


class LevelMeter(Painted):
    """Lamp, bar and figure. The lamp is filled while this person is listened to or heard."""

    background = tokens.PANEL

    def __init__(self, scale: Scale) -> None:
        super().__init__(scale)
        self._view = MeterView(0.0, 0.0, "")
        self._camera, self._on = 1, False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_narrow(narrow=False)

    def set_narrow(self, *, narrow: bool) -> None:
        """Whether there is little room."""
        self.setFixedSize(self.scale.px(150 if narrow else 184), self.scale.px(24))

    def show_level(self, view: MeterView, camera: int, *, on: bool) -> None:
        """camera: its number, for the colour."""
        if (view, camera, on) != (self._view, self._camera, self._on):
            self._view, self._camera, self._on = view, camera, on
            self.update()

    def draw(self, brush: Brush) -> None:
        """As in a tile."""
        px, middle = self.scale.px, self.height() / 2
        colour = tokens.camera_colour(self._camera) if self._on else tokens.CONTROL
        lamp = px(11)
        if self._on:
            brush.lamp(0, middle - lamp / 2, lamp, colour)
        else:
            brush.ring(0, middle - lamp / 2, lamp, tokens.TEXT_3)
        words = px(52) if self._view.silent else px(36)
        bar = QRectF(px(18), middle - px(4), self.width() - px(18) - words, px(8))
        draw_meter(brush, bar, self._view, colour)
        ink = tokens.WARN if self._view.clipped or self._view.silent else tokens.TEXT_2
        brush.text(QRectF(bar.right(), 0, words, self.height()), self._view.words, Role.CAPTION, ink, RIGHT)


class TurnRing(Painted):
    """What is left of a turn, with the seconds in it."""

    def __init__(self, scale: Scale) -> None:
        super().__init__(scale)
        self._view: CheckHeading | None = None
        self.setFixedSize(scale.px(28), scale.px(28))

    def show_view(self, view: CheckHeading) -> None:
        """Nothing is drawn while no turn goes on."""
        if view != self._view:
            self._view = view
            self.setVisible(view.share is not None)
            self.update()

    def draw(self, brush: Brush) -> None:
        """The digit tells what the ring tells."""
        if self._view is None or self._view.share is None:
            return
        around = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        brush.arc(around, 1.0, tokens.EDGE, 2)
        brush.arc(around, self._view.share, tokens.LIGHT, 2)
        brush.text(self.rect(), self._view.digit, Role.CAPTION, tokens.TEXT, CENTRE)


class Voice(Painted):
    """How much was heard of a turn: a bar for each piece of speech, a dot for what is still to come."""

    background = tokens.PANEL

    def __init__(self, scale: Scale) -> None:
        super().__init__(scale)
        self._heard: deque[float] = deque(maxlen=_BARS)
        self._camera = 1
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(scale.px(24))
        self.setMinimumWidth(scale.px(60))

    def sizeHint(self) -> QSize:
        """Room for all bars."""
        return QSize(self.scale.px(200), self.scale.px(24))

    def hear(self, share: float, level_db: float, camera: int) -> None:
        """share: of the turn that was heard so far, 0 to 1."""
        wanted = round(share * _BARS)
        if wanted < len(self._heard):
            self._heard.clear()
        while len(self._heard) < wanted:
            self._heard.append(max(0.12, min(1.0, 1 - level_db / LOWEST_DB)))
        self._camera = camera
        self.update()

    def draw(self, brush: Brush) -> None:
        """Bars, then dots."""
        step, middle = self.width() / _BARS, self.height() / 2
        painter = brush.painter
        painter.setPen(Qt.PenStyle.NoPen)
        for number in range(_BARS):
            x = number * step
            if number < len(self._heard):
                height = max(2.0, self._heard[number] * self.height() * 0.9)
                painter.setBrush(QColor(tokens.camera_colour(self._camera)))
                painter.drawRoundedRect(QRectF(x, middle - height / 2, max(1.5, step * 0.45), height), 1, 1)
            else:
                painter.setBrush(QColor(tokens.CONTROL))
                painter.drawEllipse(QRectF(x, middle - 0.75, 1.5, 1.5))
