"""Keys and clicks on the real window over a real studio with made-up cameras: what they do, and when nothing."""

import time

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from director_app.core.decisions import Mode
from director_app.engine.studio_state import Phase
from director_app.gui.models.messages import Message
from director_app.gui.start import Door
from director_app.gui.surroundings import PageName
from director_app.session.event_log import read_events
from tests.helpers.open_desk import OpenDesk

pytestmark = pytest.mark.patient


def test_enter_starts_the_show_and_keys_direct_it(desk: OpenDesk) -> None:
    desk.wait(lambda: desk.window.desk.has_card)
    desk.press(Qt.Key.Key_Return)
    desk.wait(lambda: desk.studio.look().snapshot is not None)
    desk.press(Qt.Key.Key_3)
    desk.wait(lambda: desk.on_air == "cam_3" and desk.mode is Mode.HOLD)
    desk.press(Qt.Key.Key_W)
    desk.wait(lambda: desk.on_air == "cam_4")
    desk.press(Qt.Key.Key_Backspace)
    desk.wait(lambda: desk.on_air == "cam_3")
    desk.press(Qt.Key.Key_Space)
    desk.wait(lambda: desk.mode is Mode.AUTO)
    desk.press(Qt.Key.Key_Space)
    desk.wait(lambda: desk.mode is Mode.MANUAL)
    # The automatic may have cut to any of them, and a camera that is on air cannot be the next.
    key, camera = (Qt.Key.Key_1, "cam_1") if desk.on_air == "cam_2" else (Qt.Key.Key_2, "cam_2")
    desk.press(key, Qt.KeyboardModifier.ShiftModifier)
    desk.press(Qt.Key.Key_E)
    desk.wait(lambda: desk.on_air == camera)
    desk.press(Qt.Key.Key_M)
    desk.wait(lambda: any(event["type"] == "marker" for event in desk.studio.events_since(0)[1]))


def test_enter_takes_the_next_camera_as_soon_as_there_is_a_recording(desk: OpenDesk) -> None:
    desk.record()
    desk.press(Qt.Key.Key_M)
    desk.press(Qt.Key.Key_2, Qt.KeyboardModifier.ShiftModifier)
    # As it is when the card has not gone yet.
    desk.window.desk._card.show()
    desk.press(Qt.Key.Key_Return)
    desk.wait(lambda: desk.on_air == "cam_2")


def test_recording_is_stopped_only_by_yes_in_time(desk: OpenDesk) -> None:
    desk.record()
    desk.press(Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    assert desk.studio.look().phase is Phase.RECORDING
    desk.press(Qt.Key.Key_R)
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    assert desk.studio.look().phase is Phase.RECORDING
    desk.press(Qt.Key.Key_R)
    desk.press(Qt.Key.Key_2)
    desk.wait(lambda: desk.on_air == "cam_2")
    desk.press(Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    desk.wait(lambda: desk.studio.look().phase is Phase.READY)
    folder = desk.studio.look().folder
    assert folder is not None
    assert [event["type"] for event in read_events(folder)][-1] == "session_stop"


def test_a_key_that_is_held_down_counts_once(desk: OpenDesk) -> None:
    desk.record()
    for _ in range(5):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_M.value, Qt.KeyboardModifier.NoModifier, "m", autorep=True)
        QApplication.sendEvent(desk.window, held)
    desk.press(Qt.Key.Key_M)
    desk.wait(lambda: any(event["type"] == "marker" for event in desk.studio.events_since(0)[1]))
    assert [event["type"] for event in desk.studio.events_since(0)[1]].count("marker") == 1


def test_a_key_that_cannot_act_says_why(desk: OpenDesk) -> None:
    desk.press(Qt.Key.Key_2)
    desk.wait(lambda: "Nothing is being recorded" in desk.said)
    desk.record()
    desk.press(Qt.Key.Key_7)
    desk.wait(lambda: "There is no camera 7. The show has 4." in desk.said)


def test_locked_keys_do_nothing_but_say_so(desk: OpenDesk) -> None:
    desk.record()
    desk.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_3)
    desk.wait(lambda: "Keys are locked" in desk.said)
    assert desk.mode is Mode.AUTO
    desk.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_3)
    desk.wait(lambda: desk.on_air == "cam_3")


def test_every_key_works_while_the_sheet_of_keys_is_open_and_esc_closes_it(desk: OpenDesk) -> None:
    desk.record()
    desk.press(Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    assert desk.window.desk.keys_sheet.isVisible()
    desk.press(Qt.Key.Key_3)
    desk.wait(lambda: desk.on_air == "cam_3")
    desk.press(Qt.Key.Key_Escape)
    assert not desk.window.desk.keys_sheet.isVisible()


def test_desk_keys_are_off_on_other_pages_and_esc_comes_back(desk: OpenDesk) -> None:
    desk.record()
    desk.press(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert desk.window.front.value == "Sessions"
    before = desk.mode
    desk.press(Qt.Key.Key_H)
    desk.wait(lambda: "REC" in desk.window._top.accessibleName() or "recording" in desk.window._top.accessibleName())
    assert desk.mode is before
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.front.value == "Desk"


def test_a_click_takes_a_camera(desk: OpenDesk) -> None:
    desk.record()
    desk.bot.mouseClick(desk.window.desk._tiles[1], Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    desk.wait(lambda: desk.on_air == "cam_2")


@pytest.mark.realtime
def test_a_refusal_goes_after_a_while_and_a_lock_stays(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("director_app.gui.desk.desk_page._REFUSAL_S", 0.5)
    desk.record()
    desk.press(Qt.Key.Key_Backspace)
    for _ in range(2):
        desk.press(Qt.Key.Key_Space)
        desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Space)
    desk.wait(lambda: desk.mode is Mode.MANUAL)
    for _ in range(2):
        desk.press(Qt.Key.Key_H)
        desk.wait(lambda: "nothing to hold" in desk.said)
        assert desk.window.desk._director._view is not None and desk.window.desk._director._view.refusal
        desk.wait(lambda: "nothing to hold" not in desk.said)
    desk.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    desk.bot.wait(800)
    assert "Keys are locked" in desk.said


def test_keys_work_from_the_program_window_and_closing_it_ends_the_viewers_picture(desk: OpenDesk) -> None:
    desk.record()
    desk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    program = desk.window.program_window
    assert program is not None
    desk.bot.keyClick(program, Qt.Key.Key_2)
    desk.wait(lambda: desk.on_air == "cam_2")
    desk.bot.keyClick(program, Qt.Key.Key_V)
    desk.wait(lambda: desk.studio._viewers is not None)
    program.close()
    desk.wait(lambda: desk.studio._viewers is None)


def test_the_lock_is_for_keys_and_clicks_and_not_for_other_programs(desk: OpenDesk) -> None:
    desk.record()
    desk.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_R)
    assert not desk.window.desk.question.is_open(time.perf_counter())
    door = Door(desk.studio)
    door.commanded.connect(desk.window.carry_out)
    assert door.answer("record or ask to stop") == "Done."
    desk.wait(lambda: desk.window.desk.question.is_open(time.perf_counter()))
    assert door.answer("take 2") == "Done."
    desk.wait(lambda: desk.on_air == "cam_2")


def test_what_a_message_offers_has_a_key_on_every_page(desk: OpenDesk) -> None:
    done: list[str] = []
    for page in (PageName.DESK, PageName.SESSIONS):
        desk.window.go(page)
        message = Message("x", "A session was recovered.", action="Show it", act=lambda: done.append("shown"))
        desk.messages.say(message, time.perf_counter())
        desk.wait(desk.window._toast.isVisible)
        assert desk.window._toast._action_key == "Ctrl+G"
        desk.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
        desk.wait(lambda: not desk.window._toast.isVisible())
    desk.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert done == ["shown", "shown"]
