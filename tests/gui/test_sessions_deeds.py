"""What can be done with a past session on its page: opened, renamed, moved to the trash, recovered."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from director_app.gui.models.sessions import Action
from director_app.session.lock import lock_session
from director_app.session.manifest import SessionState, read_manifest
from tests.helpers.sessions_page import Library, Open
from tests.helpers.wrecks import wreck_session

pytestmark = pytest.mark.computes


def test_files_open_in_the_systems_player(library: Library, opened: Open) -> None:
    folder = library.add("Show")
    shown = opened()
    files = shown.page.detail.files
    files.setFocus()
    shown.press(Qt.Key.Key_Down, files)
    shown.press(Qt.Key.Key_Return, files)
    shown.click("Open folder")
    shown.qtbot.mouseClick(shown.page.detail.player.picture.play, Qt.MouseButton.LeftButton)
    assert shown.opened == [folder / "cam_1_iso.mp4", folder, folder / "program.mp4"]


def test_a_system_without_a_player_and_a_file_that_has_gone_are_told_of(library: Library, opened: Open) -> None:
    folder = library.add("Show")
    shown = opened(plays=lambda _path: False)
    shown.page.detail.player.played.emit()
    (folder / "program.mp4").unlink()
    shown.page.detail.player.played.emit()
    assert [message.title for message in shown.desk.said] == [
        "No program on this computer opens program.mp4.",
        "program.mp4 is not there any more.",
    ]


def test_a_title_is_changed_in_its_place(library: Library, opened: Open) -> None:
    folder = library.add("Old title")
    shown = opened()
    shown.click("Rename")
    edit = shown.page.detail.heading.edit
    assert edit.hasFocus() and edit.text() == "Old title"
    shown.qtbot.keyClicks(edit, "A better one")
    shown.press(Qt.Key.Key_Return, edit)
    shown.until(lambda: shown.titles == ["A better one"])
    assert read_manifest(folder).title == "A better one"
    assert shown.page.detail.heading.title.words == "A better one"


def test_escape_keeps_the_old_title(library: Library, opened: Open) -> None:
    folder = library.add("Old title")
    shown = opened()
    shown.press(Qt.Key.Key_F2, shown.page.list.view)
    assert shown.page.detail.heading.edit.isVisible()
    assert [shown.page.escape(), shown.page.escape()] == [True, False]
    assert not shown.page.detail.heading.edit.isVisible()
    assert read_manifest(folder).title == "Old title"


def test_an_empty_title_is_refused_in_the_page(library: Library, opened: Open) -> None:
    library.add("Old title")
    shown = opened()
    shown.click("Rename")
    shown.page.detail.heading.edit.clear()
    shown.press(Qt.Key.Key_Return, shown.page.detail.heading.edit)
    shown.until(lambda: "at least one letter" in shown.notice)


def test_a_deletion_asks_in_the_page_and_goes_to_the_trash(library: Library, opened: Open, tmp_path: Path) -> None:
    folder, other = library.add("Goes"), library.add("Stays")
    shown = opened()
    shown.press(Qt.Key.Key_Delete, shown.page.list.view)
    assert shown.notice.startswith('Move "Goes" with its ') and shown.notice.endswith(" to the trash?")
    assert shown.button("Keep").hasFocus()
    shown.click("Keep")
    assert shown.notice == "" and folder.exists()
    shown.click("Delete")
    shown.click("Move to trash")
    shown.until(lambda: shown.titles == ["Stays"])
    assert not folder.exists() and other.exists()
    assert [message.title for message in shown.desk.said] == ["Goes is in the trash."]


def test_escape_and_another_row_take_the_question_back(library: Library, opened: Open) -> None:
    library.add("One")
    library.add("Two")
    shown = opened()
    shown.click("Delete")
    assert shown.page.escape()
    assert shown.notice == ""
    shown.click("Delete")
    shown.press(Qt.Key.Key_Down, shown.page.list.view)
    assert shown.notice == ""


def test_without_a_trash_nothing_is_deleted(library: Library, opened: Open) -> None:
    folder = library.add("Show")
    shown = opened(trash=lambda _path: False)
    shown.click("Delete")
    shown.click("Move to trash")
    shown.until(lambda: "could not be moved to a trash" in shown.notice)
    assert folder.exists() and "Nothing was deleted." in shown.notice


def test_a_session_that_is_being_recorded_is_left_alone(library: Library, opened: Open) -> None:
    folder = wreck_session(library.add("Now"))
    with lock_session(folder):
        shown = opened()
        shown.desk.studio.records_into(folder)
        shown.look()
        shown.until(lambda: "recording now" in shown.page.sessions.rows()[0].spoken)
        for action in (Action.RENAME, Action.DELETE):
            button = shown.button(action.value)
            assert not button.isEnabled() and "being recorded" in button.toolTip()
        shown.page._act(Action.DELETE)
        assert shown.notice == ""
        assert "being recorded" in shown.desk.said[0].title


def test_an_interrupted_session_is_recovered_from_the_page(library: Library, opened: Open) -> None:
    folder = wreck_session(library.add("Crashed"))
    shown = opened()
    assert shown.notice.startswith("This recording was interrupted.")
    shown.click("Recover")
    assert shown.notice.startswith("Recovering")
    assert shown.page.sessions.rows()[0].tags[0].words == "recovering"
    shown.until(lambda: "recovered" in shown.page.sessions.rows()[0].spoken)
    shown.until(lambda: shown.notice == "")
    assert read_manifest(folder).state is SessionState.RECOVERED
    assert [message.title for message in shown.desk.said] == ["Crashed is recovered."]


def test_what_a_recovery_could_not_mend_stays_to_be_read(library: Library, opened: Open) -> None:
    folder = wreck_session(library.add("Crashed"))
    (folder / "cam_2_iso.mp4").unlink()
    shown = opened()
    shown.click("Recover")
    shown.until(lambda: "cam_2_iso.mp4 is missing." in shown.notice)


def test_recovering_waits_while_a_show_is_recorded(library: Library, opened: Open, tmp_path: Path) -> None:
    wreck_session(library.add("Crashed"))
    shown = opened()
    shown.desk.studio.records_into(tmp_path / "another")
    shown.page._show_chosen()
    button = shown.button("Recover")
    assert not button.isEnabled() and "slow it down" in button.toolTip()


def test_nothing_else_is_done_to_a_session_that_is_being_recovered(library: Library, opened: Open) -> None:
    wreck_session(library.add("Crashed"))
    shown = opened()
    shown.click("Recover")
    assert not shown.button("Delete").isEnabled() and not shown.button("Rename").isEnabled()
    shown.until(lambda: shown.button("Delete").isEnabled())
