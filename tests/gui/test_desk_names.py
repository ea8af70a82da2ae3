"""The key N on the real window: a name comes, is said and lies over the program, goes, and is refused in words."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt

from director_app.engine.state import NameImage
from tests.helpers.open_desk import OpenDesk


def _name(desk: OpenDesk) -> NameImage | None:
    snapshot = desk.studio.look().snapshot
    return None if snapshot is None or snapshot.director.name is None else snapshot.director.name.image


def _plate(desk: OpenDesk, name: NameImage) -> NDArray[np.uint8]:
    """The pixels where the plate lies on the program monitor, without its bar and letters: its right end."""
    monitor = desk.window.desk._program
    area = monitor._area
    left, top, width, height = name.box
    across, down = area.width() / name.canvas[0], area.height() / name.canvas[1]
    shot = monitor.grab().toImage()
    x, y = area.x() + (left + width - 4) * across, area.y() + top * down
    pixels = [shot.pixelColor(round(x + 1), round(y + 2 + row)) for row in range(round(height * down) - 4)]
    return np.array([[each.red(), each.green(), each.blue()] for each in pixels], np.uint8)


def test_a_name_comes_and_goes_by_its_key(desk: OpenDesk) -> None:
    desk.record()
    desk.press(Qt.Key.Key_1)
    desk.wait(lambda: desk.on_air == "cam_1")
    desk.press(Qt.Key.Key_N)
    desk.wait(lambda: desk.window.desk._program._name is not None)
    name = _name(desk)
    assert name is not None
    desk.wait(lambda: float(_plate(desk, name).mean()) < 80)
    desk.wait(lambda: "The name Ana is shown." in desk.window.desk._bar.accessibleName())
    desk.press(Qt.Key.Key_N)
    desk.wait(lambda: desk.window.desk._program._name is None)
    desk.wait(lambda: "is shown" not in desk.window.desk._bar.accessibleName())


def test_over_the_wide_camera_a_name_is_refused_in_words(desk: OpenDesk) -> None:
    desk.record()
    desk.press(Qt.Key.Key_W)
    desk.wait(lambda: desk.on_air == "cam_4")
    desk.press(Qt.Key.Key_N)
    desk.wait(lambda: "shows everybody, so no name is shown" in desk.said)
    assert _name(desk) is None
