"""What is said of one past session in its row and its heading: when it was, how it is. Holds no Qt."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from director_app.engine.past_sessions import PastSession, PastState
from director_app.gui.models.words import counted, length, size
from director_app.post.jobs.order import Make
from director_app.session.manifest import Manifest

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
    rendered = (Tag("rendered"),) if is_rendered(session.manifest) else ()
    return (Tag(session.state.value, tone), *rendered, *more)


_FILMS = {Make.MASTER, Make.RECUT, Make.HIGHLIGHTS, Make.CLIPS, Make.CAMERAS}


def is_rendered(manifest: Manifest | None) -> bool:
    """Whether any film was made of it, and is complete."""
    made = () if manifest is None else manifest.deliveries
    return any(part.make in _FILMS and part.bytes is not None for part in made)


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


def span(seconds: float) -> str:
    """A short length: 0.4 s, 7 s, 2:05 min."""
    if seconds < 10:
        return f"{seconds:.1f}".removesuffix(".0") + " s"
    return f"{seconds:.0f} s" if seconds < 100 else f"{length(seconds)} min"


def camera_name(manifest: Manifest | None, number: int) -> str:
    """2 Ben."""
    labels = {} if manifest is None else {camera.number: camera.label for camera in manifest.cameras}
    return f"{number} {one_line(labels.get(number, ''))}".strip()
