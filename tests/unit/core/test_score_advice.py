"""What a score card advises, and how restless a cut is."""

from dataclasses import replace
from fractions import Fraction

import pytest

from director_app.core.cut_list import cut_list
from director_app.core.score import Score
from director_app.core.score_advice import Knob, Trial, Tried, best_trials, sentence, trials
from director_app.core.score_rhythm import Rhythm, rhythm
from director_app.core.sources import CameraId
from director_app.core.styles import Style

LIVE = Score(
    minutes=10.0,
    right_of_speech_pct=91.6,
    right_of_all_pct=93.0,
    wrong_face_pct=8.4,
    needless_wide_pct=0.0,
    latency_median_s=0.5,
    latency_p95_s=1.4,
    floor_changes=50,
    late=16,
    missed=1,
    false_cuts=8,
    ping_pongs=1,
)
BETTER = replace(LIVE, right_of_speech_pct=98.2, wrong_face_pct=1.8, late=2, false_cuts=4)


def delay(seconds: float, score: Score) -> Tried:
    return Tried(Trial(Knob.DELAY, seconds), score)


def test_a_delay_that_helps_is_named_with_what_it_would_have_saved() -> None:
    assert sentence(LIVE, delay(1.0, BETTER)) == (
        "A programme delay of 1 s would have saved 14 late cuts (later than 0.5 s), shown the right person for 98 % "
        "of the speech instead of 92 % and made 4 false cuts fewer."
    )


def test_what_it_would_have_cost_is_said_too() -> None:
    calm = replace(LIVE, false_cuts=1, ping_pongs=0, late=18, wrong_face_pct=8.0)
    assert sentence(LIVE, Tried(Trial(Knob.STYLE, Style.CALM), calm)) == (
        'The style "calm" would have made 7 false cuts fewer, but followed 2 times more too late.'
    )
    rested = replace(LIVE, right_of_speech_pct=95.0, ping_pongs=0, false_cuts=11)
    assert sentence(replace(LIVE, ping_pongs=4), Tried(Trial(Knob.MINIMUM_SHOT, 2.5), rested)) == (
        "A shortest shot of 2.5 s would have shown the right person for 95 % of the speech instead of 92 % and saved "
        "4 cuts to and fro, but made 3 false cuts more."
    )


def test_only_what_is_better_by_the_margin_is_advised() -> None:
    hardly = replace(LIVE, wrong_face_pct=7.5, late=2)
    assert best_trials(LIVE, [delay(0.5, hardly), delay(1.0, LIVE)]) == []
    assert best_trials(LIVE, []) == []


def test_one_late_cut_in_a_short_show_is_no_reason() -> None:
    short = replace(LIVE, minutes=1.0)
    better = replace(short, right_of_speech_pct=94.0, wrong_face_pct=6.0, late=15)
    assert best_trials(short, [delay(1.0, better)]) == []
    assert best_trials(replace(short, minutes=5.0), [delay(1.0, replace(better, minutes=5.0))]) != []


def test_of_each_kind_one_and_the_nearest_of_those_that_gain_most_of_it() -> None:
    nearly_as_good = replace(BETTER, wrong_face_pct=3.0)
    calm = Tried(Trial(Knob.STYLE, Style.CALM), replace(LIVE, wrong_face_pct=5.0, late=3))
    found = best_trials(LIVE, [calm, delay(0.5, LIVE), delay(1.0, nearly_as_good), delay(2.0, BETTER)])
    assert [each.trial.value for each in found] == [1.0, Style.CALM]
    half_as_good = replace(LIVE, wrong_face_pct=5.0, late=3)
    assert best_trials(LIVE, [delay(1.0, half_as_good), delay(2.0, BETTER)])[0].trial.value == 2.0


def test_what_gains_little_beside_the_best_gets_no_sentence() -> None:
    lively = Tried(Trial(Knob.STYLE, Style.LIVELY), replace(LIVE, wrong_face_pct=7.0, late=12))
    assert best_trials(LIVE, [lively]) == [lively]
    assert [each.trial.knob for each in best_trials(LIVE, [delay(1.0, BETTER), lively])] == [Knob.DELAY]


@pytest.mark.parametrize(
    ("delay_s", "style", "shot_s", "expected"),
    [
        (0.0, Style.NORMAL, 1.5, [0.5, 1.0, 2.0, Style.CALM, Style.LIVELY, 2.5]),
        (1.0, Style.CALM, 3.0, [0.5, 2.0, Style.NORMAL, Style.LIVELY, 2.5, 1.5]),
    ],
)
def test_what_is_tried_is_never_what_the_show_had(
    delay_s: float, style: Style, shot_s: float, expected: list[float | Style]
) -> None:
    assert [each.value for each in trials(delay_s, style, shot_s)] == expected


A, B = CameraId("a"), CameraId("b")


def test_rhythm_counts_cuts_shots_and_hands() -> None:
    shots = cut_list(A, [(30, B), (60, A), (120, B)]).shots(300)
    assert rhythm(shots, {60, 200}, Fraction(30)) == Rhythm(3, 18.0, 1.5, 1, 20.0)


def test_a_show_without_a_picture_has_no_rhythm() -> None:
    assert rhythm((), (), Fraction(30)) == Rhythm(0, 0.0, 0.0, 0, 0.0)
