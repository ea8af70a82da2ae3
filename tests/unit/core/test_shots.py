"""Shots of taste: wide in overlap and silence, listeners, and the end of ping-pong; scripts."""

from itertools import pairwise

import pytest

from director_app.core.decisions import Cause, Cut
from director_app.core.rules import SwitchRules
from director_app.core.sources import SourceState
from director_app.core.styles import Style, rules
from tests.helpers.script import Script, cast_of

LOST, OK = SourceState.LOST, SourceState.OK
NO_WIDE = cast_of(wide=None)


def shots(script: Script) -> list[tuple[float, str, str]]:
    """(time, camera, why) of every cut."""
    cuts = [each for each in script.decisions if isinstance(each, Cut)]
    return [(round(each.at_s, 2), each.target, each.cause.value) for each in cuts]


def in_turns(script: Script, people: str, turn_s: float, turns: int) -> Script:
    """One after the other, each so long."""
    start_s = script.now_s
    for turn in range(turns):
        script.speak(people[turn % len(people)], start_s + turn_s * (turn + 1))
    return script


def test_wide_while_two_turns_run_at_once_and_back_when_one_ends() -> None:
    script = Script(SwitchRules(wide_overlap_s=1.0)).speak("a", 5.0).speak("ab", 8.5).speak("a", 12.0)
    assert shots(script) == [(0.4, "a", "floor"), (6.98, "wide", "overlap"), (8.52, "a", "floor")]


def test_the_wide_shot_of_an_overlap_lasts_the_minimum_shot() -> None:
    script = (
        Script(SwitchRules(wide_overlap_s=1.0, minimum_shot_s=2.0)).speak("a", 5.0).speak("ab", 7.2).speak("a", 12)
    )
    assert shots(script)[1:] == [(6.98, "wide", "overlap"), (8.98, "a", "floor")]


def test_after_an_overlap_back_to_whoever_won_it() -> None:
    script = Script(SwitchRules(wide_overlap_s=1.0)).speak("a", 5.0).speak("ab", 8.0).speak("b", 12.0)
    assert shots(script)[1:] == [(6.98, "wide", "overlap"), (8.48, "b", "floor")]


def test_nods_are_no_overlap() -> None:
    script = Script(SwitchRules(wide_overlap_s=1.0)).speak("a", 5.0)
    for _ in range(8):
        script.speak("ab", script.now_s + 0.6).speak("a", script.now_s + 1.6)
    assert shots(script) == [(0.4, "a", "floor")]


def test_two_microphones_of_one_camera_are_no_overlap() -> None:
    cast = cast_of("ab")
    both = tuple(type(mic)(mic.id, mic.label, cast.cameras[0].id) for mic in cast.microphones)
    script = Script(SwitchRules(wide_overlap_s=1.0), type(cast)(cast.cameras, both, cast.wide)).speak("ab", 9.0)
    assert shots(script) == [(0.4, "a", "floor")]


def test_wide_in_a_silence_and_back_with_the_first_word() -> None:
    script = Script(SwitchRules(wide_silence_s=4.0)).speak("a", 5.0).quiet(12.0).speak("a", 14.0)
    assert shots(script) == [(0.4, "a", "floor"), (9.0, "wide", "silence"), (12.02, "a", "floor")]


def test_the_way_back_from_a_silence_does_not_reach_into_it() -> None:
    delayed = SwitchRules(wide_silence_s=4.0, programme_delay_s=1.0)
    script = Script(delayed).speak("a", 5.0).quiet(12.0).speak("a", 14.0)
    assert round(script.last_cut.wanted_s, 2) == 12.02


def test_a_pause_shorter_than_that_stays_on_the_speaker() -> None:
    script = Script(SwitchRules(wide_silence_s=4.0)).speak("a", 5.0).quiet(8.9).speak("a", 14.0)
    assert shots(script) == [(0.4, "a", "floor")]


def test_without_a_wide_camera_overlap_and_silence_change_nothing() -> None:
    taste = SwitchRules(wide_overlap_s=1.0, wide_silence_s=4.0, ping_pong_cuts=3)
    script = Script(taste, NO_WIDE).speak("a", 5.0).speak("ab", 8.0).speak("a", 9.0).quiet(20.0)
    assert shots(script) == []


def test_a_listener_after_so_long_for_so_long_again_and_again() -> None:
    taste = SwitchRules(listen_after_s=10.0, listen_for_s=3.0)
    script = Script(taste).speak("a", 5.0).speak("b", 32.0)
    assert shots(script)[2:] == [
        (15.4, "a", "listener"),
        (18.4, "b", "floor"),
        (28.4, "a", "listener"),
        (31.4, "b", "floor"),
    ]


def test_while_nobody_has_spoken_before_the_wide_shot_shows_the_listeners() -> None:
    script = Script(SwitchRules(listen_after_s=10.0)).speak("a", 14.0)
    assert shots(script) == [(0.4, "a", "floor"), (10.4, "wide", "listener"), (13.4, "a", "floor")]


def test_without_a_wide_camera_either_nobody_is_shown_listening_before_he_spoke() -> None:
    assert shots(Script(SwitchRules(listen_after_s=10.0), NO_WIDE).speak("a", 40.0)) == []


def test_without_a_wide_camera_the_last_speaker_is_shown_listening() -> None:
    script = Script(SwitchRules(listen_after_s=10.0), NO_WIDE).speak("a", 5.0).speak("b", 19.0)
    assert shots(script) == [(5.4, "b", "floor"), (15.4, "a", "listener"), (18.4, "b", "floor")]


def test_no_listener_is_shown_in_the_speakers_pause() -> None:
    script = Script(SwitchRules(listen_after_s=10.0)).speak("a", 5.0).speak("b", 14.8).quiet(16.4).speak("b", 17.0)
    assert shots(script)[2:] == [(16.42, "a", "listener")]


def test_a_listener_who_takes_the_floor_stays_on_air() -> None:
    script = Script(SwitchRules(listen_after_s=10.0)).speak("a", 5.0).speak("b", 16.0).speak("a", 22.0)
    assert shots(script)[2:] == [(15.4, "a", "listener")]


def test_whoever_else_takes_the_floor_is_shown_after_the_listener() -> None:
    script = Script(SwitchRules(listen_after_s=10.0)).speak("a", 5.0).speak("b", 15.6).speak("c", 22.0)
    assert shots(script)[2:] == [(15.4, "a", "listener"), (18.4, "c", "floor")]


def test_to_and_fro_ends_on_the_wide_shot() -> None:
    script = in_turns(Script(SwitchRules(ping_pong_cuts=4, ping_pong_wide_s=5.0)), "ab", 2.0, 7)
    assert shots(script) == [
        (0.4, "a", "floor"),
        (2.4, "b", "floor"),
        (4.4, "a", "floor"),
        (6.4, "b", "floor"),
        (8.4, "wide", "ping-pong"),
        (13.4, "a", "floor"),
    ]


def test_a_third_person_is_no_ping_pong() -> None:
    script = in_turns(Script(SwitchRules(ping_pong_cuts=4)), "abcb", 2.0, 12)
    assert all(cause == "floor" for _, _, cause in shots(script))


def test_slow_to_and_fro_is_no_ping_pong() -> None:
    script = in_turns(Script(SwitchRules(ping_pong_cuts=4, ping_pong_within_s=10.0)), "ab", 4.0, 12)
    assert all(cause == "floor" for _, _, cause in shots(script))


def test_the_wide_shot_of_a_ping_pong_may_fall_back_to_the_first_word() -> None:
    delayed = SwitchRules(ping_pong_cuts=4, programme_delay_s=1.0)
    script = in_turns(Script(delayed), "ab", 2.0, 5)
    cut = script.last_cut
    assert cut.cause is Cause.PING_PONG
    assert round(cut.at_s - cut.wanted_s, 2) == 0.6, "0.4 s of speech and the lead"


def test_the_rule_of_taste_does_not_go_to_a_lost_wide_camera() -> None:
    taste = SwitchRules(wide_overlap_s=1.0, wide_silence_s=4.0, listen_after_s=10.0)
    script = Script(taste).speak("a", 5.0).camera("wide", LOST).speak("ab", 8.0).speak("a", 9.0).quiet(16.0)
    script.speak("a", 40.0)
    assert shots(script) == [(0.4, "a", "floor")]


def test_a_lost_listener_is_not_shown() -> None:
    script = Script(SwitchRules(listen_after_s=10.0)).speak("a", 5.0).camera("a", LOST).speak("b", 40.0)
    assert shots(script)[1:] == [(5.0, "wide", "fault"), (6.5, "b", "floor")]


def test_a_listener_whose_camera_fails_on_air_is_left_at_once() -> None:
    script = (
        Script(SwitchRules(listen_after_s=10.0)).speak("a", 5.0).speak("b", 16.0).camera("a", LOST).speak("b", 19)
    )
    assert shots(script)[2:] == [(15.4, "a", "listener"), (16.0, "b", "fault")]


def test_a_camera_that_is_back_is_used_for_taste_again() -> None:
    script = Script(SwitchRules(wide_silence_s=4.0)).speak("a", 5.0).camera("wide", LOST).quiet(12.0)
    script.camera("wide", OK)
    assert shots(script) == [(0.4, "a", "floor"), (12.0, "wide", "silence")]


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize("lost", ["a", "b", "wide"])
def test_no_style_ever_cuts_to_a_lost_camera(style: Style, lost: str) -> None:
    script = Script(rules(style, 1.0))
    for turn in range(60):
        if turn == 20:
            script.camera(lost, LOST)
        script.speak(("a", "b", "ab", "", "c", "a", "b")[turn * turn % 7], script.now_s + 0.5 + 0.9 * (turn % 8))
        if turn >= 20:
            assert script.on_air != lost
    assert len(script.cuts) > 10


@pytest.mark.parametrize("style", list(Style))
def test_taste_obeys_the_minimum_shot_and_the_cap(style: Style) -> None:
    chosen = rules(style, 0.0)
    script = Script(chosen)
    for turn in range(80):
        script.speak(("a", "b", "ab", "", "b", "abc")[turn * turn % 6], script.now_s + 0.4 + 0.5 * (turn % 9))
    times = [at_s for at_s, _ in script.cuts]
    assert all(later - earlier >= chosen.minimum_shot_s - 1e-6 for earlier, later in pairwise(times))
    assert all(sum(at_s <= each < at_s + 60 for each in times) <= chosen.cuts_per_minute for at_s in times)


def test_the_sentences_say_what_happened() -> None:
    taste = SwitchRules(wide_overlap_s=1.0, wide_silence_s=4.0, listen_after_s=10.0, ping_pong_cuts=4)
    script = Script(taste).speak("a", 5.0).speak("ab", 7.0)
    assert script.last_cut.reason == "Several people have talked at once for 1.0 s: the wide shot shows all."
    script = Script(taste).speak("a", 5.0).quiet(9.0)
    assert script.last_cut.reason == "Nobody has spoken for 4.0 s: the wide shot waits for the next word."
    script = Script(taste).speak("a", 5.0).speak("b", 15.5)
    assert script.last_cut.reason == "One shot for 10 s: 1 Ana is shown listening."
    script = in_turns(Script(taste), "ab", 2.0, 5)
    assert script.last_cut.reason == "4 cuts to and fro in 10 s: the wide shot gives the eye a rest."


def test_who_breaks_a_silence_does_not_bring_back_the_face_of_who_spoke_before() -> None:
    script = Script(rules(Style.LIVELY, 0.0)).speak("a", 5.0).quiet(12.0).speak("b", 16.0)
    assert [camera for _, camera in script.cuts] == ["a", "wide", "b"]
