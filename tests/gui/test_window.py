"""The window as a producer meets it: pages, text size, pictures, windows beside it, closing."""

import time

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from director_app.core.sources import CameraId, SourceState
from director_app.engine.studio_state import Phase
from director_app.engine.viewers import VIEWERS
from director_app.gui.desk.picture import Picture
from director_app.gui.desk.start_card import StartCard
from director_app.gui.desk.timeline_panel import TimelinePanel
from director_app.gui.sessions.sessions_page import SessionsPage
from director_app.gui.surroundings import PageName
from director_app.gui.theme.sheet import sheet
from director_app.gui.theme.type import Scale
from director_app.session.demo_show import demo_show
from tests.helpers.open_desk import OpenDesk

pytestmark = pytest.mark.patient


def test_the_window_does_not_close_while_recording_and_says_what_to_do(desk: OpenDesk) -> None:
    desk.record()
    assert not desk.window.close()
    top = desk.messages.top(time.perf_counter())
    assert top is not None and top.text == "Stop it first: R, then Shift+R. Nothing was closed."
    desk.studio.stop()
    desk.wait(lambda: desk.studio.look().phase is Phase.READY)
    assert desk.window.close()


def test_text_grows_and_shrinks_and_is_remembered(desk: OpenDesk) -> None:
    width = desk.window.desk._tiles[0].strip_height
    desk.press(Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert desk.window.surroundings.settings.now.text_scale == 1.2
    assert desk.window.desk._tiles[0].strip_height > width
    for _ in range(5):
        desk.press(Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert desk.window.surroundings.settings.now.text_scale == 1.0


def _names(panel: TimelinePanel) -> QImage:
    """The column in which people's names stand, as it is painted now."""
    return panel.grab(QRect(0, 0, 78, panel.height())).toImage()


def test_the_timeline_is_drawn_in_a_new_size_after_the_show_too(desk: OpenDesk) -> None:
    panel = desk.window.desk._timeline_panel
    desk.record()
    desk.wait(lambda: panel._picture._lanes is not None)
    desk.studio.stop()
    desk.wait(lambda: desk.studio.look().phase is Phase.READY)
    width = panel.width()
    names = _names(panel)
    panel.resize(width + 40, panel.height())
    assert panel.is_stretched
    assert _names(panel) == names, "what is stretched keeps to the lanes"
    desk.window.resize(desk.window.width() + 160, desk.window.height() + 60)
    desk.wait(lambda: panel.width() != width and not panel.is_stretched)
    desk.wait(lambda: panel._picture._lanes is not None and panel._picture._lanes.area == panel._lanes().area)


def test_the_program_window_opens_closes_and_comes_back_from_a_lost_screen(desk: OpenDesk) -> None:
    desk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    program = desk.window.program_window
    assert program is not None and program.isVisible()
    desk.wait(lambda: program.picture.age_ms is not None)
    program.move(90_000, 90_000)
    program.come_back()
    assert program.frameGeometry().left() < 90_000
    desk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert not program.isVisible()


def test_the_program_window_shows_what_viewers_see_when_asked(desk: OpenDesk) -> None:
    desk.record()
    desk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    program = desk.window.program_window
    assert program is not None
    desk.bot.keyClick(program, Qt.Key.Key_V)
    assert program.windowTitle().startswith("Program, in room time until viewers see the first picture")
    desk.wait(lambda: desk.studio._viewers is not None)
    desk.press(Qt.Key.Key_3)
    desk.wait(lambda: desk.studio.shows_viewers)
    desk.wait(lambda: program.picture._camera == VIEWERS and program.picture.age_ms is not None)
    assert program.windowTitle().startswith("Program, as viewers see it")
    desk.bot.keyClick(program, Qt.Key.Key_V)
    desk.wait(lambda: desk.studio._viewers is None)
    desk.bot.keyClick(program, Qt.Key.Key_V)
    desk.wait(lambda: desk.studio._viewers is not None)
    desk.studio.stop()
    desk.wait(lambda: desk.studio.look().phase is Phase.READY)
    assert desk.studio._viewers is None
    program.close()


def test_help_opens_on_f1(desk: OpenDesk) -> None:
    desk.press(Qt.Key.Key_F1)
    shown = [
        each for each in QApplication.topLevelWidgets() if each.windowTitle().startswith("Help") and each.isVisible()
    ]
    assert len(shown) == 1
    desk.bot.keyClick(shown[0], Qt.Key.Key_Escape)
    assert not shown[0].isVisible()


def test_pictures_and_states_of_all_cameras_are_shown(desk: OpenDesk) -> None:
    desk.wait(lambda: all(tile.picture.age_ms is not None for tile in desk.window.desk._tiles))
    desk.wait(lambda: all(now.state is SourceState.OK for now in desk.studio.look().cameras.values()))
    names = [tile.accessibleName() for tile in desk.window.desk._tiles]
    assert names[0].startswith("Camera 1 Ana") and names[3].startswith("Camera 4 Wide, on program")


def test_a_camera_without_a_picture_does_not_show_another_ones(desk: OpenDesk) -> None:
    picture = Picture(desk.studio.monitor())
    desk.wait(lambda: picture.pull(CameraId("cam_1"), QRect(0, 0, 64, 36), 1.0))
    assert picture.pull(CameraId("gone"), QRect(0, 0, 64, 36), 1.0)
    assert picture._found is None


def test_closing_waits_for_no_thread_and_shutting_joins_them_all(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut: list[str] = []
    for name in (PageName.SETUP, PageName.SESSIONS):
        page = desk.window.page(name)
        monkeypatch.setattr(page, "shut", lambda _deadline_s, name=name: shut.append(name.value))
    assert desk.window.close()
    assert shut == []
    desk.window.shut()
    assert sorted(shut) == ["Sessions", "Set up"]
    monkeypatch.undo()


def test_a_page_that_does_not_end_keeps_no_other_from_ending(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs(_deadline_s: float) -> None:
        raise TimeoutError("The list of devices did not come within 1 s.")

    setup, sessions = (desk.window.page(name) for name in (PageName.SETUP, PageName.SESSIONS))
    monkeypatch.setattr(setup, "shut", hangs)
    with pytest.raises(TimeoutError):
        desk.window.shut(1.0)
    assert isinstance(sessions, SessionsPage) and not sessions._looks.keep_going()
    monkeypatch.undo()


@pytest.mark.parametrize(("width", "height", "scale"), [(660, 130, 1.0), (484, 195, 1.5), (500, 169, 1.3)])
def test_no_button_of_the_start_card_is_cut(qtbot: QtBot, width: int, height: int, scale: float) -> None:
    card = StartCard(Scale(scale))
    qtbot.addWidget(card)
    card.setStyleSheet(card.styleSheet() + sheet(Scale(scale)))
    card.show_show(demo_show())
    card.setGeometry(0, 0, width, height)
    card.show()
    for button in card.buttons:
        assert button.width() >= button.sizeHint().width() and button.height() >= button.sizeHint().height()
        assert card.rect().contains(button.geometry())
