"""What a job makes besides films: sound, pictures, timelines, the score card."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from director_app.core.edits import Edit
from director_app.post.jobs.facts import sound_facts
from director_app.post.jobs.ledger import Replace
from director_app.post.jobs.order import JobError, Make
from director_app.post.jobs.progress import Weight
from director_app.post.jobs.work import Done, Work
from director_app.post.render.order import LoudnessTarget
from director_app.post.render.peaks import write_peaks
from director_app.post.render.progress import Progress, Stage
from director_app.post.render.sheets import write_contact_sheet, write_poster, write_thumbnails
from director_app.post.render.sounds import SoundResult, write_microphone, write_mix
from director_app.post.score import Step, score_session
from director_app.post.score_documents import SCORE_NAME, score_document
from director_app.post.session_talk import ClosedSession
from director_app.post.timelines.export import Replacing, export_session
from director_app.post.timelines.formats import Format, file_name
from director_app.post.timelines.model import Why
from director_app.post.timelines.reasons import Cut
from director_app.post.timelines.seal import is_intact
from director_app.session.atomic import write_atomically
from director_app.session.manifest import FileRole

_STILL_SHARE = 0.05
_SOUND_SHARE = 0.4
_SCORE_SHARE = 1.0
"""Of the time that a copied film of the same length takes."""

_MOST_JSON = 50_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """A session and the folder that what is made of it goes to."""

    session: ClosedSession
    out: Path

    @property
    def folder(self) -> Path:
        """The session's own."""
        return self.session.folder

    def fingerprint(self, *asked: object) -> str:
        """Changes when something else is asked for, or when a recording is another one."""
        parts = self.session.manifest.files
        files = [(part.name, _size(self.folder / part.name)) for part in parts]
        content = json.dumps([self.session.manifest.id, files, asked], default=str, sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:32]

    def weight(self, share: float) -> Weight:
        """Of a work that takes this share of the time of a copied film."""
        return Weight.other(share * self.session.length)


def shots_of(edit: Edit) -> list[tuple[int, str, int, int]]:
    """(frame, camera, first slot, slot after the last) of every shot, for fingerprints."""
    return [(each.frame, each.shot.camera, each.shot.first, each.shot.end) for each in edit.shots()]


def sound_works(place: Place, loudness: LoudnessTarget) -> Iterator[Work]:
    """Every microphone as it was recorded, and the mix as loud as a film's."""
    for number, _ in enumerate(place.session.manifest.microphones, 1):
        name = f"mic_{number}.wav"
        run = partial(_microphone, place, number, name)
        yield Work(name, Make.SOUND, place.fingerprint(name), place.weight(_SOUND_SHARE / 4), run)
    for name in ("mix.wav", "mix.mp3"):
        run = partial(_mix, place, loudness, name)
        yield Work(name, Make.SOUND, place.fingerprint(name, loudness), place.weight(_SOUND_SHARE), run)


def _microphone(place: Place, number: int, name: str, progress: Progress) -> Done:
    return _sound_done(write_microphone(place.folder, number, place.out / name, progress), place)


def _mix(place: Place, loudness: LoudnessTarget, name: str, progress: Progress) -> Done:
    return _sound_done(write_mix(place.folder, place.out / name, loudness, progress), place)


def _sound_done(made: SoundResult, place: Place) -> Done:
    facts = {} if made.sound is None else sound_facts(made.sound)
    return Done(made.bytes, place.session.length, facts | {"warnings": list(made.warnings)})


def still_works(place: Place) -> Iterator[Work]:
    """Pictures of the program as it was recorded, and the waveforms of all microphones."""
    title = place.session.manifest.title
    makers: dict[str, Callable[[Path], object]] = {
        "contact_sheet.jpg": lambda path: write_contact_sheet(_program(place), path, title),
        "poster.jpg": lambda path: write_poster(_program(place), path),
        "thumbnails.jpg": lambda path: write_thumbnails(_program(place), path),
    }
    for name, make in makers.items():
        run = partial(_still, place.out / name, make)
        yield Work(name, Make.STILLS, place.fingerprint(name, title), place.weight(_STILL_SHARE), run)
    name = "peaks.npz"
    run = partial(_peaks, place, place.out / name)
    yield Work(name, Make.STILLS, place.fingerprint(name), place.weight(_STILL_SHARE * 2), run)


def _still(path: Path, make: Callable[[Path], object], _progress: Progress) -> Done:
    make(path)
    return Done(path.stat().st_size, None, {})


def _peaks(place: Place, path: Path, progress: Progress) -> Done:
    found = write_peaks(place.folder, path, progress)
    return Done(path.stat().st_size, None, {"warnings": list(found.problems.values())})


def _program(place: Place) -> Path:
    part = place.session.manifest.file(FileRole.PROGRAM)
    if part is None:
        raise JobError(f"{place.folder} has no program, so there are no pictures of it.")
    return place.folder / part.name


def timeline_works(place: Place, edit: Edit, replace: Replace, reasons: Mapping[Cut, Why]) -> Iterator[Work]:
    """For every editor that there is a format for."""
    for form in Format:
        name = file_name(form)
        run = partial(_timeline, place, edit, Replacing(replace.value), form, reasons)
        fingerprint = place.fingerprint(name, shots_of(edit))
        yield Work(name, Make.TIMELINES, fingerprint, place.weight(0), run, _is_our_timeline)


def _timeline(
    place: Place,
    edit: Edit,
    replacing: Replacing,
    form: Format,
    reasons: Mapping[Cut, Why],
    _progress: Progress,
) -> Done:
    done = export_session(place.folder, [form], place.out, replacing, edit, reasons)
    return Done(done.files[form].stat().st_size, len(edit), {"warnings": list(done.timeline.problems)})


def _is_our_timeline(path: Path) -> bool:
    with suppress(OSError, ValueError):
        return path.stat().st_size < _MOST_JSON * 4 and is_intact(path.read_text("utf-8"))
    return False


def score_works(place: Place) -> Iterator[Work]:
    """The score card, as the desk shows it."""
    run = partial(_score, place, place.out / SCORE_NAME)
    marks = [event for event in place.session.events if event["type"] in {"wrong_cut", "marker"}]
    fingerprint = place.fingerprint(SCORE_NAME, marks)
    yield Work(SCORE_NAME, Make.SCORE, fingerprint, place.weight(_SCORE_SHARE), run, partial(_is_our_score, place))


def _score(place: Place, path: Path, progress: Progress) -> Done:
    steps = list(Step)

    def tell(step: Step, share: float) -> None:
        progress.at(Stage.SCORING, steps.index(step) * 100 + round(share * 100), len(steps) * 100)

    document = score_document(score_session(place.session, tell))
    write_atomically(path, json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    return Done(path.stat().st_size, None, {})


def _is_our_score(place: Place, path: Path) -> bool:
    with suppress(OSError, ValueError, AttributeError):
        content = json.loads(path.read_bytes()[:_MOST_JSON])
        return bool(content.get("session") == place.session.manifest.id)
    return False


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None
