"""Durations, sizes, keys and the status line: what people type and read, as data."""

import tomllib
from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from director_app.capture.camera_list import CameraDevice
from director_app.capture.microphone_list import InputDevice
from director_app.cli.demo import demo_show
from director_app.cli.duration import seconds_of, size, spoken
from director_app.cli.init import commented_show
from director_app.cli.keys import events_of_keys, single_keys, toggle
from director_app.cli.outcome import BadInput
from director_app.cli.status_line import plain_status, short, status
from director_app.core.decisions import Mode
from director_app.core.events import Hold, SetAuto, SetManual, ShowName, Take, TakeWide
from director_app.core.sources import Camera, CameraId, Cast, Microphone, MicrophoneId, SourceState
from director_app.core.switcher import ProgramState
from director_app.engine.devices import DeviceLists
from director_app.engine.state import DirectorState, DiskState, Meter, Notice, Snapshot, Urgency
from director_app.session import show as tables
from director_app.session.show_file import parse_show
from tests.helpers.script import cast_of

NO_DEVICES = DeviceLists((), ())


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90), ("90s", 90), ("10m", 600), ("1h", 3600), ("1h30m", 5400), ("1.5m", 90), (" 2M ", 120), ("0.5", 0.5)],
)
def test_durations_as_people_type_them(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", " ", "0", "0s", "-5", "soon", "10 m", "1m1h", "1e3", "٣m", "9999h", "nan", "s"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(BadInput, match=r"is no duration\. Write it like 90s, 10m or 1h30m"):
        seconds_of(text)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (89.4, "89 s"), (90, "2 min"), (3600, "60 min"), (5400, "1 h 30 min"), (36_000, "10 h")],
)
def test_durations_as_people_read_them(seconds: float, text: str) -> None:
    assert spoken(seconds) == text


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 B"), (1500, "2 kB"), (2_500_000, "2.5 MB"), (1.7e9, "1.7 GB"), (3e12, "3.0 TB")]
)
def test_sizes(count: float, text: str) -> None:
    assert size(count) == text


def test_every_key_says_what_it_tells_the_director() -> None:
    assert dict(events_of_keys(cast_of("ab"))) == {
        "1": Take(CameraId("a")),
        "2": Take(CameraId("b")),
        "3": Take(CameraId("wide")),
        "w": TakeWide(),
        "0": TakeWide(),
        "h": Hold(),
        "n": ShowName(),
    }


def test_space_toggles() -> None:
    assert toggle(lambda: True) == SetManual()
    assert toggle(lambda: False) == SetAuto()


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("1", "1"),
        ("12 w", "12 w"),
        ("\x1b[15~", ""),
        ("\x1b[A3\x1b[B", "3"),
        ("\x1bOP", ""),
        ("\x1b1", ""),
        ("\x1b[1;5C2", "2"),
        ("\x1b", ""),
        ("ü", "ü"),
    ],
)
def test_arrows_and_f_keys_are_no_takes(typed: str, keys: str) -> None:
    assert single_keys(typed) == list(keys)


LONG = "Ben der Große " + "x" * 186
CAST = Cast(
    (Camera(CameraId("a"), 1, "日本語のラベル" * 6), Camera(CameraId("b"), 2, LONG)),
    (Microphone(MicrophoneId("m"), LONG, CameraId("a")), Microphone(MicrophoneId("n"), "Ana", CameraId("b"))),
)


def snapshot(**changes: Any) -> Snapshot:
    program = ProgramState(CameraId("b"), 1.0, "Ben took the floor. " * 5, Mode.HOLD, 70.0, None, None)
    meters = {MicrophoneId("m"): Meter(-200.0, speaks=False), MicrophoneId("n"): Meter(0.0, speaks=True)}
    states = {MicrophoneId("m"): SourceState.OK, MicrophoneId("n"): SourceState.OK}
    trouble = Notice(Urgency.TROUBLE, "Camera 1 stopped sending pictures. Check its cable; it is being opened again.")
    whole = Snapshot(
        recording=True,
        t_s=62.34,
        director=DirectorState(62.3, program, meters),
        cameras={},
        microphones=states,
        frames_repeated=3,
        disk=DiskState(10**9, 36_000.0),
        notices=(trouble,),
    )
    return replace(whole, **changes)


def printed(of: Snapshot, width: int = 80) -> list[str]:
    # Named, because a dumb terminal, as under CI, is 80 columns wide whatever it is asked to be.
    console = Console(width=width, color_system=None, force_terminal=True, _environ={"TERM": "xterm"})
    with console.capture() as capture:
        console.print(status(of, CAST))
    return [line.rstrip() for line in capture.get().splitlines()]


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_status_fits_any_terminal(width: int) -> None:
    lines = printed(snapshot(), width)
    assert max(cell_len(line) for line in lines) <= width
    assert lines[0].startswith("● REC 00:01:02.3  HOLD 8  on air 2 Ben")
    assert lines[2] == "frames repeated 3  disk full in 10 h"[:width].rstrip()
    assert "".join(lines).replace(" ", "").count("itisbeingopenedagain.") == 1, "trouble is never cut off"


def test_the_same_lines_stand_at_the_same_places() -> None:
    assert len(printed(snapshot(notices=()))) == 4


def test_silent_and_missing_microphones_look_different() -> None:
    lost = snapshot(microphones={MicrophoneId("m"): SourceState.LOST, MicrophoneId("n"): SourceState.OK})
    assert "no sound  Ana █" in printed(lost)[1]
    assert "▁  Ana █" in printed(snapshot())[1]


def test_a_pipe_gets_one_line() -> None:
    line = plain_status(snapshot(), CAST)
    assert "\n" not in line
    assert line.startswith("● REC 00:01:02.3  HOLD 8  on air 2 Ben")
    assert line.endswith("frames repeated 3  disk full in 10 h")


def test_labels_are_cut_by_cells_not_by_letters() -> None:
    assert short("Ana") == "Ana"
    assert cell_len(short("日本語" * 20)) <= 20
    assert short(LONG).endswith("…")


@pytest.mark.parametrize("name", ["720p", "1080p"])
def test_the_demo_is_a_show_like_any_other(name: str) -> None:
    show = demo_show(name)
    assert (show.canvas.height, len(show.camera), len(show.microphone)) == (int(name[:-1]), 4, 3)


def shown(lists: DeviceLists) -> tables.Show:
    return parse_show(tomllib.loads(commented_show(lists, "my.toml")), "my.toml")


def test_without_devices_init_writes_a_show_of_test_pictures() -> None:
    show = shown(NO_DEVICES)
    assert [camera.kind for camera in show.camera] == ["synthetic", "synthetic"]
    assert [microphone.camera for microphone in show.microphone] == ["cam_1", "cam_2"]
    assert "director run my.toml" in commented_show(NO_DEVICES, "my.toml")


def test_init_takes_every_name_a_device_can_have() -> None:
    names = ['USB "4K"\\Kamera', "日本語\x7f\t", "Ünï"]
    lists = DeviceLists(
        tuple(CameraDevice(name, "", index, 0) for index, name in enumerate(names)),
        tuple(InputDevice(name, "ALSA", 2, 48_000) for name in names),
    )
    show = shown(lists)
    assert [getattr(camera, "device", None) for camera in show.camera] == names
    assert [getattr(microphone, "device", None) for microphone in show.microphone] == names


def test_init_leaves_out_stand_ins_and_doubles() -> None:
    devices = [("pulse", "ALSA"), ("USB mixer", "ALSA"), ("USB mixer", "JACK"), ("default", "ALSA"), ("Lav", "ALSA")]
    lists = DeviceLists((), tuple(InputDevice(name, api, 2, 48_000) for name, api in devices))
    found = [(getattr(each, "device", None), getattr(each, "host_api", None)) for each in shown(lists).microphone]
    assert found == [("USB mixer", "ALSA"), ("Lav", "ALSA")]
    only = DeviceLists((), (InputDevice("default", "ALSA", 2, 48_000),))
    assert [getattr(each, "device", None) for each in shown(only).microphone] == ["default"]
