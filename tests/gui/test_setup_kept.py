"""What Set up finds when it comes: a set-up that was saved nowhere, devices, figures of an earlier sound check."""

import threading
from datetime import UTC, datetime
from pathlib import Path

from pytestqt.qtbot import QtBot

from director_app.engine.devices import DeviceLists, DeviceWatch
from director_app.gui.models import setup_edits as edits
from director_app.gui.models.kept_draft import KeptDraft
from director_app.gui.setup.setup_page import SetupPage
from director_app.session.sound_checks import CheckedDevice, KeptCheck, default_file, device_key, keep_check
from tests.helpers.desk import Desk
from tests.helpers.setup_page import BRIO, MIXER, PATIENCE_MS, Room
from tests.helpers.shows import small_show


def test_what_is_saved_nowhere_is_there_again_at_the_next_start(room: Room, qtbot: QtBot) -> None:
    kept = KeptDraft.beside(room.settings)
    room.page.edit(lambda draft: edits.add_camera(draft, edits.STREAM))
    room.page.edit(lambda draft: edits.rename_camera(draft, 0, "Zoë"))
    wanted = room.page.model.draft
    room.page.shut()
    room.settings.settle()
    assert kept.read() == wanted

    surroundings = room.page.surroundings
    again = SetupPage(surroundings, watch=DeviceWatch(lambda: DeviceLists((), ())))
    qtbot.addWidget(again)
    again.came()
    assert again.model.draft == wanted and again.model.is_changed
    again.put_back()
    again.shut()
    room.settings.settle()
    assert kept.read() is None


def test_a_set_up_in_use_that_is_in_no_file_is_kept_and_a_saved_one_is_not(room: Room, tmp_path: Path) -> None:
    kept = KeptDraft.beside(room.settings)
    room.page.edit(lambda draft: edits.rename_camera(draft, 0, "Zoë"))
    room.page.use()
    room.wait(lambda: room.studio.look().show.camera[0].label == "Zoë")
    room.settings.settle()
    draft = kept.read()
    assert draft is not None and draft.cameras[0].label == "Zoë"
    room.page.files.write(tmp_path / "show.toml")
    room.wait(lambda: "The show is saved as show.toml." in room.titles())
    room.settings.settle()
    assert kept.read() is None


def test_new_from_devices_says_that_it_is_looking_and_begins_when_they_are_listed(
    qtbot: QtBot, tmp_path: Path
) -> None:
    listed = threading.Event()

    def ask() -> DeviceLists:
        listed.wait(20)
        return DeviceLists((BRIO,), (MIXER,))

    desk = Desk(small_show(2), tmp_path / "sessions", tmp_path / "settings.json")
    page = SetupPage(desk.surroundings, watch=DeviceWatch(ask))
    qtbot.addWidget(page)
    page.came()
    page._new()
    page.refresh()
    assert [message.title for message in desk.said] == ["Looking for devices…"]
    assert page.model.draft.title == "A small show"
    listed.set()

    def begun() -> bool:
        page.refresh()
        return page.model.draft.title == "My show"

    qtbot.waitUntil(begun, timeout=PATIENCE_MS)
    assert desk.said[-1].title == "A new show was begun."
    assert [camera.source.get("device") for camera in page.model.draft.cameras] == [BRIO.path]
    page.shut()


def test_figures_of_an_earlier_sound_check_stand_there_when_the_page_comes(qtbot: QtBot, tmp_path: Path) -> None:
    show = small_show(2)
    devices = tuple(
        CheckedDevice(key=device_key(table), label=table.label, offset_db=0.0, own_db=own_db, noise_db=-60.0)
        for table, own_db in zip(show.microphone, (-18.0, -23.0), strict=True)
    )
    path = default_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    keep_check(path, KeptCheck(at=datetime.now(UTC), devices=devices, bleed_db=((0.0, -12.0), (-15.0, 0.0))))
    desk = Desk(show, tmp_path / "sessions", tmp_path / "settings.json")
    page = SetupPage(desk.surroundings, watch=DeviceWatch(lambda: DeviceLists((), ())))
    qtbot.addWidget(page)
    page.came()

    def stand_there() -> bool:
        page.refresh()
        return page.sound_head.words.startswith("Checked today at ")

    qtbot.waitUntil(stand_there, timeout=PATIENCE_MS)
    page.shut()
