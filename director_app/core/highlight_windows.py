"""The parts of a show that could be clips: from one pause of everybody to another, each with how good it is.

Must not choose among them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from director_app.core.highlight_material import Marker, Part, SpokenShow
from director_app.core.highlight_rules import HighlightRules
from director_app.core.turns import Span


@dataclass(frozen=True, slots=True)
class Window:
    """A clip that could be. speech: from its first word to its last; start_s, end_s: with rolls. markers: whose wish
    it is.
    """

    speech: Span
    start_s: float
    end_s: float
    score: float
    part: Part
    markers: tuple[Marker, ...] = ()

    @property
    def length_s(self) -> float:
        """With rolls."""
        return self.end_s - self.start_s


class Windows:
    """Of one show, between silences of at least gap_s. clip_s: shortest and longest."""

    def __init__(self, show: SpokenShow, rules: HighlightRules, clip_s: tuple[float, float], gap_s: float) -> None:
        self._show, self._rules, self._clip_s = show, rules, clip_s
        every = range(len(show.stretches))
        self._firsts = [each for each in every if each == 0 or show.gap_before(each) >= gap_s]
        self._lasts = [each for each in every if each == every[-1] or show.gap_after(each) >= gap_s]

    def ordinary(self) -> Iterator[Window]:
        """All that are neither too short nor too long, and show no camera that gave no pictures."""
        least_s, most_s = self._clip_s
        for first in self._firsts:
            for index in range(bisect_left(self._lasts, first), len(self._lasts)):
                start_s, end_s = self._edges(first, self._lasts[index])
                if end_s - start_s > most_s:
                    break
                if end_s - start_s < least_s:
                    continue
                window = self._window(first, self._lasts[index])
                if window.part.faulty_s <= self._rules.faulty_s:
                    yield window

    def around(self, markers: Sequence[Marker]) -> list[Window]:
        """One for each marker, but one for those that find room in the same; none where hardly anybody speaks."""
        found: list[Window] = []
        for marker in sorted(markers, key=lambda each: each.t_s):
            before = found[-1] if found else None
            if before is not None and marker.t_s - self._rules.marker_s[0] <= before.end_s:
                earlier_s = found[-2].end_s if len(found) > 1 else 0.0
                if (both := self._around((*before.markers, marker), earlier_s)) is not None:
                    found[-1] = both
                    continue
            if (window := self._around((marker,), 0.0 if before is None else before.end_s)) is not None:
                found.append(window)
        return found

    def _around(self, markers: tuple[Marker, ...], after_s: float) -> Window | None:
        """From the last pause before to the first pause after what markers are about; if that is too long for a clip,
        less of what was before the first of them. after_s: nothing from before that.
        """
        stretches, (before_s, behind_s) = self._show.stretches, self._rules.marker_s
        starts = [stretches[each][0] for each in self._firsts]
        ends = [stretches[each][1] for each in self._lasts]
        low = bisect_left(starts, after_s + self._rules.roll_s) if after_s else 0
        first = max(low, bisect_right(starts, markers[0].t_s - before_s) - 1)
        last = min(len(ends) - 1, bisect_left(ends, markers[-1].t_s + behind_s))
        while first + 1 < len(starts) and self._is_too_long(first, last) and starts[first + 1] <= markers[0].t_s:
            first += 1
        while last > 0 and self._is_too_long(first, last) and ends[last - 1] >= markers[-1].t_s:
            last -= 1
        if first >= len(starts) or last < 0 or ends[last] <= starts[first] or self._is_too_long(first, last):
            return None
        first, last = self._long_enough(first, last, low)
        window = self._window(self._firsts[first], self._lasts[last])
        if window.length_s < self._clip_s[0] or not self._is_about(window, markers):
            return None
        return replace(window, markers=markers, score=window.score + self._rules.marker)

    def _is_about(self, window: Window, markers: Sequence[Marker]) -> bool:
        """Whether people speak, and near enough."""
        before_s, behind_s = self._rules.marker_s
        from_s, to_s = max(0.0, markers[0].t_s - before_s), markers[-1].t_s + behind_s
        shown_s = min(window.end_s, to_s) - max(window.start_s, from_s)
        is_talk = window.part.speech_s >= self._rules.marker_density * window.length_s
        return is_talk and shown_s >= self._rules.marker_share * (to_s - from_s)

    def _long_enough(self, first: int, last: int, low: int) -> tuple[int, int]:
        """Further pauses on both sides, later ones first, until it is long enough for a clip or would be too long."""
        while self._length_s(first, last) < self._clip_s[0]:
            if last + 1 < len(self._lasts) and not self._is_too_long(first, last + 1):
                last += 1
            elif first > low and not self._is_too_long(first - 1, last):
                first -= 1
            else:
                break
        return first, last

    def _length_s(self, first: int, last: int) -> float:
        """Numbers of edges, not of stretches."""
        start_s, end_s = self._edges(self._firsts[first], self._lasts[last])
        return end_s - start_s

    def _is_too_long(self, first: int, last: int) -> bool:
        return first < len(self._firsts) and self._length_s(first, last) > self._clip_s[1]

    def _edges(self, first: int, last: int) -> Span:
        """With rolls."""
        show, roll_s = self._show, self._rules.roll_s
        before_s, after_s = min(roll_s, show.gap_before(first)), min(roll_s, show.gap_after(last))
        return show.stretches[first][0] - before_s, show.stretches[last][1] + after_s

    def _window(self, first: int, last: int) -> Window:
        start_s, end_s = self._edges(first, last)
        part = self._show.part(first, last)
        turns = self._show.begins_a_turn(first) + self._show.ends_a_turn(last)
        speech = (self._show.stretches[first][0], self._show.stretches[last][1])
        return Window(speech, start_s, end_s, self._score(part, end_s - start_s, turns), part)

    def _score(self, part: Part, length_s: float, turns: int) -> float:
        """Up to 1. turns: how many of its two edges are those of turns."""
        rules = self._rules
        voices = sorted(part.said.values())
        second = voices[-2] if len(voices) > 1 else 0.0
        good = (
            rules.density * part.speech_s / length_s
            + rules.steadiness * max(0.0, 1 - part.pauses_s2 / length_s)
            + rules.exchange * min(1.0, 3 * second / max(part.speech_s, 1e-9))
            + rules.whole_turns * turns
        )
        bad = (
            rules.crosstalk * (sum(voices) - part.speech_s) / length_s
            + rules.cut_a_minute * 60 * part.cuts / length_s
            + rules.wrong_cut * part.wrong_cuts
            + rules.faulty * (part.faulty_s > rules.faulty_s)
        )
        return round(self._fit(length_s) * good - bad, 6)

    def _fit(self, length_s: float) -> float:
        """1 for the best lengths, less outside."""
        shortest_s, longest_s = self._rules.best_clip_s
        return min(1.0, sqrt(length_s / shortest_s), sqrt(longest_s / length_s))
