"""What is said of one past session: when it was, its tags, its figures, its files. Holds no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from director_app.engine.past_sessions import PastSession, PastState
from director_app.engine.past_show import FileFound, PastShow, ShowFigures
from director_app.gui.models.words import counted, length, size
from director_app.session.manifest import FileRole, Manifest

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Not by strftime: Qt sets the user's locale, and the sentences around are English."""


NOTHING_RECORDED = "nothing recorded"


class Tone(Enum):
    """How a tag looks. AIR is for recording alone; AUTO is the machine at work."""

    PLAIN = "plain"
    AUTO = "auto"
    WARN = "warn"
    AIR = "air"


@dataclass(frozen=True, slots=True)
class Tag:
    """A few words in a box."""

    words: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell of the score card: 5.3, "a minute", "446 in all". warn: it is trouble."""

    name: str
    value: str
    unit: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One line of the list of files. problem: a sentence; tag: the same in a word or two. icon: of resources."""

    path: Path
    icon: str
    words: str
    length: str
    size: str
    tag: str = ""
    problem: str = ""

    @property
    def spoken(self) -> str:
        """For people who hear the window."""
        return ", ".join(part for part in (self.words, self.tag, self.length, self.size) if part)


def one_line(title: str) -> str:
    """A title without line breaks and control characters, which would break the layout of a row."""
    shown = "".join(letter if letter.isprintable() else " " for letter in title)
    return " ".join(shown.split()) or "Untitled"


def day(moment: datetime, now: datetime) -> str:
    """Today, or 14 Nov 2026; both moments in the same zone."""
    if moment.date() == now.date():
        return "Today"
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def when(moment: datetime, now: datetime) -> str:
    """Today with its time, every other day without: Today 20:00, 14 Nov 2026."""
    words = day(moment, now)
    return f"{words} {moment:%H:%M}" if words == "Today" else words


def row_detail(session: PastSession, now: datetime) -> str:
    """The second line of a row: Today 20:00, 1:24:10, 14.5 GB."""
    parts = [] if session.manifest is None else [when(session.manifest.created_at.astimezone(now.tzinfo), now)]
    if session.length_s is not None:
        parts.append(length(session.length_s))
    return ", ".join([*parts, size(session.bytes)])


def tags(session: PastSession) -> tuple[Tag, ...]:
    """The state, and how many files are not whole."""
    tone = {
        PastState.RECORDING: Tone.AIR,
        PastState.INTERRUPTED: Tone.WARN,
        PastState.DAMAGED: Tone.WARN,
    }.get(session.state, Tone.PLAIN)
    if session.is_empty:
        return (Tag(NOTHING_RECORDED, Tone.WARN),)
    hurt = 0 if session.manifest is None else sum(part.problem is not None for part in session.manifest.files)
    more = (Tag(counted(hurt, "file not whole", "files not whole"), Tone.WARN),) if hurt else ()
    return (Tag(session.state.value, tone), *more)


def about(session: PastSession, now: datetime) -> str:
    """The line under the title: Today 20:00 to 21:24, 4 cameras, 3 microphones, 1080p30."""
    manifest = session.manifest
    if manifest is None:
        return f"{size(session.bytes)} in {session.folder}"
    parts = [
        _from_to(manifest, now),
        counted(len(manifest.cameras), "camera", "cameras"),
        counted(len(manifest.microphones), "microphone", "microphones"),
        canvas_words(manifest),
    ]
    return ", ".join(parts)


def _from_to(manifest: Manifest, now: datetime) -> str:
    began = manifest.created_at.astimezone(now.tzinfo)
    ended = None if manifest.ended_at is None else manifest.ended_at.astimezone(now.tzinfo)
    words = f"{day(began, now)} {began:%H:%M}"
    # A recovered session was ended by its recovery, which says nothing about the show.
    if ended is None or manifest.state.value != "closed" or f"{ended:%H:%M}" == f"{began:%H:%M}":
        return words
    return f"{words} to {ended:%H:%M}"


def canvas_words(manifest: Manifest) -> str:
    """1080p30, 720p29.97."""
    numerator, denominator = manifest.canvas.fps
    rate = f"{numerator / denominator:.2f}".rstrip("0").rstrip(".")
    return f"{manifest.canvas.height}p{rate}"


def figures(show: PastShow) -> tuple[Figure, ...]:
    """The score card; empty where the log says nothing."""
    known = show.figures
    if known is None or show.length_s <= 0:
        return ()
    return (
        Figure("Cuts", f"{known.cuts * 60 / show.length_s:.1f}", "a minute", f"{known.cuts} in all"),
        _takes(known),
        _longest(known),
        _most(known, show),
        Figure("Marked wrong", str(known.wrong_cuts), "", f"of {counted(known.cuts, 'cut', 'cuts')}"),
        _lost(known),
    )


def _takes(known: ShowFigures) -> Figure:
    share = f"{known.takes * 100 / known.cuts:.0f} % of the cuts" if known.cuts else ""
    return Figure("Your takes", str(known.takes), "", share if known.takes else "all cuts by itself")


def _longest(known: ShowFigures) -> Figure:
    shot = known.longest
    if shot is None:
        return Figure("Longest shot", "0:00")
    return Figure("Longest shot", length(shot.length_s), "", f"{shot.number} {one_line(shot.label)}")


def _most(known: ShowFigures, show: PastShow) -> Figure:
    if not known.on_air_s:
        return Figure("Most on air", "0", "%")
    number = max(known.on_air_s, key=lambda each: known.on_air_s[each])
    share = known.on_air_s[number] * 100 / max(sum(known.on_air_s.values()), 1e-9)
    return Figure("Most on air", f"{share:.0f}", "%", camera_name(show.session.manifest, number))


def _lost(known: ShowFigures) -> Figure:
    total = sum(known.lost_s.values())
    if not known.lost_s:
        return Figure("Lost picture", "0", "s", "no camera was lost")
    each = ", ".join(f"{span(lost)} camera {number}" for number, lost in sorted(known.lost_s.items()))
    if len(known.lost_s) == 1:
        each = f"camera {next(iter(known.lost_s))}"
    value, _, unit = span(total).partition(" ")
    return Figure("Lost picture", value, unit, each)


def span(seconds: float) -> str:
    """A short length: 0.4 s, 7 s, 2:05 min."""
    if seconds < 10:
        return f"{seconds:.1f}".removesuffix(".0") + " s"
    return f"{seconds:.0f} s" if seconds < 100 else f"{length(seconds)} min"


def camera_name(manifest: Manifest | None, number: int) -> str:
    """2 Ben."""
    labels = {} if manifest is None else {camera.number: camera.label for camera in manifest.cameras}
    return f"{number} {one_line(labels.get(number, ''))}".strip()


_ICONS = {
    FileRole.PROGRAM: "film",
    FileRole.ISO: "camera",
    FileRole.MICROPHONE: "microphone",
}


def file_rows(files: Sequence[FileFound]) -> tuple[FileRow, ...]:
    """In the order in which they were found."""
    return tuple(_file_row(file) for file in files)


def _file_row(file: FileFound) -> FileRow:
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


def _icon(file: FileFound) -> str:
    if file.role is None:
        return {".mp4": "film", ".flac": "microphone"}.get(file.path.suffix, "document")
    return _ICONS.get(file.role, "document")


def _file_tag(file: FileFound) -> str:
    if file.problem is not None:
        return "missing" if file.bytes is None else "empty" if file.bytes == 0 else "not whole"
    return f"{span(file.lost_s)} lost" if file.lost_s >= 0.05 else ""


def files_summary(files: Sequence[FileFound]) -> str:
    """12 files, 14.5 GB."""
    total = sum(file.bytes or 0 for file in files)
    return f"{counted(len(files), 'file', 'files')}, {size(total)}"
