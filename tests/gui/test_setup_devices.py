"""Set up with real devices: PulseAudio's sinks as microphones, a camera on the network; heard, checked, swapped."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from director_app.engine.sound_checking import CheckNow, Stage
from director_app.engine.studio import Studio
from director_app.engine.studio_state import Phase
from director_app.gui.models.messages import Message
from director_app.gui.models.settings import SettingsFile
from director_app.gui.models.sound_rows import Action
from director_app.gui.setup.setup_page import SetupPage
from director_app.gui.surroundings import Surroundings
from director_app.gui.theme.type import Scale
from director_app.session.show import Show
from director_app.session.sound_checks import default_file
from tests.bench.switching.generate import at_rate, make_show
from tests.bench.switching.truth import OWN_DATA, Excerpt
from tests.bench.switching.voices import find_voices
from tests.helpers.pulse import PulseAudio
from tests.helpers.rtsp_server import RtspServer
from tests.helpers.short_sound_check import shorten
from tests.helpers.shows import small_show

_PATIENCE_MS = 60_000
_RATE = 48_000


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    shorten(monkeypatch)


@pytest.fixture(scope="module")
def pulse() -> Iterator[PulseAudio]:
    with PulseAudio({"Lavalier": 1, "Mixer": 2}) as server:
        yield server


class Room:
    """The page over a studio of real devices."""

    def __init__(self, bot: QtBot, show: Show, folder: Path) -> None:
        self.bot = bot
        studio = self.studio = Studio(folder / "sessions")
        self.said: list[Message] = []
        studio.start(show)
        settings = SettingsFile(folder / "settings.json")
        self.page = SetupPage(Surroundings(studio, settings, Scale(), self.said.append, lambda _page: None))
        bot.addWidget(self.page)
        self.page.resize(1440, 852)
        self.page.show()
        self.page.came()
        self.wait(lambda: studio.look().phase is Phase.READY)

    def close(self) -> None:
        try:
            self.page.shut()
        finally:
            self.studio.close()

    def wait(self, done: Any) -> None:
        def look() -> bool:
            self.page.refresh()
            self.page.frame()
            return bool(done())

        self.bot.waitUntil(look, timeout=_PATIENCE_MS)

    def check(self) -> CheckNow:
        now = self.page.check.look(self.page.model.show)
        assert now is not None
        return now


def turns() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What both channels of the mixer hear while Ana speaks, and while Ben does: (frames, 2)."""
    spoken = Excerpt("check", 6.0, (((1.3, 2.9),), ((3.5, 5.3),)))
    tracks, _ = make_show(spoken, "table", 1, find_voices(OWN_DATA / "voices"))
    heard = at_rate(np.asarray(tracks, np.float32), _RATE).T.astype(np.float32)
    ana, ben = heard[int(1.2 * _RATE) : int(3.0 * _RATE)], heard[int(3.4 * _RATE) : int(5.4 * _RATE)]
    return np.tile(ana, (3, 1)), np.tile(ben, (3, 1))


def seats(*inputs: tuple[str, int]) -> Show:
    tables = [
        {
            "id": f"mic_{letter}",
            "label": name,
            "camera": letter,
            "kind": "device",
            "device": device,
            "channel": channel,
        }
        for letter, name, (device, channel) in zip("ab", ("Ana", "Ben"), inputs, strict=True)
    ]
    return small_show(2, microphone=tables)


def test_swapped_microphones_are_found_by_the_studios_own_feeds_and_swapped_by_a_button(
    pulse: PulseAudio, qtbot: QtBot, tmp_path: Path
) -> None:
    ana, ben = turns()
    with closing(Room(qtbot, seats(("Mixer", 2), ("Mixer", 1)), tmp_path)) as room:
        page, studio = room.page, room.studio
        room.wait(page.sound_head.start.isEnabled)
        feeds = [line.feed for line in studio.microphone_lines()]
        page.sound_head.start.click()
        room.wait(lambda: page.sound_head.words == "Ana, speak now")
        assert page.sound_head.stop.isEnabled()
        with pulse.playing("Mixer", ana):
            room.wait(lambda: room.check().asked == 1)
        with pulse.playing("Mixer", ben):
            room.wait(lambda: room.check().stage is Stage.DONE)
        page.refresh()
        first = page.table.rows[0].result
        assert first.words.startswith("The microphones of Ana and Ben are swapped")
        assert first.action.text() == Action.SWAP.value and first.action.isVisibleTo(page)
        assert "microphone 1 Ana is swapped with another" in page.foot.words
        assert not default_file().exists()
        first.action.click()
        assert [each.channel for each in page.model.draft.microphones] == [1, 2]
        room.wait(lambda: [table.channel for table in studio.look().show.microphone] == [1, 2])
        assert [line.feed for line in studio.microphone_lines()] == feeds


def test_a_check_of_good_microphones_is_kept_and_the_next_recording_begins_with_it(
    pulse: PulseAudio, qtbot: QtBot, tmp_path: Path
) -> None:
    ana, ben = turns()
    with closing(Room(qtbot, seats(("Mixer", 1), ("Mixer", 2)), tmp_path)) as room:
        page = room.page
        room.wait(page.sound_head.start.isEnabled)
        page.start_check()
        room.wait(lambda: room.check().asked == 0)
        with pulse.playing("Mixer", ana):
            room.wait(lambda: room.check().asked == 1)
        with pulse.playing("Mixer", ben):
            room.wait(lambda: room.check().stage is Stage.DONE)
        page.refresh()
        assert [row.result.words.partition(" is ")[2][:4] for row in page.table.rows] == ["good", "good"]
        assert default_file().exists() and page.sound_head.words.startswith("Checked. Shows with these")


def test_an_unplugged_microphone_says_so_and_comes_back_while_the_other_goes_on(qtbot: QtBot, tmp_path: Path) -> None:
    devices = PulseAudio({"Lavalier": 1, "Mixer": 2})
    with devices as pulse, closing(Room(qtbot, seats(("Lavalier", 1), ("Mixer", 1)), tmp_path)) as room:
        page, studio = room.page, room.studio
        room.wait(lambda: page.table.rows[0].result.words == "Not checked yet.")
        feeds = [line.feed for line in studio.microphone_lines()]
        pulse.unplug("Lavalier")
        room.wait(lambda: "Lavalier" in page.table.rows[0].result.words)
        room.wait(lambda: page.foot.words.startswith("Ready to record, with one warning: microphone 1 Ana gives no"))
        assert page.table.rows[1].result.words == "Not checked yet."
        pulse.plug_in("Lavalier")
        room.wait(lambda: page.table.rows[0].result.words == "Not checked yet.")
        assert [line.feed for line in studio.microphone_lines()] == feeds


def test_a_camera_on_the_network_is_seen_when_its_address_is_typed(qtbot: QtBot, tmp_path: Path) -> None:
    with RtspServer((640, 360)) as server, closing(Room(qtbot, small_show(1), tmp_path)) as room:
        page = room.page
        page.cameras_head.stream.click()
        card = page.cameras.cards[1]
        card.address.setFocus()
        qtbot.keyClicks(card.address, server.url)
        qtbot.keyClick(card.address, Qt.Key.Key_Return)
        room.wait(lambda: card.form_words == "640 × 360, H.264" and card.rate_words.endswith(" fps"))
        assert "geheim" not in " ".join([card.accessibleName(), card.trouble_words, page.foot.words])
        assert not card.preview.badge
