"""The page of past sessions as a person uses it: what is listed, searched, shown and scrubbed."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt

from director_app.engine.past_sessions import PastState
from director_app.session.event_log import LOG_NAME
from director_app.session.manifest import FILE_NAME, SessionState
from tests.helpers.sessions_page import Library, Open

pytestmark = pytest.mark.computes


def test_sessions_stand_newest_first_and_the_first_is_shown(library: Library, opened: Open) -> None:
    library.add("Newest")
    library.add("Older")
    shown = opened()
    assert shown.titles == ["Newest", "Older"]
    assert shown.page.detail.heading.title.words == "Newest"
    assert "2 cameras, 2 microphones, 360p30" in shown.page.detail.heading.about.words
    assert shown.page.list.summary.words.startswith("2 sessions, ")
    assert shown.page.list.free.words == "54 GB free, 6 h 40 min"
    shown.until(lambda: shown.page.detail.player.picture._image is not None)


def test_arrow_keys_choose_and_enter_plays_the_program(library: Library, opened: Open) -> None:
    library.add("Newest")
    older = library.add("Older")
    shown = opened()
    view = shown.page.list.view
    shown.press(Qt.Key.Key_Down, view)
    assert shown.page.detail.heading.title.words == "Older"
    shown.until(shown.is_settled)
    shown.press(Qt.Key.Key_Return, view)
    assert shown.opened == [older / "program.mp4"]


def test_search_and_state_narrow_the_list(library: Library, opened: Open) -> None:
    library.add("Open table")
    library.add("Panel", state=SessionState.RECOVERED)
    shown = opened()
    shown.qtbot.keyClicks(shown.page.list.search, "pan")
    assert shown.titles == ["Panel"]
    assert shown.page.detail.heading.title.words == "Panel"
    assert shown.page.escape()
    assert shown.titles == ["Open table", "Panel"]
    states = shown.page.list.states
    states.setCurrentIndex(states.findData(PastState.RECOVERED))
    assert shown.titles == ["Panel"]
    states.setCurrentIndex(states.findData(PastState.DAMAGED))
    assert shown.titles == []
    assert shown.page.list.sentence.isVisible()
    assert not shown.page.detail.content.isVisible()


def test_the_list_follows_what_happens_in_the_folder(library: Library, opened: Open) -> None:
    shown = opened()
    assert shown.page.list.sentence.text().startswith("No sessions yet.")
    folder = library.add("Just recorded")
    for _ in range(20):
        shown.page.refresh()
    shown.until(lambda: shown.titles == ["Just recorded"])
    shutil.rmtree(folder)
    for _ in range(20):
        shown.page.refresh()
    shown.until(lambda: shown.titles == [])


def test_a_folder_that_is_not_there_is_a_sentence(opened: Open, tmp_path: Path) -> None:
    shown = opened(tmp_path / "unplugged")
    assert "is not there" in shown.page.list.sentence.text()
    assert shown.page.list.sentence.isVisible()


def test_arrow_keys_scrub_over_key_frames(library: Library, opened: Open) -> None:
    library.add("Show")
    shown = opened()
    strip, show = shown.page.detail.player.strip, shown.page._show
    assert show is not None
    shown.press(Qt.Key.Key_Home, strip)
    assert strip.key_s() == 0.0
    seen = []
    for _ in show.key_times_s:
        seen.append(strip.key_s())
        shown.press(Qt.Key.Key_Right, strip)
    assert seen == pytest.approx(show.key_times_s, abs=0.001)
    shown.press(Qt.Key.Key_Left, strip)
    assert strip.key_s() == pytest.approx(show.key_times_s[-2], abs=0.001)
    assert "of 0:0" in strip.accessibleDescription() and "on air" in strip.accessibleDescription()


def test_dragging_on_the_strip_shows_other_pictures(library: Library, opened: Open) -> None:
    library.add("Show")
    shown = opened()
    player = shown.page.detail.player
    shown.until(lambda: player.picture._image is not None)
    before = player.picture._image
    shown.qtbot.mousePress(player.strip, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    shown.qtbot.mouseMove(player.strip, QPoint(player.strip.width() - 13, 20))
    shown.qtbot.mouseRelease(player.strip, Qt.MouseButton.LeftButton)
    shown.until(lambda: player.picture._image is not before)


def test_a_damaged_manifest_is_a_sentence_and_its_files_can_be_played(library: Library, opened: Open) -> None:
    folder = library.add("Hurt")
    (folder / FILE_NAME).write_text("{ nonsense", "utf-8")
    shown = opened()
    assert shown.titles == [folder.name]
    assert "is damaged" in shown.notice
    shown.page.detail.player.played.emit()
    assert shown.opened == [folder / "program.mp4"]


@pytest.mark.parametrize("content", [None, b"", b"no film"])
def test_a_program_that_cannot_be_shown_is_a_sentence(library: Library, opened: Open, content: bytes | None) -> None:
    folder = library.add("Show")
    (folder / "program.mp4").unlink()
    (folder / LOG_NAME).unlink()
    if content is not None:
        (folder / "program.mp4").write_bytes(content)
    shown = opened()
    assert shown.page.detail.player.picture._sentence.startswith("program.mp4 ")
    assert not shown.page.detail.player.picture.play.isVisible()
    assert not shown.page.detail.card.isVisible()
    shown.page.grab()


def test_a_session_that_vanishes_between_two_looks_is_no_trouble(library: Library, opened: Open) -> None:
    folder = library.add("Show")
    shown = opened()
    shutil.rmtree(folder)
    shown.page.detail.player.strip.setValue(0)
    shown.press(Qt.Key.Key_Right, shown.page.detail.player.strip)
    shown.page.detail.player.played.emit()
    shown.page.came()
    shown.until(lambda: shown.titles == [])
    assert not shown.page.detail.content.isVisible()


def test_a_page_that_is_not_in_front_asks_for_nothing(library: Library, opened: Open) -> None:
    library.add("Show")
    shown = opened()
    shown.page.went()
    shown.until(lambda: shown.page._looks._thread is None)


def test_thumbnails_come_again_after_the_page_was_left_too_early(library: Library, opened: Open) -> None:
    folder = library.add("Show")
    shown = opened()
    library.add("Another")
    shown.look()
    shown.page.grab()
    shown.page.went()
    shown.look()

    def both() -> bool:
        shown.page.grab()
        there = {place[0] for place, image in shown.page._pictures._thumbnails.items() if image is not None}
        return there == {folder, library.folder / "session 1"}

    shown.until(both)
