"""What the desk tells: messages over the timeline, trouble in its list, what is read out."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from director_app.core.sources import CameraId, SourceState
from director_app.engine.state import Notice, Urgency
from director_app.engine.studio_state import Phase
from director_app.gui.models.messages import Message
from director_app.gui.telling import HINT
from tests.helpers.open_desk import OpenDesk

pytestmark = pytest.mark.patient


def test_messages_stand_over_the_timeline_and_esc_dismisses_them(desk: OpenDesk) -> None:
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


def test_trouble_takes_the_place_of_outputs_and_g_goes_there(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_what_comes_on_air_and_every_problem_is_read_out_once(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
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


def test_what_keeps_the_window_open_is_said_above_older_trouble_and_goes_when_solved(desk: OpenDesk) -> None:
    desk.record()
    desk.messages.say(Message("old", "Something else.", stays=True), time.perf_counter())
    desk.window.close()
    top = desk.messages.top(time.perf_counter())
    assert top is not None and top.title == "The show is being recorded."
    desk.studio.stop()
    desk.wait(lambda: getattr(desk.messages.top(time.perf_counter()), "cause", "") == "old")


def test_the_same_failure_is_told_each_time_and_forgotten_when_it_is_over(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
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
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
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


_LONG = (
    "The upload stopped, and what is there is safe. It goes on from there by itself when the network is back. " * 4
)


def test_a_long_message_covers_neither_pictures_nor_the_program_bar(desk: OpenDesk) -> None:
    window, timeline = desk.window, desk.window.desk._timeline_panel
    desk.messages.say(Message("x", "Upload of ISO 3 Cara stopped.", _LONG, stays=True), time.perf_counter())

    def is_within() -> bool:
        area = timeline.rect().translated(timeline.mapTo(window, timeline.rect().topLeft()))
        return window._toast.isVisible() and area.contains(window._toast.geometry())

    for size, larger in (((1120, 680), False), ((1920, 1080), False), ((1280, 720), True)):
        window.resize(*size)
        for _ in range(5 * larger):
            desk.press(Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
        desk.wait(is_within)
        assert _LONG.strip() in window._toast.toolTip()
        assert window._toast._lines == () or window._toast._lines[-1].endswith("…")


def test_the_number_of_others_shows_them_one_after_the_other(desk: OpenDesk) -> None:
    for cause in "abc":
        desk.messages.say(Message(cause, f"Trouble {cause}.", stays=True), time.perf_counter())
    toast, seen = desk.window._toast, []
    desk.wait(lambda: "2 more wait." in toast.accessibleName())
    for _ in range(4):
        toast.grab()
        seen.append(toast.accessibleName()[:10])
        desk.bot.mouseClick(toast, Qt.MouseButton.LeftButton, pos=toast._more.center().toPoint())
    assert seen == ["Trouble c.", "Trouble b.", "Trouble a.", "Trouble c."]


def test_a_lost_camera_is_listed_before_the_recording_too(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk.studio._sources is not None
    camera = desk.studio._sources.cameras[CameraId("cam_2")]
    monkeypatch.setattr(camera, "look", lambda _now_ns: SourceState.LOST)
    desk.wait(lambda: "Camera 2 Ben gives no picture." in desk.window.desk._outputs.accessibleName())
    desk.window.activateWindow()
    desk.press(Qt.Key.Key_G)
    assert desk.window.desk._outputs.hasFocus()
    monkeypatch.undo()
    desk.wait(lambda: desk.window.desk._outputs.accessibleName().startswith("Outputs."))


def test_the_hint_of_the_first_start_goes_when_it_was_followed_or_the_show_has_begun(desk: OpenDesk) -> None:
    def hint() -> None:
        desk.messages.say(Message(HINT, "Everything here has a key.", stays=True), time.perf_counter())

    def is_gone() -> bool:
        return desk.messages.top(time.perf_counter()) is None

    hint()
    desk.press(Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    assert is_gone()
    hint()
    desk.record()
    desk.wait(is_gone)


def test_a_folder_of_sessions_that_cannot_be_written_is_told_of_and_tried_again_by_the_record_key(
    desk: OpenDesk, tmp_path: Path
) -> None:
    (tmp_path / "in the way").write_text("a file")
    desk.studio.use(desk.studio.look().show, tmp_path / "in the way" / "sessions")
    desk.wait(lambda: desk.studio.look().phase is Phase.FAILED)
    desk.wait(lambda: "cannot be written" in desk.window._toast.accessibleName())
    assert "Choose another folder: on Set up, or with --sessions." in desk.window._toast.accessibleName()
    desk.press(Qt.Key.Key_Escape)
    desk.wait(lambda: desk.messages.top(time.perf_counter()) is None)
    desk.press(Qt.Key.Key_R)
    desk.wait(lambda: desk.messages.top(time.perf_counter()) is not None)
    assert "cannot be written" in desk.window._toast.accessibleName()
    desk.wait(lambda: desk.studio.look().phase is Phase.FAILED)
    (tmp_path / "in the way").unlink()
    desk.press(Qt.Key.Key_R)
    desk.wait(lambda: desk.studio.look().phase is Phase.RECORDING)
    desk.wait(lambda: desk.messages.top(time.perf_counter()) is None)
