"""What every camera would cost at every slot, seen afterwards: 0 for a right picture, up to 1 a second for a wrong.

Right is whoever holds the floor; in a real overlap both faces and the wide shot; in the holder's pause whoever
answers; in a long silence the wide shot. The same definition scores the live cut.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from director_app.core.slot_marks import Marks, both, either, long_runs, neither, painted, several
from director_app.core.sources import Camera, CameraId, Cast, MicrophoneId
from director_app.core.turns import Period, Span, Turn

OVERLAP_S = 0.5
"""Shorter overlaps of turns do not make both faces right."""

SILENCE_S = 3.0
"""Longer silences make the wide shot right."""

WIDE_COST = 0.5
"""A needless wide shot hurts half as much as a wrong face."""

REST_COST = 0.05
"""Where several pictures are right, and between words, it is best to rest on the holder."""

CUT_COST_S = 0.2
"""A cut must win at least so many seconds of right picture."""


@dataclass(frozen=True, slots=True)
class Talk:
    """Who spoke when. length: slots of the show."""

    speech: Mapping[MicrophoneId, Sequence[Span]]
    turns: Sequence[Turn]
    periods: Sequence[Period]
    fps: Fraction
    length: int


@dataclass(frozen=True, slots=True)
class Pictures:
    """What of a camera is true in which slots. holds: whoever has the floor is its own. shared: one of its own shares
    a real overlap, so that a cut to him is no mistake. right: it is right to show it, whether or not anybody speaks.
    """

    holds: Marks
    shared: Marks
    right: Marks


def pictures(talk: Talk, cast: Cast) -> dict[CameraId, Pictures]:
    """Of every camera, in key order."""
    known = _Known(talk)
    return {camera.id: known.pictures_of(camera, cast) for camera in cast.cameras}


def spoken(talk: Talk) -> Marks:
    """Slots in which anybody speaks."""
    return painted((span for spans in talk.speech.values() for span in spans), talk.fps, talk.length)


def shot_costs(talk: Talk, cast: Cast) -> list[list[float]]:
    """[camera in key order][slot]: cost per slot, in seconds of wrong picture."""
    speech, slot_s = spoken(talk), float(1 / talk.fps)
    rows: list[list[float]] = []
    for camera, known in pictures(talk, cast).items():
        wrong_s = (WIDE_COST if camera == cast.wide else 1.0) * slot_s
        is_wrong = both(speech, neither(known.right))
        away = neither(is_wrong, known.holds)
        rows.append([_cost(each, wrong_s, REST_COST * slot_s) for each in _coded(is_wrong, away)])
    return rows


_WRONG, _AWAY = 1, 2


def _coded(is_wrong: Marks, away: Marks) -> Marks:
    """No slot is both."""
    return (int.from_bytes(is_wrong) * _WRONG + int.from_bytes(away) * _AWAY).to_bytes(len(is_wrong))


def _cost(code: int, wrong_s: float, rest_s: float) -> float:
    return wrong_s if code == _WRONG else rest_s if code == _AWAY else 0.0


class _Known:
    """Facts about every slot, painted once."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._acts = {mic: self._painted(spans) for mic, spans in talk.speech.items()}
        majors: dict[MicrophoneId, list[Span]] = {mic: [] for mic in talk.speech}
        holds: dict[MicrophoneId, list[Span]] = {mic: [] for mic in talk.speech}
        for turn in talk.turns:
            if turn.is_major:
                majors[turn.microphone].append((turn.start_s, turn.end_s))
        for period in talk.periods:
            holds[period.holder].append((period.start_s, period.end_s))
        self._turns = {mic: self._painted(spans) for mic, spans in majors.items()}
        self._holds = {mic: self._painted(spans) for mic, spans in holds.items()}
        speech, held = self._either(self._acts.values()), self._either(self._holds.values())
        self._overlap = long_runs(several(self._turns.values(), talk.length), self._slots(OVERLAP_S))
        holder_speaks = self._either(both(self._holds[mic], self._acts[mic]) for mic in talk.speech)
        self._answered = both(speech, neither(holder_speaks))
        silence = long_runs(neither(speech), self._slots(SILENCE_S))
        self._wide_right = self._either((self._overlap, self._answered, neither(held), silence))

    def pictures_of(self, camera: Camera, cast: Cast) -> Pictures:
        """One camera."""
        people = [mic.id for mic in cast.microphones if mic.camera == camera.id]
        holds = self._either(self._holds[mic] for mic in people)
        shared = both(self._overlap, self._either(self._turns[mic] for mic in people))
        answers = both(self._answered, self._either(self._acts[mic] for mic in people))
        wide = (self._wide_right,) if camera.id == cast.wide else ()
        return Pictures(holds, shared, self._either((holds, shared, answers, *wide)))

    def _either(self, rows: Iterable[Marks]) -> Marks:
        return either(rows, self._talk.length)

    def _painted(self, spans: Sequence[Span]) -> Marks:
        return painted(spans, self._talk.fps, self._talk.length)

    def _slots(self, seconds: float) -> int:
        return round(seconds * self._talk.fps)
