"""Edits of a recorded session that is cut once more with hindsight. (As it was cut live: timelines.gather.live_edit.)

A cut made again keeps what the producer took by hand unless told otherwise, may have another style, and may leave
people out. Changes nothing in the session.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from director_app.core import styles
from director_app.core.canvas import Slot
from director_app.core.edits import Edit, whole_show
from director_app.core.rules import HARD_MINIMUM_SHOT_S
from director_app.core.score_reference import gone_marks
from director_app.core.shot_costs import Talk, shot_costs
from director_app.core.sources import Camera, CameraId, Cast
from director_app.core.styles import Style
from director_app.post.choices import Takes
from director_app.post.cuts import recorded_cuts
from director_app.post.cutting import PlacedCut, dry_cut_list
from director_app.post.logged_facts import LoggedFacts, logged_facts
from director_app.post.recut import LockedCut, RecutError, planned_cuts
from director_app.post.session_talk import ClosedSession, SessionTalk


@dataclass(frozen=True, slots=True)
class RecutWish:
    """style: None is the show's. without: numbers, ids or names of cameras that are not to be seen."""

    style: Style | None = None
    without: tuple[str, ...] = ()
    takes: Takes = Takes.KEEP


@dataclass(frozen=True, slots=True)
class SessionRecut:
    """placed: every cut with its reason; the first, at slot 0, names the opening."""

    edit: Edit
    placed: tuple[PlacedCut, ...]


def recut_session(session: ClosedSession, heard: SessionTalk, wish: RecutWish) -> SessionRecut:
    """The best cut that all of the sound allows. Raises RecutError."""
    _refuse_empty(session)
    cast = _cast_without(session, wish.without)
    facts = logged_facts(session.manifest, session.events, session.length_s)
    locked = _locked(session, cast, facts) if wish.takes is Takes.KEEP else []
    placed = planned_cuts(
        heard.talk, cast, faulty_costs(heard.talk, cast, facts), minimum_slots(session, wish.style), locked
    )
    opening = placed[0].cut.target if placed else cast.cameras[0].id
    return SessionRecut(whole_show(dry_cut_list(placed, opening), session.length), tuple(placed))


def faulty_costs(talk: Talk, cast: Cast, facts: LoggedFacts) -> list[list[float]]:
    """[camera][slot]; a camera that gave no picture is as wrong as one can be."""
    costs = shot_costs(talk, cast)
    for row, camera in zip(costs, cast.cameras, strict=True):
        gone = gone_marks(camera.id, facts.out_of_use, talk)
        if 1 in gone:
            row[:] = [cost + is_gone / talk.fps for cost, is_gone in zip(row, gone, strict=True)]
    return costs


def _refuse_empty(session: ClosedSession) -> None:
    if session.length == 0:
        raise RecutError(f'The session "{session.manifest.title}" holds no pictures; there is nothing to cut.')


def _cast_without(session: ClosedSession, names: Sequence[str]) -> Cast:
    """Whoever is not to be seen is heard all the same, so that nobody else is taken for the speaker."""
    cast = session.manifest.cast()
    gone = {_found(cast, name).id for name in names}
    cameras = tuple(camera for camera in cast.cameras if camera.id not in gone)
    if not cameras:
        raise RecutError("Without all of these cameras there is none left to show.")
    kept = tuple(microphone for microphone in cast.microphones if microphone.camera not in gone)
    return replace(cast, cameras=cameras, microphones=kept, wide=None if cast.wide in gone else cast.wide)


def _found(cast: Cast, name: str) -> Camera:
    """By its number, its id, its label, both together, or the name of somebody whom it shows."""
    people = {microphone.label.casefold(): microphone.camera for microphone in cast.microphones}
    for camera in cast.cameras:
        labels = {camera.label.casefold(), camera.title.casefold()}
        if name in {str(camera.number), camera.id} or name.casefold() in labels:
            return camera
    if name.casefold() in people:
        return cast.camera(people[name.casefold()])
    known = ", ".join(camera.title for camera in cast.cameras)
    raise RecutError(f'There is no camera or person "{name}" in this show; there are {known}.')


def _locked(session: ClosedSession, cast: Cast, facts: LoggedFacts) -> list[LockedCut]:
    """Takes that were really on air, to cameras that may still be shown."""
    there: set[CameraId] = {camera.id for camera in cast.cameras}
    shots = recorded_cuts(session.manifest, session.events).shots(session.length)
    return [
        LockedCut(Slot(shot.first), shot.camera)
        for shot in shots
        if shot.first in facts.takes and shot.camera in there
    ]


def minimum_slots(session: ClosedSession, style: Style | None = None) -> int:
    """Of the shortest shot, in the show or in another style."""
    if style is not None:
        shortest_s = styles.rules(style, session.manifest.programme_delay_s).minimum_shot_s
    else:
        given = session.manifest.rules.get("minimum_shot_s")
        shortest_s = float(given) if isinstance(given, int | float) else HARD_MINIMUM_SHOT_S
    return max(1, session.canvas.slot_from(max(HARD_MINIMUM_SHOT_S, shortest_s)))
