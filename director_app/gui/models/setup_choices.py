"""What can be chosen as a camera or a microphone: what is plugged in, what the show has, and test pictures. No Qt.

What is chosen but not plugged in stays chosen and says so: it comes back to the same seat.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from director_app.engine.devices import (
    CameraDevice,
    DeviceLists,
    InputDevice,
    find_camera,
    find_microphone,
    usable_microphones,
)
from director_app.gui.models.setup import CameraDraft, Draft, Fields, MicrophoneDraft, numbered
from director_app.gui.models.setup_edits import STREAM, TEST
from director_app.gui.models.words import counted, short

NOT_PLUGGED_IN = "not plugged in"

_PLUGIN_CHANNELS = 32
"""Plugins claim this many or more, whatever they have."""

_PLUGIN_SHOWN = 8
_DEMO_CAMERAS = (("ana", "Ana"), ("ben", "Ben"), ("cara", "Cara"), ("wide", "everybody"))
_DEMO_MICROPHONES = _DEMO_CAMERAS[:3]


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list. source, channel: what it would make of the draft. hint: the stable name, for a tooltip."""

    words: str
    source: Fields
    channel: int = 1
    hint: str = ""
    is_there: bool = True


@dataclass(frozen=True, slots=True)
class Choices:
    """selected: the place of what is chosen now; it is always one of them."""

    entries: tuple[Choice, ...]
    selected: int


def camera_choices(draft: Draft, row: int, lists: DeviceLists | None, *, serves: bool) -> Choices:
    """serves: whether the studio gets pictures of it; a device in use is not always listed."""
    camera = draft.cameras[row]
    present = () if lists is None else lists.cameras
    names = numbered([device.name for device in present])
    entries = [
        Choice(name, _device_camera(device), hint=device.path) for name, device in zip(names, present, strict=True)
    ]
    found = _present_camera(camera, present)
    if camera.kind == "device" and found is not None:
        place = present.index(found)
        entries[place] = Choice(entries[place].words, camera.source, hint=found.path)
        return Choices((*entries, *_made(draft, None)), place)
    if camera.kind == "device":
        entries.append(_missing_camera(camera, is_there=serves or lists is None))
        return Choices((*entries, *_made(draft, None)), len(entries) - 1)
    made = _made(draft, camera)
    place = next(number for number, each in enumerate(made) if each.source == camera.source)
    return Choices((*entries, *made), len(entries) + place)


def microphone_choices(draft: Draft, row: int, lists: DeviceLists | None, *, serves: bool) -> Choices:
    """serves: whether the studio gets sound of it; a device in use is not always listed."""
    microphone = draft.microphones[row]
    entries = [*_inputs(lists, microphone)]
    place = _chosen_input(microphone, lists, entries)
    if place is None and microphone.kind == "device":
        device, channel = str(microphone.source.get("device")), microphone.channel
        is_there = serves or lists is None
        words = f"{short(device)}, input {channel}" + ("" if is_there else f", {NOT_PLUGGED_IN}")
        entries.append(Choice(words, microphone.source, channel, device, is_there))
        place = len(entries) - 1
    entries += _made_microphones(draft, microphone)
    if place is None:
        place = next(
            (
                number
                for number, each in enumerate(entries)
                if (each.source, each.channel) == (microphone.source, microphone.channel)
            ),
            None,
        )
    if place is None:
        entries.append(Choice(_other_microphone(microphone), microphone.source, microphone.channel))
        place = len(entries) - 1
    return Choices(tuple(entries), place)


def first_free_microphone(draft: Draft, lists: DeviceLists | None) -> tuple[Fields, int]:
    """What a new microphone listens to: the first input that no other has, else a test tone."""
    taken = [(each.source.get("device"), each.channel) for each in draft.microphones]
    for device in usable_microphones(() if lists is None else lists.microphones):
        for channel in range(1, _channels(device) + 1):
            if (device.name, channel) not in taken:
                return _device_microphone(device), channel
    return TEST, 1


def first_free_camera(draft: Draft, lists: DeviceLists | None) -> Fields:
    """What a new camera shows: the first device that no other has, else a test picture."""
    present = () if lists is None else lists.cameras
    taken = [_present_camera(camera, present) for camera in draft.cameras]
    return next((_device_camera(device) for device in present if device not in taken), TEST)


def found_words(lists: DeviceLists | None) -> str:
    """Beside the heading: how many cameras are plugged in."""
    if lists is None:
        return "looking"
    return f"{len(lists.cameras)} plugged in" if lists.cameras else "none plugged in"


def device_news(before: DeviceLists, after: DeviceLists) -> list[str]:
    """What has come and what has gone, a sentence each."""
    come = [*_names(after.cameras, before.cameras), *_names(after.microphones, before.microphones)]
    gone = [*_names(before.cameras, after.cameras), *_names(before.microphones, after.microphones)]
    return [f"{name} was plugged in." for name in come] + [f"{name} was unplugged." for name in gone]


def _names(
    these: Sequence[CameraDevice] | Sequence[InputDevice], without: Sequence[CameraDevice] | Sequence[InputDevice]
) -> list[str]:
    there = {each.name for each in without}
    return [short(name) for name in dict.fromkeys(each.name for each in these) if name not in there]


def _device_camera(device: CameraDevice) -> Fields:
    return {"kind": "device", "device": device.path or device.name}


def _present_camera(camera: CameraDraft, present: tuple[CameraDevice, ...]) -> CameraDevice | None:
    return find_camera(camera.source["device"], present) if "device" in camera.source else None


def _missing_camera(camera: CameraDraft, *, is_there: bool) -> Choice:
    device = str(camera.source.get("device"))
    name = PurePath(device).name if device.startswith("/dev/") else device
    return Choice(short(name) if is_there else f"{short(name)}, {NOT_PLUGGED_IN}", camera.source, 1, device, is_there)


def _made(draft: Draft, camera: CameraDraft | None) -> list[Choice]:
    """Everything but devices; what camera shows is among them."""
    made = [Choice("Network stream", STREAM)]
    source = None if camera is None else camera.source
    if camera is not None and camera.kind == "stream":
        made = [Choice("Network stream", camera.source)]
    if camera is not None and camera.kind == "file":
        made.append(Choice(f"File {short(PurePath(str(source and source['path'])).name)}", camera.source))
    made.append(Choice("Test picture", TEST))
    if any(each.kind == "demo" for each in draft.cameras):
        made += [Choice(f"Demo camera, {name}", {"kind": "demo", "who": who}) for who, name in _DEMO_CAMERAS]
    return made


def _inputs(lists: DeviceLists | None, chosen: MicrophoneDraft) -> Iterator[Choice]:
    """Every channel of every device; of plugins, which claim any number, the first few and the chosen one."""
    devices = usable_microphones(() if lists is None else lists.microphones)
    for device in devices:
        count = _channels(device)
        channels = [*range(1, count + 1)]
        is_chosen = device.name == chosen.source.get("device")
        if is_chosen and count < chosen.channel <= device.channels:
            channels.append(chosen.channel)
        for channel in channels:
            words = short(device.name) if count == 1 else f"{short(device.name)}, input {channel}"
            hint = f"{device.name}, {device.host_api}, {counted(device.channels, 'input', 'inputs')}"
            yield Choice(words, _device_microphone(device), channel, hint)


def _channels(device: InputDevice) -> int:
    return device.channels if device.channels < _PLUGIN_CHANNELS else _PLUGIN_SHOWN


def _device_microphone(device: InputDevice) -> Fields:
    return {"kind": "device", "device": device.name, "host_api": device.host_api}


def _chosen_input(microphone: MicrophoneDraft, lists: DeviceLists | None, entries: list[Choice]) -> int | None:
    """Its place; its source stays as the file has it. A device that is listed for another host API counts as well."""
    if microphone.kind != "device" or lists is None:
        return None
    device = str(microphone.source["device"])
    if find_microphone(device, microphone.source.get("host_api"), lists.microphones) is None:
        return None
    for place, each in enumerate(entries):
        if each.source["device"] == device and each.channel == microphone.channel:
            entries[place] = Choice(each.words, microphone.source, each.channel, each.hint)
            return place
    return None


def _made_microphones(draft: Draft, microphone: MicrophoneDraft) -> list[Choice]:
    is_made = microphone.kind == "synthetic"
    made = [Choice("Test tone", microphone.source, microphone.channel) if is_made else Choice("Test tone", TEST)]
    if "demo" in {each.kind for each in draft.cameras} | {each.kind for each in draft.microphones}:
        made += [Choice(f"Demo microphone, {name}", {"kind": "demo", "who": who}) for who, name in _DEMO_MICROPHONES]
    return made


def _other_microphone(microphone: MicrophoneDraft) -> str:
    name = short(PurePath(str(microphone.source.get("path", microphone.source.get("who")))).name)
    what = "File" if microphone.kind == "file" else "Demo microphone,"
    return f"{what} {name}" if microphone.channel == 1 else f"{what} {name}, channel {microphone.channel}"
