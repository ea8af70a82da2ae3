"""When somebody's name appears in a film: the first time that he is seen on his own camera in a long turn.

Pure. Frames count from 0 in the film. Must not know how a name is drawn.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from director_app.core.canvas import Canvas
from director_app.core.cut_list import Shot
from director_app.core.edits import Edit
from director_app.core.sources import CameraId, Cast, MicrophoneId
from director_app.core.turns import Period, Turn

WAIT_S = 0.5
"""After a cut people look at the face first."""

LONG_TURN_S = 4.0
"""So long he must go on holding the floor in that shot: a name that is gone at once cannot be read."""

FADE_S = 0.3


class Side(StrEnum):
    """Where names stand."""

    LEFT = "left"
    RIGHT = "right"


class Once(StrEnum):
    """How often a name appears at most: once in the FILM, or once in each STRETCH of it, as in highlights."""

    FILM = "film"
    STRETCH = "stretch"


@dataclass(frozen=True, slots=True)
class Look:
    """colour: of the line beside the name; red, green, blue, 0 to 255."""

    side: Side = Side.LEFT
    colour: tuple[int, int, int] = (90, 169, 255)


@dataclass(frozen=True, slots=True)
class Person:
    """Who speaks into a microphone, as viewers read it. role: a second line, may be empty."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class LowerThird:
    """A name in the frames from first up to, not including, end."""

    first: int
    end: int
    person: Person

    def opacity(self, frame: int, canvas: Canvas) -> float:
        """How much of it is seen in a frame of the film: 0 to 1, rising and falling softly."""
        return opacity(self.first, self.end, frame, canvas)


def opacity(first: int, end: int, frame: int, canvas: Canvas) -> float:
    """How much is seen in a frame of what is shown from frame first up to end: 0 to 1, rising and falling softly."""
    fade = canvas.slot_from(FADE_S)
    near = min(frame - first + 1, end - frame)
    share = min(1.0, max(0.0, near / (fade + 1)))
    return share * share * (3 - 2 * share)


@dataclass(frozen=True, slots=True)
class LowerThirds:
    """All names of a film, in its order, never two at once."""

    look: Look
    shown: tuple[LowerThird, ...]


def lower_thirds(
    edit: Edit,
    cast: Cast,
    people: Mapping[MicrophoneId, Person],
    floor: tuple[Sequence[Period], Sequence[Turn]],
    canvas: Canvas,
    seconds: float = LONG_TURN_S,
    once: Once = Once.FILM,
) -> tuple[LowerThird, ...]:
    """floor: who held it when, and all turns. seconds: how long a name stays, unless a cut or the turn's end comes.

    Only who has a camera of his own, which is not the wide one, is named: over a picture of two, a name would be
    read as either's.
    """
    own = own_cameras(cast)
    holds = _holds(*floor, canvas)
    wait, least, stay = (canvas.slot_from(each) for each in (WAIT_S, min(LONG_TURN_S, seconds), seconds))
    found: list[LowerThird] = []
    named: set[MicrophoneId] = set()
    stretch = -1
    for each in edit.shots():
        if once is Once.STRETCH and each.stretch != stretch:
            named.clear()
        stretch, who = each.stretch, own.get(each.shot.camera)
        if who is None or who in named or who not in people:
            continue
        for begin, end in holds.get(who, _Holds()).within(each.shot):
            if end - begin - wait >= least:
                first = each.frame + begin + wait - each.shot.first
                found.append(LowerThird(first, first + min(stay, end - begin - wait), people[who]))
                named.add(who)
                break
    return tuple(found)


def own_cameras(cast: Cast) -> dict[CameraId, MicrophoneId]:
    """Whom a camera shows alone."""
    shown: dict[CameraId, list[MicrophoneId]] = {}
    for microphone in cast.microphones:
        shown.setdefault(microphone.camera, []).append(microphone.id)
    return {camera: who[0] for camera, who in shown.items() if len(who) == 1 and camera != cast.wide}


class _Holds:
    """When one person had the floor, in slots, in order; not the silence after his last word."""

    def __init__(self) -> None:
        self._firsts: list[int] = []
        self._ends: list[int] = []

    def add(self, first: int, end: int) -> None:
        """The next one."""
        self._firsts.append(first)
        self._ends.append(end)

    def within(self, shot: Shot) -> Iterator[tuple[int, int]]:
        """(first, end) of every part that lies in a shot."""
        for index in range(bisect_right(self._ends, shot.first), bisect_left(self._firsts, shot.end)):
            yield max(self._firsts[index], shot.first), min(self._ends[index], shot.end)


def _holds(periods: Sequence[Period], turns: Sequence[Turn], canvas: Canvas) -> dict[MicrophoneId, _Holds]:
    said: dict[MicrophoneId, list[Turn]] = {}
    for turn in turns:
        said.setdefault(turn.microphone, []).append(turn)
    found: dict[MicrophoneId, _Holds] = {}
    for period in periods:
        theirs = said.get(period.holder, [])
        last = bisect_left(theirs, period.end_s, key=lambda turn: turn.start_s) - 1
        if last >= 0 and theirs[last].end_s > period.start_s:
            end = canvas.slot_at(min(theirs[last].end_s, period.end_s))
            found.setdefault(period.holder, _Holds()).add(canvas.slot_at(period.start_s), end)
    return found
