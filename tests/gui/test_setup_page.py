"""Set up as a producer meets it, over a real studio with made-up cameras: chosen, seen, used, put back, saved."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QScrollArea, QWidget

from director_app.engine.devices import DeviceLists
from director_app.gui.theme.sheet import sheet
from director_app.gui.theme.type import Scale
from director_app.session.show_file import read_show
from director_app.session.show_writer import write_show
from tests.helpers.setup_page import BRIO, MIXER, Room
from tests.helpers.shows import small_show

pytestmark = pytest.mark.patient


def choose(box: QComboBox, words: str) -> None:
    """As somebody does with the list open."""
    place = box.findText(words)
    assert place >= 0, f"{words} is not in the list"
    box.setCurrentIndex(place)
    box.activated.emit(place)


def test_pictures_levels_format_and_rate_are_seen(room: Room) -> None:
    cards = room.page.cameras.cards
    room.wait(lambda: cards[0].rate_words.endswith(" fps"))
    assert cards[0].form_words == "640 × 360, test picture"
    assert all(not card.preview.badge for card in cards)
    room.page.frame()
    assert cards[0].accessibleName().startswith("Camera 1 A")
    assert room.page.foot.words == "Ready to record. This set-up is in use."
    assert not room.page.foot.put_back.isEnabled()
    room.wait(lambda: room.page.settings.room.words.endswith("left"))


def test_a_name_is_typed_used_and_put_back(room: Room) -> None:
    field, page = room.page.cameras.cards[0].name, room.page
    field.setFocus()
    field.selectAll()
    room.bot.keyClicks(field, "Zoe")
    assert page.model.draft.cameras[0].label == "Zoe"
    assert page.foot.put_back.isEnabled()
    room.bot.mouseClick(page.foot.put_back, Qt.MouseButton.LeftButton)
    assert field.text() == "A" and not page.model.is_changed
    field.end(False)  # noqa: FBT003 - Qt's: without marking
    room.bot.keyClicks(field, "na")
    room.bot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    room.wait(lambda: room.studio.look().show.camera[0].label == "Ana")
    assert room.titles() == ["This set-up is in use."]


@pytest.mark.realtime
def test_another_source_is_seen_before_it_is_used_and_nothing_else_restarts(room: Room) -> None:
    lines = room.studio.microphone_lines()
    room.plug(BRIO, microphones=(MIXER,))
    choose(room.page.cameras.cards[1].source, "Logi Brio")
    room.wait(lambda: room.kinds() == ["synthetic", "device"])
    assert room.studio.microphone_lines()[0].feed is lines[0].feed
    room.ready()
    pictures = room.studio.look().cameras
    assert min(now.pictures for camera, now in pictures.items() if camera == "a") > 10
    room.wait(lambda: room.page.cameras.cards[1].preview.badge in {"No picture", "Not plugged in"})
    room.page.went()
    room.wait(lambda: room.kinds() == ["synthetic", "synthetic"])
    assert "What you changed on Set up is kept there." in room.said[-1].text


def test_an_unplugged_device_stays_chosen_says_so_and_comes_back(room: Room) -> None:
    room.plug(BRIO, microphones=(MIXER,))
    card = room.page.cameras.cards[0]
    choose(card.source, "Logi Brio")
    choose(room.page.table.rows[0].device, "Mixer, input 2")
    room.plug()
    assert card.source.currentText().endswith(", not plugged in")
    assert card.preview.badge == "Not plugged in"
    assert room.page.table.rows[0].device.currentText() == "Mixer, input 2, not plugged in"
    assert "Logi Brio was unplugged." in room.titles()
    room.plug(BRIO, microphones=(MIXER,))
    assert card.source.currentText() == "Logi Brio"
    assert room.page.model.draft.cameras[0].source == {"kind": "device", "device": BRIO.path}
    assert room.page.table.rows[0].device.currentText() == "Mixer, input 2"


def test_a_network_stream_is_added_and_its_faults_are_sentences(room: Room) -> None:
    page = room.page
    room.bot.mouseClick(page.cameras_head.stream, Qt.MouseButton.LeftButton)
    card = page.cameras.cards[2]
    assert card.trouble_words == "Camera 3 has no address. Write it like rtsp://192.168.1.20:554/stream."
    assert not page.foot.use.isEnabled() and page.foot.words.startswith("Not ready:")
    room.bot.keyClicks(card.address, "rtsp://anna:geheim@127.0.0.1:9/x")
    room.bot.keyClick(card.address, Qt.Key.Key_Return)
    assert card.trouble_words == "" and page.foot.use.isEnabled()
    assert page.model.draft.cameras[2].source["url"] == "rtsp://anna:geheim@127.0.0.1:9/x"
    page.sound_head.start.setFocus()
    card.address.clearFocus()
    room.wait(lambda: "geheim" not in card.address.text())


def test_cameras_and_microphones_are_added_moved_and_removed(room: Room) -> None:
    page = room.page
    room.bot.mouseClick(page.cameras_head.add, Qt.MouseButton.LeftButton)
    room.bot.mouseClick(page.sound_head.add, Qt.MouseButton.LeftButton)
    assert [len(page.cameras.cards), len(page.table.rows)] == [3, 3]
    card = page.cameras.cards[2]
    card.toggle_more()
    assert card.more is not None and not card.more.right.isEnabled()
    room.bot.mouseClick(card.more.left, Qt.MouseButton.LeftButton)
    assert [camera.id for camera in page.model.draft.cameras] == ["a", "cam_1", "b"]
    choose(card.more.turn, "Turned 90°")
    card.more.offset.setText("120")
    card.more.offset.editingFinished.emit()
    last = page.model.draft.cameras[2]
    assert (last.id, last.rotation, last.offset_ms) == ("b", 90, 120.0)
    room.bot.mouseClick(card.more.remove, Qt.MouseButton.LeftButton)
    room.bot.mouseClick(page.table.rows[0].remove, Qt.MouseButton.LeftButton)
    assert [len(page.cameras.cards), len(page.table.rows)] == [2, 2]
    page.cameras.cards[1].wide.click()
    choose(page.table.rows[0].camera, "2 Camera 3")
    assert page.model.draft.cameras[1].wide and page.model.draft.microphones[0].camera == "cam_1"


def test_settings_of_the_show(room: Room, tmp_path: Path) -> None:
    settings = room.page.settings
    for words in ("Canvas 720p30", "Program delay 0.5 s", "Style lively"):
        segment = next(each for each in settings.findChildren(QAbstractButton) if each.accessibleName() == words)
        room.bot.mouseClick(segment, Qt.MouseButton.LeftButton)
    settings.folder.setText(str(tmp_path / "elsewhere"))
    settings.folder.editingFinished.emit()
    room.page.use()
    room.wait(lambda: room.studio.look().show.canvas.height == 720)
    show = room.studio.look().show
    assert (show.directing.programme_delay_s, show.directing.style) == (0.5, "lively")
    assert show.sessions == tmp_path / "elsewhere" == room.studio.sessions


def test_a_recording_makes_the_page_read_only_and_says_why(room: Room) -> None:
    room.page.files.ask_open()
    room.record()
    assert room.page.foot.words == "The show is being recorded. Stop the recording before you change its set-up."
    buttons = (room.page.foot.use, room.page.foot.put_back, room.page.foot.files, room.page.cameras_head.add)
    assert not any(each.isEnabled() for each in (*buttons, room.page.cameras.cards[0].name))
    assert not any(each.isModal() for each in QApplication.topLevelWidgets() if each.isVisible())
    room.page.use()
    room.stop()
    room.wait(room.page.cameras.cards[0].name.isEnabled)


def test_a_show_is_saved_opened_and_found_again(room: Room, tmp_path: Path) -> None:
    page, file = room.page, tmp_path / "my show.toml"
    page.edit(lambda draft: draft)
    page.files.write(file)
    room.wait(lambda: "The show is saved as my show.toml." in room.titles())
    assert read_show(file) == small_show(2)
    assert room.recent() == [file] and room.settings.now.show_file == file
    other = tmp_path / "other.toml"
    write_show(small_show(3), other)
    page.files.open(other)
    room.wait(lambda: len(page.cameras.cards) == 3)
    assert room.recent() == [other, file]
    page.files.menu.aboutToShow.emit()
    assert [words.partition(",")[0] for words in page.files.recent_words] == ["other.toml", "my show.toml"]


def test_a_damaged_show_file_is_told_of_and_changes_nothing(room: Room, tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text('title = 3\n[[camera]]\nid = "a"\nlabel = "Ana"\nkind = "syntetic"\n', "utf-8")
    room.page.files.open(file)
    room.wait(lambda: bool(room.page.notice.words))
    lines = room.page.notice.words.splitlines()
    assert lines[0].endswith('broken.toml, title: 3 is not text in "quotes".')
    assert 'there is no kind "syntetic"' in lines[1] and lines[-1] == "Nothing was changed."
    assert not room.page.model.is_changed and room.settings.now.recent_shows == ()
    assert room.page.escape() and not room.page.notice.isVisible()
    assert not room.page.escape()


def test_a_disk_that_refuses_is_told_of(room: Room, tmp_path: Path) -> None:
    room.page.files.write(tmp_path / "gone" / "show.toml")
    room.wait(lambda: "cannot be written" in room.page.notice.words)


def test_new_from_devices_and_the_demo_show(room: Room) -> None:
    room.plug(BRIO, microphones=(MIXER,))
    actions = {action.text(): action for action in room.page.files.menu.actions()}
    actions["New from devices"].trigger()
    assert [camera.kind for camera in room.page.model.draft.cameras] == ["device"]
    actions["Demo show"].trigger()
    assert [camera.label for camera in room.page.model.draft.cameras] == ["Ana", "Ben", "Cara", "Wide"]


def test_names_of_any_length_and_direction(room: Room) -> None:
    page = room.page
    for row, name in enumerate(("x" * 300, "\u05e9\u05dc\u05d5\u05dd <b>bold</b> & co")):
        field = page.cameras.cards[row].name
        field.setFocus()
        field.selectAll()
        typed = QInputMethodEvent()
        typed.setCommitString(name)
        QApplication.sendEvent(field, typed)
    assert len(page.model.draft.cameras[0].label) == 200
    assert page.foot.use.isEnabled()
    assert page.minimumSizeHint().width() <= 1120


@pytest.mark.parametrize(("width", "factor"), [(1440, 1.0), (1280, 1.0), (1120, 1.0), (1120, 1.5), (2400, 1.0)])
def test_nothing_is_wider_than_the_page(room: Room, dressed: QApplication, width: int, factor: float) -> None:
    scale = room.page.surroundings.scale
    scale.change(factor)
    dressed.setStyleSheet(sheet(scale))
    room.page.rescale()
    room.page.resize(width, 680)
    room.page.refresh()
    QApplication.processEvents()
    scroll = next(each for each in room.page.findChildren(QScrollArea) if each.isVisibleTo(room.page))
    body = scroll.widget()
    assert body is not None
    room.wait(lambda: body.width() <= scroll.viewport().width())
    assert body.minimumSizeHint().width() <= scroll.viewport().width()
    dressed.setStyleSheet(sheet(Scale()))


def test_every_control_has_a_name_and_tab_reaches_it(room: Room) -> None:
    reached, page = set(), room.page
    page.cameras_head.add.setFocus()
    for _ in range(200):
        focused = QApplication.focusWidget() or page
        if focused in reached:
            break
        reached.add(focused)
        assert named(focused), f"{focused} has no name"
        focused.focusNextChild()
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    wanted = [each for kind in kinds for each in page.findChildren(kind) if each.isVisibleTo(page)]
    missing = [each for each in wanted if each.isEnabled() and each not in reached and not is_inner(each)]
    assert not [named(each) for each in missing]


def named(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def is_inner(widget: QWidget) -> bool:
    """Segments are one stop for Tab; what Qt puts into its own controls is none."""
    return widget.property("kind") == "segment" or isinstance(widget.parent(), QComboBox)


def test_the_pages_threads_end_and_it_may_come_back_often(room: Room) -> None:
    for _ in range(10):
        room.page.went()
        room.page.hide()
        room.page.show()
        room.page.came()
    assert room.page.model.in_use is room.studio.look().show


def test_devices_are_not_asked_for_while_something_is_recorded(room: Room) -> None:
    room.record()
    asked = room.devices.answers
    room.plugged[0] = DeviceLists((BRIO,), ())
    room.page.refresh()
    assert room.devices.answers <= asked + 1
    room.stop()
    room.wait(lambda: room.devices.look() == DeviceLists((BRIO,), ()))
