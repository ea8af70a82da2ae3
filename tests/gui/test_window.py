"""The desk as a producer meets it: keys on the real window over a real studio with made-up cameras."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from director_app.core.decisions import Mode
from director_app.core.sources import CameraId, SourceState
from director_app.engine.state import Notice, Urgency
from director_app.engine.studio import Phase, Studio
from director_app.engine.viewers import VIEWERS
from director_app.gui.desk.picture import Picture
from director_app.gui.models.keymap import read_keymap
from director_app.gui.models.messages import Message, Messages
from director_app.gui.models.settings import SettingsFile
from director_app.gui.start import make_window
from director_app.gui.window import Window
from director_app.session.demo_show import demo_show
from director_app.session.event_log import read_events
from director_app.session.resources import resource
from director_app.session.show import CanvasTable

_PATIENCE_MS = 20_000


@dataclass
class Desk:
    """A window, its studio and a finger."""

    window: Window
    studio: Studio
    messages: Messages
    bot: QtBot

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.bot.keyClick(self.window, key, held)

    def wait(self, done: Callable[[], bool]) -> None:
        self.bot.waitUntil(done, timeout=_PATIENCE_MS)

    def record(self) -> None:
        self.press(Qt.Key.Key_R)
        self.wait(self._has_pictures)

    def _has_pictures(self) -> bool:
        """A recording that is stopped before its first picture leaves nothing."""
        state = self.studio.look()
        return state.phase is Phase.RECORDING and state.snapshot is not None and state.snapshot.t_s > 0.2

    @property
    def on_air(self) -> str:
        snapshot = self.studio.look().snapshot
        return "" if snapshot is None else snapshot.director.program.on_air

    @property
    def mode(self) -> Mode | None:
        snapshot = self.studio.look().snapshot
        return None if snapshot is None else snapshot.director.program.mode

    @property
    def said(self) -> str:
        return self.window.desk._director.accessibleName()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    show = demo_show().model_copy(update={"canvas": CanvasTable(width=320, height=180, fps=30.0)})
    studio = Studio(tmp_path / "sessions")
    studio.start(show)
    messages = Messages()
    settings = SettingsFile(tmp_path / "settings.json")
    window = make_window(studio, settings, messages, read_keymap(resource("keymap.toml")))
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    try:
        qtbot.waitUntil(lambda: studio.look().phase is Phase.READY, timeout=_PATIENCE_MS)
        yield Desk(window, studio, messages, qtbot)
    finally:
        studio.close()
        window.close()
        window.shut()


def test_enter_starts_the_show_and_keys_direct_it(desk: Desk) -> None:
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
    desk.press(Qt.Key.Key_2, Qt.KeyboardModifier.ShiftModifier)
    desk.press(Qt.Key.Key_E)
    desk.wait(lambda: desk.on_air == "cam_2")
    desk.press(Qt.Key.Key_M)
    desk.wait(lambda: any(event["type"] == "marker" for event in desk.studio.events_since(0)[1]))


def test_recording_is_stopped_only_by_yes_in_time(desk: Desk) -> None:
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


def test_the_window_does_not_close_while_recording_and_says_what_to_do(desk: Desk) -> None:
    desk.record()
    assert not desk.window.close()
    top = desk.messages.top(time.perf_counter())
    assert top is not None and top.text == "Stop it first: R, then Shift+R. Nothing was closed."
    desk.studio.stop()
    desk.wait(lambda: desk.studio.look().phase is Phase.READY)
    assert desk.window.close()


def test_a_key_that_is_held_down_counts_once(desk: Desk) -> None:
    desk.record()
    for _ in range(5):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_M.value, Qt.KeyboardModifier.NoModifier, "m", autorep=True)
        QApplication.sendEvent(desk.window, held)
    desk.press(Qt.Key.Key_M)
    desk.wait(lambda: any(event["type"] == "marker" for event in desk.studio.events_since(0)[1]))
    assert [event["type"] for event in desk.studio.events_since(0)[1]].count("marker") == 1


def test_a_key_that_cannot_act_says_why(desk: Desk) -> None:
    desk.press(Qt.Key.Key_2)
    desk.wait(lambda: "Nothing is being recorded" in desk.said)
    desk.record()
    desk.press(Qt.Key.Key_7)
    desk.wait(lambda: "There is no camera 7. The show has 4." in desk.said)


def test_locked_keys_do_nothing_but_say_so(desk: Desk) -> None:
    desk.record()
    desk.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_3)
    desk.wait(lambda: "Keys are locked" in desk.said)
    assert desk.mode is Mode.AUTO
    desk.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_3)
    desk.wait(lambda: desk.on_air == "cam_3")


def test_every_key_works_while_the_sheet_of_keys_is_open_and_esc_closes_it(desk: Desk) -> None:
    desk.record()
    desk.press(Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    assert desk.window.desk.keys_sheet.isVisible()
    desk.press(Qt.Key.Key_3)
    desk.wait(lambda: desk.on_air == "cam_3")
    desk.press(Qt.Key.Key_Escape)
    assert not desk.window.desk.keys_sheet.isVisible()


def test_desk_keys_are_off_on_other_pages_and_esc_comes_back(desk: Desk) -> None:
    desk.record()
    desk.press(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert desk.window.front.value == "Sessions"
    before = desk.mode
    desk.press(Qt.Key.Key_H)
    desk.wait(lambda: "REC" in desk.window._top.accessibleName() or "recording" in desk.window._top.accessibleName())
    assert desk.mode is before
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.front.value == "Desk"


def test_tab_reaches_every_control_and_digits_give_the_focus_back(desk: Desk) -> None:
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
    assert all(widget.accessibleName() or hasattr(widget, "text") for widget in reached)
    desk.press(Qt.Key.Key_1)
    assert QApplication.focusWidget() in {None, desk.window}


def test_a_click_takes_a_camera(desk: Desk) -> None:
    desk.record()
    desk.bot.mouseClick(desk.window.desk._tiles[1], Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    desk.wait(lambda: desk.on_air == "cam_2")


def test_text_grows_and_shrinks_and_is_remembered(desk: Desk) -> None:
    width = desk.window.desk._tiles[0].strip_height
    desk.press(Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert desk.window.surroundings.settings.now.text_scale == 1.2
    assert desk.window.desk._tiles[0].strip_height > width
    for _ in range(5):
        desk.press(Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert desk.window.surroundings.settings.now.text_scale == 1.0


def test_messages_stand_over_the_timeline_and_esc_dismisses_them(desk: Desk) -> None:
    desk.messages.say(
        Message("x", "Upload of ISO 3 Cara stopped.", "That part is safe.", stays=True), time.perf_counter()
    )
    desk.wait(desk.window._toast.isVisible)
    toast, timeline = desk.window._toast.geometry(), desk.window.desk._timeline_panel
    assert (
        toast.left() >= timeline.x()
        and toast.bottom() <= timeline.y() + timeline.height() + desk.window._top.height()
    )
    desk.press(Qt.Key.Key_Escape)
    desk.wait(lambda: not desk.window._toast.isVisible())


def test_the_program_window_opens_closes_and_comes_back_from_a_lost_screen(desk: Desk) -> None:
    desk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    program = desk.window.program_window
    assert program is not None and program.isVisible()
    desk.wait(lambda: program.picture.age_ms is not None)
    program.move(90_000, 90_000)
    program.come_back()
    assert program.frameGeometry().left() < 90_000
    desk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert not program.isVisible()


def test_the_program_window_shows_what_viewers_see_when_asked(desk: Desk) -> None:
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


def test_help_opens_on_f1(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F1)
    shown = [
        each for each in QApplication.topLevelWidgets() if each.windowTitle().startswith("Help") and each.isVisible()
    ]
    assert len(shown) == 1
    desk.bot.keyClick(shown[0], Qt.Key.Key_Escape)
    assert not shown[0].isVisible()


def test_trouble_takes_the_place_of_outputs_and_g_goes_there(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.record()
    assert desk.studio._engine is not None
    notices = (Notice(Urgency.TROUBLE, "Microphone 3 Cara: automatic gain is on. Switch it off.", "gain control"),)
    monkeypatch.setattr(desk.studio._engine.notices, "all", lambda: notices)
    desk.wait(lambda: desk.window.desk._outputs.accessibleName().startswith("1 needs you"))
    desk.window.activateWindow()
    desk.press(Qt.Key.Key_G)
    assert desk.window.desk._outputs.hasFocus()
    desk.bot.keyClick(desk.window.desk._outputs, Qt.Key.Key_Return)
    desk.wait(desk.window._toast.isVisible)


def test_a_wrong_cut_is_marked_by_keyboard(desk: Desk) -> None:
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


def test_pictures_and_states_of_all_cameras_are_shown(desk: Desk) -> None:
    desk.wait(lambda: all(tile.picture.age_ms is not None for tile in desk.window.desk._tiles))
    desk.wait(lambda: all(now.state is SourceState.OK for now in desk.studio.look().cameras.values()))
    names = [tile.accessibleName() for tile in desk.window.desk._tiles]
    assert names[0].startswith("Camera 1 Ana") and names[3].startswith("Camera 4 Wide, on program")


def _held(key: Qt.Key) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key.value, Qt.KeyboardModifier.NoModifier, "", autorep=True)


def test_what_tab_has_reached_keeps_the_focus_for_a_while(desk: Desk) -> None:
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


def test_tab_goes_in_reading_order(desk: Desk) -> None:
    desk.wait(lambda: desk.window.desk.has_card)
    desk.window.activateWindow()
    desk.window.setFocus()
    page, reached = desk.window.desk, []
    for _ in range(8):
        desk.window.focusNextPrevChild(True)  # noqa: FBT003 - Qt's form
        reached.append(QApplication.focusWidget())
    assert reached == [desk.window._top, *page._card.buttons, *page._tiles, page._director]


def test_what_comes_on_air_and_every_problem_is_read_out_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr("director_app.gui.telling.announce", lambda _window, sentence: read.append(sentence))
    desk.record()
    desk.press(Qt.Key.Key_2)
    desk.wait(lambda: "Camera 2 Ben is on air." in read)
    assert desk.studio._engine is not None
    desk.studio._engine.notices.trouble("disk", "The disk is nearly full. Free some space.")
    desk.wait(lambda: "The disk is nearly full. Free some space." in read)
    desk.bot.wait(300)
    assert len(read) == len(set(read))


def test_the_mode_is_changed_with_tab_and_arrows_alone(desk: Desk) -> None:
    desk.record()
    director = desk.window.desk._director
    desk.window.activateWindow()
    director.setFocus()
    for _ in range(2):
        desk.bot.keyClick(director, Qt.Key.Key_Right)
    desk.wait(lambda: "Manual is chosen." in desk.said)
    desk.bot.keyClick(director, Qt.Key.Key_Return)
    desk.wait(lambda: desk.mode is Mode.MANUAL)


def test_enter_presses_the_button_that_has_the_focus_and_does_not_start_the_show(desk: Desk) -> None:
    desk.wait(lambda: desk.window.desk.has_card)
    desk.window.activateWindow()
    own = desk.window.desk._card.buttons[1]
    own.setFocus()
    desk.bot.keyClick(own, Qt.Key.Key_Return)
    assert desk.window.front.value == "Set up"
    assert desk.studio.look().phase is Phase.READY


def test_a_key_held_on_the_record_button_and_a_double_click_are_no_yes(desk: Desk) -> None:
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


def test_enter_of_the_numeric_pad_presses_what_has_the_focus(desk: Desk) -> None:
    desk.record()
    desk.bot.keyClick(desk.window.desk._transport, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    desk.wait(lambda: "Stop recording?" in desk.window.desk._transport.accessibleName())


def test_keys_work_from_the_program_window_and_closing_it_ends_the_viewers_picture(desk: Desk) -> None:
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


def test_what_keeps_the_window_open_is_said_above_older_trouble_and_goes_when_solved(desk: Desk) -> None:
    desk.record()
    desk.messages.say(Message("old", "Something else.", stays=True), time.perf_counter())
    desk.window.close()
    top = desk.messages.top(time.perf_counter())
    assert top is not None and top.title == "The show is being recorded."
    desk.studio.stop()
    desk.wait(lambda: getattr(desk.messages.top(time.perf_counter()), "cause", "") == "old")


def test_the_same_failure_is_told_each_time_and_forgotten_when_it_is_over(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> bool:
        top = desk.messages.top(time.perf_counter())
        return top is not None and top.cause == "studio"

    assert desk.studio._engine is not None
    with monkeypatch.context() as broken:
        broken.setattr(desk.studio._engine, "record", _no_disk)
        for _ in range(2):
            desk.press(Qt.Key.Key_R)
            desk.wait(told)
            desk.press(Qt.Key.Key_Escape)
            assert not told()
        desk.press(Qt.Key.Key_R)
        desk.wait(told)
    desk.record()
    desk.wait(lambda: not told())


def _no_disk() -> None:
    raise OSError(f"The disk is {'full'}. Free some space.")


def test_a_problem_that_is_over_takes_its_message_with_it_and_its_end_is_news(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.record()
    assert desk.studio._engine is not None
    notices = desk.studio._engine.notices
    notices.trouble("camera cam_2", "Camera 2 Ben stopped sending pictures. Check its cable.")
    desk.wait(lambda: desk.window.desk._outputs.accessibleName().startswith("1 being handled"))
    desk.press(Qt.Key.Key_G)
    desk.bot.keyClick(desk.window.desk._outputs, Qt.Key.Key_Return)
    desk.wait(desk.window._toast.isVisible)
    notices.over("camera cam_2")
    notices.news("Camera 2 Ben is back.")
    desk.wait(lambda: desk.window._toast.accessibleName().strip() == "Camera 2 Ben is back.")


def test_a_refusal_goes_after_a_while_and_a_lock_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_a_cut_that_was_marked_as_wrong_stays_the_chosen_one(desk: Desk) -> None:
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


def test_a_camera_without_a_picture_does_not_show_another_ones(desk: Desk) -> None:
    picture = Picture(desk.studio.monitor())
    desk.wait(lambda: picture.pull(CameraId("cam_1"), QRect(0, 0, 64, 36), 1.0))
    assert picture.pull(CameraId("gone"), QRect(0, 0, 64, 36), 1.0)
    assert picture._image is None
