"""The three styles: numbers that fit together, at every delay."""

from dataclasses import fields
from typing import Any

import pytest

from director_app.core.rules import HARD_MINIMUM_SHOT_S, MOST_DELAY_S, SwitchRules
from director_app.core.styles import Style, rules
from tests.helpers.script import Script

EVERY = list(Style)


@pytest.mark.parametrize("delay_s", [0.0, 0.04, 0.5, 1.0, 2.0, 3.0])
@pytest.mark.parametrize("style", EVERY)
def test_every_style_can_be_had_at_every_delay(style: Style, delay_s: float) -> None:
    made = rules(style, delay_s)
    assert made.programme_delay_s == delay_s
    assert made.minimum_shot_s >= HARD_MINIMUM_SHOT_S
    assert made.confirm_overlap_s >= made.confirm_s
    assert made.interrupt_s > made.confirm_overlap_s


@pytest.mark.parametrize("style", EVERY)
def test_what_can_be_waited_for_is_waited_for_but_not_longer_than_it_teaches(style: Style) -> None:
    confirm_s = [rules(style, delay_s).confirm_s for delay_s in (0.0, 0.5, 1.0, 1.4, 3.0)]
    assert confirm_s[0] < confirm_s[1] < confirm_s[2] < confirm_s[3] == confirm_s[4]
    assert rules(style, 0.0).quiet_s == 0.37
    assert rules(style, 1.0).quiet_s == 0.5
    assert rules(style, 1.4).quiet_s == rules(style, 3.0).quiet_s == 0.6


@pytest.mark.parametrize("style", EVERY)
@pytest.mark.parametrize("delay_s", [0.0, 1.0, 3.0])
def test_a_turn_is_decided_within_the_delay_where_there_is_enough(style: Style, delay_s: float) -> None:
    script = Script(rules(style, delay_s)).quiet(5.0).speak("a", 7.0)
    cut = script.last_cut
    assert cut.target == "a"
    if delay_s >= 1.0:
        assert 4.8 - 1e-6 <= cut.wanted_s < 4.9, "0.2 s before the first word, or nearly"


def test_calm_is_calmer_than_normal_and_lively_is_livelier() -> None:
    calm, normal, lively = (rules(style, 0.0) for style in EVERY)
    assert calm.minimum_shot_s > normal.minimum_shot_s >= lively.minimum_shot_s
    assert calm.confirm_s > normal.confirm_s > lively.confirm_s
    assert calm.cuts_per_minute < normal.cuts_per_minute <= lively.cuts_per_minute


BY_HAND: dict[str, Any] = {
    "confirm_s": 0.9,
    "confirm_overlap_s": 1.1,
    "quiet_s": 0.7,
    "minimum_shot_s": 5.0,
    "cuts_per_minute": 3,
    "hold_after_take_s": 2.5,
    "wide_overlap_s": 2.0,
    "wide_silence_s": 9.0,
    "listen_after_s": 12.0,
    "ping_pong_cuts": 8,
}


@pytest.mark.parametrize("style", EVERY)
def test_what_was_chosen_by_hand_goes_before_the_style_and_the_delay(style: Style) -> None:
    made = rules(style, 1.0, **BY_HAND)
    assert {name: getattr(made, name) for name in BY_HAND} == BY_HAND


@pytest.mark.parametrize("style", EVERY)
def test_what_was_not_chosen_stays_with_the_style(style: Style) -> None:
    assert rules(style, 1.0, **dict.fromkeys(BY_HAND)) == rules(style, 1.0)
    assert {each.name for each in fields(SwitchRules)} > BY_HAND.keys()


@pytest.mark.parametrize("style", EVERY)
def test_a_minimum_shot_under_a_second_and_a_half_is_refused(style: Style) -> None:
    with pytest.raises(ValueError, match=r"minimum shot of 1\.4 s is too short: use 1\.5 s or more") as refused:
        rules(style, 0.0, minimum_shot_s=1.4)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("delay_s", [-0.1, MOST_DELAY_S + 0.01, 60.0, float("nan")])
def test_a_delay_beyond_three_seconds_is_refused(delay_s: float) -> None:
    with pytest.raises(ValueError, match=r"programme delay of .* s cannot be: use 0 to 3 s; .*\.$"):
        rules(Style.NORMAL, delay_s)


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"cuts_per_minute": 0}, "At least one cut a minute"),
        ({"confirm_s": -0.1}, "cannot be negative"),
        ({"listen_for_s": -1.0}, "cannot be negative"),
        ({"hold_after_take_s": 0.0}, "stay manual"),
        ({"ping_pong_cuts": 2}, "no ping-pong"),
    ],
)
def test_numbers_that_mean_nothing_are_refused_with_a_sentence(chosen: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        rules(Style.LIVELY, 0.0, **chosen)
