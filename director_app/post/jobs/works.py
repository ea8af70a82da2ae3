"""From what a job is asked for to single files, each with its fingerprint and its way of being made."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from director_app.core.cut_list import CutList
from director_app.core.edits import Edit, parts_of, whole_show
from director_app.core.highlights import Highlights, highlights
from director_app.core.sources import CameraId
from director_app.post.highlights import material_of
from director_app.post.jobs.order import JobError, JobOrder, Make
from director_app.post.jobs.progress import Weight
from director_app.post.render.film import render_film
from director_app.post.render.order import Chapter, Delivery, FilmOrder, RenderedFilm, Way
from director_app.post.render.progress import Progress
from director_app.post.session_edits import RecutWish, live_edit, recut_session
from director_app.post.session_talk import ClosedSession, SessionTalk, talk_of_session
from director_app.post.timelines.export import Replacing, export_session
from director_app.post.timelines.formats import Format, file_name
from director_app.post.timelines.read_otio import read_otio

MASTER_NAME = "master.mp4"
RECUT_NAME = "recut.mp4"
HIGHLIGHTS_NAME = "highlights.mp4"


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a work. bytes: of its file. facts: how it was made and what was measured, by name."""

    bytes: int
    slots: int | None
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Work:
    """One file. order: a fingerprint of everything that it depends on. run: raises SessionError."""

    name: str
    make: Make
    order: str
    weight: Weight
    run: Callable[[Progress], Done]


class Works:
    """What one job makes of one session. Hears the session once, when something needs it."""

    def __init__(self, order: JobOrder, session: ClosedSession, out: Path, hear: Callable[[float], None]) -> None:
        """hear: is told how much of the sound was heard, 0 to 1."""
        self._order, self._session, self._out, self._hear = order, session, out, hear
        self.notes: list[str] = []

    def all(self) -> Iterator[Work]:
        """In the order in which they are made; each yields nothing where there is nothing to make, and notes why.

        Raises SessionError.
        """
        makers: dict[Make, Callable[[], Iterator[Work]]] = {
            Make.MASTER: self._master,
            Make.RECUT: self._recut_film,
            Make.HIGHLIGHTS: self._highlights_film,
            Make.CLIPS: self._clips,
            Make.CAMERAS: self._cameras,
            Make.TIMELINES: self._timelines,
        }
        for make in dict.fromkeys(self._order.make):
            yield from makers[make]()

    def _master(self) -> Iterator[Work]:
        yield self._film(Make.MASTER, MASTER_NAME, live_edit(self._session))

    def _recut_film(self) -> Iterator[Work]:
        yield self._film(Make.RECUT, RECUT_NAME, self._edit)

    def _highlights_film(self) -> Iterator[Work]:
        clips = self._found.clips
        if not clips:
            return
        edit = parts_of(self._edit, [(clip.first, clip.end) for clip in clips])
        firsts = accumulate(map(len, edit.stretches), initial=0)
        chapters = tuple(Chapter(frame, clip.title) for frame, clip in zip(firsts, clips, strict=False))
        yield self._film(Make.HIGHLIGHTS, HIGHLIGHTS_NAME, edit, f"{self._title}: highlights", chapters)

    def _clips(self) -> Iterator[Work]:
        for number, clip in enumerate(self._found.clips, 1):
            edit = parts_of(self._edit, [(clip.first, clip.end)])
            chapters = (Chapter(0, clip.title),)
            yield self._film(Make.CLIPS, f"highlight_{number}.mp4", edit, f"{self._title}: {clip.title}", chapters)

    def _cameras(self) -> Iterator[Work]:
        for camera in self._session.manifest.cameras:
            edit = whole_show(CutList(CameraId(camera.id)), self._session.length)
            title = f"{self._title}: {camera.label}"
            yield self._film(Make.CAMERAS, f"cam_{camera.number}.mp4", edit, title)

    def _timelines(self) -> Iterator[Work]:
        for form in Format:
            fingerprint = self._fingerprint(form.value, _shots(self._edit))
            run = partial(self._export, form)
            yield Work(file_name(form), Make.TIMELINES, fingerprint, Weight.copied(1), run)

    def _export(self, form: Format, _progress: Progress) -> Done:
        # Strangers in the way were refused already; a timeline that was changed by hand is found by its seal.
        done = export_session(self._session.folder, [form], self._out, Replacing.OWN, self._edit)
        return Done(done.files[form].stat().st_size, None, {"problems": list(done.timeline.problems)})

    @cached_property
    def _edit(self) -> Edit:
        """The cut made again where one was asked for, else the live one."""
        wish = self._order.recut
        if Make.RECUT not in self._order.make:
            return live_edit(self._session)
        if wish.timeline is not None:
            return read_otio(Path(wish.timeline), self._session.manifest)
        return recut_session(self._session, self._heard, RecutWish(wish.style, wish.without, wish.takes)).edit

    @cached_property
    def _heard(self) -> SessionTalk:
        heard = talk_of_session(self._session, self._hear)
        self.notes += heard.problems
        return heard

    @cached_property
    def _found(self) -> Highlights:
        if len(self._edit.stretches) > 1:
            raise JobError("Highlights of a timeline with jumps cannot be made: make them of the whole show.")
        found = highlights(material_of(self._session, self._heard))
        if found.why_none is not None:
            self.notes.append(f"No highlights were made. {found.why_none}")
        return found

    @property
    def _title(self) -> str:
        return self._session.manifest.title

    def _film(
        self, make: Make, name: str, edit: Edit, title: str | None = None, chapters: tuple[Chapter, ...] | None = None
    ) -> Work:
        order = self._order
        delivery = order.delivery()
        film = FilmOrder(
            self._session.folder, edit, self._out / name, delivery, order.missing, order.way, title, chapters
        )
        asked = (name, _shots(edit), asdict(delivery), order.missing, order.way, title, chapters)
        encodes = order.way is Way.FULL or delivery != Delivery(loudness=delivery.loudness)
        weight = Weight.encoded(len(edit)) if encodes else Weight.copied(len(edit))
        return Work(name, make, self._fingerprint(*asked), weight, lambda progress: _rendered(film, progress))

    def _fingerprint(self, *asked: object) -> str:
        """Changes when something else is asked for, or when a recording is another one."""
        files = [(part.name, _size(self._session.folder / part.name)) for part in self._session.manifest.files]
        content = json.dumps([self._session.manifest.id, files, asked], default=str, sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:32]


def film_facts(film: RenderedFilm) -> dict[str, Any]:
    """As manifests and results have them."""
    sound = film.sound
    return {
        "way": film.way.value,
        "why": film.why,
        "encoded_frames": film.encoded_frames,
        "loudness": {
            "target": sound.target.value,
            "before_lufs": sound.before.lufs,
            "lufs": sound.after.lufs,
            "true_peak_db": sound.after.true_peak_db,
            "gain_db": sound.gain_db,
        },
        "sound_from": list(sound.came_from),
        "warnings": list(film.warnings),
    }


def _rendered(order: FilmOrder, progress: Progress) -> Done:
    film = render_film(order, progress)
    return Done(film.bytes, film.slots, film_facts(film))


def _shots(edit: Edit) -> list[tuple[int, str, int, int]]:
    return [(each.frame, each.shot.camera, each.shot.first, each.shot.end) for each in edit.shots()]


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None
