"""What can be chosen: devices by name, with their channels; what is chosen stays so while it is not plugged in."""

from director_app.engine.devices import CameraDevice, DeviceLists, InputDevice
from director_app.gui.models import setup_edits as edits
from director_app.gui.models.setup import Draft, draft_of, examine
from director_app.gui.models.setup_choices import (
    Choices,
    camera_choices,
    device_news,
    first_free_camera,
    first_free_microphone,
    found_words,
    microphone_choices,
)
from director_app.gui.models.setup_fresh import fresh_draft
from director_app.session.demo_show import demo_show

BRIO = CameraDevice("Logi Brio", "/dev/v4l/by-id/brio-1", 200, 200)
TWIN = CameraDevice("Logi Brio", "/dev/v4l/by-id/brio-2", 202, 200)
LINK = CameraDevice("Cam Link 4K", "", 204, 200)
SCARLETT = InputDevice("Scarlett 18i8", "ALSA", 4, 48_000)
USB = InputDevice("USB microphone", "ALSA", 1, 44_100)
PLUGIN = InputDevice("pipewire", "ALSA", 64, 48_000)
LISTS = DeviceLists((BRIO, TWIN, LINK), (SCARLETT, USB, PLUGIN))
NOTHING = DeviceLists((), ())


def words(choices: Choices) -> list[str]:
    return [entry.words for entry in choices.entries]


def chosen(choices: Choices) -> str:
    return choices.entries[choices.selected].words


def with_camera(**source: object) -> Draft:
    return edits.choose_camera(draft_of(demo_show()), 0, source)


def with_microphone(channel: int = 1, **source: object) -> Draft:
    return edits.choose_microphone(draft_of(demo_show()), 0, source, channel)


def test_cameras_of_one_name_are_told_apart_and_known_by_their_path() -> None:
    choices = camera_choices(with_camera(kind="device", device=TWIN.path), 0, LISTS, serves=True)
    assert words(choices)[:5] == ["Logi Brio", "Logi Brio (2)", "Cam Link 4K", "Network stream", "Test picture"]
    assert chosen(choices) == "Logi Brio (2)"
    assert choices.entries[0].source == {"kind": "device", "device": BRIO.path}
    assert choices.entries[2].source == {"kind": "device", "device": "Cam Link 4K"}


def test_what_the_file_says_of_a_camera_stays_as_it_is() -> None:
    draft = with_camera(kind="device", device=0, width=640)
    choices = camera_choices(draft, 0, LISTS, serves=True)
    assert (chosen(choices), choices.entries[choices.selected].source) == ("Logi Brio", draft.cameras[0].source)


def test_an_unplugged_camera_stays_chosen_and_comes_back_to_its_seat() -> None:
    draft = with_camera(kind="device", device=BRIO.path)
    gone = camera_choices(draft, 0, DeviceLists((TWIN,), ()), serves=False)
    assert chosen(gone) == "brio-1, not plugged in"
    assert not gone.entries[gone.selected].is_there
    assert gone.entries[gone.selected].source == draft.cameras[0].source
    assert chosen(camera_choices(draft, 0, LISTS, serves=True)) == "Logi Brio"


def test_a_device_in_use_that_is_not_listed_is_there() -> None:
    camera = camera_choices(with_camera(kind="device", device="Odd"), 0, NOTHING, serves=True)
    microphone = microphone_choices(with_microphone(kind="device", device="Odd"), 0, NOTHING, serves=True)
    assert camera.entries[camera.selected].is_there and microphone.entries[microphone.selected].is_there


def test_nothing_is_missing_before_devices_are_known() -> None:
    choices = camera_choices(with_camera(kind="device", device="Brio"), 0, None, serves=False)
    assert choices.entries[choices.selected].is_there


def test_streams_files_and_demo_cameras() -> None:
    stream = camera_choices(with_camera(kind="stream", url="rtsp://cam/x"), 0, NOTHING, serves=True)
    assert chosen(stream) == "Network stream" and stream.entries[stream.selected].source["url"] == "rtsp://cam/x"
    film = camera_choices(with_camera(kind="file", path="/films/ana.mp4", loop=True), 0, NOTHING, serves=True)
    assert chosen(film) == "File ana.mp4"
    assert chosen(camera_choices(draft_of(demo_show()), 3, NOTHING, serves=True)) == "Demo camera, everybody"


def test_inputs_of_a_mixer_and_of_a_plugin() -> None:
    choices = microphone_choices(with_microphone(2, kind="device", device="Scarlett 18i8"), 0, LISTS, serves=True)
    assert words(choices)[:5] == [*(f"Scarlett 18i8, input {number}" for number in range(1, 5)), "USB microphone"]
    assert chosen(choices) == "Scarlett 18i8, input 2"
    assert "pipewire" not in " ".join(words(choices))
    plugin = microphone_choices(
        with_microphone(20, kind="device", device="pipewire"), 0, DeviceLists((), (PLUGIN,)), serves=True
    )
    assert chosen(plugin) == "pipewire, input 20"


def test_an_unplugged_microphone_stays_chosen() -> None:
    choices = microphone_choices(with_microphone(2, kind="device", device="Gone"), 0, LISTS, serves=False)
    assert chosen(choices) == "Gone, input 2, not plugged in"
    assert not choices.entries[choices.selected].is_there


def test_made_microphones_and_files() -> None:
    assert chosen(microphone_choices(draft_of(demo_show()), 1, NOTHING, serves=True)) == "Demo microphone, Ben"
    tone = with_microphone(kind="synthetic", clock_ppm=3.0)
    assert chosen(microphone_choices(tone, 0, NOTHING, serves=True)) == "Test tone"
    sound = with_microphone(2, kind="file", path="/sound/b.wav", loop=True)
    assert chosen(microphone_choices(sound, 0, NOTHING, serves=True)) == "File b.wav, channel 2"


def test_what_is_added_takes_what_nobody_has() -> None:
    draft = with_camera(kind="device", device=BRIO.path)
    assert first_free_camera(draft, LISTS) == {"kind": "device", "device": TWIN.path}
    assert first_free_camera(draft, None) == edits.TEST
    heard = with_microphone(1, kind="device", device="Scarlett 18i8")
    source, channel = first_free_microphone(heard, LISTS)
    assert (source["device"], channel) == ("Scarlett 18i8", 2)
    assert first_free_microphone(heard, NOTHING) == (edits.TEST, 1)


def test_news_of_devices() -> None:
    assert device_news(NOTHING, DeviceLists((LINK,), (USB,))) == [
        "Cam Link 4K was plugged in.",
        "USB microphone was plugged in.",
    ]
    assert device_news(DeviceLists((LINK,), ()), NOTHING) == ["Cam Link 4K was unplugged."]
    assert [found_words(None), found_words(NOTHING), found_words(LISTS)] == [
        "looking",
        "none plugged in",
        "3 plugged in",
    ]


def test_a_fresh_show_is_complete_with_and_without_devices() -> None:
    show, faults = examine(fresh_draft(LISTS))
    assert show is not None, faults
    assert [camera.kind for camera in show.camera] == ["device"] * 3
    assert [microphone.camera for microphone in show.microphone] == ["cam_1", "cam_2"]
    empty, _ = examine(fresh_draft(NOTHING))
    assert empty is not None and {camera.kind for camera in empty.camera} == {"synthetic"}
