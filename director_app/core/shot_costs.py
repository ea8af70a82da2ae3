"""What every camera would cost at every slot, seen afterwards: 0 for a right picture, up to 1 a second for a wrong.

Right is whoever holds the floor; in a real overlap both faces and the wide shot; in the holder's pause whoever
answers; in a long silence the wide shot. The same definition scores the live cut.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from director_app.core.sources import Cast, MicrophoneId
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


def shot_costs(talk: Talk, cast: Cast) -> list[list[float]]:
    """[camera in key order][slot]: cost per slot, in seconds of wrong picture."""
    marks = _Marks(talk)
    return [
        marks.costs({mic.id for mic in cast.microphones if mic.camera == camera.id}, camera.id == cast.wide)
        for camera in cast.cameras
    ]


class _Marks:
    """Facts about every slot, painted once."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._acts = {mic: self._painted(spans) for mic, spans in talk.speech.items()}
        self._speech = self._painted([span for spans in talk.speech.values() for span in spans])
        majors = [turn for turn in talk.turns if turn.is_major]
        by_person: dict[MicrophoneId, list[Span]] = {mic: [] for mic in talk.speech}
        for turn in majors:
            by_person[turn.microphone].append((turn.start_s, turn.end_s))
        self._turns = {mic: self._painted(spans) for mic, spans in by_person.items()}
        self._holds = {
            mic: self._painted([(each.start_s, each.end_s) for each in talk.periods if each.holder == mic])
            for mic in talk.speech
        }
        together = bytearray(sum(each[slot] for each in self._turns.values()) > 1 for slot in range(talk.length))
        self._overlap = self._long_runs(together, OVERLAP_S)
        holding = self._painted([(each.start_s, each.end_s) for each in talk.periods])
        self._nobody = bytearray(not each for each in holding)
        self._answered = bytearray(
            self._speech[slot] and not any(self._holds[mic][slot] and self._acts[mic][slot] for mic in talk.speech)
            for slot in range(talk.length)
        )
        self._silence = self._long_runs(bytearray(not each for each in self._speech), SILENCE_S)

    def costs(self, people: set[MicrophoneId], wide: bool) -> list[float]:  # noqa: FBT001 - a fact about the camera
        """One camera's row."""
        slot_s = float(1 / self._talk.fps)
        wrong_s, rest_s = (WIDE_COST if wide else 1.0) * slot_s, REST_COST * slot_s
        row: list[float] = []
        for slot in range(self._talk.length):
            holds = any(self._holds[mic][slot] for mic in people)
            right = holds or self._is_right(people, slot) or (wide and self._is_wide_right(slot))
            cost = 0.0 if right or not self._speech[slot] else wrong_s
            if not holds and (right or not self._speech[slot]):
                cost += rest_s
            row.append(cost)
        return row

    def _is_right(self, people: set[MicrophoneId], slot: int) -> bool:
        if self._overlap[slot] and any(self._turns[mic][slot] for mic in people):
            return True
        return bool(self._answered[slot]) and any(self._acts[mic][slot] for mic in people)

    def _is_wide_right(self, slot: int) -> bool:
        return bool(self._overlap[slot] or self._answered[slot] or self._nobody[slot] or self._silence[slot])

    def _painted(self, spans: Sequence[Span]) -> bytearray:
        """1 in every slot inside a span."""
        marks = bytearray(self._talk.length)
        for start_s, end_s in spans:
            first, end = round(start_s * self._talk.fps), min(self._talk.length, round(end_s * self._talk.fps))
            marks[first:end] = b"\x01" * max(0, end - first)
        return marks

    def _long_runs(self, marks: bytearray, least_s: float) -> bytearray:
        """Runs of at least so long; shorter ones are forgotten."""
        least = round(least_s * self._talk.fps)
        kept, first = bytearray(len(marks)), 0
        for slot in range(len(marks) + 1):
            if slot < len(marks) and marks[slot]:
                continue
            if slot - first >= least:
                kept[first:slot] = marks[first:slot]
            first = slot + 1
        return kept
