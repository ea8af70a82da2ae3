"""The lanes of the timeline as a picture that time moves to the left.

Drawn anew only when something has happened: drawing two minutes of talk costs more than anything else on the desk.
"""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap

from director_app.core.sources import Cast
from director_app.gui.models.timeline import WINDOW_S, Mark, MarkKind, Span, Timeline
from director_app.gui.models.words import clock
from director_app.gui.paint import CENTRE, Brush
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale

_TICK_S = 30
_AHEAD_S = 2.0
"""So much more is drawn to the right, of what goes on, than there is yet."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """Where the lanes lie in the panel: everybody's, and the program's under them. Their right edge is now_s."""

    area: QRectF
    program: QRectF
    now_s: float
    span_s: float = WINDOW_S

    @property
    def from_s(self) -> float:
        """Their left edge."""
        return self.now_s - self.span_s

    def x(self, t_s: float) -> float:
        """Where a moment lies."""
        return self.area.x() + (t_s - self.from_s) / self.span_s * self.area.width()

    def lane(self, index: int, count: int) -> QRectF:
        """Of one person of so many."""
        height = (self.program.y() - self.area.y() - 6) / max(1, count)
        return QRectF(self.area.x(), self.area.y() + index * height, self.area.width(), height)

    def ahead(self) -> "Lanes":
        """The same with a little more on the right."""
        more = self.area.width() * _AHEAD_S / self.span_s
        return Lanes(
            self.area.adjusted(0, 0, more, 0),
            self.program.adjusted(0, 0, more, 0),
            self.now_s + _AHEAD_S,
            self.span_s + _AHEAD_S,
        )


class LanesPicture:
    """Keeps what was drawn; one panel's."""

    def __init__(self, scale: Scale) -> None:
        self._scale = scale
        self._picture = QPixmap()
        self._drawn: tuple[object, ...] = ()
        self._lanes: Lanes | None = None
        self._timeline: Timeline | None = None

    def paint(self, painter: QPainter, lanes: Lanes, timeline: Timeline, cast: Cast, chosen: Mark | None) -> None:
        """Everything between the edges of the lanes, and the times above them."""
        ratio = painter.device().devicePixelRatio()
        wanted = (timeline.revision, chosen, lanes.area, lanes.program, self._scale.factor, ratio)
        before = self._lanes
        is_old = before is None or not 0 <= lanes.now_s - before.now_s <= _AHEAD_S
        if is_old or wanted != self._drawn or timeline is not self._timeline or before is None:
            before = self._lanes = replace(lanes)
            self._drawn, self._timeline = wanted, timeline
            self._draw(lanes, timeline, cast, chosen, ratio)
        place = _room(lanes, self._scale)
        gone = round((lanes.now_s - before.now_s) / lanes.span_s * lanes.area.width() * ratio) / ratio
        above = self._scale.px(24)
        left = lanes.area.x() - place.x()
        for part in (
            QRectF(0, 0, place.width(), above),
            QRectF(left, above, place.width() - left, place.height() - above),
        ):
            source = QRectF(part.topLeft() + QPointF(gone, 0), part.size())
            source = QRectF(source.topLeft() * ratio, QSizeF(source.size()) * ratio)
            painter.drawPixmap(part.translated(place.topLeft()), self._picture, source)

    def _draw(self, lanes: Lanes, timeline: Timeline, cast: Cast, chosen: Mark | None, ratio: float) -> None:
        drawn, room = lanes.ahead(), _room(lanes.ahead(), self._scale)
        self._picture = QPixmap((room.size() * ratio).toSize())
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(QColor(tokens.PANEL))
        painter = QPainter(self._picture)
        painter.translate(-room.topLeft())
        brush = Brush(painter, self._scale)
        _draw_ticks(brush, drawn, lanes.area.right())
        painter.setClipRect(drawn.area.adjusted(0, -self._scale.px(24), 0, 0))
        _draw_shots(brush, drawn, timeline, cast)
        _draw_holds(brush, drawn, timeline)
        _draw_marks(brush, drawn, timeline, chosen)
        painter.setClipRect(drawn.area)
        _draw_speech(brush, drawn, timeline, cast)
        painter.end()


def _room(lanes: Lanes, scale: Scale) -> QRectF:
    """Lanes and the row above them; at the left there is room for half of a time."""
    px = scale.px
    left, top = round(lanes.area.x()) - px(40), round(lanes.area.y()) - px(24)
    return QRectF(left, top, lanes.area.right() - left, lanes.area.bottom() + 1 - top)


def _draw_ticks(brush: Brush, lanes: Lanes, right: float) -> None:
    """Times, but for the place at the right edge where "now" stands."""
    px, first = brush.scale.px, int(max(0.0, lanes.from_s) // _TICK_S) * _TICK_S
    for t_s in range(first, int(lanes.now_s) + 1, _TICK_S):
        x = lanes.x(t_s)
        if x < lanes.area.x() or x > right - px(64):
            continue
        brush.line(x, lanes.area.y(), x, lanes.area.bottom(), tokens.LINE)
        words = clock(t_s)[3:] if t_s < 3600 else clock(t_s)[1:]
        place = QRectF(x - px(40), lanes.area.y() - px(22), px(80), px(18))
        brush.text(place, words, Role.CAPTION, tokens.TEXT_2, CENTRE)


def _draw_speech(brush: Brush, lanes: Lanes, timeline: Timeline, cast: Cast) -> None:
    for index, person in enumerate(cast.microphones):
        lane = lanes.lane(index, len(cast.microphones))
        colour = tokens.camera_colour(cast.camera(person.camera).number)
        for span in timeline.speech.get(person.id, ()):
            if not span.overlaps(lanes.from_s, lanes.now_s):
                continue
            _draw_span(brush, lanes, span, lane, 4, colour)
            for part in timeline.floor_parts(person.id, span):
                _draw_span(brush, lanes, part, lane, 12, colour)


def _draw_span(brush: Brush, lanes: Lanes, span: Span, lane: QRectF, height: float, colour: str) -> None:
    tall = min(brush.scale.px(height), lane.height())
    left, right = _ends(lanes, span)
    area = QRectF(left, lane.center().y() - tall / 2, max(3.0, right - left), tall)
    brush.box(area, colour, None, 2 if height > 4 else 1)


def _ends(lanes: Lanes, span: Span) -> tuple[float, float]:
    return lanes.x(max(span.start_s, lanes.from_s)), lanes.x(min(span.end_s, lanes.now_s))


def _draw_shots(brush: Brush, lanes: Lanes, timeline: Timeline, cast: Cast) -> None:
    program, painter = lanes.program, brush.painter
    for shot in timeline.shots:
        if not shot.span.overlaps(lanes.from_s, lanes.now_s):
            continue
        camera = cast.camera(shot.camera)
        left, right = _ends(lanes, shot.span)
        area = QRectF(left, program.y(), right - left, program.height())
        painter.fillRect(area, QColor(tokens.lane_fill(camera.number)))
        painter.fillRect(QRectF(left, program.y(), right - left, 3), QColor(tokens.camera_colour(camera.number)))
        painter.fillRect(QRectF(left, program.y(), 1, program.height()), QColor(tokens.PANEL))
        _draw_title(brush, area, camera.number, camera.label)


def _draw_holds(brush: Brush, lanes: Lanes, timeline: Timeline) -> None:
    y = lanes.program.bottom() - 3
    for hold in timeline.holds:
        if hold.overlaps(lanes.from_s, lanes.now_s):
            left, right = _ends(lanes, hold)
            brush.line(left, y, right, y, tokens.WHITE, 2, "dash")


def _draw_title(brush: Brush, area: QRectF, number: int, label: str) -> None:
    px, whole = brush.scale.px, f"{number} {label}"
    words = whole if brush.width(whole, Role.DETAIL) < area.width() - px(12) else str(number)
    if brush.width(words, Role.DETAIL) < area.width() - px(4):
        left = px(8) if area.width() > px(24) else px(3)
        brush.text(area.adjusted(left, 3, 0, 0), words, Role.DETAIL, tokens.TEXT)


def _draw_marks(brush: Brush, lanes: Lanes, timeline: Timeline, chosen: Mark | None) -> None:
    for mark in timeline.marks:
        x = lanes.x(mark.t_s)
        if not lanes.area.x() <= x <= lanes.area.right():
            continue
        if mark == chosen:
            brush.line(x, lanes.area.y(), x, lanes.program.bottom(), tokens.WHITE, 2)
        _draw_mark(brush, lanes, mark.kind, x)
        if mark.wrong:
            brush.icon("close", x - 6, lanes.program.center().y() - 6, tokens.WHITE, 12)


def _draw_mark(brush: Brush, lanes: Lanes, kind: MarkKind, x: float) -> None:
    top, program = lanes.area.y(), lanes.program.y()
    match kind:
        case MarkKind.AUTO_CUT:
            brush.line(x, top, x, program, _mixed(tokens.AUTO), 1)
            triangle(brush, x, program - 5, 5, tokens.AUTO)
        case MarkKind.TAKE:
            brush.line(x, top, x, program, tokens.WHITE, 1, "dash")
            diamond(brush, x, program - 3, 5, tokens.WHITE)
        case MarkKind.MARKER:
            brush.icon("flag", x - 4, top - brush.scale.px(20), tokens.WHITE, 14)
        case _:
            brush.line(x, top, x, program, tokens.WARN, 1)
            brush.icon("warning", x - 7, top - brush.scale.px(20), tokens.WARN, 14)


def _mixed(colour: str) -> QColor:
    """A thin line beside which the lanes stay readable."""
    mixed = QColor(colour)
    mixed.setAlphaF(0.55)
    return mixed


def triangle(brush: Brush, x: float, y: float, size: float, colour: str) -> None:
    """Points down, its tip on x: an automatic cut."""
    path = QPainterPath(QPointF(x - size, y))
    path.lineTo(x + size, y)
    path.lineTo(x, y + size * 1.3)
    path.closeSubpath()
    brush.painter.fillPath(path, QColor(colour))


def diamond(brush: Brush, x: float, y: float, size: float, colour: str) -> None:
    """The producer's own take."""
    path = QPainterPath(QPointF(x, y - size))
    path.lineTo(x + size, y)
    path.lineTo(x, y + size)
    path.lineTo(x - size, y)
    path.closeSubpath()
    brush.painter.fillPath(path, QColor(colour))
