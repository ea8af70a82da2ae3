"""Windows without a screen, in our fonts and colours; and no widget outlives its test."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QMimeDatabase
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from director_app.gui.theme.sheet import sheet
from director_app.gui.theme.type import Scale, load_fonts
from tests.helpers.open_desk import OpenDesk, open_desk
from tests.helpers.sessions_page import Library, Open, pages
from tests.helpers.setup_page import Room, set_up_page
from tests.helpers.shows import recorded, small_show


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application as the desk makes it."""
    load_fonts()
    qapp.setStyle("Fusion")
    qapp.setStyleSheet(sheet(Scale()))
    return qapp


@pytest.fixture(autouse=True)
def sound_server_has_a_room(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for devices makes PulseAudio's library put a folder somewhere; without a session, into TMPDIR."""
    if "PULSE_RUNTIME_PATH" not in os.environ:
        monkeypatch.setenv("PULSE_RUNTIME_PATH", str(tmp_path_factory.mktemp("pulse")))


@pytest.fixture(scope="module", autouse=True)
def older_things_are_not_searched() -> Iterator[None]:
    """All that pytest and other modules keep makes each search for garbage a sixth of a second long."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def no_widget_stays(dressed: QApplication) -> Iterator[None]:
    """Every window of a test is gone after it."""
    before = {id(each) for each in dressed.topLevelWidgets()}
    yield
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    dressed.processEvents()
    left = [each for each in dressed.topLevelWidgets() if id(each) not in before and each.isVisible()]
    assert not left, f"this test left open: {left}"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenDesk]:
    """The whole window over a show of three people."""
    with open_desk(qtbot, tmp_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def closed_session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One closed session; nobody changes it."""
    return recorded(small_show(), tmp_path_factory.mktemp("made"), 90)[0]


@pytest.fixture
def library(closed_session: Path, tmp_path: Path) -> Library:
    """An empty folder of sessions, to be filled."""
    folder = tmp_path / "sessions"
    folder.mkdir()
    return Library(closed_session, folder)


@pytest.fixture
def opened(qtbot: QtBot, library: Library, qapp: QApplication) -> Iterator[Open]:
    """Opens the page of past sessions."""
    with pages(qtbot, library, qapp) as open_page:
        yield open_page


@pytest.fixture(scope="session")
def _kinds_of_files(dressed: QApplication) -> None:
    """The system's list of them stays open in Qt from its first use on."""
    QMimeDatabase().mimeTypeForFile("show.toml")


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, _kinds_of_files: None) -> Iterator[Room]:
    """Set up in front, with two made-up cameras and a microphone each."""
    with set_up_page(qtbot, tmp_path) as made:
        yield made
