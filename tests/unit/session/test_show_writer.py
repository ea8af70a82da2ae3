"""A saved show is read back as the very same one, whatever stands in it, and a failed save changes nothing."""

import itertools
import random
from pathlib import Path
from typing import Any

import pytest

from director_app.session.demo_show import demo_show
from director_app.session.errors import FolderError
from director_app.session.show import Show
from director_app.session.show_file import parse_show, read_show
from director_app.session.show_writer import show_text, write_show

NAMES = (
    "Ana",
    "x" * 200,
    'She said "cut"',
    "back\\slash \\n \\u0041",
    "שלום עולם",
    "\u200f\u0645\u0631\u062d\u0628\u0627\u200f Ben",
    "# no comment = here",
    "'''",
    '"""',
    "emoji 🎥 and ü",
    "ends in \\",
)

CAMERAS: tuple[dict[str, Any], ...] = (
    {"kind": "device", "device": 0},
    {"kind": "device", "device": "/dev/v4l/by-id/usb-Logi_Brio", "width": 1280, "height": 720, "fps": 29.97},
    {"kind": "device", "device": r"\\?\usb#vid_046d&pid_085e#{65e8773d}\global"},
    {"kind": "stream", "url": "rtsp://anna:ge%22heim@192.168.1.20:554/a?b=c#d"},
    {"kind": "file", "path": 'films/ana\'s "best".mp4', "loop": False},
    {"kind": "file", "path": "/elsewhere/wide.mp4"},
    {"kind": "synthetic"},
    {"kind": "demo", "who": "wide"},
)
MICROPHONES: tuple[dict[str, Any], ...] = (
    {"kind": "device", "device": 'Scarlett "18i8": USB (hw:1,0)', "host_api": "ALSA", "channel": 64},
    {"kind": "device", "device": "ミキサー"},
    {"kind": "file", "path": "sound/~odd.wav", "loop": False, "channel": 2},
    {"kind": "synthetic", "clock_ppm": -0.1},
    {"kind": "demo", "who": "cara", "name": 'Cara "C" Źle', "role": "建築家"},
)


def source(number: int, what: str, fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": f"{what}_{number}", "label": NAMES[number % len(NAMES)], **fields, **more}


def show_of(folder: Path, **more: Any) -> Show:
    """A show with every kind of source, as if it had been read in that folder."""
    cameras = [source(number, "cam", fields) for number, fields in enumerate(CAMERAS)]
    cameras[1] |= {"wide": True, "rotation": 270, "offset_ms": -12.5}
    microphones = [
        source(number, "mic", fields, camera=f"cam_{number}", offset_ms=float(number))
        for number, fields in enumerate(MICROPHONES)
    ]
    return in_folder(parse_show({"camera": cameras, "microphone": microphones} | more, "this test"), folder)


def in_folder(show: Show, folder: Path) -> Show:
    def absolute(table: Any) -> Any:
        return table.model_copy(update={"path": folder / table.path}) if hasattr(table, "path") else table

    return show.model_copy(
        update={
            "camera": tuple(absolute(each) for each in show.camera),
            "microphone": tuple(absolute(each) for each in show.microphone),
        }
    )


def there_and_back(show: Show, path: Path) -> Show:
    write_show(show, path)
    return read_show(path)


@pytest.mark.parametrize("title", NAMES)
def test_every_kind_of_source_and_every_name_comes_back(tmp_path: Path, title: str) -> None:
    show = show_of(tmp_path, title=title)
    assert there_and_back(show, tmp_path / "a show.toml") == show


@pytest.mark.parametrize(
    "more",
    [
        {"canvas": {"width": 3840, "height": 2160, "fps": 59.94}},
        {"recording": {"encoder": "nvenc", "preset": "veryfast", "crf": 35, "maxrate_mbit": 0.5}},
        {"directing": {"style": "calm", "confirm_s": 0.1, "minimum_shot_s": 60.0, "cuts_per_minute": 40}},
        {"directing": {"hold_after_take_s": "stay manual", "programme_delay_s": 0.0}},
        {"directing": {"hold_after_take_s": 0.5, "programme_delay_s": 1e-05}},
        {"after": {"make": ["master", "score"], "loudness": "broadcast"}},
        {"after": {"make": ["highlights"], "title_cards": True}},
        {"titles": {"lower_thirds": True, "position": "right", "colour": "#00ff7F", "seconds": 5.5}},
        {"titles": {"live": True}},
        {"sessions": "/mnt/big disk/שלום"},
    ],
)
def test_every_table_comes_back(tmp_path: Path, more: dict[str, Any]) -> None:
    show = show_of(tmp_path, **more)
    assert there_and_back(show, tmp_path / "show.toml") == show


def test_random_shows_come_back(tmp_path: Path) -> None:
    dice = random.Random(5)
    for round_number in range(60):
        cameras = [
            source(number, "cam", dice.choice(CAMERAS), rotation=dice.choice((0, 90, 180, 270)))
            for number in range(dice.randint(1, 9))
        ]
        microphones = [
            source(number, "mic", dice.choice(MICROPHONES), camera=dice.choice(cameras)["id"])
            for number in range(dice.randint(0, 16))
        ]
        content = {"title": dice.choice(NAMES), "camera": cameras, "microphone": microphones}
        show = in_folder(parse_show(content, "this test"), tmp_path)
        assert there_and_back(show, tmp_path / f"{round_number}.toml") == show


def test_what_lies_beside_the_file_moves_with_it(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    show = show_of(here)
    write_show(show, here / "show.toml")
    here.rename(there)
    assert read_show(there / "show.toml").camera[4] == show_of(there).camera[4]
    assert read_show(there / "show.toml").camera[5] == show.camera[5]


def test_saved_twice_is_the_same_text(tmp_path: Path) -> None:
    path = tmp_path / "show.toml"
    write_show(show_of(tmp_path), path)
    before = path.read_text("utf-8")
    write_show(read_show(path), path)
    assert path.read_text("utf-8") == before


def test_the_demo_show_is_saved_with_comments(tmp_path: Path) -> None:
    text = show_text(demo_show(), tmp_path / "demo\nshow.toml")
    assert "# the program leaves so long after the room" in text
    assert text.splitlines()[0].endswith("director run demo?show.toml")
    assert "offset_ms" not in text


def test_every_line_fits_a_screen(tmp_path: Path) -> None:
    lines = itertools.chain(show_text(demo_show(), tmp_path / "show.toml").splitlines())
    assert max(map(len, lines)) <= 118


def test_a_folder_that_has_gone_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match=r"gone/show.toml cannot be written: No such file or directory\. Choose"):
        write_show(demo_show(), tmp_path / "gone" / "show.toml")


def test_a_path_that_is_no_text_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "show.toml"
    write_show(demo_show(), path)
    odd = demo_show().model_copy(update={"sessions": Path("/mnt/odd\udcff")})
    with pytest.raises(FolderError, match="holds letters that are no text"):
        write_show(odd, path)
    assert read_show(path) == demo_show()
    assert list(tmp_path.iterdir()) == [path]
