"""What would have been right to show in every slot of a show, told afterwards: every cut is measured against this.

Fair to cameras that gave no picture: they are right nowhere. Must not know what was shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from director_app.core.shot_costs import Pictures, Talk, pictures, spoken
from director_app.core.slot_marks import Marks, both, either, neither, painted
from director_app.core.sources import CameraId, Cast

HOLD_MIN_S = 2.0
"""Shorter holds of the floor are no changes that one has to follow."""


@dataclass(frozen=True, slots=True)
class OutOfUse:
    """A camera gave no picture that may be shown, seconds."""

    camera: CameraId
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Hold:
    """From slot first up to, not including, slot end somebody of this camera has the floor."""

    camera: CameraId
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Reference:
    """Marks of all slots, and what has to be followed.

    judged: some camera is right; speech: somebody speaks besides. pictures: of every camera. holds: in order, those
    of the floor that are long enough, and whose camera gave pictures.
    """

    fps: Fraction
    length: int
    wide: CameraId | None
    judged: Marks
    speech: Marks
    pictures: Mapping[CameraId, Pictures]
    holds: tuple[Hold, ...]


def reference(talk: Talk, cast: Cast, out_of_use: Sequence[OutOfUse] = ()) -> Reference:
    """talk: told with hindsight."""
    gone = {camera.id: gone_marks(camera.id, out_of_use, talk) for camera in cast.cameras}
    known = {camera: _while_there(each, gone[camera]) for camera, each in pictures(talk, cast).items()}
    judged = either((each.right for each in known.values()), talk.length)
    return Reference(
        fps=talk.fps,
        length=talk.length,
        wide=cast.wide,
        judged=judged,
        speech=both(spoken(talk), judged),
        pictures=known,
        holds=tuple(hold for hold in _holds(talk, cast) if 1 not in gone[hold.camera][hold.first : hold.end]),
    )


def gone_marks(camera: CameraId, out_of_use: Sequence[OutOfUse], talk: Talk) -> Marks:
    """Slots in which a camera gave no picture."""
    spans = [(each.start_s, each.end_s) for each in out_of_use if each.camera == camera]
    return painted(spans, talk.fps, talk.length)


def _while_there(known: Pictures, gone: Marks) -> Pictures:
    there = neither(gone)
    return Pictures(both(known.holds, there), both(known.shared, there), both(known.right, there))


def _holds(talk: Talk, cast: Cast) -> list[Hold]:
    camera_of = {microphone.id: microphone.camera for microphone in cast.microphones}
    return [
        Hold(camera_of[each.holder], round(each.start_s * talk.fps), min(talk.length, round(each.end_s * talk.fps)))
        for each in talk.periods
        if each.end_s - each.start_s >= HOLD_MIN_S
    ]
