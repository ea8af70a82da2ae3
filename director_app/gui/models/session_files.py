"""The lines of a session's two lists of files: what was recorded, and what was made of it. Holds no Qt."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from director_app.engine.past_files import FileFound
from director_app.gui.models.session_words import one_line, span
from director_app.gui.models.words import counted, length, size
from director_app.post.jobs.order import Make
from director_app.session.manifest import DeliveryPart, FileRole

_RECORDED_ICONS = {
    FileRole.PROGRAM: "film",
    FileRole.ISO: "camera",
    FileRole.MICROPHONE: "microphone",
}
_MADE_ICONS: dict[Make | None, str] = {
    Make.CAMERAS: "camera",
    Make.SOUND: "microphone",
    Make.TIMELINES: "timeline",
    Make.STILLS: "document",
    Make.SCORE: "document",
}


@dataclass(frozen=True, slots=True)
class FileRow:
    """One line of a list of files. about: how it was made. problem: a sentence; tag: the same in a word or two.

    icon: of resources. members: the lines that this one stands for, which stand below it when it is opened.
    """

    path: Path
    icon: str
    words: str
    length: str
    size: str
    tag: str = ""
    problem: str = ""
    about: str = ""
    members: tuple["FileRow", ...] = ()
    is_member: bool = False

    @property
    def spoken(self) -> str:
        """For people who hear the window."""
        more = f"{counted(len(self.members), 'file', 'files')} in one line" if self.members else ""
        parts = (self.words, self.about, self.tag, self.length, self.size, more)
        return ", ".join(part for part in parts if part)


def recorded_rows(files: Sequence[FileFound]) -> tuple[FileRow, ...]:
    """All but what was made of the recordings; good microphones, and what only programs read, in one line each."""
    found = [file for file in files if file.delivery is None]
    return _grouped(found, _recorded_group, _recorded_row)


def made_rows(files: Sequence[FileFound]) -> tuple[FileRow, ...]:
    """Films, sound and exports, as the manifest has them; what belongs together in one line."""
    found = [file for file in files if file.delivery is not None]
    return _grouped(found, _made_group, _made_row)


def unfolded(rows: Sequence[FileRow], opened: frozenset[Path]) -> tuple[FileRow, ...]:
    """With the lines of those that are opened below them."""
    return tuple(each for row in rows for each in (row, *(row.members if row.path in opened else ())))


def files_summary(files: Sequence[FileFound]) -> str:
    """12 files, 14.5 GB."""
    total = sum(file.bytes or 0 for file in files)
    return f"{counted(len(files), 'file', 'files')}, {size(total)}"


def _grouped(
    files: Sequence[FileFound], group_of: Callable[[FileFound], str], row_of: Callable[[FileFound], FileRow]
) -> tuple[FileRow, ...]:
    """A group stands where its first file does."""
    groups: dict[str, list[FileFound]] = {}
    for file in files:
        groups.setdefault(group_of(file) or file.path.name, []).append(file)
    return tuple(
        row_of(each[0]) if len(each) == 1 else _group_row(each, [row_of(file) for file in each])
        for each in groups.values()
    )


def _group_row(files: Sequence[FileFound], rows: Sequence[FileRow]) -> FileRow:
    """path: the folder with the group's name, which is no file but tells it from the others."""
    names, total = [file.path.name for file in files], sum(file.bytes or 0 for file in files)
    lengths = {row.length for row in rows}
    return FileRow(
        path=files[0].path.parent / f"{names[0]} and others",
        icon=rows[0].icon,
        words=group_words(names),
        length=lengths.pop() if len(lengths) == 1 else "",
        size=size(total),
        about=rows[0].about if len({row.about for row in rows}) == 1 else "",
        members=tuple(replace(row, is_member=True) for row in rows),
    )


def group_words(names: Sequence[str]) -> str:
    """mic_1.flac to mic_3.flac; timeline.otio, .edl, .fcpxml; events.json, manifest.json."""
    numbers = [int("".join(re.findall(r"\d", name)) or 0) for name in names]
    is_counted = len({re.sub(r"\d+", "", name) for name in names}) == 1
    if is_counted and numbers == list(range(numbers[0], numbers[0] + len(names))):
        return f"{names[0]} to {names[-1]}"
    stems = {name.rpartition(".")[0] for name in names}
    if len(stems) == 1:
        return ", ".join([names[0], *(f".{name.rpartition('.')[2]}" for name in names[1:])])
    return ", ".join(names)


def _recorded_group(file: FileFound) -> str:
    """ "" for a file that stands by itself, as everything does that something is wrong with."""
    if file.problem is not None:
        return ""
    if file.role is FileRole.MICROPHONE:
        return "microphones"
    return "of programs" if file.path.suffix in {".json", ".jsonl"} else ""


def _made_group(file: FileFound) -> str:
    """Timelines, pictures and microphones are many; films are looked at one by one."""
    assert file.delivery is not None
    make = file.delivery.make
    if make in {Make.TIMELINES, Make.STILLS}:
        return make
    return "microphones" if make == Make.SOUND and file.path.name.startswith("mic_") else ""


def _recorded_row(file: FileFound) -> FileRow:
    label = f", {one_line(file.label)}" if file.label else ""
    return FileRow(
        path=file.path,
        icon=_icon(file),
        words=f"{file.path.name}{label}",
        length="" if file.length_s is None else length(file.length_s),
        size="" if file.bytes is None else size(file.bytes),
        tag=_file_tag(file),
        problem=file.problem or "",
    )


def _made_row(file: FileFound) -> FileRow:
    assert file.delivery is not None
    warnings = _words(file.delivery.facts.get("warnings"))
    return FileRow(
        path=file.path,
        icon=_MADE_ICONS.get(_make(file.delivery), "film"),
        words=file.path.name,
        length="" if file.length_s is None else length(file.length_s),
        size="" if file.bytes is None else size(file.bytes),
        tag=counted(len(warnings), "note", "notes") if warnings else "",
        problem=" ".join(warnings),
        about=delivery_words(file.delivery),
    )


def delivery_words(part: DeliveryPart) -> str:
    """smart, −16.0 LUFS: how its pictures were made, and how loud it is."""
    loudness = part.facts.get("loudness")
    lufs = loudness.get("lufs") if isinstance(loudness, dict) else None
    way = part.facts.get("way")
    words = [way] if isinstance(way, str) else []
    if isinstance(lufs, int | float):
        words.append(f"{lufs:.1f} LUFS".replace("-", "\u2212"))
    return ", ".join(words)


def _make(part: DeliveryPart) -> Make | None:
    return Make(part.make) if part.make in set(Make) else None


def _words(facts: object) -> list[str]:
    return [one_line(each) for each in facts if isinstance(each, str)] if isinstance(facts, list | tuple) else []


def _icon(file: FileFound) -> str:
    if file.role is None:
        return {".mp4": "film", ".flac": "microphone", ".wav": "microphone"}.get(file.path.suffix, "document")
    return _RECORDED_ICONS.get(file.role, "document")


def _file_tag(file: FileFound) -> str:
    if file.problem is not None:
        return "missing" if file.bytes is None else "empty" if file.bytes == 0 else "not whole"
    return f"{span(file.lost_s)} lost" if file.lost_s >= 0.05 else ""
