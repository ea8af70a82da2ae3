"""What highlights are chosen from: the stretches in which anybody speaks, and sums over them, so that any part of a
show is judged without looking through it. Chooses nothing.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from director_app.core.cut_list import Shot
from director_app.core.score_reference import OutOfUse
from director_app.core.shot_costs import Talk
from director_app.core.sources import CameraId, MicrophoneId
from director_app.core.turns import Span, disjoint


@dataclass(frozen=True, slots=True)
class Marker:
    """The producer pressed the marker's key. label: may be empty."""

    t_s: float
    label: str


@dataclass(frozen=True, slots=True)
class Material:
    """All of a show. names: of whoever speaks into a microphone. wrong_cuts: slots of cuts marked as wrong."""

    talk: Talk
    shots: Sequence[Shot]
    names: Mapping[MicrophoneId, str]
    markers: Sequence[Marker] = ()
    wrong_cuts: Sequence[int] = ()
    out_of_use: Sequence[OutOfUse] = ()

    @property
    def length_s(self) -> float:
        """Of the show."""
        return float(self.talk.length / self.talk.fps)


@dataclass(frozen=True, slots=True)
class Part:
    """Of a show, from one word's beginning to another one's end. pauses_s2: the sum of its pauses, each squared.

    said: how long each person speaks, seconds. faulty_s: how long the camera on air gave no pictures.
    """

    speech_s: float
    pauses_s2: float
    cuts: int
    wrong_cuts: int
    faulty_s: float
    said: Mapping[MicrophoneId, float]


class SpokenShow:
    """Stretches of speech by number, from 0; nobody speaks between two of them."""

    def __init__(self, material: Material) -> None:
        talk, fps = material.talk, material.talk.fps
        every = {who: disjoint(spans) for who, spans in talk.speech.items()}
        self.stretches: list[Span] = disjoint([span for spans in every.values() for span in spans])
        self.length_s = material.length_s
        pauses = [after[0] - before[1] for before, after in zip(self.stretches, self.stretches[1:], strict=False)]
        self._gaps = [
            self.stretches[0][0] if self.stretches else 0.0,
            *pauses,
            max(0.0, self.length_s - self.stretches[-1][1]) if self.stretches else 0.0,
        ]
        self._speech = list(accumulate((end_s - start_s for start_s, end_s in self.stretches), initial=0.0))
        self._pauses = list(accumulate((pause * pause for pause in pauses), initial=0.0))
        self._said = {who: self._sums(spans) for who, spans in every.items()}
        self._cuts = sorted(float(shot.first / fps) for shot in material.shots[1:])
        self._wrong = sorted(float(slot / fps) for slot in material.wrong_cuts)
        faulty = _faulty_on_air(material)
        self._faulty_ends = [end_s for _, end_s in faulty]
        self._faulty = faulty
        self._faulty_sums = list(accumulate((end_s - start_s for start_s, end_s in faulty), initial=0.0))
        majors = [turn for turn in talk.turns if turn.is_major]
        self._turn_starts = {round(turn.start_s, 2) for turn in majors}
        self._turn_ends = {round(turn.end_s, 2) for turn in majors}

    def gap_before(self, index: int) -> float:
        """How long nobody speaks before this stretch."""
        return self._gaps[index]

    def gap_after(self, index: int) -> float:
        """How long nobody speaks after it."""
        return self._gaps[index + 1]

    def begins_a_turn(self, index: int) -> bool:
        """Whether the first word of this stretch is the first of a turn that can take the floor."""
        return round(self.stretches[index][0], 2) in self._turn_starts

    def ends_a_turn(self, index: int) -> bool:
        """Whether its last word is the last of such a turn."""
        return round(self.stretches[index][1], 2) in self._turn_ends

    def part(self, first: int, last: int) -> Part:
        """From the beginning of one stretch to the end of another, which comes not before it."""
        start_s, end_s = self.stretches[first][0], self.stretches[last][1]
        return Part(
            speech_s=self._speech[last + 1] - self._speech[first],
            pauses_s2=self._pauses[last] - self._pauses[first],
            cuts=_within(self._cuts, start_s, end_s),
            wrong_cuts=_within(self._wrong, start_s, end_s),
            faulty_s=self._faulty_until(end_s) - self._faulty_until(start_s),
            said={who: sums[last + 1] - sums[first] for who, sums in self._said.items()},
        )

    def _sums(self, spans: Sequence[Span]) -> list[float]:
        """Seconds that one person speaks before each stretch; each of his spans lies within one."""
        starts = [start_s for start_s, _ in self.stretches]
        own = [0.0] * (len(starts) + 1)
        for start_s, end_s in spans:
            own[bisect_right(starts, start_s)] += end_s - start_s
        return list(accumulate(own))

    def _faulty_until(self, t_s: float) -> float:
        index = bisect_left(self._faulty_ends, t_s)
        running = max(0.0, t_s - self._faulty[index][0]) if index < len(self._faulty) else 0.0
        return self._faulty_sums[index] + running


def _within(times: Sequence[float], start_s: float, end_s: float) -> int:
    return bisect_left(times, end_s) - bisect_left(times, start_s)


def _faulty_on_air(material: Material) -> list[Span]:
    """When the camera on air gave no pictures, in order."""
    by_camera: dict[CameraId, list[Span]] = {}
    for each in material.out_of_use:
        by_camera.setdefault(each.camera, []).append((each.start_s, each.end_s))
    if not by_camera:
        return []
    fps = material.talk.fps
    shots = ((shot.camera, float(shot.first / fps), float(shot.end / fps)) for shot in material.shots)
    return disjoint(
        [
            (max(first_s, start_s), min(end_s, until_s))
            for camera, first_s, end_s in shots
            for start_s, until_s in by_camera.get(camera, ())
            if start_s < end_s and until_s > first_s
        ]
    )
