"""The page of past sessions as a person uses it: real sessions, the real page, keys and clicks."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from director_app.engine.past_sessions import PastState
from director_app.gui.models.sessions import Action
from director_app.gui.sessions.sessions_page import SessionsPage
from director_app.gui.sessions.system import System, move_to_trash
from director_app.gui.theme.sheet import sheet
from director_app.gui.theme.type import Scale
from director_app.session.event_log import LOG_NAME
from director_app.session.lock import lock_session
from director_app.session.manifest import FILE_NAME, SessionState, read_manifest, write_manifest
from tests.helpers.desk import Desk
from tests.helpers.shows import recorded, small_show
from tests.helpers.wrecks import wreck_session

SETTLED_MS = 10_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One closed session; nobody changes it."""
    return recorded(small_show(), tmp_path_factory.mktemp("made"), 90)[0]


@dataclass
class Library:
    """A folder of sessions, newest first in the order of add()."""

    made: Path
    folder: Path
    count: int = 0

    def add(self, title: str, **changes: Any) -> Path:
        """One more, a year older than the one before."""
        copy = shutil.copytree(self.made, self.folder / f"session {self.count}")
        manifest = read_manifest(copy)
        when = manifest.created_at.replace(year=manifest.created_at.year - self.count, day=1)
        write_manifest(copy, manifest.model_copy(update={"title": title, "created_at": when, **changes}))
        self.count += 1
        return copy


@pytest.fixture
def library(made: Path, tmp_path: Path) -> Library:
    folder = tmp_path / "sessions"
    folder.mkdir()
    return Library(made, folder)


@dataclass
class Opened:
    """A page that is shown, and what it has asked of the system."""

    page: SessionsPage
    desk: Desk
    qtbot: QtBot
    opened: list[Path] = field(default_factory=list)

    def until(self, look: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(look()), timeout=SETTLED_MS)

    def look(self) -> None:
        """Comes to the page and waits until everything stands there."""
        self.page.came()
        self.until(lambda: self.page.sessions.has_looked and self.is_settled())

    def is_settled(self) -> bool:
        shown = self.page.sessions.chosen_session()
        return shown is None or (self.page._show is not None and self.page._show.session.folder == shown.folder)

    def press(self, key: Qt.Key, widget: QWidget | None = None) -> None:
        target = widget or QApplication.focusWidget()
        assert target is not None
        self.qtbot.keyClick(target, key)

    def button(self, words: str) -> QPushButton:
        found = [each for each in self.page.findChildren(QPushButton) if each.text().strip() == words]
        shown = [each for each in found if each.isVisible()]
        assert shown, f"no button {words}"
        return shown[0]

    def click(self, words: str) -> None:
        self.qtbot.mouseClick(self.button(words), Qt.MouseButton.LeftButton)

    @property
    def titles(self) -> list[str]:
        rows = self.page.list.rows
        return [str(rows.data(rows.index(number))) for number in range(rows.rowCount())]

    @property
    def notice(self) -> str:
        return self.page.detail.notice.accessibleName() if self.page.detail.notice.isVisible() else ""


Open = Callable[..., Opened]


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path, library: Library, qapp: QApplication) -> Iterator[Open]:
    pages: list[SessionsPage] = []

    def make(
        folder: Path | None = None,
        size: tuple[int, int] = (1440, 852),
        scale: float = 1.0,
        trash: Callable[[Path], bool] = move_to_trash,
        plays: Callable[[Path], bool] = lambda _path: True,
    ) -> Opened:
        desk = Desk(small_show(), folder or library.folder, tmp_path / "settings.json", scale)
        qapp.setStyleSheet(sheet(desk.surroundings.scale))
        asked: list[Path] = []

        def play(path: Path) -> bool:
            asked.append(path)
            return plays(path)

        page = SessionsPage(desk.surroundings, system=System(play, trash))
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        shown = Opened(page, desk, qtbot, asked)
        shown.look()
        return shown

    yield make
    for page in pages:
        page.shut(30.0)
    qapp.setStyleSheet(sheet(Scale()))


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


LONG = "Ω long title " * 15
HEBREW = "שולחן פתוח " * 15


@pytest.mark.parametrize("title", [LONG, HEBREW, "<b>no markup</b> & more", "x" * 200])
@pytest.mark.parametrize(("size", "scale"), [((1440, 852), 1.0), ((1120, 632), 1.0), ((1280, 672), 1.5)])
def test_no_title_breaks_the_layout(
    library: Library, opened: Open, title: str, size: tuple[int, int], scale: float
) -> None:
    library.add(title)
    shown = opened(size=size, scale=scale)
    page = shown.page
    assert page.width() == size[0]
    assert page.detail.content.width() <= page.detail.viewport().width()
    heading = page.detail.heading
    rename = heading.buttons[Action.DELETE]
    right = rename.mapTo(page, QPoint(rename.width(), 0)).x()
    assert right <= size[0]
    assert not page.detail.horizontalScrollBar().isVisible()
    page.grab()


def test_the_list_is_narrower_on_a_narrow_page(library: Library, opened: Open) -> None:
    library.add("Show")
    shown = opened()
    assert shown.page.list.width() == 424
    shown.page.resize(1280, 672)
    assert shown.page.list.width() == 320
    assert shown.page.detail.player.width() + shown.page.detail.card.width() <= 960
    assert shown.page.detail.player.picture.height() * 16 // 9 == pytest.approx(
        shown.page.detail.player.width(), abs=2
    )


def test_another_text_scale_lays_everything_out_anew(library: Library, opened: Open, qapp: QApplication) -> None:
    library.add("Show")
    shown = opened()
    shown.desk.surroundings.scale.change(1.5)
    qapp.setStyleSheet(sheet(shown.desk.surroundings.scale))
    shown.page.rescale()
    assert shown.page.list.width() == 480
    assert shown.page.list.view.visualRect(shown.page.list.rows.index(0)).height() == 132
    shown.until(lambda: shown.page.detail.card.y() > shown.page.detail.player.y())
    shown.page.grab()


def test_everything_tab_reaches_has_a_name(library: Library, opened: Open) -> None:
    wreck_session(library.add("Crashed"))
    shown = opened()
    shown.page.list.search.setFocus()
    reached: list[QWidget] = []
    while (widget := QApplication.focusWidget()) is not None and widget not in reached:
        reached.append(widget)
        shown.press(Qt.Key.Key_Tab)
    names = [widget.accessibleName() for widget in reached]
    assert names == [
        "Search sessions by title, name or date",
        "Which sessions to show",
        "Sessions",
        "Open folder",
        "Rename, this session",
        "Delete, this session",
        "Recover this session",
        "Play the program in the system's player",
        "Position in the program",
        "Files of this session",
    ]
    assert isinstance(reached[0], QLineEdit) and isinstance(reached[1], QComboBox)


def test_rows_are_read_with_all_that_they_say(library: Library, opened: Open) -> None:
    library.add("Show")
    shown = opened()
    interface = QAccessible.queryAccessibleInterface(shown.page.list.view)
    said = interface.child(0).text(QAccessible.Text.Name)
    assert said.startswith("Show, ") and said.endswith(", recorded")


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


def test_nothing_else_is_done_to_a_session_that_is_being_recovered(library: Library, opened: Open) -> None:
    wreck_session(library.add("Crashed"))
    shown = opened()
    shown.click("Recover")
    assert not shown.button("Delete").isEnabled() and not shown.button("Rename").isEnabled()
    shown.until(lambda: shown.button("Delete").isEnabled())
