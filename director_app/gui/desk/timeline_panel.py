"""The last two minutes: who spoke, who was on program, every cut with its reason. Draws gui/models/timeline."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from director_app.core.canvas import timecode
from director_app.core.sources import Cast
from director_app.gui.desk.painted import Painted, presses
from director_app.gui.desk.timeline_lanes import Lanes, diamond, triangle
from director_app.gui.desk.timeline_picture import LanesPicture
from director_app.gui.models.timeline import WINDOW_S, Mark, Timeline
from director_app.gui.paint import RIGHT, Brush
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale

_HIT_PX = 14
_LEGEND = (("auto cut", "auto"), ("your take", "take"), ("hold", "hold"), ("marker", "marker"))


class TimelinePanel(Painted):
    """A click on a cut marks it as wrong: wrong carries its slot. Arrow keys move the tooltip from cut to cut."""

    wrong = Signal(int)
    hovered = Signal(object)
    background = tokens.WINDOW

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(scale, parent)
        self.compact = False
        self._timeline: Timeline | None = None
        self._cast: Cast | None = None
        self._now_s = 0.0
        self._delay_s = 0.0
        self._chosen: Mark | None = None
        self._laid_out: object = None
        self._column = 0
        self._picture = LanesPicture(scale)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.name("The last two minutes: who spoke, who was on program, and why")

    def show_time(self, timeline: Timeline | None, cast: Cast, now_s: float, delay_s: float) -> None:
        """now_s: session seconds. delay_s: how far behind the room viewers are."""
        self._timeline, self._cast, self._now_s, self._delay_s = timeline, cast, now_s, delay_s
        if self._chosen is not None and (timeline is None or self._x(self._chosen.t_s) < self._lanes().area.x()):
            self._choose(None)
        self._follow_chosen(timeline)
        self._update_if_moved(timeline)

    @property
    def is_stretched(self) -> bool:
        """Whether it has another size since it was drawn, and shows what there was; renew() mends that."""
        return self._picture.is_outgrown

    def renew(self) -> None:
        """Draws the lanes in their present size."""
        self._picture.renew()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stretches what there is."""
        super().resizeEvent(event)
        self._picture.outgrow()

    def _follow_chosen(self, timeline: Timeline | None) -> None:
        """A cut that was marked as wrong is another mark at the same moment."""
        chosen = self._chosen
        if chosen is None or timeline is None or chosen in timeline.marks:
            return
        same = (each for each in timeline.marks if (each.kind, each.t_s) == (chosen.kind, chosen.t_s))
        self._choose(next(same, None))

    def _update_if_moved(self, timeline: Timeline | None) -> None:
        """A pixel is a sixth of a second: more often there is nothing to see."""
        column = int(self._now_s * self._lanes().area.width() / WINDOW_S)
        laid_out = (id(timeline), self.size(), self.scale.factor)
        if laid_out != self._laid_out:
            self.update()
        elif column != self._column:
            self.update(self._moving())
        self._laid_out, self._column = laid_out, column

    def _moving(self) -> QRect:
        """All that time moves: the lanes, and the row of times and marks above them."""
        return self._lanes().area.adjusted(-self.scale.px(8), -self.scale.px(24), self.scale.px(8), 1).toAlignedRect()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The cut under the mouse tells its reason."""
        self._choose(self._mark_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """No tooltip without a mouse over it."""
        self._choose(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a cut says that it was wrong."""
        mark = self._mark_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and mark is not None and mark.slot is not None:
            self.wrong.emit(mark.slot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right: from cut to cut. Space and Enter: this one was wrong."""
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._step(-1 if event.key() == Qt.Key.Key_Left else 1)
        elif presses(event) and self._chosen is not None:
            if self._chosen.slot is not None:
                self.wrong.emit(self._chosen.slot)
        else:
            super().keyPressEvent(event)

    def tooltip_x(self) -> float | None:
        """Where the chosen cut stands, for whoever shows its tooltip."""
        return None if self._chosen is None else self._x(self._chosen.t_s)

    def _step(self, by: int) -> None:
        cuts = [] if self._timeline is None else [c for c in self._timeline.cuts() if c.t_s > self._lanes().from_s]
        if not cuts:
            return
        index = next((i for i, cut in enumerate(cuts) if cut == self._chosen), len(cuts) if by < 0 else -1)
        self._choose(cuts[max(0, min(len(cuts) - 1, index + by))])

    def _choose(self, mark: Mark | None) -> None:
        if mark == self._chosen:
            return
        self._chosen = mark
        if mark is not None:
            self.name(f"{mark.title}, {timecode(mark.t_s)}. {mark.text} {mark.passed_over}")
        self.hovered.emit(mark)
        self.update()

    def _mark_at(self, at: QPointF) -> Mark | None:
        if self._timeline is None or not self._lanes().area.contains(at):
            return None
        marks = [mark for mark in self._timeline.marks if abs(self._x(mark.t_s) - at.x()) <= self.scale.px(_HIT_PX)]
        return min(marks, key=lambda mark: abs(self._x(mark.t_s) - at.x())) if marks else None

    def _lanes(self) -> Lanes:
        px = self.scale.px
        left, top, height = px(88), px(24 if self.compact else 50), px(28 if self.compact else 34)
        area = QRectF(left, top, self.width() - left - px(12), self.height() - top - px(10))
        return Lanes(area, QRectF(area.x(), area.bottom() - height, area.width(), height), self._now_s)

    def _x(self, t_s: float) -> float:
        return self._lanes().x(t_s)

    def draw(self, brush: Brush) -> None:
        """Header, lanes, program, marks."""
        lanes = self._lanes()
        if brush.must_paint(QRect(0, 0, self.scale.px(12), self.height())):
            brush.box(self.rect(), tokens.PANEL, None, tokens.RADIUS)
            self._draw_names(brush, lanes)
        else:
            brush.painter.fillRect(self._moving(), tokens.PANEL)
        if not self.compact and brush.must_paint(QRect(0, 0, self.width(), self.scale.px(26))):
            self._draw_header(brush)
        if self._timeline is None or self._cast is None:
            self._draw_empty(brush, lanes)
            return
        self._picture.paint(brush.painter, lanes, self._timeline, self._cast, self._chosen)
        self._draw_now(brush, lanes)
        if self.hasFocus():
            brush.focus_ring(self.rect().adjusted(1, 1, -1, -1))

    def _draw_empty(self, brush: Brush, lanes: Lanes) -> None:
        brush.painter.fillRect(lanes.program, QColor(tokens.RAISED))
        words = "The last two minutes will be drawn here: who spoke, who was on program, and why."
        area = lanes.area
        room = QRectF(area.x() + self.scale.px(16), area.y(), area.width(), lanes.program.y() - area.y())
        brush.text(room, words, Role.BODY, tokens.TEXT_3)

    def _draw_header(self, brush: Brush) -> None:
        px = self.scale.px
        brush.text(QRectF(px(12), px(6), self.width(), px(20)), "Last two minutes", Role.STRONG)
        if self._timeline is None:
            self._draw_first_keys(brush)
            return
        x = float(self.width() - px(12))
        for words, shape in reversed(_LEGEND):
            x -= brush.width(words, Role.CAPTION)
            brush.text(QRectF(x, px(6), px(120), px(20)), words, Role.CAPTION, tokens.TEXT_2)
            x -= px(18)
            self._legend(brush, shape, x, px(16))
            x -= px(18)

    def _draw_first_keys(self, brush: Brush) -> None:
        """Before a show the keys to begin with stand here."""
        px = self.scale.px
        x = float(self.width() - px(12))
        cameras = 0 if self._cast is None else len(self._cast.cameras)
        takes = [str(number) for number in range(1, cameras + 1)]
        for words, keys in (("record", ["R"]), ("auto on, off", ["Space"]), ("take a camera", takes)):
            x -= brush.width(words, Role.DETAIL)
            brush.text(QRectF(x, px(6), px(140), px(20)), words, Role.DETAIL, tokens.TEXT_2)
            x -= px(2)
            for key in reversed(keys):
                x -= brush.key_cap_width(key) + px(7)
                brush.key_cap(x, px(6), key)
            x -= px(22)

    def _legend(self, brush: Brush, shape: str, x: float, y: float) -> None:
        if shape == "auto":
            triangle(brush, x + 5, y - 3, 5, tokens.AUTO)
        elif shape == "take":
            diamond(brush, x + 5, y, 5, tokens.WHITE)
        elif shape == "hold":
            brush.line(x, y, x + 12, y, tokens.WHITE, 2, "dash")
        else:
            brush.icon("flag", x - 2, y - 7, tokens.WHITE, 13)

    def _draw_names(self, brush: Brush, lanes: Lanes) -> None:
        px, program = self.scale.px, lanes.program
        brush.text(QRectF(px(12), program.y(), px(72), program.height()), "Program", Role.STRONG)
        people = () if self._cast is None else self._cast.microphones
        for index, person in enumerate(people):
            lane = lanes.lane(index, len(people))
            if lane.height() < px(11):
                continue
            name = QRectF(px(12), lane.y(), px(70), lane.height())
            brush.text(name, person.label, Role.DETAIL, tokens.TEXT_2)

    def _draw_now(self, brush: Brush, lanes: Lanes) -> None:
        """What happens now, and what viewers see now: the programme delay left of it."""
        px, area, program = self.scale.px, lanes.area, lanes.program
        words = QRectF(area.right() - px(40), area.y() - px(22), px(40), px(18))
        brush.figures(words, "now", Role.CAPTION, tokens.TEXT_2, RIGHT)
        brush.line(area.right(), area.y(), area.right(), area.bottom(), tokens.CONTROL)
        x = min(area.right() - 1, lanes.x(self._now_s - self._delay_s))
        brush.painter.fillRect(
            QRect(round(x) - 1, round(program.y()) - 3, 2, round(program.height()) + 6), QColor(tokens.AIR_LINE)
        )
