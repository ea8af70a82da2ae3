"""Where the window goes: settings may come from another computer, or be nonsense."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from director_app import app as desktop
from director_app.engine.command_socket import CommandRefusedError, SilentDeskError
from director_app.engine.studio import Studio
from director_app.gui.models.kept_draft import KeptDraft
from director_app.gui.models.settings import SettingsFile
from director_app.gui.models.setup import draft_of
from director_app.gui.setup.setup_page import SetupPage
from director_app.gui.start import Door, Place, _offer_draft, _tell_problems, placed
from director_app.gui.surroundings import PageName
from tests.helpers.open_desk import OpenDesk

pytestmark = pytest.mark.patient

_SCREENS: list[Place] = [(0, 0, 1440, 900), (1440, 0, 1920, 1080)]


def test_a_window_comes_back_to_where_it_was() -> None:
    assert placed((1500, 20, 1440, 900), _SCREENS) == (1500, 20, 1440, 900)
    assert placed(None, _SCREENS) is None


def test_a_window_on_no_screen_has_no_place() -> None:
    assert placed((4000, 20, 1440, 900), _SCREENS) is None
    assert placed((-5000, 10**20, 1440, 900), _SCREENS) is None
    assert placed((0, 0, 1440, 900), []) is None


def test_no_window_is_larger_than_its_screen_or_smaller_than_nothing() -> None:
    assert placed((0, 0, 10**9, 10**20), _SCREENS) == (0, 0, 1440, 900)
    assert placed((0, 0, -5, 0), _SCREENS) == (0, 0, 1, 1)


def test_a_window_that_hangs_is_told_to_whoever_starts_another_one(tmp_path: Path) -> None:
    door = Door(Studio(tmp_path), patience_s=0.1)
    with pytest.raises(CommandRefusedError, match="its window does not answer"):
        door.answer("raise")


def test_a_window_that_comes_forward_answers_from_its_own_thread(qtbot: QtBot, tmp_path: Path) -> None:
    door, threads, answers = Door(Studio(tmp_path), patience_s=20.0), [], []

    def come(_name: str) -> None:
        threads.append(threading.current_thread())
        door.came()

    door.commanded.connect(come)
    caller = threading.Thread(target=lambda: answers.append(door.answer("raise")))
    caller.start()
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    caller.join(5)
    assert (threads, answers) == ([threading.main_thread()], ["Done."])


def test_a_second_start_says_that_the_first_one_hangs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def silent(_command: str) -> str:
        raise SilentDeskError("The desk is running, but it does not answer.")

    monkeypatch.setattr(desktop, "tell_desk", silent)
    assert desktop.desk([]) == 2
    assert capsys.readouterr().err == "The desk is running, but it does not answer.\n"


def test_a_set_up_that_was_saved_nowhere_is_offered_at_the_start(desk: OpenDesk) -> None:
    settings = desk.window.surroundings.settings
    show = desk.studio.look().show
    kept = KeptDraft.beside(settings)
    kept.keep(draft_of(show))
    settings.settle()
    _offer_draft(settings, desk.messages, desk.window)
    settings.settle()
    assert desk.messages.top(0.0) is None and kept.read() is None
    kept.keep(replace(draft_of(show), title="Mine"))
    settings.settle()
    _offer_draft(settings, desk.messages, desk.window)
    desk.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    page = desk.window.page(PageName.SETUP)
    assert desk.window.front is PageName.SETUP
    assert isinstance(page, SetupPage) and page.model.draft.title == "Mine"


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"title": 3}', '{"cameras": [{"id": 1}]}'])
def test_a_damaged_draft_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "set-up.json").write_text(content)
    assert KeptDraft.beside(SettingsFile(tmp_path / "settings.json")).read() is None


def test_settings_that_a_disk_refuses_are_told_of_whenever_that_is(desk: OpenDesk, tmp_path: Path) -> None:
    settings = desk.window.surroundings.settings
    _tell_problems(desk.messages, settings.problems())
    assert desk.messages.top(0.0) is None
    settings.path = tmp_path / "settings.json" / "in the way" / "settings.json"
    (tmp_path / "settings.json").write_text("a file")
    desk.press(Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    settings.settle()
    _tell_problems(desk.messages, settings.problems())
    desk.wait(lambda: "cannot be written" in desk.window._toast.accessibleName())
