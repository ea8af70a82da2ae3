"""The best moments of a show, as ranges of its slots: dense and steady talk with each other, in whole sentences.

Pure, and about n log n in the number of sentences, so that a day of talk is no trouble. Must not render or cut
anything: an edit makes a film of the ranges (edits.parts_of).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from director_app.core.canvas import Slot, timecode
from director_app.core.highlight_material import Marker, Material, Part, SpokenShow
from director_app.core.highlight_rules import HighlightRules
from director_app.core.highlight_windows import Window, Windows


@dataclass(frozen=True, slots=True)
class Clip:
    """From slot first up to, not including, slot end. rank: 1 is the best. title: for a card before it. why: one
    sentence or two.
    """

    rank: int
    first: Slot
    end: Slot
    score: float
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Highlights:
    """clips: in the order of the show. why_none: where there are none, the reason as a sentence."""

    clips: tuple[Clip, ...]
    why_none: str | None = None

    def ranges(self) -> tuple[tuple[Slot, Slot], ...]:
        """For an edit, in the order of the show."""
        return tuple((clip.first, clip.end) for clip in self.clips)


def highlights(material: Material, rules: HighlightRules | None = None) -> Highlights:
    """Clips of any show; none where it is too short, nobody speaks or nothing is good enough."""
    chosen_by = rules or HighlightRules()
    if material.length_s < chosen_by.shortest_show_s:
        return Highlights(
            (),
            f"The show lasts {material.length_s:.0f} s: highlights need {chosen_by.shortest_show_s:.0f} s or more.",
        )
    if not any(material.talk.speech.values()):
        return Highlights((), "Nobody is heard to speak in this show, so it has no highlights.")
    chosen = _chosen(material, chosen_by)
    if not chosen:
        return Highlights((), "No part of the show has enough talk between two pauses to be a highlight.")
    ranked = sorted(chosen, key=lambda window: (-window.score, window.start_s))
    clips = [_clip(rank, window, material, chosen_by) for rank, window in enumerate(ranked, 1)]
    return Highlights(tuple(sorted(clips, key=lambda clip: clip.first)))


@dataclass(frozen=True, slots=True)
class _Limits:
    """What the length of the show allows. clips: most."""

    clip_s: tuple[float, float]
    wanted_s: float
    most_s: float
    clips: int | None

    @classmethod
    def of(cls, length_s: float, rules: HighlightRules) -> "_Limits":
        least_s, total_s = rules.total_s
        most_s = min(total_s, rules.share * length_s)
        longest_s = min(rules.clip_s[1], most_s)
        wanted_s = min(max(rules.wanted_share * length_s, least_s), most_s)
        one = 1 if length_s < rules.one_clip_under_s else None
        return cls((min(rules.clip_s[0], longest_s / 2), longest_s), wanted_s, most_s, one)


def _chosen(material: Material, rules: HighlightRules) -> list[Window]:
    """First what markers want, then the best of the rest. Sentences end with shorter pauses only where they must."""
    show, limits = SpokenShow(material), _Limits.of(material.length_s, rules)
    whole = show.part(0, len(show.stretches) - 1)
    people = min(rules.least_people, _people(whole, rules))
    for gap_s in (rules.gap_s, rules.least_gap_s):
        windows = Windows(show, rules, limits.clip_s, gap_s)
        ordinary = list(windows.ordinary())
        shared = [each for each in ordinary if _people(each.part, rules) >= people]
        if chosen := _best(windows.around(material.markers), shared or ordinary, limits, rules):
            return chosen
    return []


def _people(part: Part, rules: HighlightRules) -> int:
    return sum(said >= rules.voice_s for said in part.said.values())


def _best(marked: Sequence[Window], others: Sequence[Window], limits: _Limits, rules: HighlightRules) -> list[Window]:
    """The best first, as long as there is room for it."""
    best = max((each.score for each in others), default=0.0)
    least = max(rules.least_score, rules.near_best * best)
    good = [each for each in others if each.score >= least]
    chosen: list[Window] = []
    total_s = 0.0
    for window in [*sorted(marked, key=_by_score), *sorted(good, key=_by_score)]:
        is_enough = total_s >= limits.wanted_s and not window.markers
        if is_enough or (limits.clips is not None and len(chosen) >= limits.clips):
            break
        apart_s = 0.0 if window.markers else rules.apart_s
        has_room = total_s + window.length_s <= limits.most_s
        if has_room and all(_apart_s(window, each) >= apart_s for each in chosen):
            chosen.append(window)
            total_s += window.length_s
    return chosen


def _by_score(window: Window) -> tuple[float, float]:
    return -window.score, window.start_s


def _apart_s(one: Window, other: Window) -> float:
    """Negative where they overlap."""
    return max(one.start_s - other.end_s, other.start_s - one.end_s)


def _clip(rank: int, window: Window, material: Material, rules: HighlightRules) -> Clip:
    first, end = _slots(window, material, rules)
    names = _names(window.part, material, rules)
    label = next((marker.label for marker in window.markers if marker.label), "")
    return Clip(rank, first, end, round(window.score, 4), label or _listed(names), _why(window, names))


def _slots(window: Window, material: Material, rules: HighlightRules) -> tuple[Slot, Slot]:
    """With rolls, as far as they are whole slots, but without a shot at an edge that would be seen for a moment."""
    fps = material.talk.fps
    first, end = max(0, ceil(window.start_s * fps - _NOTHING)), int(window.end_s * fps + _NOTHING)
    flash = int(rules.flash_s * fps)
    word, last_word = int(window.speech[0] * fps), ceil(window.speech[1] * fps)
    cuts = [shot.first for shot in material.shots[1:]]
    first = next((cut for cut in cuts if first < cut < first + flash and cut <= word), first)
    end = next((cut for cut in cuts if end - flash < cut < end and cut >= last_word), end)
    return Slot(first), Slot(end)


_NOTHING = 1e-6
"""Of a slot."""


def _names(part: Part, material: Material, rules: HighlightRules) -> list[str]:
    """Who takes part, whoever says most first; each once."""
    said = sorted(part.said.items(), key=lambda each: -each[1])
    loud = [material.names.get(who, str(who)) for who, seconds in said if seconds >= rules.voice_s]
    return list(dict.fromkeys(loud or [material.names.get(said[0][0], str(said[0][0]))]))


def _why(window: Window, names: Sequence[str]) -> str:
    talk = f"{names[0]} speaks" if len(names) == 1 else f"{_listed(names)} talk with each other"
    share = f"{100 * window.part.speech_s / window.length_s:.0f} % of it is speech"
    cuts = f"{window.part.cuts} {'cut' if window.part.cuts == 1 else 'cuts'}"
    wrong = f"; {window.part.wrong_cuts} marked as wrong" if window.part.wrong_cuts else ""
    return f"{_wish(window.markers)}{talk}; {share}; {cuts}{wrong}."


def _wish(markers: Sequence[Marker]) -> str:
    if not markers:
        return ""
    when = _listed([timecode(each.t_s) + (f' "{each.label}"' if each.label else "") for each in markers])
    return f"Marked at {when}. "


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
