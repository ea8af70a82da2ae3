"""Key frames are wished for where a cut may fall soon: scripts."""

from director_app.core.decisions import KeyFrameWish
from director_app.core.rules import SwitchRules
from director_app.core.sources import CameraId, Cast, Microphone, MicrophoneId
from tests.helpers.script import Script, cast_of


def delayed(cast: Cast | None = None) -> Script:
    """A program that runs a second behind the room."""
    return Script(SwitchRules(programme_delay_s=1.0), cast or cast_of())


def wishes(script: Script) -> list[tuple[float, str]]:
    """(time, cameras) of every wish."""
    every = [each for each in script.decisions if isinstance(each, KeyFrameWish)]
    return [(round(each.at_s, 2), " ".join(each.cameras)) for each in every]


def test_the_first_word_of_whoever_is_not_on_air() -> None:
    assert wishes(delayed().quiet(5.0).speak("a", 8.0)) == [(5.02, "a")]


def test_none_for_the_camera_on_air() -> None:
    script = delayed().speak("a", 5.0).quiet(6.0).speak("a", 7.0)
    assert script.on_air == "a"
    assert wishes(script) == [(0.02, "a")]


def test_none_without_a_programme_delay() -> None:
    assert wishes(Script().speak("a", 3.0).quiet(4.0).speak("bc", 8.0)) == []


def test_a_short_breath_is_no_new_beginning() -> None:
    script = delayed().speak("a", 5.0)
    for word in range(5):
        script.speak("ab", 5.4 + 0.6 * word).speak("a", 5.6 + 0.6 * word)
    assert wishes(script) == [(0.02, "a"), (5.02, "b")]


def test_at_most_one_a_second_for_each_camera() -> None:
    script = delayed().speak("a", 5.0)
    for word in range(12):
        script.speak("ab", 5.1 + 0.5 * word).speak("a", 5.5 + 0.5 * word)
    times = [at_s for at_s, camera in wishes(script) if camera == "b"]
    assert times == [5.02, 6.02, 7.02, 8.02, 9.02, 10.02]


def test_one_for_somebody_does_not_keep_another_from_his() -> None:
    assert wishes(delayed().speak("a", 5.0).speak("ab", 5.3).speak("ac", 5.6))[1:] == [(5.02, "b"), (5.32, "c")]


def test_two_who_begin_together_are_one_wish() -> None:
    assert wishes(delayed().quiet(5.0).speak("bc", 6.0)) == [(5.02, "b c")]


def test_two_people_before_one_camera_are_asked_for_once() -> None:
    cast = cast_of("ab")
    ben = Microphone(MicrophoneId("b"), "Ben", CameraId("a"))
    shared = Cast(cast.cameras, (cast.microphones[0], ben), cast.wide)
    assert wishes(delayed(shared).quiet(5.0).speak("ab", 6.0)) == [(5.02, "a")]


def test_wishes_go_on_while_the_producer_cuts() -> None:
    assert wishes(delayed().manual().quiet(5.0).speak("a", 8.0)) == [(5.02, "a")]
