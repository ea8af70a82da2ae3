"""What is drawn bit by bit while a show runs is what would be drawn at once."""

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from director_app.gui.desk.timeline_lanes import Lanes
from director_app.gui.desk.timeline_picture import LanesPicture
from director_app.gui.models.timeline import Timeline
from director_app.gui.theme.type import Scale, load_fonts
from tests.helpers.script import cast_of
from tests.helpers.timeline_events import cut, event

pytestmark = pytest.mark.computes


def _talk(seed: int, length_s: float) -> Iterator[dict[str, Any]]:
    """Turns of one to forty seconds, each with a cut into the past, some with markers, holds and wrong marks."""
    at_random, t_s, shown, cuts = random.Random(seed), 0.5, "wide", list[int]()
    cameras = {microphone.id: str(microphone.camera) for microphone in cast_of().microphones}
    while t_s < length_s:
        who = at_random.choice(list(cameras))
        end_s = t_s + at_random.choice([1.0, 2.0, 3.0, 6.0, 15.0, 40.0]) * at_random.uniform(0.7, 1.3)
        yield event("speaking_start", t_s, microphone=who)
        yield event("floor", t_s + 0.4, holder=who)
        if cameras[who] != shown:
            cuts.append(round((t_s + 0.2) * 30))
            kind = at_random.choice(["switch", "manual_cut"])
            yield cut(t_s + 0.7, cuts[-1], shown, cameras[who], kind)
            shown = cameras[who]
        if at_random.random() < 0.2:
            yield event("marker", t_s + 0.8, label="")
        if at_random.random() < 0.1:
            yield event("hold", t_s + 0.85, until_s=t_s + 9.0)
        if cuts and at_random.random() < 0.1:
            yield event("wrong_cut", t_s + 0.9, slot=at_random.choice(cuts))
        yield event("speaking_stop", end_s, microphone=who)
        t_s = end_s + at_random.uniform(0.0, 1.5)


def _pixels(picture: LanesPicture) -> np.ndarray[Any, np.dtype[np.int16]]:
    image = picture._picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return flat[:, : image.width(), :3].astype(np.int16)


# Qt puts letters on whole pixels of the window; where those are not whole on the screen, words differ by one.
@pytest.mark.parametrize(("ratio", "words"), [(1.0, 0.0), (1.5, 0.001)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_timeline_that_is_drawn_on_is_the_one_that_is_drawn_at_once(
    qtbot: QtBot, seed: int, ratio: float, words: float
) -> None:
    load_fonts()
    cast, scale = cast_of(), Scale()
    area = QRectF(88, 50, 700, 130)
    timeline = Timeline(cast, 30.0)
    timeline.feed([event("record_start", 0.0, opening="wide", states={})])
    canvas = QImage(round(820 * ratio), round(200 * ratio), QImage.Format.Format_RGB32)
    canvas.setDevicePixelRatio(ratio)
    going_on, events = LanesPicture(scale), list(_talk(seed, 300.0))
    compared = 0
    for tick in range(1, 4 * 300):
        now_s = tick / 4 + 0.013
        due = [event for event in events if event["t_s"] <= now_s]
        events = events[len(due) :]
        timeline.feed(due)
        painter = QPainter(canvas)
        lanes = Lanes(area, QRectF(area.x(), area.bottom() - 34, area.width(), 34), now_s)
        going_on.paint(painter, lanes, timeline, cast, None)
        painter.end()
        if tick % 40 == 39:
            at_once = LanesPicture(scale)
            assert going_on._lanes is not None
            painter = QPainter(canvas)
            at_once.paint(painter, going_on._lanes, timeline, cast, None)
            painter.end()
            found, wanted = _pixels(going_on), _pixels(at_once)
            other = np.argwhere(np.abs(found - wanted).max(axis=2) > 24)
            assert len(other) <= words * found.size, (
                f"{len(other)} at {now_s:.1f} s, {other.min(0)} to {other.max(0)}"
            )
            compared += 1
    assert compared == 30


def _painted(picture: LanesPicture, timeline: Timeline, size: tuple[int, int]) -> QImage:
    canvas = QImage(*size, QImage.Format.Format_RGB32)
    canvas.fill(0)
    area = QRectF(88, 50, size[0] - 100, size[1] - 60)
    lanes = Lanes(area, QRectF(area.x(), area.bottom() - 34, area.width(), 34), 200.0)
    painter = QPainter(canvas)
    picture.paint(painter, lanes, timeline, cast_of(), None)
    painter.end()
    return canvas


def test_another_size_shows_what_there_is_stretched_until_there_is_time_to_draw_it(qtbot: QtBot) -> None:
    load_fonts()
    timeline = Timeline(cast_of(), 30.0)
    timeline.feed([event("record_start", 0.0, opening="wide", states={}), *_talk(4, 200.0)])
    picture = LanesPicture(Scale())
    picture.outgrow()
    assert not picture.is_outgrown, "there is nothing yet"
    small = _painted(picture, timeline, (700, 190))
    drawn = picture._picture
    picture.outgrow()
    stretched = _painted(picture, timeline, (900, 230))
    assert picture._picture is drawn
    picture.renew()
    large = _painted(picture, timeline, (900, 230))
    assert large == _painted(LanesPicture(Scale()), timeline, (900, 230)) != stretched
    assert small == _painted(LanesPicture(Scale()), timeline, (700, 190))
    assert (stretched.pixelColor(880, 210) == QColor(0, 0, 0), stretched.pixelColor(2, 2) == QColor(0, 0, 0)) == (
        False,
        True,
    )
