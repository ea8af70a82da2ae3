"""The numbers by which the best moments of a show are chosen, each with its unit. Holds no behaviour."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HighlightRules:
    """Times in seconds, shares from 0 to 1.

    How long. shortest_show_s: shorter shows have no highlights; one_clip_under_s: shorter ones have one. share: of
    the show at most; total_s: least (where there is enough that is good) and most in all; wanted_share: of the show,
    within those. clip_s: shortest and longest clip; best_clip_s: lengths between these are best.

    Where. gap_s: silence of everybody that ends a sentence; least_gap_s: the same where a show has no longer ones.
    roll_s: so much of the silence before the first word and after the last is kept, as far as it goes. flash_s: a
    shot that would be seen for less at an edge is left out with its piece of the roll. apart_s: between two clips, so
    that no minute is shown twice.

    What. voice_s: who speaks for so long takes part. least_people: as many must take part, if so many do in the show.
    faulty_s: a clip shows at most so much of a camera that gave no pictures. least_score, near_best: clips below this
    score, or this share of the best one's, are only taken for a marker. Weights: see highlight_windows.

    marker_s: a marker's clip reaches from so long before it to so long after. marker_share: of that it shows at least
    so much. marker_density: least share of speech in it.
    """

    shortest_show_s: float = 30.0
    one_clip_under_s: float = 180.0
    share: float = 1 / 3
    total_s: tuple[float, float] = (60.0, 600.0)
    wanted_share: float = 0.1
    clip_s: tuple[float, float] = (15.0, 90.0)
    best_clip_s: tuple[float, float] = (25.0, 60.0)

    gap_s: float = 0.5
    least_gap_s: float = 0.25
    roll_s: float = 1.0
    flash_s: float = 0.6
    apart_s: float = 60.0

    voice_s: float = 2.0
    least_people: int = 2
    faulty_s: float = 0.5
    least_score: float = 0.35
    near_best: float = 0.6

    density: float = 0.4
    steadiness: float = 0.2
    exchange: float = 0.2
    whole_turns: float = 0.1
    crosstalk: float = 0.2
    cut_a_minute: float = 0.01
    wrong_cut: float = 0.15
    faulty: float = 0.2

    marker_s: tuple[float, float] = (20.0, 10.0)
    marker: float = 1.0
    marker_share: float = 1 / 3
    marker_density: float = 0.2
