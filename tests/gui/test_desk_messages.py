"""What the desk tells: messages over the timeline, trouble in its list, what is read out."""

import time

import pytest
from PySide6.QtCore import Qt

from director_app.engine.state import Notice, Urgency
from director_app.gui.models.messages import Message
from tests.helpers.open_desk import OpenDesk


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
