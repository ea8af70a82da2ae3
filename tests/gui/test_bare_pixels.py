"""A picture that is made where it is shown looks as if it had been painted, and covers nothing else."""

from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPicture, QRegion
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from director_app.core.canvas import Canvas
from director_app.core.sources import CameraId
from director_app.engine.monitors import Monitor
from director_app.gui.desk import picture as picture_module
from director_app.gui.desk.bare_pixels import bare_pixels
from director_app.gui.desk.picture import Picture, fitted
from director_app.media.frame import FramePool
from director_app.media.shelf import FrameShelf

CAMERA = CameraId("cam_1")
AREA = QRect(12, 8, 160, 90)


def _camera() -> Picture:
    """A picture without two pixels alike."""
    shelf, frame = FrameShelf(33_333_333), FramePool(Canvas(640, 360, Fraction(30))).lend()
    frame.picture[:] = np.random.default_rng(3).integers(16, 235, frame.picture.shape, np.uint8)
    shelf.put(frame, 0)
    picture = Picture(Monitor(lambda: {CAMERA: shelf}))
    assert picture.pull(CAMERA, AREA, 1.0)
    return picture


def _sheet(form: QImage.Format = QImage.Format.Format_RGB32) -> QImage:
    sheet = QImage(200, 120, form)
    sheet.fill(QColor("#204060"))
    return sheet


def _pixels(image: QImage) -> NDArray[np.uint8]:
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.array(plain.constBits(), np.uint8).reshape(plain.height(), plain.width(), 4)


def _painted(onto: QImage, *, area: QRect = AREA, clip: QRegion | None = None) -> NDArray[np.uint8]:
    painter = QPainter(onto)
    if clip is not None:
        painter.setClipRegion(clip)
    _camera().paint(painter, area)
    painter.end()
    return _pixels(onto)


@pytest.mark.parametrize(
    ("form", "area", "clip"),
    [
        (QImage.Format.Format_RGB32, AREA, None),
        (QImage.Format.Format_ARGB32_Premultiplied, AREA, None),
        (QImage.Format.Format_RGB888, AREA, None),
        (QImage.Format.Format_RGB32, AREA, QRegion(20, 20, 50, 50)),
        (QImage.Format.Format_RGB32, AREA.translated(60, 0), None),
        (QImage.Format.Format_RGB32, QRect(0, 0, 80, 45), None),
    ],
    ids=["plain", "with alpha", "three bytes", "clipped", "beyond the edge", "another size"],
)
def test_it_looks_as_if_it_had_been_painted(
    form: QImage.Format, area: QRect, clip: QRegion | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = _painted(_sheet(form), area=area, clip=clip)
    monkeypatch.setattr(picture_module, "bare_pixels", lambda _painter, _area: None)
    assert np.array_equal(found, _painted(_sheet(form), area=area, clip=clip))


def test_a_plain_sheet_is_written_to_in_its_place() -> None:
    sheet = _sheet()
    painter = QPainter(sheet)
    painter.translate(10, 5)
    found = bare_pixels(painter, AREA)
    assert found is not None and found.shape == (90, 160, 4)
    found[:] = 255
    painter.end()
    white = np.argwhere(_pixels(sheet)[..., 0] == 255)
    assert (white.min(0).tolist(), white.max(0).tolist()) == ([13, 22], [102, 181])


@pytest.mark.parametrize("move", [(0.5, 0.0), (0.0, 0.25)])
def test_what_lies_between_pixels_is_painted(move: tuple[float, float]) -> None:
    sheet = _sheet()
    painter = QPainter(sheet)
    painter.translate(*move)
    assert bare_pixels(painter, AREA) is None
    painter.end()


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("room", [QRect(4, 4, 856, 478), QRect(1, 1, 251, 143), QRect(0, 0, 333, 500)])
def test_a_picture_lies_on_whole_pixels_of_most_screens(ratio: float, room: QRect) -> None:
    sheet = QImage(round(900 * ratio), round(500 * ratio), QImage.Format.Format_RGB32)
    sheet.setDevicePixelRatio(ratio)
    area = fitted(room)
    painter = QPainter(sheet)
    found = bare_pixels(painter, area)
    painter.end()
    assert found is not None
    assert found.shape == (area.height() * ratio, area.width() * ratio, 4)
    assert found.shape[0] % 2 == found.shape[1] % 2 == 0
    assert room.adjusted(-1, -1, 0, 0).contains(area)
    assert abs(area.width() / area.height() - 16 / 9) < 0.06


def test_what_is_no_memory_is_painted() -> None:
    recorded = QPicture()
    painter = QPainter(recorded)
    assert bare_pixels(painter, AREA) is None
    painter.end()


class _Shown(QWidget):
    """Paints the picture, and notes whether it was written."""

    written = 0

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.picture = _camera()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - the name is Qt's
        painter = QPainter(self)
        self.written += bare_pixels(painter, self.rect()) is not None
        self.picture.paint(painter, self.rect())
        painter.end()


class _Card(QWidget):
    """Opaque: what lies under it is not painted."""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - the name is Qt's
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#ffffff"))
        painter.end()


def test_in_a_window_it_is_written_and_spares_what_lies_over_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    shown, card = _Shown(window), _Card(window)
    shown.setGeometry(QRect(QPoint(40, 30), AREA.size()))
    card.setGeometry(60, 50, 80, 40)
    card.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    card.hide()
    with qtbot.waitExposed(window):
        window.show()
    shown.repaint()
    assert shown.written > 0
    card.show()
    qtbot.waitUntil(lambda: _on_screen(window, 100, 70) == "#ffffff")
    before = shown.written
    shown.repaint()
    assert _on_screen(window, 100, 70) == "#ffffff"
    assert shown.written == before


def _on_screen(window: QWidget, x: int, y: int) -> str:
    sheet = window.backingStore().paintDevice()
    assert isinstance(sheet, QImage)
    return sheet.pixelColor(x, y).name()
