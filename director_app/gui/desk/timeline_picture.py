"""The lanes of the timeline as a picture that time moves to the left, drawn anew only where something has happened.

Two minutes of talk cost more to draw than anything else on the desk, and something happens twice a second. Must not
know what is drawn: it compares what there was with what there is, and asks `timeline_lanes` for the part between.
"""

import math
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter, QPixmap

from director_app.core.sources import Cast
from director_app.gui.desk.timeline_lanes import AHEAD_S, NOW_PX, Lanes, draw_lanes, room_of, times_between
from director_app.gui.models.timeline import Mark, Span, Timeline
from director_app.gui.paint import Brush
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Scale

_REACH_PX = 40
"""What stands for a moment, a time above all, reaches so far to both sides at most."""

_GROWS_S = 20.0
"""What has lasted longer only grows at its right end; in a younger shot its name may find room by and by."""

Drawn = frozenset[tuple[Any, ...]]
"""When it began and ended, and what it was, of all that was drawn."""


class LanesPicture:
    """Keeps what was drawn; one panel's."""

    def __init__(self, scale: Scale) -> None:
        self._scale = scale
        self._picture = QPixmap()
        self._form: tuple[object, ...] = ()
        self._revision = -1
        self._lanes: Lanes | None = None
        self._timeline: Timeline | None = None
        self._drawn: Drawn = frozenset()
        self.is_outgrown = False

    def outgrow(self) -> None:
        """The lanes have another size: what there is is shown stretched, because a resize has enough to paint."""
        self.is_outgrown = not self._picture.isNull()

    def renew(self) -> None:
        """The next painting may take its time."""
        self.is_outgrown = False

    def paint(self, painter: QPainter, lanes: Lanes, timeline: Timeline, cast: Cast, chosen: Mark | None) -> None:
        """Everything between the edges of the lanes, and the times above them."""
        ratio = painter.device().devicePixelRatio()
        form = (chosen, lanes.area, lanes.program, lanes.span_s, self._scale.factor, ratio)
        before = self._lanes
        if before is not None and self.is_outgrown:
            self._show(painter, before, lanes, ratio)
            return
        is_other = form != self._form or timeline is not self._timeline
        if before is None or is_other or not 0 <= lanes.now_s - before.now_s <= lanes.span_s / 2:
            before = self._lanes = lanes
            self._form, self._timeline = form, timeline
            self._draw_all(before, timeline, cast, chosen, ratio)
        elif timeline.revision != self._revision or lanes.now_s - before.now_s > AHEAD_S:
            before = self._draw_on(before, lanes.now_s, timeline, cast, chosen, ratio)
        self._revision = timeline.revision
        self._show(painter, before, lanes, ratio)

    def _show(self, painter: QPainter, before: Lanes, lanes: Lanes, ratio: float) -> None:
        """before: as they were drawn; with another size what was drawn is stretched."""
        place, drawn = room_of(lanes, self._scale), room_of(before, self._scale)
        gone = round((lanes.now_s - before.now_s) / before.span_s * before.area.width() * ratio) / ratio
        above = self._scale.px(24)
        left = lanes.area.x() - place.x()
        for x, y, bottom in ((0.0, 0.0, above), (left, above, None)):
            part, source = (
                QRectF(QPointF(x, y), QPointF(room.width(), room.height() if bottom is None else bottom))
                for room in (place, drawn)
            )
            source.translate(gone, 0)
            source = QRectF(source.topLeft() * ratio, QSizeF(source.size()) * ratio)
            painter.drawPixmap(part.translated(place.topLeft()), self._picture, source)

    def _draw_all(self, lanes: Lanes, timeline: Timeline, cast: Cast, chosen: Mark | None, ratio: float) -> None:
        drawn, room = lanes.ahead(), room_of(lanes.ahead(), self._scale)
        timeline = timeline.since(drawn.from_s)
        self._picture = QPixmap((room.size() * ratio).toSize())
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(QColor(tokens.PANEL))
        self._drawn = _there(timeline)
        everything = Span(drawn.from_s, drawn.now_s), _beyond(room, room.x(), ratio)
        self._draw_parts(drawn, timeline, cast, chosen, [everything])

    def _draw_on(
        self, before: Lanes, now_s: float, timeline: Timeline, cast: Cast, chosen: Mark | None, ratio: float
    ) -> Lanes:
        """Moves the picture by whole pixels and draws what is new at its right, and at its left what begins there."""
        point_s = before.span_s / before.area.width()
        moved = int((now_s - before.now_s) / point_s * ratio)
        self._lanes = lanes = replace(before, now_s=before.now_s + moved * point_s / ratio)
        drawn, room = lanes.ahead(), room_of(lanes.ahead(), self._scale)
        timeline = timeline.since(drawn.from_s)
        there = _there(timeline)
        reach_s = self._scale.px(_REACH_PX) * point_s
        changed = [start_s for start_s, end_s, *_ in there ^ self._drawn if end_s >= drawn.from_s]
        growing = [start_s for start_s, end_s, *_ in there if _grows(start_s, end_s, before.now_s)]
        now_px_s = self._scale.px(NOW_PX) * point_s
        times = times_between(before.now_s - now_px_s, lanes.now_s - now_px_s)
        new_s = min([before.now_s, *changed, *growing, *times])
        at_edge = [shot.span.end_s for shot in timeline.shots if shot.span.overlaps(drawn.from_s, drawn.from_s)]
        old_s = min(drawn.from_s + drawn.span_s / 3, max([drawn.from_s + reach_s, *at_edge]))
        self._drawn = there
        self._picture.scroll(-moved, 0, self._picture.rect())
        if old_s + reach_s >= new_s - reach_s:
            parts = [(Span(drawn.from_s, drawn.now_s), _beyond(room, room.x(), ratio))]
        else:
            parts = [
                (Span(drawn.from_s, old_s + reach_s), _up_to(room, drawn.x(old_s), ratio)),
                (Span(new_s - 2 * reach_s, drawn.now_s), _beyond(room, drawn.x(new_s - reach_s), ratio)),
            ]
        self._draw_parts(drawn, timeline, cast, chosen, parts)
        return lanes

    def _draw_parts(
        self, drawn: Lanes, timeline: Timeline, cast: Cast, chosen: Mark | None, parts: list[tuple[Span, QRectF]]
    ) -> None:
        painter = QPainter(self._picture)
        painter.translate(-room_of(drawn, self._scale).topLeft())
        brush = Brush(painter, self._scale)
        for part, clip in parts:
            painter.setClipping(False)
            painter.fillRect(clip, QColor(tokens.PANEL))
            draw_lanes(brush, drawn, timeline, cast, chosen, part, clip)
        painter.end()


def _there(timeline: Timeline) -> Drawn:
    """All that is drawn of it. In plain numbers: it is compared twice a second."""
    found: list[tuple[Any, ...]] = [
        (shot.span.start_s, shot.span.end_s, "shot", shot.camera) for shot in timeline.shots
    ]
    found += [(hold.start_s, hold.end_s, "hold") for hold in timeline.holds]
    found += [(mark.t_s, mark.t_s, "mark", mark.kind, mark.wrong) for mark in timeline.marks]
    found += [(span.start_s, span.end_s, "speech", who) for who, spans in timeline.speech.items() for span in spans]
    found += [(span.start_s, span.end_s, "floor", who) for who, span in timeline.floors]
    return frozenset(found)


def _grows(start_s: float, end_s: float, now_s: float) -> bool:
    return end_s > now_s and start_s > now_s - _GROWS_S


def _up_to(room: QRectF, x: float, ratio: float) -> QRectF:
    """The room's left part, to a whole pixel of the screen."""
    width = round((x - room.x()) * ratio) / ratio
    return QRectF(room.x(), room.y(), width, room.height())


def _beyond(room: QRectF, x: float, ratio: float) -> QRectF:
    """The room's right part, from a whole pixel of the screen on."""
    left = room.x() + round((x - room.x()) * ratio) / ratio
    return QRectF(left, room.y(), math.ceil(room.right() - left) + 1, room.height())
