"""The real window over a real studio with made-up cameras, opened for a test, and a finger for its keys."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from director_app.core.decisions import Mode
from director_app.engine.studio import Studio
from director_app.engine.studio_state import Phase
from director_app.gui.models.keymap import read_keymap
from director_app.gui.models.messages import Messages
from director_app.gui.models.settings import SettingsFile
from director_app.gui.start import make_window
from director_app.gui.window import Window
from director_app.session.resources import resource
from director_app.session.show import Show
from director_app.session.show_file import parse_show

_PATIENCE_MS = 20_000


@dataclass
class OpenDesk:
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


def _show() -> Show:
    """Cameras and people are called as in the demo show, whose film takes a second to open."""
    people = ("Ana", "Ben", "Cara")
    cameras = [{"id": f"cam_{n}", "label": label, "kind": "synthetic"} for n, label in enumerate(people, 1)]
    microphones = [
        {"id": f"mic_{n}", "label": label, "camera": f"cam_{n}", "kind": "synthetic"}
        for n, label in enumerate(people, 1)
    ]
    return parse_show(
        {
            "title": "Three people",
            "canvas": {"width": 320, "height": 180, "fps": 30},
            "camera": [*cameras, {"id": "cam_4", "label": "Wide", "kind": "synthetic", "wide": True}],
            "microphone": microphones,
        },
        "this test",
    )


@contextmanager
def open_desk(bot: QtBot, room: Path) -> Iterator[OpenDesk]:
    """Its sources are open; settings and sessions lie in the room."""
    studio = Studio(room / "sessions")
    studio.start(_show())
    messages = Messages()
    settings = SettingsFile(room / "settings.json")
    window = make_window(studio, settings, messages, read_keymap(resource("keymap.toml")))
    bot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    try:
        bot.waitUntil(lambda: studio.look().phase is Phase.READY, timeout=_PATIENCE_MS)
        bot.waitUntil(lambda: bool(window._top.accessibleName()), timeout=_PATIENCE_MS)
        yield OpenDesk(window, studio, messages, bot)
    finally:
        studio.close()
        window.close()
        window.shut()
