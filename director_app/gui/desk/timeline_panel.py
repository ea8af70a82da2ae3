"""The last two minutes: who spoke, who was on program, every cut with its reason. Draws gui/models/timeline."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainterPath
from PySide6.QtWidgets import QWidget

from director_app.core.sources import Cast, Microphone
from director_app.gui.desk.painted import Painted, presses
from director_app.gui.models.timeline import WINDOW_S, Mark, MarkKind, Span, Timeline
from director_app.gui.models.words import clock, clock_tenths
from director_app.gui.paint import CENTRE, RIGHT, Brush
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale

_TICK_S = 30
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
        self._painted: object = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.name("The last two minutes: who spoke, who was on program, and why")

    def show_time(self, timeline: Timeline | None, cast: Cast, now_s: float, delay_s: float) -> None:
        """now_s: session seconds. delay_s: how far behind the room viewers are."""
        self._timeline, self._cast, self._now_s, self._delay_s = timeline, cast, now_s, delay_s
        if self._chosen is not None and (timeline is None or self._x(self._chosen.t_s) < self._lanes().x()):
            self._choose(None)
        self._follow_chosen(timeline)
        self._update_if_moved(timeline)

    def _follow_chosen(self, timeline: Timeline | None) -> None:
        """A cut that was marked as wrong is another mark at the same moment."""
        chosen = self._chosen
        if chosen is None or timeline is None or chosen in timeline.marks:
            return
        same = (each for each in timeline.marks if (each.kind, each.t_s) == (chosen.kind, chosen.t_s))
        self._choose(next(same, None))

    def _update_if_moved(self, timeline: Timeline | None) -> None:
        """A pixel is a sixth of a second: more often there is nothing to see."""
        column = int(self._now_s * self._lanes().width() / WINDOW_S)
        moved = (column, id(timeline), self.size())
        if moved != self._painted:
            self._painted = moved
            self.update()

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
        cuts = [] if self._timeline is None else [c for c in self._timeline.cuts() if c.t_s > self._from_s]
        if not cuts:
            return
        index = next((i for i, cut in enumerate(cuts) if cut == self._chosen), len(cuts) if by < 0 else -1)
        self._choose(cuts[max(0, min(len(cuts) - 1, index + by))])

    def _choose(self, mark: Mark | None) -> None:
        if mark == self._chosen:
            return
        self._chosen = mark
        if mark is not None:
            self.name(f"{mark.title}, {clock_tenths(mark.t_s)}. {mark.text} {mark.passed_over}")
        self.hovered.emit(mark)
        self.update()

    def _mark_at(self, at: QPointF) -> Mark | None:
        if self._timeline is None or not self._lanes().contains(at):
            return None
        marks = [mark for mark in self._timeline.marks if abs(self._x(mark.t_s) - at.x()) <= self.scale.px(_HIT_PX)]
        return min(marks, key=lambda mark: abs(self._x(mark.t_s) - at.x())) if marks else None

    @property
    def _from_s(self) -> float:
        return self._now_s - WINDOW_S

    def _lanes(self) -> QRectF:
        px = self.scale.px
        left = px(88)
        top = px(24) if self.compact else px(50)
        return QRectF(left, top, self.width() - left - px(12), self.height() - top - px(10))

    def _x(self, t_s: float) -> float:
        lanes = self._lanes()
        return lanes.x() + (t_s - self._from_s) / WINDOW_S * lanes.width()

    def _program_lane(self) -> QRectF:
        lanes, height = self._lanes(), self.scale.px(34 if not self.compact else 28)
        return QRectF(lanes.x(), lanes.bottom() - height, lanes.width(), height)

    def draw(self, brush: Brush) -> None:
        """Header, lanes, program, marks."""
        brush.box(self.rect(), tokens.PANEL, None, tokens.RADIUS)
        if not self.compact:
            self._draw_header(brush)
        lanes, program = self._lanes(), self._program_lane()
        brush.text(
            QRectF(self.scale.px(12), program.y(), self.scale.px(72), program.height()), "Program", Role.STRONG
        )
        if self._timeline is None:
            self._draw_names(brush, lanes, program)
            brush.painter.fillRect(program, QColor(tokens.RAISED))
            words = "The last two minutes will be drawn here: who spoke, who was on program, and why."
            brush.text(
                QRectF(lanes.x() + self.scale.px(16), lanes.y(), lanes.width(), program.y() - lanes.y()),
                words,
                Role.BODY,
                tokens.TEXT_3,
            )
            return
        self._draw_ticks(brush, lanes)
        self._draw_names(brush, lanes, program)
        brush.painter.save()
        brush.painter.setClipRect(lanes.adjusted(0, -self.scale.px(24), 0, 0))
        self._draw_shots(brush, self._timeline, program)
        self._draw_marks(brush, self._timeline, lanes, program)
        brush.painter.restore()
        brush.painter.save()
        brush.painter.setClipRect(lanes)
        self._draw_speech(brush, self._timeline, lanes, program)
        brush.painter.restore()
        self._draw_now(brush, lanes, program)
        if self.hasFocus():
            brush.focus_ring(self.rect().adjusted(1, 1, -1, -1))

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
            _triangle(brush, x + 5, y - 3, 5, tokens.AUTO)
        elif shape == "take":
            _diamond(brush, x + 5, y, 5, tokens.WHITE)
        elif shape == "hold":
            brush.line(x, y, x + 12, y, tokens.WHITE, 2, "dash")
        else:
            brush.icon("flag", x - 2, y - 7, tokens.WHITE, 13)

    def _draw_ticks(self, brush: Brush, lanes: QRectF) -> None:
        px, first = self.scale.px, int(max(0.0, self._from_s) // _TICK_S) * _TICK_S
        for t_s in range(first, int(self._now_s) + 1, _TICK_S):
            x = self._x(t_s)
            if x < lanes.x() or x > lanes.right() - px(64):
                continue
            brush.line(x, lanes.y(), x, lanes.bottom(), tokens.LINE)
            words = clock(t_s)[3:] if t_s < 3600 else clock(t_s)[1:]
            brush.text(
                QRectF(x - px(40), lanes.y() - px(22), px(80), px(18)), words, Role.CAPTION, tokens.TEXT_2, CENTRE
            )
        now = QRectF(lanes.right() - px(40), lanes.y() - px(22), px(40), px(18))
        brush.text(now, "now", Role.CAPTION, tokens.TEXT_2, RIGHT)
        brush.line(lanes.right(), lanes.y(), lanes.right(), lanes.bottom(), tokens.CONTROL)

    def _lane(self, index: int, count: int, lanes: QRectF, program: QRectF) -> QRectF:
        height = (program.y() - lanes.y() - 6) / max(1, count)
        return QRectF(lanes.x(), lanes.y() + index * height, lanes.width(), height)

    def _draw_names(self, brush: Brush, lanes: QRectF, program: QRectF) -> None:
        people = self._people()
        for index, person in enumerate(people):
            lane = self._lane(index, len(people), lanes, program)
            if lane.height() < self.scale.px(11):
                continue
            name = QRectF(self.scale.px(12), lane.y(), self.scale.px(70), lane.height())
            brush.text(name, person.label, Role.DETAIL, tokens.TEXT_2)

    def _people(self) -> tuple[Microphone, ...]:
        return () if self._cast is None else self._cast.microphones

    def _draw_speech(self, brush: Brush, timeline: Timeline, lanes: QRectF, program: QRectF) -> None:
        people = self._people()
        for index, person in enumerate(people):
            lane = self._lane(index, len(people), lanes, program)
            number = 1 if self._cast is None else self._cast.camera(person.camera).number
            for span in timeline.speech.get(person.id, ()):
                if not span.overlaps(self._from_s, self._now_s):
                    continue
                self._draw_span(brush, span, lane, 4, tokens.camera_colour(number))
                for part in timeline.floor_parts(person.id, span):
                    self._draw_span(brush, part, lane, 12, tokens.camera_colour(number))

    def _draw_span(self, brush: Brush, span: Span, lane: QRectF, height: float, colour: str) -> None:
        tall = min(self.scale.px(height), lane.height())
        left, right = self._x(max(span.start_s, self._from_s)), self._x(min(span.end_s, self._now_s))
        area = QRectF(left, lane.center().y() - tall / 2, max(3.0, right - left), tall)
        brush.box(area, colour, None, 2 if height > 4 else 1)

    def _draw_shots(self, brush: Brush, timeline: Timeline, program: QRectF) -> None:
        assert self._cast is not None
        for shot in timeline.shots:
            if not shot.span.overlaps(self._from_s, self._now_s):
                continue
            camera = self._cast.camera(shot.camera)
            left, right = self._x(max(shot.span.start_s, self._from_s)), self._x(min(shot.span.end_s, self._now_s))
            area = QRectF(left, program.y(), right - left, program.height())
            brush.painter.fillRect(area, QColor(tokens.lane_fill(camera.number)))
            brush.painter.fillRect(
                QRectF(left, program.y(), right - left, 3), QColor(tokens.camera_colour(camera.number))
            )
            brush.painter.fillRect(QRectF(left, program.y(), 1, program.height()), QColor(tokens.PANEL))
            self._draw_title(brush, area, camera.number, camera.label)
        for hold in timeline.holds:
            if hold.overlaps(self._from_s, self._now_s):
                y = program.bottom() - 3
                brush.line(
                    self._x(max(hold.start_s, self._from_s)),
                    y,
                    self._x(min(hold.end_s, self._now_s)),
                    y,
                    tokens.WHITE,
                    2,
                    "dash",
                )

    def _draw_title(self, brush: Brush, area: QRectF, number: int, label: str) -> None:
        px = self.scale.px
        words = (
            f"{number} {label}"
            if brush.width(f"{number} {label}", Role.DETAIL) < area.width() - px(12)
            else str(number)
        )
        if brush.width(words, Role.DETAIL) < area.width() - px(4):
            left = px(8) if area.width() > px(24) else px(3)
            brush.text(area.adjusted(left, 3, 0, 0), words, Role.DETAIL, tokens.TEXT)

    def _draw_marks(self, brush: Brush, timeline: Timeline, lanes: QRectF, program: QRectF) -> None:
        for mark in timeline.marks:
            x = self._x(mark.t_s)
            if not lanes.x() <= x <= lanes.right():
                continue
            if mark == self._chosen:
                brush.line(x, lanes.y(), x, program.bottom(), tokens.WHITE, 2)
            match mark.kind:
                case MarkKind.AUTO_CUT:
                    brush.line(x, lanes.y(), x, program.y(), _mixed(tokens.AUTO), 1)
                    _triangle(brush, x, program.y() - 5, 5, tokens.AUTO)
                case MarkKind.TAKE:
                    brush.line(x, lanes.y(), x, program.y(), tokens.WHITE, 1, "dash")
                    _diamond(brush, x, program.y() - 3, 5, tokens.WHITE)
                case MarkKind.MARKER:
                    brush.icon("flag", x - 4, lanes.y() - self.scale.px(20), tokens.WHITE, 14)
                case _:
                    brush.line(x, lanes.y(), x, program.y(), tokens.WARN, 1)
                    brush.icon("warning", x - 7, lanes.y() - self.scale.px(20), tokens.WARN, 14)
            if mark.wrong:
                brush.icon("close", x - 6, program.y() + program.height() / 2 - 6, tokens.WHITE, 12)

    def _draw_now(self, brush: Brush, lanes: QRectF, program: QRectF) -> None:
        """What viewers see now: the programme delay left of now."""
        x = min(lanes.right() - 1, self._x(self._now_s - self._delay_s))
        brush.painter.fillRect(
            QRect(round(x) - 1, round(program.y()) - 3, 2, round(program.height()) + 6), QColor(tokens.AIR_LINE)
        )


def _mixed(colour: str) -> QColor:
    """A thin line beside which the lanes stay readable."""
    mixed = QColor(colour)
    mixed.setAlphaF(0.55)
    return mixed


def _triangle(brush: Brush, x: float, y: float, size: float, colour: str) -> None:
    """Points down, its tip on x."""
    path = QPainterPath(QPointF(x - size, y))
    path.lineTo(x + size, y)
    path.lineTo(x, y + size * 1.3)
    path.closeSubpath()
    brush.painter.fillPath(path, QColor(colour))


def _diamond(brush: Brush, x: float, y: float, size: float, colour: str) -> None:
    path = QPainterPath(QPointF(x, y - size))
    path.lineTo(x + size, y)
    path.lineTo(x, y + size)
    path.lineTo(x - size, y)
    path.closeSubpath()
    brush.painter.fillPath(path, QColor(colour))
