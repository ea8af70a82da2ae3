"""Tiles and panels paint only what is new; pixel for pixel what painting everything would give comes of it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter, QRegion
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from director_app.core.decisions import Mode
from director_app.core.sources import CameraId, SourceState
from director_app.engine.monitors import Monitor
from director_app.gui.desk.director_panel import DirectorPanel
from director_app.gui.desk.painted import Painted
from director_app.gui.desk.picture import Picture
from director_app.gui.desk.tile import CameraTile
from director_app.gui.models.director import DirectorView
from director_app.gui.models.meter import MeterView
from director_app.gui.models.tiles import TileView
from director_app.gui.theme.type import Scale

_CALM = TileView(
    camera=CameraId("cam_2"),
    number=2,
    label="Ben",
    on_air=False,
    program=False,
    next=False,
    state=SourceState.OK,
    badge="",
    detail="30 fps",
    detail_warns=False,
    note="",
    warning="",
    meter=MeterView(0.4, 0.7, "\u221224"),
    speaks=False,
)
_ON_AIR = replace(_CALM, on_air=True, program=True)
_LOUD = MeterView(0.97, 0.99, "\u22122", high=True)

_STEPS = {
    "the meter moves": (_CALM, replace(_CALM, meter=_LOUD, speaks=True)),
    "the meter falls": (replace(_CALM, meter=_LOUD, speaks=True), _CALM),
    "it clips": (_CALM, replace(_CALM, meter=replace(_LOUD, words="CLIP", clipped=True), speaks=True)),
    "the rate falls": (_CALM, replace(_CALM, detail="11 fps", meter=_LOUD)),
    "goes on air": (replace(_CALM, next=True), _ON_AIR),
    "moves on air": (
        replace(_CALM, on_air=True, program=True),
        replace(_CALM, on_air=True, program=True, meter=_LOUD),
    ),
    "moves while next": (replace(_CALM, next=True), replace(_CALM, next=True, meter=_LOUD)),
    "goes": (_CALM, replace(_CALM, state=SourceState.LOST, badge="Lost 0:03, reopening")),
}


class _Noted(Painted):
    """Remembers what it asked to be painted."""

    asked = QRegion()

    def update(self, *area: QRect) -> None:  # type: ignore[override]
        """Notes it instead."""
        self.asked += QRegion(*(area or (self.rect(),)))


class _NotedTile(_Noted, CameraTile):
    pass


class _NotedPanel(_Noted, DirectorPanel):
    pass


def _tile(scale: Scale, view: TileView) -> _NotedTile:
    tile = _NotedTile(scale, Picture(Monitor(lambda: {})))
    tile.resize(283, 230)
    tile.strip_height = scale.px(47)
    tile.show_view(view)
    return tile


def _painted(tile: QWidget, onto: QImage, region: QRegion) -> NDArray[np.uint8]:
    painter = QPainter(onto)
    tile.render(painter, region.boundingRect().topLeft(), region)
    painter.end()
    return np.array(onto.constBits(), np.uint8).reshape(onto.height(), onto.width(), 4)[..., :3].copy()


def _sheet(tile: QWidget) -> QImage:
    image = QImage(tile.size(), QImage.Format.Format_RGB32)
    image.fill(0)
    return image


def _compare(widget: _Noted, show_news: Callable[[], None]) -> None:
    sheet = _sheet(widget)
    first = _painted(widget, sheet, QRegion(widget.rect()))
    widget.asked = QRegion()
    show_news()
    on = _painted(widget, sheet, widget.asked)
    anew = _painted(widget, _sheet(widget), QRegion(widget.rect()))
    assert not np.array_equal(first, anew)
    assert np.array_equal(on, anew)


@pytest.mark.parametrize("factor", [1.0, 1.25, 1.5])
@pytest.mark.parametrize("step", _STEPS)
def test_what_is_painted_on_is_what_would_be_painted_anew(qtbot: QtBot, step: str, factor: float) -> None:
    before, after = _STEPS[step]
    tile = _tile(Scale(factor), before)
    qtbot.addWidget(tile)
    _compare(tile, lambda: tile.show_view(after))


def test_while_only_the_meter_moves_nothing_but_its_row_is_painted(qtbot: QtBot) -> None:
    tile = _tile(Scale(), _CALM)
    qtbot.addWidget(tile)
    tile.asked = QRegion()
    tile.show_view(replace(_CALM, meter=_LOUD))
    asked = tile.asked.boundingRect()
    assert asked.height() <= tile.strip_height / 2
    assert asked.width() < tile.width() - 40


_HOLD = DirectorView(
    Mode.HOLD,
    waiting=False,
    hold_share=0.9,
    hold_s=8,
    sentence="Holds camera 2.",
    next_number=3,
    next_label="Cara",
    next_words="speaks next",
)


@pytest.mark.parametrize("factor", [1.0, 1.25, 1.5])
@pytest.mark.parametrize("width", [380, 381, 412])
def test_a_ring_that_runs_down_is_painted_as_if_all_were(qtbot: QtBot, width: int, factor: float) -> None:
    panel = _NotedPanel(Scale(factor))
    qtbot.addWidget(panel)
    panel.resize(round(width * factor), round(140 * factor))
    panel.show_view(_HOLD)
    for left in (0.8, 0.5, 0.1):
        _compare(panel, partial(panel.show_view, replace(_HOLD, hold_share=left, hold_s=round(9 * left))))
        assert panel.asked.boundingRect().width() < 30 * factor
    _compare(panel, partial(panel.show_view, replace(_HOLD, mode=Mode.AUTO)))
    assert panel.asked.boundingRect() == panel.rect()
