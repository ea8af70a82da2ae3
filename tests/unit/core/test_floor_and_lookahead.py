"""Who has the floor, and how far back a cut reaches when the program runs behind the room: scripts."""

from collections.abc import Mapping
from itertools import pairwise

import pytest

from director_app.core.decisions import Cause, FloorChange
from director_app.core.rules import SwitchRules
from director_app.core.sources import CameraId, SourceState
from tests.helpers.script import Script, cast_of


def taken(script: Script) -> list[tuple[float, str | None]]:
    """(time, who) of every change of the floor."""
    return [(round(each.at_s, 2), each.holder) for each in script.decisions if isinstance(each, FloorChange)]


def ahead(delay_s: float = 1.0, **chosen: float) -> Script:
    """A program that runs so far behind the room."""
    plain: Mapping[str, float] = {"confirm_s": 0.4, "programme_delay_s": delay_s} | chosen
    return Script(SwitchRules(**plain))  # type: ignore[arg-type]


def wanted(script: Script) -> tuple[float, float, str]:
    """(decided, wanted, camera) of the newest cut."""
    cut = script.last_cut
    return round(cut.at_s, 2), round(cut.wanted_s, 2), cut.target


def test_a_cut_reaches_back_to_just_before_the_first_word() -> None:
    script = ahead().quiet(5.0).speak("a", 6.0)
    assert wanted(script) == (5.4, 4.8, "a")


def test_after_a_pause_it_falls_just_before_the_newcomers_first_word() -> None:
    script = ahead().speak("a", 6.0).quiet(6.5).speak("b", 8.0)
    assert wanted(script) == (6.9, 6.3, "b")


def test_in_overlap_it_does_not_fall_before_the_holder_was_nearly_done() -> None:
    script = ahead().speak("a", 5.0).speak("ab", 6.0).speak("b", 8.0)
    assert wanted(script) == (6.3, 5.7, "b")


def test_an_interrupter_is_shown_from_just_before_he_won() -> None:
    script = ahead(interrupt_s=2.0).speak("a", 6.0).speak("ab", 9.0)
    assert wanted(script) == (8.0, 7.7, "b")


@pytest.mark.parametrize(("delay_s", "wanted_s"), [(0.0, 5.4), (0.2, 5.2), (0.5, 4.9), (0.6, 4.8), (3.0, 4.8)])
def test_it_never_reaches_back_further_than_the_delay(delay_s: float, wanted_s: float) -> None:
    script = ahead(delay_s).quiet(5.0).speak("a", 6.0)
    assert wanted(script) == (5.4, wanted_s, "a")


def test_it_never_reaches_back_before_the_show() -> None:
    assert wanted(ahead().speak("a", 1.0)) == (0.4, 0.0, "a")


def test_it_never_cuts_the_shot_before_shorter_than_the_minimum() -> None:
    script = ahead(minimum_shot_s=3.0).quiet(5.0).speak("a", 7.6).speak("b", 9.0)
    assert [round(cut, 2) for cut, _ in script.cuts] == [5.4, 8.0]
    assert wanted(script) == (8.0, 7.8, "b"), "a is on air from 4.8; b was to be seen from 7.4"


def test_the_minimum_shot_counts_from_where_the_cut_fell_not_from_when_it_was_decided() -> None:
    script = ahead(minimum_shot_s=3.0).quiet(5.0).speak("a", 6.0).speak("b", 9.0)
    assert wanted(script) == (7.8, 7.8, "b")
    assert [(block.rule, block.waited_s) for block in script.last_cut.blocked_by] == [("minimum shot", 1.4)]


def test_it_never_reaches_back_before_the_end_of_a_hold() -> None:
    script = ahead(3.0, hold_after_take_s=2.0).speak("a", 6.0).take("c").quiet(7.0).speak("b", 9.0)
    assert taken(script)[-1] == (7.4, "b")
    assert wanted(script) == (8.0, 8.0, "b")


def test_it_never_reaches_back_to_when_the_producer_cut() -> None:
    script = ahead().speak("a", 5.0).manual().speak("b", 7.0).auto()
    assert wanted(script) == (7.0, 7.0, "b")


def test_it_never_reaches_back_to_when_the_camera_had_no_picture() -> None:
    script = Script(SwitchRules(programme_delay_s=1.0), cast_of(wide=None)).speak("a", 5.0)
    script.camera("b", SourceState.LOST).speak("b", 8.0).camera("b", SourceState.OK)
    assert wanted(script) == (8.0, 8.0, "b")


def test_a_take_and_a_fault_are_wanted_at_once() -> None:
    script = ahead().speak("a", 5.0).take("b")
    assert (script.last_cut.cause, wanted(script)) == (Cause.TAKE, (5.0, 5.0, "b"))
    script.speak("a", 6.0).camera("b", SourceState.LOST)
    assert (script.last_cut.cause, wanted(script)[:2]) == (Cause.FAULT, (6.0, 6.0))


@pytest.mark.parametrize("delay_s", [0.0, 0.3, 1.0, 3.0])
def test_whatever_is_said_cuts_stay_in_order_and_no_shot_is_too_short(delay_s: float) -> None:
    script = ahead(delay_s, minimum_shot_s=1.5)
    for turn in range(40):
        script.speak(("a", "b", "ab", "", "c", "ac")[turn * turn % 6], script.now_s + 0.3 + 0.37 * (turn % 7))
    cuts = [each for each in script.decisions if hasattr(each, "wanted_s")]
    at = [each.wanted_s for each in cuts]
    assert len(at) > 5
    assert all(later - earlier >= 1.5 - 1e-6 for earlier, later in pairwise(at))
    assert all(each.at_s - delay_s - 1e-6 <= each.wanted_s <= each.at_s for each in cuts)


def test_a_cough_takes_no_floor() -> None:
    script = Script().speak("a", 6.0).quiet(6.6).speak("b", 6.9).quiet(9.0).speak("a", 10.0)
    assert taken(script) == [(0.4, "a")]


def test_nods_all_through_a_turn_take_no_floor() -> None:
    script = Script().speak("a", 2.0)
    for nod in range(12):
        script.speak("ab", 2.4 + 2 * nod).speak("a", 4.0 + 2 * nod)
    assert taken(script) == [(0.4, "a")]


def test_an_answer_into_the_holders_pause_gives_the_floor_back() -> None:
    script = Script().speak("a", 6.0).quiet(6.1).speak("b", 6.4).speak("a", 9.0)
    assert taken(script) == [(0.4, "a")]


def test_who_talks_on_in_the_holders_pause_takes_the_floor() -> None:
    script = Script().speak("a", 6.0).quiet(6.1).speak("b", 6.7)
    assert taken(script) == [(0.4, "a"), (6.5, "b")]


def test_an_interruption_that_is_given_up_takes_no_floor() -> None:
    script = Script(SwitchRules(interrupt_s=2.0)).speak("a", 6.0).speak("ab", 7.9).speak("a", 12.0)
    assert taken(script) == [(0.4, "a")]


def test_two_interruptions_with_a_breath_between_count_as_one() -> None:
    script = Script(SwitchRules(interrupt_s=2.0)).speak("a", 6.0).speak("ab", 7.4).speak("a", 7.8).speak("ab", 9.0)
    assert taken(script) == [(0.4, "a"), (8.4, "b")]


def test_who_ends_an_overlap_by_stopping_loses_the_floor() -> None:
    script = Script().speak("a", 6.0).speak("ab", 7.0).speak("b", 9.0)
    assert taken(script) == [(0.4, "a"), (7.3, "b")]


@pytest.mark.parametrize(("confirm_overlap_s", "at_s"), [(0.6, 6.4), (1.0, 6.8), (1.4, 7.2)])
def test_who_began_over_the_holder_needs_more_speech(confirm_overlap_s: float, at_s: float) -> None:
    script = Script(SwitchRules(confirm_overlap_s=confirm_overlap_s)).speak("a", 5.8).speak("ab", 6.0).speak("b", 9.0)
    assert taken(script)[-1] == (at_s, "b")


@pytest.mark.parametrize(("alone_s", "at_s"), [(0.2, 7.3), (0.5, 7.5), (1.0, 8.0)])
def test_some_of_it_must_be_said_while_the_holder_is_quiet(alone_s: float, at_s: float) -> None:
    script = Script(SwitchRules(alone_s=alone_s)).speak("a", 6.0).speak("ab", 7.0).speak("b", 9.0)
    assert taken(script)[-1] == (at_s, "b")


def test_a_turn_outlives_a_long_pause_while_nobody_else_speaks() -> None:
    script = Script().speak("a", 5.0).quiet(6.0).speak("b", 6.3).quiet(7.7).speak("b", 7.9)
    assert taken(script) == [(0.4, "a"), (7.8, "b")]


def test_it_does_not_outlive_a_longer_one() -> None:
    script = Script().speak("a", 5.0).quiet(6.0).speak("b", 6.3).quiet(7.9).speak("b", 8.2)
    assert taken(script) == [(0.4, "a")]


def test_it_does_not_outlive_one_in_which_somebody_else_spoke() -> None:
    script = Script().speak("a", 5.0).quiet(6.0).speak("b", 6.3).quiet(6.9).speak("c", 7.0).quiet(7.7).speak("b", 8.0)
    assert taken(script) == [(0.4, "a")]


def test_a_short_pause_it_outlives_whoever_speaks() -> None:
    script = Script().speak("a", 5.0).quiet(6.0).speak("b", 6.3).speak("c", 6.6).speak("b", 6.8)
    assert taken(script) == [(0.4, "a"), (6.7, "b")]


def test_nothing_happens_in_silence() -> None:
    script = Script().speak("a", 6.0).quiet(60.0)
    assert taken(script) == [(0.4, "a")]
    assert script.switcher.state.holder == "a"
    assert script.on_air == "a"


def test_a_monologue_with_all_its_pauses_is_one_shot() -> None:
    script = Script()
    for sentence in range(20):
        script.speak("a", 3.0 * sentence + 2.0).quiet(3.0 * sentence + 3.0)
    assert script.cuts == [(0.4, "a")]


def test_of_two_who_begin_together_the_louder_takes_the_floor_and_only_once() -> None:
    script = Script().quiet(1.0).speak("bc", 4.0)
    assert taken(script)[0][0] == 1.4
    assert len(taken(script)) == 1


def test_the_floor_is_followed_while_the_producer_cuts() -> None:
    script = Script().manual().speak("a", 3.0).speak("b", 6.0)
    assert taken(script) == [(0.4, "a"), (3.4, "b")]
    assert script.switcher.state.proposed == CameraId("b")
