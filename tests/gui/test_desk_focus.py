"""The desk by keyboard alone: where Tab goes, what has the ring, who gets Space and Enter."""

import time

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QListWidget, QToolTip

from director_app.core.decisions import Mode
from director_app.engine.studio_state import Phase
from director_app.gui.help_window import HelpWindow
from tests.helpers.open_desk import OpenDesk

pytestmark = pytest.mark.patient


def test_tab_reaches_every_control_and_digits_give_the_focus_back(desk: OpenDesk) -> None:
    desk.window.setFocus()
    desk.window.activateWindow()
    reached = []
    for _ in range(14):
        desk.window.focusNextPrevChild(True)  # noqa: FBT003 - Qt's form
        focused = QApplication.focusWidget()
        if focused is not None and focused not in reached:
            reached.append(focused)
    tiles = desk.window.desk._tiles
    assert all(tile in reached for tile in tiles)
    assert [reached.index(tile) for tile in tiles] == sorted(reached.index(tile) for tile in tiles)
    desk.wait(lambda: all(widget.accessibleName() or hasattr(widget, "text") for widget in reached))
    desk.press(Qt.Key.Key_1)
    assert QApplication.focusWidget() in {None, desk.window}


def test_a_wrong_cut_is_marked_by_keyboard(desk: OpenDesk) -> None:
    desk.record()
    desk.press(Qt.Key.Key_2)
    desk.wait(lambda: desk.on_air == "cam_2")
    timeline = desk.window.desk._timeline_panel
    desk.wait(lambda: timeline._timeline is not None and bool(timeline._timeline.cuts()))
    timeline.setFocus()
    desk.bot.keyClick(timeline, Qt.Key.Key_Left)
    assert desk.window.desk._tooltip.isVisible()
    desk.bot.keyClick(timeline, Qt.Key.Key_Return)
    desk.wait(lambda: any(event["type"] == "wrong_cut" for event in desk.studio.events_since(0)[1]))


def _held(key: Qt.Key) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key.value, Qt.KeyboardModifier.NoModifier, "", autorep=True)


def test_what_tab_has_reached_keeps_the_focus_for_a_while(desk: OpenDesk) -> None:
    desk.window.activateWindow()
    desk.window.setFocus()
    desk.window._key_at_s = time.perf_counter() - 60
    desk.press(Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None and focused is not desk.window
    desk.bot.wait(300)
    assert QApplication.focusWidget() is focused
    desk.window._key_at_s = time.perf_counter() - 60
    desk.wait(lambda: QApplication.focusWidget() in {None, desk.window})


def test_tab_goes_in_reading_order(desk: OpenDesk) -> None:
    desk.wait(lambda: desk.window.desk.has_card)
    desk.window.activateWindow()
    desk.window.setFocus()
    page, reached = desk.window.desk, []
    for _ in range(9):
        desk.window.focusNextPrevChild(True)  # noqa: FBT003 - Qt's form
        reached.append(QApplication.focusWidget())
    assert reached == [
        desk.window._top,
        desk.window._top.keys_spot,
        *page._card.buttons,
        *page._tiles,
        page._director,
    ]


def test_the_mode_is_changed_with_tab_and_arrows_alone(desk: OpenDesk) -> None:
    desk.record()
    director = desk.window.desk._director
    desk.window.activateWindow()
    director.setFocus()
    for _ in range(2):
        desk.bot.keyClick(director, Qt.Key.Key_Right)
    desk.wait(lambda: "Manual is chosen." in desk.said)
    desk.bot.keyClick(director, Qt.Key.Key_Return)
    desk.wait(lambda: desk.mode is Mode.MANUAL)


def test_enter_presses_the_button_that_has_the_focus_and_does_not_start_the_show(desk: OpenDesk) -> None:
    desk.wait(lambda: desk.window.desk.has_card)
    desk.window.activateWindow()
    own = desk.window.desk._card.buttons[1]
    own.setFocus()
    desk.bot.keyClick(own, Qt.Key.Key_Return)
    assert desk.window.front.value == "Set up"
    assert desk.studio.look().phase is Phase.READY


def test_a_key_held_on_the_record_button_and_a_double_click_are_no_yes(desk: OpenDesk) -> None:
    desk.record()
    transport = desk.window.desk._transport
    at = transport._record.center().toPoint()
    desk.bot.keyClick(transport, Qt.Key.Key_Space)
    desk.wait(lambda: "Stop recording?" in transport.accessibleName())
    QApplication.sendEvent(transport, _held(Qt.Key.Key_Space))
    desk.bot.mouseDClick(transport, Qt.MouseButton.LeftButton, pos=at)
    desk.bot.wait(200)
    assert desk.studio.look().phase is Phase.RECORDING
    desk.press(Qt.Key.Key_Escape)
    desk.wait(lambda: "Stop recording?" not in transport.accessibleName())


def test_enter_of_the_numeric_pad_presses_what_has_the_focus(desk: OpenDesk) -> None:
    desk.record()
    desk.bot.keyClick(desk.window.desk._transport, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    desk.wait(lambda: "Stop recording?" in desk.window.desk._transport.accessibleName())


def test_a_cut_that_was_marked_as_wrong_stays_the_chosen_one(desk: OpenDesk) -> None:
    desk.record()
    timeline = desk.window.desk._timeline_panel
    for key, camera in ((Qt.Key.Key_2, "cam_2"), (Qt.Key.Key_3, "cam_3"), (Qt.Key.Key_1, "cam_1")):
        desk.press(key)
        desk.wait(lambda camera=camera: desk.on_air == camera)  # type: ignore[misc]
    desk.wait(lambda: timeline._timeline is not None and len(timeline._timeline.cuts()) >= 3)
    desk.bot.keyClick(timeline, Qt.Key.Key_Left)
    desk.bot.keyClick(timeline, Qt.Key.Key_Left)
    chosen = timeline._chosen
    assert chosen is not None
    desk.bot.keyClick(timeline, Qt.Key.Key_Return)
    desk.wait(lambda: timeline._chosen is not None and timeline._chosen.wrong)
    assert timeline._chosen is not None and timeline._chosen.t_s == chosen.t_s


def test_tab_reaches_the_marker_and_space_sets_it(desk: OpenDesk) -> None:
    desk.record()
    transport = desk.window.desk._transport
    desk.wait(transport.marker_spot.isVisible)
    desk.window.activateWindow()
    transport.setFocus()
    desk.bot.keyClick(transport, Qt.Key.Key_Tab)
    assert transport.marker_spot.hasFocus() and transport.marker_spot.accessibleName() == "Marker"
    desk.bot.keyClick(transport.marker_spot, Qt.Key.Key_Space)
    desk.wait(lambda: any(event["type"] == "marker" for event in desk.studio.events_since(0)[1]))
    assert desk.mode is Mode.AUTO
    desk.bot.keyClick(transport.marker_spot, Qt.Key.Key_2)
    desk.wait(lambda: desk.on_air == "cam_2")


def test_the_top_bar_goes_on_from_page_to_page_and_tab_reaches_its_keys(desk: OpenDesk) -> None:
    top = desk.window._top
    desk.window.activateWindow()
    top.setFocus()
    fronts = []
    for _ in range(3):
        desk.bot.keyClick(top, Qt.Key.Key_Right)
        fronts.append(desk.window.front.value)
        assert top.hasFocus()
    assert fronts == ["Set up", "Sessions", "Desk"]
    desk.bot.keyClick(top, Qt.Key.Key_Tab)
    assert top.keys_spot.hasFocus() and top.keys_spot.accessibleName() == "Keys"
    desk.bot.keyClick(top.keys_spot, Qt.Key.Key_Return)
    assert desk.window.desk.keys_sheet.isVisible()
    desk.bot.keyClick(top.keys_spot, Qt.Key.Key_Backtab)
    desk.bot.keyClick(top, Qt.Key.Key_Return)
    assert not top.hasFocus() and desk.studio.look().phase is Phase.READY


def test_the_tooltip_of_a_cut_goes_when_the_focus_leaves(desk: OpenDesk) -> None:
    desk.record()
    desk.press(Qt.Key.Key_2)
    timeline = desk.window.desk._timeline_panel
    desk.wait(lambda: timeline._timeline is not None and bool(timeline._timeline.cuts()))
    desk.window.activateWindow()
    timeline.setFocus()
    desk.bot.keyClick(timeline, Qt.Key.Key_Left)
    assert desk.window.desk._tooltip.isVisible()
    desk.window.desk._tiles[0].setFocus()
    assert not desk.window.desk._tooltip.isVisible()


def test_desk_keys_work_while_help_has_the_focus_and_help_keeps_its_own(desk: OpenDesk) -> None:
    desk.record()
    desk.press(Qt.Key.Key_F1)
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, HelpWindow)]
    pages = shown[0].findChild(QListWidget)
    assert pages is not None
    desk.bot.keyClick(pages, Qt.Key.Key_2)
    desk.wait(lambda: desk.on_air == "cam_2")
    desk.bot.keyClick(pages, Qt.Key.Key_M)
    desk.wait(lambda: any(event["type"] == "marker" for event in desk.studio.events_since(0)[1]))
    desk.bot.keyClick(pages, Qt.Key.Key_Down)
    assert pages.currentRow() == 1
    desk.bot.keyClick(pages, Qt.Key.Key_Escape)
    assert not shown[0].isVisible()


def test_a_record_button_that_cannot_be_pressed_says_why(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    transport = desk.window.desk._transport
    desk.wait(lambda: transport._view is not None and transport._view.enabled)
    assert transport.accessibleDescription() == ""
    monkeypatch.setattr(desk.studio, "_phase", Phase.FAILED)
    monkeypatch.setattr(desk.studio, "_problem", "The disk is full. Free some space.")
    desk.wait(lambda: transport.accessibleDescription() == "The disk is full. Free some space. R tries again.")
    at = transport._record.center().toPoint()
    QApplication.sendEvent(transport, QHelpEvent(QEvent.Type.ToolTip, at, transport.mapToGlobal(at)))
    assert "Free some space." in QToolTip.text()
    QToolTip.hideText()
    monkeypatch.undo()
