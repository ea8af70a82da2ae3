"""Tab goes through Set up as it is read, whenever its controls have come; of several it stops at what is chosen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from director_app.engine.devices import DeviceLists, DeviceWatch
from director_app.gui.models import setup_edits as edits
from director_app.gui.setup.setup_page import SetupPage
from tests.helpers.desk import Desk
from tests.helpers.shows import small_show

pytestmark = pytest.mark.patient

_PATIENCE_MS = 20_000


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> Iterator[SetupPage]:
    """Two cameras with a microphone each."""
    desk = Desk(small_show(2), tmp_path / "sessions", tmp_path / "settings.json")
    page = SetupPage(desk.surroundings, watch=DeviceWatch(lambda: DeviceLists((), ())))
    qtbot.addWidget(page)
    page.resize(1440, 852)
    page.show()
    page.came()

    def is_all_there() -> bool:
        page.refresh()
        return any(each.isVisible() for each in page.settings.style_choice.findChildren(QPushButton))

    qtbot.waitUntil(is_all_there, timeout=_PATIENCE_MS)
    yield page
    page.shut()


def _by_tab(page: SetupPage) -> list[QWidget]:
    """What Tab comes to, once around."""
    first = page.cameras_head.add
    first.setFocus()
    reached: list[QWidget] = [first]
    while True:
        page.focusNextPrevChild(True)  # noqa: FBT003 - Qt's form
        now = page.focusWidget()
        if now is None or now in reached:
            return reached
        reached.append(now)


def _read(page: SetupPage) -> list[str]:
    return [each.accessibleName() for each in _by_tab(page)]


def test_tab_goes_through_the_page_as_it_is_read(page: SetupPage) -> None:
    page.edit(lambda draft: edits.add_camera(draft, edits.TEST))
    page.edit(lambda draft: edits.add_microphone(draft, edits.TEST, 1))
    read = _read(page)
    parts = ["Camera", "Name of camera 1", "More of camera 2", "Source of camera 3", "Microphone"]
    parts += ["Name at microphone 1", "Device of microphone 3", "Show title", "Folder of all sessions"]
    assert [name for name in read if name in parts] == parts


def test_tab_comes_to_what_is_chosen_of_several(page: SetupPage) -> None:
    chosen = page.model.draft.directing["style"]
    assert [name for name in _read(page) if name.startswith("Style")] == [f"Style {chosen}"]
    page.edit(lambda draft: edits.set_style(draft, "lively"))
    assert [name for name in _read(page) if name.startswith("Style")] == ["Style lively"]
