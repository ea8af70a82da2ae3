"""Bad input as people type it: one sentence with the place and the next step, exit code 2, nothing half-made."""

import json
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from director_app.session.manifest import FILE_NAME
from tests.helpers.running import director
from tests.helpers.shows import recorded, show_file, small_show

pytestmark = pytest.mark.computes

CAMERA = '[[camera]]\nid = "a"\nlabel = "Ana"\nkind = "synthetic"\n'


@dataclass(frozen=True)
class Outcome:
    """What a command did."""

    code: int
    news: str
    results: list[str]
    made: list[str]


def toml(text: str) -> Callable[[Path], list[str]]:
    """`director run` of a show file with this text."""

    def arguments(room: Path) -> list[str]:
        (room / "show.toml").write_text(text, "utf-8")
        return ["run", str(room / "show.toml"), "--for", "1s"]

    return arguments


def camera_file(content: bytes) -> Callable[[Path], list[str]]:
    """`director run` with a camera that plays a file with this content."""

    def arguments(room: Path) -> list[str]:
        (room / "clip.mp4").write_bytes(content)
        return toml('[[camera]]\nid = "a"\nlabel = "Ana"\nkind = "file"\npath = "clip.mp4"\n')(room)

    return arguments


def truncated(room: Path) -> list[str]:
    """A recording that was copied half."""
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=s=320x180:d=2", "-y", str(room / "whole.mp4")],
        check=True,
    )
    whole = (room / "whole.mp4").read_bytes()
    return camera_file(whole[: len(whole) // 2])(room)


def no_frames(room: Path) -> list[str]:
    """A file of sound only, as a camera."""
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=d=1", "-y", str(room / "sound.mp4")], check=True
    )
    return camera_file((room / "sound.mp4").read_bytes())(room)


def no_microphone_file(room: Path) -> list[str]:
    (room / "voice.flac").write_bytes(b"no sound at all")
    return toml(CAMERA + '[[microphone]]\nid = "m"\nlabel = "M"\ncamera = "a"\nkind = "file"\npath = "voice.flac"')(
        room
    )


def sessions_under_a_file(room: Path) -> list[str]:
    """Permissions do not bind the superuser, but nobody can make a folder inside a file."""
    (room / "file").touch()
    return [*toml(CAMERA)(room), "--sessions", str(room / "file" / "sessions")]


def damaged_manifest(text: str, command: str) -> Callable[[Path], list[str]]:
    def arguments(room: Path) -> list[str]:
        folder = room / "session"
        folder.mkdir()
        (folder / FILE_NAME).write_text(text, "utf-8")
        return [command, str(folder)]

    return arguments


def plain(*arguments: str) -> Callable[[Path], list[str]]:
    return lambda room: [each.replace("ROOM", str(room)) for each in arguments]


ROWS: dict[str, tuple[Callable[[Path], list[str]], str]] = {
    "unknown key": (
        toml(CAMERA + 'lable = "x"'),
        'show.toml, camera 1 ("Ana"), lable: there is no such key. Did you',
    ),
    "wrong type": (toml(CAMERA + 'wide = "yes"'), 'show.toml, camera 1 ("Ana"), wide: "yes" is not true or false'),
    "two sources with one id": (toml(CAMERA + CAMERA), 'two sources have the id "a"'),
    "microphone of no camera": (
        toml(CAMERA + '[[microphone]]\nid = "m"\nlabel = "M"\ncamera = "b"\nkind = "synthetic"'),
        'microphone "m" points at camera "b", which does not exist; the cameras are a',
    ),
    "no video": (camera_file(b"this is a letter"), 'Camera "Ana": '),
    "no frames": (no_frames, 'Camera "Ana": '),
    "truncated recording": (truncated, 'Camera "Ana": '),
    "missing file": (toml('[[camera]]\nid = "a"\nlabel = "Ana"\nkind = "file"\npath = "gone.mp4"'), "gone.mp4"),
    "no sound": (no_microphone_file, 'Microphone "M": '),
    "no host": (
        toml('[[camera]]\nid = "a"\nlabel = "Ana"\nkind = "stream"\nurl = "rtsp://u:secret@/live"'),
        'url: "rtsp:///live" names no host; write it like rtsp://',
    ),
    "unknown camera": (
        toml('[[camera]]\nid = "a"\nlabel = "Ana"\nkind = "device"\ndevice = "Camera of nobody"'),
        'there is no device "Camera of nobody". Present: ',
    ),
    "unknown microphone": (
        toml(
            CAMERA + '[[microphone]]\nid = "m"\nlabel = "M"\ncamera = "a"\nkind = "device"\ndevice = "Mic of nobody"'
        ),
        'there is no device "Mic of nobody". Present: ',
    ),
    "folder that cannot be": (sessions_under_a_file, "cannot be written: Not a directory. Choose another folder"),
    "folder of the system": ((lambda room: [*toml(CAMERA)(room), "--sessions", "/proc/shows"]), "/proc/shows cannot"),
    "odd canvas": (toml(CAMERA + "[canvas]\nwidth = 1921"), "canvas, width: 1921 is odd"),
    "huge canvas": (toml(CAMERA + "[canvas]\nheight = 4320"), "canvas, height: 4320 is too large: at most 2160"),
    "frame rate": (
        toml(CAMERA + "[canvas]\nfps = 15"),
        "canvas, fps: 15 frames per second is not supported; use one",
    ),
    "label too long": (toml(CAMERA.replace("Ana", "ä" * 201)), "label: it is too long: at most 200 letters"),
    "no TOML": (toml("title = \n"), "show.toml is no valid TOML: Invalid value (at line 1"),
    "no cameras": (toml('title = "Empty"\n'), "camera: this key is missing"),
    "no show file": (plain("run", "ROOM/none.toml"), "none.toml does not exist. Make one with: director init"),
    "no duration": (
        (lambda room: [*toml(CAMERA)(room)[:2], "--for", "soon"]),
        '"soon" is no duration. Write it like',
    ),
    "no session": (plain("check", "ROOM"), "is no session: it has no manifest.json"),
    "manifest of no JSON": (damaged_manifest('{"id": ', "check"), "manifest.json is damaged, it is no JSON"),
    "manifest lacks much": (damaged_manifest("{}", "recover"), "manifest.json is damaged at id"),
    "manifest is a list": (damaged_manifest("[]", "check"), "manifest.json is damaged at the file"),
    "newer manifest": (
        damaged_manifest(json.dumps({"schema_version": 2}), "check"),
        "was written by a newer AI Director (schema 2, this one knows 1). Update the program",
    ),
    "init over a file": ((lambda room: (toml("")(room), ["init", str(room / "show.toml")])[1]), "exists already"),
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """All rows, three at a time: most of each is the start of a program."""

    # Made here because pytest's factory may not be asked by several threads at once.
    rooms = {name: tmp_path_factory.mktemp("room") for name in ROWS}

    def outcome(name: str) -> Outcome:
        room = rooms[name]
        arguments = ROWS[name][0](room)
        if arguments[0] in {"run", "demo"} and "--sessions" not in arguments:
            arguments += ["--sessions", str(room / "sessions")]
        before = set(room.rglob("*"))
        with director(*arguments, folder=room) as running:
            code = running.ended()
        made = [path.name for path in set(room.rglob("*")) - before if not path.name.startswith(".")]
        return Outcome(code, "\n".join(running.news), running.results, made)

    with ThreadPoolExecutor(3) as pool:
        return dict(zip(ROWS, pool.map(outcome, ROWS), strict=True))


@pytest.mark.parametrize("name", ROWS)
def test_bad_input_gets_one_sentence_and_leaves_nothing(name: str, outcomes: dict[str, Outcome]) -> None:
    found, sentence = outcomes[name], ROWS[name][1]
    assert sentence in found.news
    assert found.code == 2
    assert len(found.news.splitlines()) == 1
    assert "Traceback" not in found.news
    assert "secret" not in found.news
    assert found.results == []
    assert found.made in ([], ["sessions"])


def test_several_faults_are_told_at_once(tmp_path: Path) -> None:
    show = show_file(tmp_path / "show.toml", extra="colour = 3\nsessions = 4")
    with director("run", show) as running:
        assert running.ended() == 2
    assert [line.split(": ")[0].rsplit(", ")[-1] for line in running.news] == ["sessions", "colour"]


def test_labels_of_any_language_and_length_are_no_bad_input(tmp_path: Path) -> None:
    labels = ["Zoë 日本語 Ελλάδα 🎥 " + "lang " * 36, "[bold]:fire:[/bold]"]
    cameras = [{"id": name, "label": label, "kind": "synthetic"} for name, label in zip("ab", labels, strict=True)]
    show = small_show(camera=cameras, microphone=[], title="عنوان " * 20)
    folder, _ = recorded(show, tmp_path, 15)
    manifest = json.loads((folder / FILE_NAME).read_text("utf-8"))
    assert [camera["label"] for camera in manifest["cameras"]] == labels
    with director("check", folder) as running:
        assert running.ended() == 0
    with director("sessions", "--sessions", tmp_path, "--json") as running:
        assert running.ended() == 0
    assert json.loads("\n".join(running.results))[0]["title"] == show.title
