"""The lanes of the timeline: where they lie, and how what happened is drawn in them. Keeps nothing."""

import math
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath

from director_app.core.sources import Cast
from director_app.gui.models.timeline import WINDOW_S, Mark, MarkKind, Span, Timeline, common
from director_app.gui.models.words import clock
from director_app.gui.paint import CENTRE, Brush, colour_of
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale

_TICK_S = 30
NOW_PX = 64
"""Where "now" stands, at the right edge, there are no times."""

AHEAD_S = 2.0
"""So much more is drawn to the right, of what goes on, than there is yet."""


@dataclass(frozen=True)
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
        left, px_s = self._line
        return left + (t_s - self.from_s) * px_s

    @cached_property
    def _line(self) -> tuple[float, float]:
        """Their left edge, and pixels per second: asked for each end of all that is drawn."""
        return self.area.x(), self.area.width() / self.span_s

    def lane(self, index: int, count: int) -> QRectF:
        """Of one person of so many."""
        height = (self.program.y() - self.area.y() - 6) / max(1, count)
        return QRectF(self.area.x(), self.area.y() + index * height, self.area.width(), height)

    def ahead(self) -> "Lanes":
        """The same with a little more on the right."""
        more = self.area.width() * AHEAD_S / self.span_s
        return Lanes(
            self.area.adjusted(0, 0, more, 0),
            self.program.adjusted(0, 0, more, 0),
            self.now_s + AHEAD_S,
            self.span_s + AHEAD_S,
        )


def draw_lanes(
    brush: Brush, lanes: Lanes, timeline: Timeline, cast: Cast, chosen: Mark | None, part: Span, clip: QRectF
) -> None:
    """What lies within clip. part: times of which nothing is left out; lanes: with what is drawn ahead."""
    painter, above = brush.painter, brush.scale.px(24)
    painter.setClipRect(clip)
    _draw_ticks(brush, lanes, part)
    painter.setClipRect(clip & lanes.area.adjusted(0, -above, 0, 0))
    _draw_shots(brush, lanes, timeline, cast, part)
    _draw_holds(brush, lanes, timeline, part)
    _draw_marks(brush, lanes, timeline, chosen, part)
    painter.setClipRect(clip & lanes.area)
    _draw_speech(brush, lanes, timeline, cast, part)


def room_of(lanes: Lanes, scale: Scale) -> QRectF:
    """Lanes and the row above them; at the left there is room for half of a time."""
    px = scale.px
    left, top = round(lanes.area.x()) - px(40), round(lanes.area.y()) - px(24)
    return QRectF(left, top, lanes.area.right() - left, lanes.area.bottom() + 1 - top)


def times_between(from_s: float, to_s: float) -> range:
    """Those that are written over the lanes, both ends included."""
    return range(math.ceil(max(0.0, from_s) / _TICK_S) * _TICK_S, math.floor(to_s) + 1, _TICK_S)


def _draw_ticks(brush: Brush, lanes: Lanes, part: Span) -> None:
    px = brush.scale.px
    last_x = lanes.x(lanes.now_s - AHEAD_S) - px(NOW_PX)
    for t_s in times_between(max(lanes.from_s, part.start_s), min(lanes.now_s, part.end_s)):
        x = lanes.x(t_s)
        if not lanes.area.x() <= x <= last_x:
            continue
        brush.line(x, lanes.area.y(), x, lanes.area.bottom(), tokens.LINE)
        words = clock(t_s)[3:] if t_s < 3600 else clock(t_s)[1:]
        place = QRectF(x - px(40), lanes.area.y() - px(22), px(80), px(18))
        brush.text(place, words, Role.CAPTION, tokens.TEXT_2, CENTRE)


def _draw_speech(brush: Brush, lanes: Lanes, timeline: Timeline, cast: Cast, part: Span) -> None:
    painter = brush.painter
    painter.setPen(Qt.PenStyle.NoPen)
    for index, person in enumerate(cast.microphones):
        lane = lanes.lane(index, len(cast.microphones))
        painter.setBrush(colour_of(tokens.camera_colour(cast.camera(person.camera).number)))
        floors = timeline.floors_of(person.id, part)
        for span in timeline.speech.get(person.id, ()):
            if not span.overlaps(part.start_s, part.end_s):
                continue
            held = common(floors, span)
            if span not in held:
                painter.drawRoundedRect(_bar(brush, lanes, span, lane, 4), 1, 1)
            for each in held:
                painter.drawRoundedRect(_bar(brush, lanes, each, lane, 12), 2, 2)


def _bar(brush: Brush, lanes: Lanes, span: Span, lane: QRectF, height: float) -> QRectF:
    tall = min(brush.scale.px(height), lane.height())
    left, right = _ends(lanes, span)
    return QRectF(left, lane.center().y() - tall / 2, max(3.0, right - left), tall)


def _ends(lanes: Lanes, span: Span) -> tuple[float, float]:
    return lanes.x(max(span.start_s, lanes.from_s)), lanes.x(min(span.end_s, lanes.now_s))


def _draw_shots(brush: Brush, lanes: Lanes, timeline: Timeline, cast: Cast, part: Span) -> None:
    program, painter = lanes.program, brush.painter
    for shot in timeline.shots:
        if not shot.span.overlaps(part.start_s, part.end_s):
            continue
        camera = cast.camera(shot.camera)
        left, right = _ends(lanes, shot.span)
        area = QRectF(left, program.y(), right - left, program.height())
        painter.fillRect(area, QColor(tokens.lane_fill(camera.number)))
        painter.fillRect(QRectF(left, program.y(), right - left, 3), QColor(tokens.camera_colour(camera.number)))
        painter.fillRect(QRectF(left, program.y(), 1, program.height()), QColor(tokens.PANEL))
        _draw_title(brush, area, camera.number, camera.label)


def _draw_holds(brush: Brush, lanes: Lanes, timeline: Timeline, part: Span) -> None:
    y = lanes.program.bottom() - 3
    for hold in timeline.holds:
        if hold.overlaps(part.start_s, part.end_s):
            left, right = _ends(lanes, hold)
            brush.line(left, y, right, y, tokens.WHITE, 2, "dash")


def _draw_title(brush: Brush, area: QRectF, number: int, label: str) -> None:
    px, whole = brush.scale.px, f"{number} {label}"
    words = whole if brush.width(whole, Role.DETAIL) < area.width() - px(12) else str(number)
    if brush.width(words, Role.DETAIL) < area.width() - px(4):
        left = px(8) if area.width() > px(24) else px(3)
        brush.text(area.adjusted(left, 3, 0, 0), words, Role.DETAIL, tokens.TEXT)


def _draw_marks(brush: Brush, lanes: Lanes, timeline: Timeline, chosen: Mark | None, part: Span) -> None:
    for mark in timeline.marks:
        x = lanes.x(mark.t_s)
        if not lanes.area.x() <= x <= lanes.area.right() or not part.overlaps(mark.t_s, mark.t_s):
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
