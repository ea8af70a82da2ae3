"""What is said of the renderer's jobs: one row for a session, one chip in the list. Holds no Qt.

Knows jobs as they were looked at last. Must not ask the renderer for anything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from director_app.engine.rendering import RenderNow, RenderPhase
from director_app.gui.models.session_words import Tag, Tone
from director_app.gui.models.words import counted, joined, spoken
from director_app.post.jobs.order import JobOrder, JobResult, JobState, MadePart, Make

OPEN = (RenderPhase.RUNNING, RenderPhase.HELD, RenderPhase.WAITING)
"""Still to be done, and told of a session first."""

OVER = (RenderPhase.DONE,)


class Pace(Enum):
    """How a job goes: blue, grey, amber; MADE has no colour."""

    RUNNING = "running"
    WAITING = "waiting"
    STOPPED = "stopped"
    MADE = "made"


class Answer(Enum):
    """The buttons of a job."""

    RETRY = "Retry"
    CANCEL = "Cancel"
    DISMISS = "Dismiss"


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job in words. more: after the title. share: 0 to 1, None where nobody can tell. sentences: below."""

    number: int
    pace: Pace
    title: str
    more: str = ""
    share: float | None = None
    left: str = ""
    sentences: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = (Answer.CANCEL,)

    @property
    def percent(self) -> str:
        """62 %."""
        return "" if self.share is None else f"{int(self.share * 100)} %"

    @property
    def spoken(self) -> str:
        """For people who hear the window."""
        words = ", ".join(part for part in (self.title, self.more, self.percent, self.left) if part)
        return " ".join([f"{words}.", *self.sentences])


@dataclass(frozen=True, slots=True)
class Jobs:
    """All jobs, oldest first. records: whether a show is recorded, for which all of them wait. problem: why nothing
    can be rendered at all.
    """

    all: tuple[RenderNow, ...] = ()
    records: bool = False
    problem: str | None = None

    def of(self, folder: Path) -> RenderNow | None:
        """The one to be told of a session: what is still to be done, else what was done last."""
        own = [job for job in self.all if job.order is not None and Path(job.order.session) == folder.absolute()]
        for phase in OPEN:
            if (found := next((job for job in own if job.phase is phase), None)) is not None:
                return found
        return own[-1] if own else None

    def is_open(self, folder: Path) -> bool:
        """Whether something is still to be done for a session."""
        job = self.of(folder)
        return job is not None and job.phase in OPEN

    def numbers(self, phases: Sequence[RenderPhase]) -> frozenset[int]:
        """Of the jobs that are so far."""
        return frozenset(job.number for job in self.all if job.phase in phases)

    def damaged(self) -> frozenset[int]:
        """Jobs of which nobody knows whose they were."""
        return frozenset(job.number for job in self.all if job.order is None)

    def row(self, folder: Path, cameras: int) -> JobRow | None:
        """None: nothing is to be told. cameras: of the session."""
        job = self.of(folder)
        if job is None or job.order is None:
            return None
        match job.phase:
            case RenderPhase.RUNNING:
                return _running(job, job.order, cameras)
            case RenderPhase.WAITING:
                return self._waiting(job, job.order, cameras)
            case RenderPhase.HELD:
                return _held(job, cameras)
            case RenderPhase.DONE:
                return None if job.result is None else _done(job.number, job.result, cameras)

    def chips(self) -> dict[Path, Tag]:
        """By folder, for every session of which a chip tells more than its files do."""
        folders = dict.fromkeys(Path(job.order.session) for job in self.all if job.order is not None)
        chips = ((folder, _chip(self.of(folder))) for folder in folders)
        return {folder: chip for folder, chip in chips if chip is not None}

    def _waiting(self, job: RenderNow, order: JobOrder, cameras: int) -> JobRow:
        before = sum(each.phase in {RenderPhase.RUNNING, RenderPhase.WAITING} for each in self._before(job))
        if self.records:
            title = "Waits: a show is being recorded"
        elif before:
            title = f"Waits for {counted(before, 'other', 'others')}"
        else:
            title = "Waits for its turn"
        problem = () if self.problem is None else (self.problem,)
        return JobRow(job.number, Pace.WAITING, title, made_words(order.make, cameras), 0.0, "", problem)

    def _before(self, job: RenderNow) -> Iterable[RenderNow]:
        return (each for each in self.all if each.number < job.number)


_DOES = {
    Make.TIMELINES: ("Exporting {}", "exporting"),
    Make.SCORE: ("Working out the score card", "scoring"),
    Make.SOUND: ("Writing {}", "rendering"),
    Make.STILLS: ("Drawing {}", "rendering"),
}
"""Title while it is made, and the chip's word; films are rendered."""

_RENDERING = ("Rendering {}", "rendering")


def make_of(work: str) -> Make:
    """What a file belongs to, by its name."""
    name, _, ending = work.partition(".")
    for shape in (Make.VERTICAL, Make.SQUARE):
        if name.endswith(f"_{shape}"):
            return shape
    if name.startswith("cam_"):
        return Make.CAMERAS
    if name.startswith("highlight_"):
        return Make.CLIPS
    if ending in {"wav", "mp3"}:
        return Make.SOUND
    known = {"timeline": Make.TIMELINES, **{each.value: each for each in Make}}
    return known.get(name, Make.STILLS)


def made_words(makes: Sequence[Make], cameras: int) -> str:
    """master.mp4, highlights.mp4 and 4 camera files."""
    words = {
        Make.MASTER: "master.mp4",
        Make.RECUT: "recut.mp4",
        Make.HIGHLIGHTS: "highlights.mp4",
        Make.CLIPS: "clips",
        Make.VERTICAL: "vertical films",
        Make.SQUARE: "square films",
        Make.CAMERAS: counted(cameras, "camera file", "camera files"),
        Make.SOUND: "sound files",
        Make.STILLS: "pictures",
        Make.TIMELINES: "timelines",
        Make.SCORE: "the score card",
    }
    return joined([words[make] for make in dict.fromkeys(makes)])


def _running(job: RenderNow, order: JobOrder, cameras: int) -> JobRow:
    now = job.progress
    if now is None:
        return JobRow(job.number, Pace.RUNNING, "Beginning", made_words(order.make, cameras), 0.0)
    left = "" if now.left_s is None else f"{spoken(now.left_s)} left"
    if not now.work:
        title = f"{now.what[:1].upper()}{now.what[1:]}"
        return JobRow(job.number, Pace.RUNNING, title, _then(order.make, cameras), now.share, left)
    make = make_of(now.work)
    title = _DOES.get(make, _RENDERING)[0].format(now.work)
    behind = order.make[order.make.index(make) + 1 :] if make in order.make else ()
    # A film of each camera is one wish and many files: those that are left come before the next wish.
    others = max(0, cameras - _number(now.work)) if make is Make.CAMERAS else 0
    then = _then((make, *behind), others) if others else _then(behind, cameras)
    return JobRow(job.number, Pace.RUNNING, title, then, now.share, left)


def _number(work: str) -> int:
    digits = "".join(letter for letter in work.partition(".")[0] if letter.isdecimal())
    return int(digits or 0)


def _then(makes: Sequence[Make], cameras: int) -> str:
    return f"then {made_words(makes, cameras)}" if makes else ""


def _held(job: RenderNow, cameras: int) -> JobRow:
    result = job.result
    problems = () if result is None else result.problems
    made = "" if result is None or not result.made else f"{_made(result.made, cameras)} done"
    says = problems or ("It could not go on.",)
    return JobRow(job.number, Pace.STOPPED, "Stopped", made, None, "", says, (Answer.RETRY, Answer.CANCEL))


def _done(number: int, result: JobResult, cameras: int) -> JobRow:
    made = _made(result.made, cameras)
    if result.state is not JobState.DONE:
        title = "Not all of it could be made" if made else "It could not be made"
        more = f"{made} done" if made else ""
        says = (*result.problems, *result.notes)
        return JobRow(number, Pace.STOPPED, title, more, None, "", says, (Answer.RETRY, Answer.DISMISS))
    title = f"Made {made}" if made else "Nothing was made"
    if made and all(part.kept for part in result.made):
        title = f"There already: {made}"
    return JobRow(number, Pace.MADE, title, "", None, "", result.notes, (Answer.DISMISS,))


def _made(parts: Sequence[MadePart], cameras: int) -> str:
    """As made_words, with clips and cameras counted as they were made."""
    makes = dict.fromkeys(part.make for part in parts)
    names = {make: [part.name for part in parts if part.make is make] for make in makes}
    words = {
        Make.CLIPS: counted(len(names.get(Make.CLIPS, ())), "clip", "clips"),
        Make.CAMERAS: counted(len(names.get(Make.CAMERAS, ())), "camera file", "camera files"),
    }
    return joined([words.get(make) or made_words([make], cameras) for make in makes])


def _chip(job: RenderNow | None) -> Tag | None:
    if job is None or job.order is None:
        return None
    word = _DOES.get(job.order.make[0], _RENDERING)[1] if len(job.order.make) == 1 else _RENDERING[1]
    match job.phase:
        case RenderPhase.RUNNING:
            share = 0.0 if job.progress is None else job.progress.share
            return Tag(f"{word} {int(share * 100)} %", Tone.AUTO)
        case RenderPhase.WAITING:
            return Tag(f"{word} waits")
        case RenderPhase.HELD:
            return Tag(f"{word} stopped", Tone.WARN)
        case RenderPhase.DONE:
            failed = job.result is not None and job.result.state is not JobState.DONE
            return Tag(f"{word} failed", Tone.WARN) if failed else None
