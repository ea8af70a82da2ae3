"""Hindsight over shows of any length in the memory of one part: what was an hour ago tells nothing about now.

Parts overlap by more than any of them looks back or ahead, and each counts only between its margins. Shows that fit
into one part are heard exactly as by Hindsight alone. Must not be used while a show runs.
"""

from dataclasses import dataclass

from director_app.core.canvas import EVIDENCE_HOP_S
from director_app.core.turns import Span, disjoint
from director_app.speech.gate import Fired
from director_app.speech.hindsight import Hindsight
from director_app.speech.levels import Levels


@dataclass(frozen=True, slots=True)
class PartSettings:
    """part_hops: how much counts of each part. margin_hops: heard before and after that, more than a calibration
    reaches.
    """

    part_hops: int = 90_000
    margin_hops: int = 7_500


@dataclass(slots=True)
class _Part:
    """first: the hop with which it begins to be heard; it counts from `counts` up to, not including, `until`."""

    hindsight: Hindsight
    first: int
    counts: int
    until: int


class HindsightInParts:
    """The same to use as Hindsight."""

    def __init__(self, microphones: int, settings: PartSettings | None = None) -> None:
        self._count = microphones
        self._settings = settings or PartSettings()
        self._hops = 0
        self._speech: list[list[Span]] = [[] for _ in range(microphones)]
        self._open: list[_Part] = [_Part(Hindsight(microphones), 0, 0, self._settings.part_hops)]
        self.gain_control_s: float | None = None

    def hear(self, power: Levels, fired: Fired) -> None:
        """The next hops, shape (hops, microphones)."""
        at = 0
        while at < len(power):
            self._begin_and_end()
            end = min(len(power), at + self._until_next())
            for part in self._open:
                part.hindsight.hear(power[at:end], fired[at:end])
                self._note_gain_control(part)
            self._hops += end - at
            at = end

    def speech(self) -> list[list[Span]]:
        """For each microphone the spans of its own person's speech, seconds. Once, when all has been heard."""
        while self._open:
            # What nobody else will hear counts in the last part.
            self._open[-1].until = max(self._open[-1].until, self._hops)
            self._close(self._open.pop(0))
        return [disjoint(spans) for spans in self._speech]

    def _begin_and_end(self) -> None:
        newest = self._open[-1]
        if self._hops == newest.until - self._settings.margin_hops:
            until = newest.until + self._settings.part_hops
            self._open.append(_Part(Hindsight(self._count), self._hops, newest.until, until))
        if self._hops == self._open[0].until + self._settings.margin_hops:
            self._close(self._open.pop(0))

    def _until_next(self) -> int:
        """Hops until a part begins or ends."""
        margin = self._settings.margin_hops
        edges = (edge for part in self._open for edge in (part.until - margin, part.until + margin))
        return min(edge - self._hops for edge in edges if edge > self._hops)

    def _close(self, part: _Part) -> None:
        from_s, to_s = part.counts * EVIDENCE_HOP_S, part.until * EVIDENCE_HOP_S
        for spans, found in zip(self._speech, part.hindsight.speech(), strict=True):
            shifted = (
                (first_s + part.first * EVIDENCE_HOP_S, end_s + part.first * EVIDENCE_HOP_S)
                for first_s, end_s in found
            )
            spans += [(max(from_s, a), min(to_s, b)) for a, b in shifted if a < to_s and b > from_s]

    def _note_gain_control(self, part: _Part) -> None:
        since_s = part.hindsight.gain_control_s
        if self.gain_control_s is None and since_s is not None:
            self.gain_control_s = since_s + part.first * EVIDENCE_HOP_S
