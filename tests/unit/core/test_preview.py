"""Which camera stands ready as the next one, as scripts."""

from director_app.core.events import ChooseNext, TakeNext, TakePrevious
from director_app.core.preview import Next
from director_app.core.sources import CameraId, SourceState
from tests.helpers.script import Script

A, B, C, WIDE = (CameraId(each) for each in ("a", "b", "c", "wide"))


def _next(script: Script) -> Next | None:
    return script.switcher.state.next


def test_nobody_stands_ready_before_somebody_has_spoken() -> None:
    assert _next(Script().quiet(5)) is None


def test_the_wide_shot_is_next_while_one_person_has_spoken_alone() -> None:
    script = Script().speak("a", 4)
    assert script.switcher.state.on_air == A
    assert _next(script) == Next(WIDE, "shows everybody")


def test_whoever_spoke_last_is_next() -> None:
    script = Script().speak("b", 4).speak("c", 8).speak("a", 12)
    assert script.switcher.state.on_air == A
    assert _next(script) == Next(C, "spoke last before Ana")


def test_after_a_take_the_floor_is_next() -> None:
    script = Script().speak("a", 4).take("b")
    assert script.switcher.state.on_air == B
    assert _next(script) == Next(A, "has the floor")


def test_in_manual_the_automatic_goes_on_proposing_and_enter_takes_it() -> None:
    script = Script().speak("a", 4).manual().speak("b", 10)
    assert script.switcher.state.on_air == A
    assert _next(script) == Next(B, "has the floor")
    script.tell(TakeNext())
    assert script.switcher.state.on_air == B


def test_the_producers_choice_comes_first_and_ends_when_it_is_on_air() -> None:
    script = Script().speak("a", 4).tell(ChooseNext(C))
    assert _next(script) == Next(C, "your choice")
    script.tell(TakeNext())
    assert script.switcher.state.on_air == C
    assert _next(script) == Next(A, "has the floor")


def test_a_choice_without_a_picture_is_passed_over_and_refused() -> None:
    script = Script().speak("a", 4).tell(ChooseNext(C)).camera("c", SourceState.LOST)
    assert _next(script) == Next(WIDE, "shows everybody")
    script.tell(ChooseNext(C))
    assert script.refusals[-1].startswith("Camera 3 Cara is lost.")


def test_what_is_on_air_cannot_be_the_next() -> None:
    script = Script().speak("a", 4).tell(ChooseNext(A))
    assert script.refusals == ["Camera 1 Ana is on air already."]


def test_an_unknown_camera_is_refused() -> None:
    assert Script().tell(ChooseNext(CameraId("x"))).refusals == ["There is no such camera."]


def test_the_camera_before_comes_back_and_forth() -> None:
    script = Script().speak("a", 4).take("b").tell(TakePrevious())
    assert script.switcher.state.on_air == A
    assert script.tell(TakePrevious()).switcher.state.on_air == B


def test_without_a_past_nothing_can_come_back_and_nothing_is_next() -> None:
    script = Script().quiet(1).tell(TakePrevious()).tell(TakeNext())
    assert script.refusals == [
        "No other camera has been on air yet. The program stays as it is.",
        "No camera stands ready as the next. The program stays as it is.",
    ]
