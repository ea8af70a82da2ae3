"""Pages, title, canvas, time of day; while recording, every other page shows the recording's time here."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from director_app.gui.desk.painted import Painted, presses
from director_app.gui.desk.spot import Spot
from director_app.gui.paint import Brush
from director_app.gui.surroundings import PageName
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale


@dataclass(frozen=True, slots=True)
class TopView:
    """recording: its time where the desk is not in front, "" otherwise. clock: time of day."""

    page: PageName
    pages: tuple[PageName, ...]
    title: str
    canvas: str
    clock: str
    recording: str


class TopBar(Painted):
    """gone_to: a page. keys: the sheet of keys is wanted. Tab comes to the pages, then to Keys."""

    gone_to = Signal(object)
    keys = Signal()
    background = tokens.PANEL

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(scale, parent)
        self._view: TopView | None = None
        self._pages: dict[PageName, QRectF] = {}
        self._keys, self._recording = QRectF(), QRectF()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.keys_spot = Spot("Keys", self)
        self.keys_spot.clicked.connect(self.keys)

    def show_view(self, view: TopView) -> None:
        """Repaints only what is new."""
        if view == self._view:
            return
        self._view = view
        recording = f", recording {view.recording}" if view.recording else ""
        self.name(f"Page {view.page.value} of {', '.join(view.pages)}. {view.title}{recording}")
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The page, the recording's time or the keys that were hit."""
        at = event.position()
        for page, area in self._pages.items():
            if area.contains(at):
                self.gone_to.emit(page)
        if self._recording.contains(at):
            self.gone_to.emit(PageName.DESK)
        if self._keys.contains(at):
            self.keys.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from page to page; Space and Enter go into the page."""
        view = self._view
        if view is None:
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right} and self.hasFocus():
            by = -1 if event.key() == Qt.Key.Key_Left else 1
            self.gone_to.emit(view.pages[(view.pages.index(view.page) + by) % len(view.pages)])
        elif presses(event) and self.hasFocus():
            self.gone_to.emit(view.page)
        else:
            super().keyPressEvent(event)

    def draw(self, brush: Brush) -> None:
        """Left to right, then from the right."""
        view, px = self._view, self.scale.px
        bottom = self.height() - 0.5
        brush.line(0, bottom, self.width(), bottom, tokens.LINE)
        if view is None:
            return
        brush.icon("logo", px(12), self.height() / 2 - px(12), tokens.TEXT, 24)
        x = self._draw_pages(brush, view, float(px(64)))
        right = self._draw_right(brush, view)
        brush.line(x, px(12), x, self.height() - px(12), tokens.LINE)
        x += px(25)
        brush.text(QRectF(x, 0, max(0.0, right - x - px(24)), self.height()), view.title, Role.BODY)
        self.keys_spot.lie_on(self._keys)
        if self.hasFocus():
            brush.focus_ring(self._pages[view.page].adjusted(0, px(8), 0, -px(8)))
        elif self.keys_spot.hasFocus():
            brush.focus_ring(self._keys.adjusted(0, px(8), -px(4), -px(8)))

    def _draw_pages(self, brush: Brush, view: TopView, x: float) -> float:
        px = self.scale.px
        for page in view.pages:
            width = brush.width(page.value, Role.BODY)
            is_front = page is view.page
            line = QRectF(x, 0, width + 2, self.height())
            brush.text(line, page.value, Role.BODY, tokens.TEXT if is_front else tokens.TEXT_2)
            if is_front:
                brush.painter.fillRect(QRectF(x, self.height() - 3, width, 2), tokens.LIGHT)
            self._pages[page] = line.adjusted(-px(12), 0, px(12), 0)
            x += width + px(24)
        return x + px(11)

    def _draw_right(self, brush: Brush, view: TopView) -> float:
        """Returns where it begins."""
        px, height = self.scale.px, self.height()
        cap = brush.key_cap_width("?")
        x = float(self.width() - px(22) - cap)
        brush.key_cap(x, height / 2 - px(10), "?")
        keys = brush.width("Keys", Role.DETAIL)
        x -= keys + px(8)
        brush.text(QRectF(x, 0, keys + 2, height), "Keys", Role.DETAIL, tokens.TEXT_2)
        x -= px(24)
        brush.icon("keyboard", x, height / 2 - px(8), tokens.TEXT_2)
        self._keys = QRectF(x - px(6), 0, self.width() - x, height)
        for words in (view.clock, view.canvas):
            width = brush.width(words, Role.BODY)
            x -= width + px(24)
            brush.text(QRectF(x, 0, width + 2, height), words, Role.BODY, tokens.TEXT_2)
        self._recording = QRectF()
        if view.recording:
            x = self._draw_recording(brush, view.recording, x - px(24))
        return x

    def _draw_recording(self, brush: Brush, time: str, right: float) -> float:
        px, middle = self.scale.px, self.height() / 2
        width = brush.width(f"REC {time}", Role.VALUE) + px(40)
        area = QRectF(right - width, middle - px(15), width, px(30))
        brush.box(area, tokens.AIR_TINT, tokens.AIR, tokens.RADIUS)
        brush.lamp(area.x() + px(10), middle - px(5), px(10), tokens.AIR_LINE)
        brush.text(area.adjusted(px(28), 0, 0, 0), f"REC {time}", Role.VALUE)
        self._recording = area
        return area.x()
