"""From what a job is asked for to single files, each with its fingerprint and its way of being made."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from director_app.core.close_ups import close_ups
from director_app.core.decisions import Cause
from director_app.core.edits import Edit, parts_of
from director_app.core.highlights import Clip, Highlights, highlights
from director_app.core.lower_thirds import Once
from director_app.core.sources import CameraId
from director_app.post.highlights import material_of
from director_app.post.jobs.dressing import Dressing, clip_chapters, dressing_of
from director_app.post.jobs.facts import film_facts, name_facts
from director_app.post.jobs.ledger import Replace
from director_app.post.jobs.order import JobError, JobOrder, Make
from director_app.post.jobs.progress import Weight
from director_app.post.jobs.side_works import (
    Place,
    score_works,
    shots_of,
    sound_works,
    still_works,
    timeline_works,
)
from director_app.post.jobs.work import Done, Work
from director_app.post.render.camera_film import camera_order
from director_app.post.render.film import render_film
from director_app.post.render.framing import Shape, framing
from director_app.post.render.order import Delivery, FilmOrder, Way
from director_app.post.render.progress import Progress
from director_app.post.session_edits import RecutWish, SessionRecut, recut_session
from director_app.post.session_talk import ClosedSession, SessionTalk, talk_of_session
from director_app.post.timelines.gather import live_edit
from director_app.post.timelines.model import Why
from director_app.post.timelines.read_otio import read_otio
from director_app.post.timelines.reasons import AS_LOGGED, Cut

MASTER_NAME = "master.mp4"
RECUT_NAME = "recut.mp4"
HIGHLIGHTS_NAME = "highlights.mp4"


class Works:
    """What one job makes of one session. Hears the session once, when something needs it."""

    def __init__(
        self, order: JobOrder, session: ClosedSession, out: Path, replace: Replace, hear: Callable[[float], None]
    ) -> None:
        """hear: is told how much of the sound was heard, 0 to 1."""
        self._order, self._session, self._replace, self._hear = order, session, replace, hear
        self._place = Place(session, out)
        self.notes: list[str] = []
        self._dressing = Dressing(order, session, lambda: self._heard, self.notes)

    def all(self) -> Iterator[Work]:
        """In the order in which they are made; each yields nothing where there is nothing to make, and notes why.

        Raises SessionError.
        """
        makers: dict[Make, Callable[[], Iterator[Work]]] = {
            Make.MASTER: self._master,
            Make.RECUT: self._recut_film,
            Make.HIGHLIGHTS: self._highlights_film,
            Make.CLIPS: self._clips,
            Make.VERTICAL: partial(self._narrow, Make.VERTICAL, Shape.VERTICAL),
            Make.SQUARE: partial(self._narrow, Make.SQUARE, Shape.SQUARE),
            Make.CAMERAS: self._cameras,
            Make.SOUND: partial(sound_works, self._place, self._order.loudness),
            Make.STILLS: partial(still_works, self._place),
            Make.TIMELINES: self._timelines,
            Make.SCORE: partial(score_works, self._place),
        }
        for make in dict.fromkeys(self._order.make):
            yield from makers[make]()

    def _master(self) -> Iterator[Work]:
        yield self._film(Make.MASTER, MASTER_NAME, self._live)

    def _recut_film(self) -> Iterator[Work]:
        yield self._film(Make.RECUT, RECUT_NAME, self._edit)

    def _highlights_film(self) -> Iterator[Work]:
        clips = self._found.clips
        if not clips:
            return
        edit = self._edit_of(clips)
        facts = {"clips": [_clip_facts(clip) for clip in clips]}
        yield self._film(Make.HIGHLIGHTS, HIGHLIGHTS_NAME, edit, f"{self._title}: highlights", clips, facts)

    def _clips(self) -> Iterator[Work]:
        for number, clip in enumerate(self._found.clips, 1):
            name, facts = f"highlight_{number}.mp4", {"clip": _clip_facts(clip)}
            edit = self._edit_of((clip,))
            yield self._film(Make.CLIPS, name, edit, f"{self._title}: {clip.title}", (clip,), facts)

    def _narrow(self, make: Make, shape: Shape) -> Iterator[Work]:
        """Highlights, and clips if they are made, that follow whoever speaks."""
        clips = self._found.clips
        if not clips:
            return
        films = {f"highlights_{shape.value}.mp4": clips}
        if Make.CLIPS in self._order.make:
            films |= {f"highlight_{number}_{shape.value}.mp4": (clip,) for number, clip in enumerate(clips, 1)}
        for name, shown in films.items():
            edit = self._dressing.with_room(self._close_ups(self._parts(shown)))
            title = f"{self._title}: {shown[0].title if len(shown) == 1 else 'highlights'}"
            order = self._order_of(name, edit, title, shown)
            asked = (name, shots_of(edit), asdict(order.delivery), order.missing, order.chapters, *dressing_of(order))
            facts = {"clips": [_clip_facts(clip) for clip in shown]} | name_facts(order.names, self._session.canvas)
            run = partial(_narrow_film, order, shape, facts)
            yield Work(name, make, self._place.fingerprint(*asked), Weight.encoded(len(edit)), run)

    def _edit_of(self, clips: Sequence[Clip]) -> Edit:
        """A stretch for each of them."""
        return self._dressing.with_room(self._parts(clips))

    def _parts(self, clips: Sequence[Clip]) -> Edit:
        return parts_of(self._edit, [(clip.first, clip.end) for clip in clips])

    def _close_ups(self, edit: Edit) -> Edit:
        session = self._session
        return close_ups(edit, session.manifest.cast(), self._heard.talk.periods, session.canvas)

    def _cameras(self) -> Iterator[Work]:
        for camera in self._session.manifest.cameras:
            name, place = f"cam_{camera.number}.mp4", self._place
            order = partial(camera_order, place.folder, CameraId(camera.id), place.out / name, self._order.delivery())
            asked = (name, asdict(self._order.delivery()), self._order.way)
            run = partial(_camera_film, order, self._order)
            yield Work(name, Make.CAMERAS, place.fingerprint(*asked), self._weight(self._session.length), run)

    def _timelines(self) -> Iterator[Work]:
        yield from timeline_works(self._place, self._edit, self._replace, self._reasons)

    @cached_property
    def _edit(self) -> Edit:
        """The cut made again where one was asked for, else the live one."""
        wish = self._order.recut
        if Make.RECUT not in self._order.make:
            return self._live
        if wish.timeline is not None:
            return read_otio(Path(wish.timeline), self._session.manifest)
        return self._recut.edit

    @cached_property
    def _live(self) -> Edit:
        return live_edit(self._session.manifest, self._session.events)

    @cached_property
    def _recut(self) -> SessionRecut:
        wish = self._order.recut
        return recut_session(self._session, self._heard, RecutWish(wish.style, wish.without, wish.takes))

    @property
    def _reasons(self) -> Mapping[Cut, Why]:
        """Of the cuts of a recut; a live cut's stand in the log."""
        if Make.RECUT not in self._order.make or self._order.recut.timeline is not None:
            return AS_LOGGED
        return {
            (each.slot, each.cut.target): Why(each.cut.reason, by_hand=each.cut.cause is Cause.TAKE)
            for each in self._recut.placed
        }

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
    def _markers(self) -> list[tuple[float, str]]:
        """What a film's chapters are made of where they are not given."""
        return [(each["t_s"], str(each.get("label"))) for each in self._session.events if each["type"] == "marker"]

    @property
    def _title(self) -> str:
        return self._session.manifest.title

    def _film(
        self,
        make: Make,
        name: str,
        edit: Edit,
        title: str | None = None,
        clips: Sequence[Clip] | None = None,
        facts: dict[str, Any] | None = None,
    ) -> Work:
        """clips: that the edit has a stretch for each of; None where it is no film of clips."""
        film = replace(self._order_of(name, edit, title, clips), way=self._order.way)
        asked = (
            name,
            shots_of(edit),
            asdict(film.delivery),
            film.missing,
            film.way,
            title or self._title,
            self._markers if film.chapters is None else film.chapters,
            *dressing_of(film),
        )
        facts = (facts or {}) | name_facts(film.names, self._session.canvas)
        run = partial(_film_done, film, facts)
        return Work(name, make, self._place.fingerprint(*asked), self._weight(len(edit)), run)

    def _order_of(self, name: str, edit: Edit, title: str | None, clips: Sequence[Clip] | None) -> FilmOrder:
        order = self._order
        return FilmOrder(
            self._place.folder,
            edit,
            self._place.out / name,
            order.delivery(),
            order.missing,
            title=title,
            chapters=None if clips is None else clip_chapters(edit, clips),
            names=self._dressing.names(edit, Once.FILM if clips is None else Once.STRETCH),
            cards=self._dressing.cards(clips or ()),
        )

    def _weight(self, frames: int) -> Weight:
        delivery = self._order.delivery()
        encodes = self._order.way is Way.FULL or delivery != Delivery(loudness=delivery.loudness)
        return Weight.encoded(frames) if encodes else Weight.copied(frames)


def _clip_facts(clip: Clip) -> dict[str, Any]:
    return {"rank": clip.rank, "title": clip.title, "first": clip.first, "end": clip.end, "why": clip.why}


def _film_done(order: FilmOrder, facts: dict[str, Any], progress: Progress) -> Done:
    film = render_film(order, progress)
    return Done(film.bytes, film.slots, film_facts(film) | facts)


def _narrow_film(order: FilmOrder, shape: Shape, facts: dict[str, Any], progress: Progress) -> Done:
    """Where people sit is looked for when the film's turn has come."""
    crop = framing(order.session, order.edit, shape)
    delivery = replace(order.delivery, crop=crop, size=shape.size)
    return _film_done(replace(order, delivery=delivery), facts, progress)


def _camera_film(make_order: Callable[[], FilmOrder], asked: JobOrder, progress: Progress) -> Done:
    """What the camera has recorded is looked at when its turn has come: nothing of one costs no other."""
    return _film_done(replace(make_order(), missing=asked.missing, way=asked.way), {}, progress)
