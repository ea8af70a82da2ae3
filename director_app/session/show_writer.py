"""Writing SHOW.toml: what `director run` reads back to the very same show. Must not decide what a show may say."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from director_app.session.atomic import write_atomically
from director_app.session.errors import FolderError
from director_app.session.show import AfterTable, Show, TitlesTable

_COLUMN = 33

_COMMENTS = {
    "canvas.width": "pixels, even",
    "canvas.fps": "23.976, 24, 25, 29.97, 30, 50, 59.94 or 60",
    "recording.preset": '"auto", "ultrafast", "superfast" or "veryfast": slower presets make smaller files',
    "recording.crf": "quality, 10 (best) to 35",
    "recording.maxrate_mbit": "most Mbit/s of one camera; the same packets go live",
    "directing.style": '"calm": fewer, surer cuts; "normal"; "lively": early cuts, listeners, wide shots',
    "directing.confirm_s": "seconds of speech before somebody takes the floor",
    "directing.minimum_shot_s": "no automatic shot is shorter",
    "directing.cuts_per_minute": "at most this many cuts in any 60 s",
    "directing.hold_after_take_s": 'after your take the automatic waits so long; or "stay manual"',
    "directing.programme_delay_s": "the program leaves so long after the room, 0 to 3",
    "after.make": "made when the recording has stopped: master, highlights, clips, cameras, sound, timelines, ...",
    "after.title_cards": "a card with its title stands before each of the best moments",
    "after.loudness": '"talk" -16 LUFS, "online" -14, "broadcast" -23, or "as-recorded"',
    "titles.lower_thirds": "films show who somebody is, at his first long turn",
    "titles.live": "the program shows it too, while the show runs; the key N does so at any time",
    "titles.position": '"left" or "right"',
    "titles.colour": "of the line beside the name",
    "titles.seconds": "a name stays so long, 2 to 20",
    "camera.wide": "shows everybody",
    "camera.rotation": "its pictures are turned clockwise, degrees",
    "camera.offset_ms": "how much later than the others it arrives",
    "microphone.camera": "shows whoever speaks here",
    "microphone.name": "as films show it; default: the label",
    "microphone.role": "the line under the name",
    "microphone.offset_ms": "how much later than the others it arrives",
}
_HEAD = "# A show for AI Director. Lines that begin with # are not read. Start it with:  director run {name}\n"
_CAMERAS = "# Cameras in the order of their keys 1 to 9. Kinds: device, stream, file, synthetic, demo.\n"
_MICROPHONES = "# Microphones. One device with several channels can serve as several microphones.\n"

_UNSAID = {"wide": False, "rotation": 0, "offset_ms": 0.0, "loop": True, "channel": 1, "clock_ppm": 0.0}
"""What a file need not say where it is so."""


def show_text(show: Show, path: Path) -> str:
    """The text of a show file that will stand at path; what lies in or under its folder is named from there."""
    folder = path.absolute().parent
    top = [_line("", "title", show.title, folder)]
    if show.sessions is not None:
        top.append(_line("", "sessions", show.sessions, folder))
    parts = [_HEAD.format(name=_on_one_line(path.name)) + "\n" + "\n".join(top) + "\n"]
    parts += [_table(name, f"[{name}]", getattr(show, name), folder) for name in ("canvas", "recording", "directing")]
    if show.after != AfterTable():
        parts.append(_table("after", "[after]", show.after, folder))
    if show.titles != TitlesTable():
        parts.append(_table("titles", "[titles]", show.titles, folder))
    cameras = [_table("camera", "[[camera]]", each, folder) for each in show.camera]
    microphones = [_table("microphone", "[[microphone]]", each, folder) for each in show.microphone]
    parts += [_CAMERAS + "\n".join(cameras)]
    if microphones:
        parts += [_MICROPHONES + "\n".join(microphones)]
    return "\n".join(parts)


def write_show(show: Show, path: Path) -> None:
    """Replaces the file, whole or not at all. Raises FolderError."""
    try:
        write_atomically(path, show_text(show, path))
    except OSError as error:
        raise FolderError(f"{path} cannot be written: {error.strerror or error}. Choose another place.") from None
    except UnicodeEncodeError:
        raise FolderError(
            f"{path} is not written: a name or path in the show holds letters that are no text. Rename it."
        ) from None


def _table(name: str, head: str, table: BaseModel, folder: Path) -> str:
    lines = [_line(name, key, value, folder) for key, value in _said(table)]
    return "\n".join([head, *lines]) + "\n"


def _said(table: BaseModel) -> Iterator[tuple[str, Any]]:
    for key in type(table).model_fields:
        value = getattr(table, key)
        if value is not None and not (key in _UNSAID and value == _UNSAID[key]):
            yield key, value


def _line(table: str, key: str, value: object, folder: Path) -> str:
    text = f"{key} = {_value(value, folder)}"
    comment = _COMMENTS.get(f"{table}.{key}")
    return text if comment is None else f"{text:<{_COLUMN}}# {comment}"


def _value(value: object, folder: Path) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case int():
            return str(value)
        case Path():
            return _quoted(_path(value, folder))
        case tuple():
            return f"[{', '.join(_value(each, folder) for each in value)}]"
        case _:
            return _quoted(str(value))


def _path(path: Path, folder: Path) -> str:
    """From the file's folder if it lies there, so that folder and file can be moved together."""
    absolute = path.absolute()
    if not absolute.is_relative_to(folder):
        return str(absolute)
    inner = absolute.relative_to(folder).as_posix()
    # A reader would take ~ for somebody's home.
    return str(absolute) if inner.startswith("~") else inner


def _quoted(text: str) -> str:
    # TOML takes JSON's strings, but for one character that JSON leaves as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _on_one_line(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)
