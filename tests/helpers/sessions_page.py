"""The page of past sessions over a folder of real ones: how a test fills it, opens it and uses it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from director_app.engine.rendering import Rendering
from director_app.gui.sessions.sessions_page import SessionsPage
from director_app.gui.sessions.system import System, move_to_trash
from director_app.gui.theme.sheet import sheet
from director_app.gui.theme.type import Scale
from director_app.session.manifest import read_manifest, write_manifest
from tests.helpers.desk import Desk
from tests.helpers.shows import small_show

SETTLED_MS = 20_000


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
        """By its words; by the beginning of its name where it has none."""
        every = self.page.findChildren(QPushButton)
        found = [each for each in every if (each.text() or each.accessibleName()).partition(",")[0].strip() == words]
        shown = [each for each in found if each.isVisible()]
        assert shown, f"no button {words}"
        return shown[0]

    def click(self, words: str) -> None:
        self.qtbot.mouseClick(self.button(words), Qt.MouseButton.LeftButton)

    def refresh(self) -> None:
        """As the window does within two seconds."""
        for _ in range(20):
            self.page.refresh()

    def shows_job(self, title: str) -> None:
        """Until the job's row says so."""

        def is_there() -> bool:
            self.refresh()
            row = self.page.detail.job.row
            return row is not None and row.title.startswith(title)

        self.until(is_there)

    @property
    def titles(self) -> list[str]:
        rows = self.page.list.rows
        return [str(rows.data(rows.index(number))) for number in range(rows.rowCount())]

    @property
    def notice(self) -> str:
        return self.page.detail.notice.accessibleName() if self.page.detail.notice.isVisible() else ""


Open = Callable[..., Opened]


@contextmanager
def pages(qtbot: QtBot, library: Library, qapp: QApplication) -> Iterator[Open]:
    """How a test opens a page over the library; every page is shut at the end."""
    every: list[SessionsPage] = []

    def make(
        folder: Path | None = None,
        size: tuple[int, int] = (1440, 852),
        scale: float = 1.0,
        trash: Callable[[Path], bool] = move_to_trash,
        plays: Callable[[Path], bool] = lambda _path: True,
        rendering: Rendering | None = None,
        timeline: Path | None = None,
    ) -> Opened:
        desk = Desk(small_show(), folder or library.folder, library.folder.parent / "settings.json", scale)
        qapp.setStyleSheet(sheet(desk.surroundings.scale))
        asked: list[Path] = []

        def play(path: Path) -> bool:
            asked.append(path)
            return plays(path)

        def choose(_parent: QWidget, _folder: Path, chosen: Callable[[Path], None]) -> None:
            if timeline is not None:
                chosen(timeline)

        surroundings = replace(desk.surroundings, rendering=rendering)
        page = SessionsPage(surroundings, system=System(play, trash, choose))
        every.append(page)
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        shown = Opened(page, desk, qtbot, asked)
        shown.look()
        return shown

    yield make
    for page in every:
        page.shut(30.0)
    qapp.setStyleSheet(sheet(Scale()))
