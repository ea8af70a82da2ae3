"""Set up over a real studio with made-up cameras, and devices that are plugged in by tests."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pytestqt.qtbot import QtBot

from director_app.engine.devices import CameraDevice, DeviceLists, DeviceWatch, InputDevice
from director_app.engine.studio import Studio
from director_app.engine.studio_state import Phase
from director_app.gui.models.messages import Message
from director_app.gui.models.settings import SettingsFile
from director_app.gui.setup.setup_page import SetupPage
from director_app.gui.surroundings import PageName, Surroundings
from director_app.gui.theme.type import Scale
from tests.helpers.shows import small_show

PATIENCE_MS = 20_000
BRIO = CameraDevice("Logi Brio", "/dev/v4l/by-id/brio", 200, 200)
MIXER = InputDevice("Mixer", "ALSA", 2, 48_000)


@dataclass
class Room:
    """The page, its studio, and what is plugged in."""

    page: SetupPage
    studio: Studio
    settings: SettingsFile
    bot: QtBot
    plugged: list[DeviceLists]
    devices: DeviceWatch
    said: list[Message] = field(default_factory=list)

    def wait(self, done: Callable[[], bool]) -> None:
        def look() -> bool:
            self.page.refresh()
            return done()

        self.bot.waitUntil(look, timeout=PATIENCE_MS)

    def plug(self, *cameras: CameraDevice, microphones: tuple[InputDevice, ...] = ()) -> None:
        self.plugged[0] = DeviceLists(cameras, microphones)
        self.devices.resume()
        self.wait(lambda: self.devices.look() == self.plugged[0])
        # The watch may have looked after the page did.
        self.page.refresh()

    def kinds(self) -> list[str]:
        return [camera.kind for camera in self.studio.look().show.camera]

    def ready(self) -> None:
        self.wait(lambda: self.studio.look().phase is Phase.READY)

    def record(self) -> None:
        self.studio.record()
        self.wait(lambda: self.studio.look().phase is Phase.RECORDING)

    def stop(self) -> None:
        self.studio.stop()
        self.wait(lambda: self.studio.look().phase is Phase.READY)

    def recent(self) -> list[Path]:
        return list(self.settings.now.recent_shows)

    def titles(self) -> list[str]:
        return [message.title for message in self.said]


@contextmanager
def set_up_page(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    """Two made-up cameras with a microphone each; the page is in front."""
    plugged = [DeviceLists((), ())]
    devices = DeviceWatch(lambda: plugged[0])
    settings = SettingsFile(tmp_path / "settings.json")
    said: list[Message] = []
    with closing(Studio(tmp_path / "sessions")) as studio:
        studio.start(small_show(2))
        gone: list[PageName] = []
        page = SetupPage(Surroundings(studio, settings, Scale(), said.append, gone.append), watch=devices)
        qtbot.addWidget(page)
        page.resize(1440, 852)
        page.show()
        page.came()
        made = Room(page, studio, settings, qtbot, plugged, devices, said)
        made.ready()
        made.wait(lambda: devices.look() is not None)
        yield made
        page.shut()
        page.shut()
