"""The rules of directing, each as a script: at t, this; then that."""

import pytest

from director_app.core.decisions import Cause, Cut, Mode
from director_app.core.rules import SwitchRules
from director_app.core.sources import CameraId, Cast, Microphone, MicrophoneId, SourceState
from director_app.core.switcher import Switcher
from tests.helpers.script import Script, cast_of

LOST, OK, BLACK, FROZEN = SourceState.LOST, SourceState.OK, SourceState.BLACK, SourceState.FROZEN


def test_opens_on_the_wide_camera() -> None:
    assert Script().on_air == "wide"


def test_opens_on_the_first_camera_when_there_is_no_wide_one() -> None:
    assert Script(cast=cast_of(wide=None)).on_air == "a"


def test_opens_on_a_camera_that_works() -> None:
    assert Script(states={CameraId("wide"): LOST, CameraId("a"): BLACK}).on_air == "b"


def test_a_show_without_cameras_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one camera"):
        Switcher(Cast((), ()), SwitchRules())


def test_cuts_to_whoever_takes_the_floor_after_the_confirm_time_and_the_minimum_shot() -> None:
    script = Script(SwitchRules(confirm_s=0.4, minimum_shot_s=2.0)).quiet(5.0).speak("a", 6.0)
    assert script.cuts == [(5.4, "a")]


def test_the_opening_shot_may_end_with_the_first_word() -> None:
    script = Script(SwitchRules(minimum_shot_s=2.0)).speak("b", 3.0)
    assert script.cuts == [(0.4, "b")]


def test_a_short_yeah_does_not_cut() -> None:
    script = Script().speak("a", 6.0).speak("b", 6.3).speak("a", 12.0)
    assert script.cuts == [(0.4, "a")]


def test_a_yeah_over_the_holder_does_not_cut() -> None:
    script = Script().speak("a", 6.0).speak("ab", 6.6).speak("a", 12.0)
    assert script.cuts == [(0.4, "a")]


def test_an_interrupter_wins_by_talking_on() -> None:
    script = Script(SwitchRules(interrupt_s=2.0)).speak("a", 6.0).speak("ab", 9.9)
    assert script.cuts == [(0.4, "a"), (8.0, "b")]


def test_who_lost_the_floor_must_out_talk_the_new_holder_to_win_it_back() -> None:
    script = Script(SwitchRules(interrupt_s=2.0)).speak("a", 6.0).speak("ab", 12.1)
    assert script.cuts == [(0.4, "a"), (8.0, "b"), (10.0, "a"), (12.0, "b")]


def test_the_holder_keeps_the_floor_over_his_own_pauses() -> None:
    script = Script().speak("a", 6.0).quiet(9.0).speak("a", 12.0)
    assert script.cuts == [(0.4, "a")]


def test_minimum_shot_holds_back_and_is_named_with_its_waiting_time() -> None:
    script = Script(SwitchRules(minimum_shot_s=3.0)).quiet(5.0).speak("a", 6.0).speak("b", 9.0)
    assert script.cuts == [(5.4, "a"), (8.4, "b")]
    assert [(block.rule, block.waited_s) for block in script.last_cut.blocked_by] == [("minimum shot", 2.0)]


@pytest.mark.parametrize("seconds", [1.49, 0.0, -1.0])
def test_a_minimum_shot_under_the_hard_floor_is_refused(seconds: float) -> None:
    with pytest.raises(ValueError, match="too short"):
        SwitchRules(minimum_shot_s=seconds)


def test_at_most_so_many_cuts_in_any_60_seconds() -> None:
    script = Script(SwitchRules(minimum_shot_s=1.5, cuts_per_minute=4))
    for turn in range(60):
        script.speak("abc"[turn % 3], 2.3 * (turn + 1))
    times = [at_s for at_s, _ in script.cuts]
    assert len(times) >= 7
    for start_s in times:
        assert sum(start_s <= at_s < start_s + 60 for at_s in times) <= 4
    cuts = [decision for decision in script.decisions if isinstance(decision, Cut)]
    assert any(block.rule == "cuts per minute" for cut in cuts for block in cut.blocked_by)


def test_a_take_is_at_once_whatever_the_minimum_shot_and_the_cap_say() -> None:
    script = Script(SwitchRules(cuts_per_minute=1)).quiet(0.1).take("a").take("b").take("c")
    assert script.cuts == [(0.1, "a"), (0.1, "b"), (0.1, "c")]
    assert script.last_cut.cause is Cause.TAKE
    assert script.last_cut.reason == "Your take."


def test_after_a_take_the_automatic_waits_out_the_hold() -> None:
    script = Script(SwitchRules(hold_after_take_s=8.0)).speak("a", 5.0).take("b").speak("a", 14.0)
    assert script.cuts == [(0.4, "a"), (5.0, "b"), (13.0, "a")]
    assert script.modes == [(5.0, Mode.HOLD), (13.0, Mode.AUTO)]


def test_a_second_take_begins_the_hold_anew() -> None:
    script = Script().speak("a", 5.0).take("b").speak("a", 9.0).take("c").speak("a", 18.0)
    assert script.cuts[-1] == (17.0, "a")


def test_taking_what_is_on_air_holds_it_without_a_cut() -> None:
    script = Script().speak("a", 5.0).take("a").speak("b", 12.0)
    assert script.cuts == [(0.4, "a")]
    assert script.modes == [(5.0, Mode.HOLD)]


def test_stay_manual_keeps_the_take_for_ever() -> None:
    script = Script(SwitchRules(hold_after_take_s=None)).speak("a", 5.0).take("b").speak("a", 60.0)
    assert script.cuts == [(0.4, "a"), (5.0, "b")]
    assert script.modes == [(5.0, Mode.MANUAL)]


def test_in_manual_a_take_stays_manual_and_the_proposal_goes_on() -> None:
    script = Script().speak("a", 5.0).manual().take("c").speak("b", 30.0)
    assert script.on_air == "c"
    assert script.switcher.state.mode is Mode.MANUAL
    assert script.switcher.state.proposed == "b"


def test_auto_ends_a_hold_at_once() -> None:
    script = Script().speak("a", 5.0).take("b").speak("a", 8.0).auto().speak("a", 8.1)
    assert script.cuts[-1] == (8.0, "a")


def test_the_hold_key_keeps_the_present_shot() -> None:
    script = Script().speak("a", 5.0).hold().speak("b", 14.0)
    assert script.cuts == [(0.4, "a"), (13.0, "b")]


def test_the_hold_key_does_not_end_manual() -> None:
    script = Script().speak("a", 5.0).manual().hold().speak("b", 20.0)
    assert script.modes == [(5.0, Mode.MANUAL)]
    assert script.on_air == "a"
    assert script.refusals == ["Nothing cuts by itself now, so there is nothing to hold. The shot stays."]


def test_wide_key() -> None:
    script = Script().speak("a", 5.0).take_wide()
    assert script.cuts[-1] == (5.0, "wide")


def test_wide_key_without_a_wide_camera_says_so() -> None:
    script = Script(cast=cast_of(wide=None)).take_wide()
    assert script.refusals == ["No camera is marked as wide. The program stays as it is."]


@pytest.mark.parametrize("state", [LOST, FROZEN, BLACK])
def test_a_bad_camera_on_air_is_left_at_once(state: SourceState) -> None:
    script = Script().speak("a", 3.0).camera("a", state)
    assert script.cuts == [(0.4, "a"), (3.0, "wide")]
    assert script.last_cut.cause is Cause.FAULT
    assert script.last_cut.reason.endswith("Program went to 4 Wide at once.")


def test_leaving_a_bad_camera_ignores_the_cap() -> None:
    script = Script(SwitchRules(cuts_per_minute=1)).speak("a", 3.0).camera("a", LOST)
    assert script.on_air == "wide"


def test_a_bad_camera_is_left_in_hold_and_in_manual() -> None:
    assert Script().take("b").camera("b", LOST).on_air == "wide"
    assert Script().manual().take("b").camera("b", LOST).on_air == "wide"


def test_a_bad_camera_is_never_a_candidate_and_the_wide_stands_in() -> None:
    script = Script().speak("a", 3.0).camera("b", LOST).speak("b", 9.0)
    assert script.cuts == [(0.4, "a"), (3.4, "wide")]


def test_without_a_wide_camera_the_shot_stays_while_the_speakers_camera_is_lost() -> None:
    script = Script(cast=cast_of(wide=None)).speak("a", 3.0).camera("b", LOST).speak("b", 9.0)
    assert script.cuts == []


def test_a_camera_that_is_back_is_used_again() -> None:
    script = Script().speak("a", 3.0).camera("a", LOST).speak("a", 6.0).camera("a", OK).speak("a", 6.1)
    assert script.cuts == [(0.4, "a"), (3.0, "wide"), (6.0, "a")]


def test_with_every_camera_gone_the_program_stays_and_recovers_with_the_first() -> None:
    script = Script(cast=cast_of("ab", wide=None))
    script.camera("a", LOST).camera("b", LOST).quiet(5.0)
    assert script.on_air in {"a", "b"}
    script.camera("b", OK).camera("a", LOST)
    assert script.on_air == "b"


def test_taking_a_lost_camera_is_refused_with_the_reason() -> None:
    script = Script().camera("b", LOST).take("b")
    assert script.refusals == ["Camera 2 Ben is lost. Program stays on 4 Wide."]
    assert script.switcher.state.mode is Mode.AUTO


def test_a_key_of_no_camera_is_refused() -> None:
    assert Script().take("z").refusals == ["There is no such camera."]


def test_every_cut_says_who_how_long_and_how_loud() -> None:
    script = Script().speak("b", 5.0).quiet(5.2).speak("a", 6.0)
    cut = script.last_cut
    assert cut.reason == "Ana has the floor: spoke 0.4 s while Ben was quiet."
    heard = {str(hearing.microphone): hearing for hearing in cut.hearings}
    assert heard["a"].spoke_s == pytest.approx(0.4)
    assert heard["a"].level_db == -20.0
    assert heard["b"].quiet_s == pytest.approx(0.6)


def test_two_people_who_share_the_picture_were_quiet() -> None:
    cast = cast_of("abc")
    cara = Microphone(MicrophoneId("c"), "Cara", CameraId("b"))
    script = Script(cast=Cast(cast.cameras, (*cast.microphones[:2], cara), cast.wide))
    script.speak("b", 5.0).quiet(5.2).speak("a", 6.0)
    assert script.last_cut.reason == "Ana has the floor: spoke 0.4 s while Ben and Cara were quiet."


def test_a_cut_that_had_to_wait_says_what_won_the_floor() -> None:
    script = Script(SwitchRules(minimum_shot_s=3.0)).take("b").auto().speak("a", 0.5).quiet(3.1)
    assert script.cuts == [(0.0, "b"), (3.0, "a")]
    assert script.last_cut.reason == "Ana has the floor: spoke 0.4 s while Ben was quiet."


def test_two_microphones_on_one_camera_do_not_cut_between_each_other() -> None:
    cast = cast_of("ab")
    ben = Microphone(MicrophoneId("b"), "Ben", CameraId("a"))
    shared = Cast(cast.cameras, (cast.microphones[0], ben), cast.wide)
    script = Script(cast=shared).speak("a", 4.0).speak("b", 8.0).speak("a", 12.0)
    assert script.cuts == [(0.4, "a")]


def test_the_same_events_give_the_same_decisions() -> None:
    def play() -> Script:
        return Script().speak("a", 5.0).take("b").speak("c", 15.0).camera("c", LOST).speak("ab", 30.0)

    assert play().decisions == play().decisions
