"""When names come on live: scripts of who speaks, what is pressed and what is decided, in session seconds."""

from dataclasses import dataclass, field

import pytest

from director_app.core.canvas import EVIDENCE_HOP_S
from director_app.core.cut_list import CutList
from director_app.core.decisions import NameCause, NameOff, NameOn, Refusal
from director_app.core.events import CameraChanged, Event, NameLost, SetManual, ShowName, Take
from director_app.core.evidence import Evidence, Heard
from director_app.core.live_names import READ_S, TALKS_S, LiveNames, NameRules
from director_app.core.named_spans import EndedName, PlacedName, drawn_spans, named_spans
from director_app.core.rules import SwitchRules
from director_app.core.sources import Camera, CameraId, Cast, Microphone, MicrophoneId, SourceState
from director_app.core.switcher import Switcher
from tests.helpers.script import cast_of

A, B, WIDE = CameraId("a"), CameraId("b"), CameraId("wide")
BOX = (0, 0, 2, 2)


@dataclass
class Show:
    """Switcher and names in steps of 20 ms, as the director asks them."""

    rules: NameRules = field(default_factory=lambda: NameRules(by_itself=True))
    cast: Cast = field(default_factory=lambda: cast_of("ab"))
    delay_s: float = 1.0

    def __post_init__(self) -> None:
        self.switcher = Switcher(self.cast, SwitchRules(programme_delay_s=self.delay_s))
        self.names = LiveNames(self.cast, [each.id for each in self.cast.microphones], self.rules)
        self.said: list[tuple[float, str]] = []
        self.refusals: list[str] = []
        self.now_s, self._hops = 0.0, 0

    def speak(self, who: str, until_s: float) -> "Show":
        while self.now_s < until_s - 1e-9:
            self._hops += 1
            self.now_s = round(self._hops * EVIDENCE_HOP_S, 6)
            self.step(Heard(self.now_s, tuple(_record(each.id, each.id in who) for each in self.cast.microphones)))
        return self

    def tell(self, event: Event) -> "Show":
        self.step(event)
        return self

    def step(self, event: Event) -> None:
        decided = self.switcher.step(event, self.now_s)
        for each in self.names.step(event, decided, self.switcher.moment, self.now_s):
            match each:
                case NameOn():
                    self.said.append((each.at_s, each.microphone + (" by hand" if _is_by_hand(each) else "")))
                case NameOff():
                    self.said.append((each.at_s, "off"))
                case Refusal():
                    self.refusals.append(each.reason)


def _is_by_hand(name: NameOn) -> bool:
    return name.cause is NameCause.BY_HAND


def _record(microphone: MicrophoneId, speaks: bool) -> Evidence:  # noqa: FBT001 - a test's shorthand
    return Evidence(microphone, -20.0 if speaks else -60.0, -65.0, 12.0 if speaks else -12.0, speaks, speaks)


def at(show: Show) -> list[tuple[float, str]]:
    return [(round(at_s, 1), what) for at_s, what in show.said]


def test_a_name_comes_when_somebody_has_talked_for_a_moment_on_his_own_camera() -> None:
    show = Show().speak("a", 6.0)
    taken_s = show.switcher.moment.since_s
    assert show.switcher.moment.on_air == A
    assert [what for _, what in show.said] == ["a"]
    assert show.said[0][0] == pytest.approx(taken_s + TALKS_S, abs=0.05)


def test_nobody_is_named_twice_and_everybody_once() -> None:
    show = Show().speak("a", 10.0).speak("b", 20.0).speak("a", 30.0).speak("b", 40.0)
    assert [what for _, what in show.said] == ["a", "b"]


def test_short_turns_and_back_channels_name_nobody() -> None:
    show = Show()
    show.speak("a", 8.0)
    for number in range(10):
        show.speak("b", 9.4 + 3 * number).speak("a", 11.0 + 3 * number)
    assert [what for _, what in show.said] == ["a"]


def test_pauses_of_thought_do_not_begin_a_turn_anew_long_ones_do() -> None:
    short = Show().speak("a", 1.0).speak("", 1.8).speak("a", 4.0)
    long = Show().speak("a", 1.2).speak("", 3.0).speak("a", 4.2)
    assert (len(short.said), long.said) == (1, [])


def test_nobody_is_named_into_his_silence() -> None:
    show = Show().speak("a", 1.86)
    assert show.said == []
    assert show.speak("", 3.0).said == []


def test_the_shot_must_have_begun_half_a_second_before() -> None:
    show = Show().speak("a", 0.6).tell(Take(B)).speak("a", 5.0)
    assert show.said == []
    show.tell(Take(A)).speak("a", 5.3)
    assert show.said == []
    assert at(show.speak("a", 6.0)) == [(5.5, "a")]


def test_over_somebody_elses_camera_nobody_is_named() -> None:
    show = Show().tell(Take(B)).tell(SetManual()).speak("a", 10.0)
    assert show.said == []


def test_who_shares_a_camera_is_not_named_and_neither_is_the_wide_one() -> None:
    both = Cast(
        (Camera(A, 1, "Two"), Camera(WIDE, 2, "Wide")),
        (Microphone(MicrophoneId("a"), "Ana", A), Microphone(MicrophoneId("b"), "Ben", A)),
        WIDE,
    )
    show = Show(cast=both).tell(Take(A)).tell(SetManual()).speak("a", 10.0).tell(ShowName())
    assert (show.said, show.refusals) == (
        [],
        ["Camera 1 Two shows several people, so no name is shown: it could be read as any of theirs."],
    )
    show.tell(Take(WIDE)).speak("a", 12.0).tell(ShowName())
    assert "shows everybody" in show.refusals[1]


def test_a_name_that_was_cut_off_before_it_could_be_read_comes_again() -> None:
    show = Show().speak("a", 6.0)
    ((on_s, _),) = show.said
    short = (
        Show().speak("a", on_s + READ_S - 0.1).tell(Take(B)).speak("a", on_s + 6).tell(Take(A)).speak("a", on_s + 8)
    )
    assert [what for _, what in short.said] == ["a", "a"]
    read = (
        Show().speak("a", on_s + READ_S + 0.1).tell(Take(B)).speak("a", on_s + 6).tell(Take(A)).speak("a", on_s + 8)
    )
    assert [what for _, what in read.said] == ["a"]


def test_a_camera_that_is_lost_takes_its_name_along() -> None:
    show = Show().speak("a", 3.0)
    assert show.names.shown(show.now_s) is not None
    show.tell(CameraChanged(A, SourceState.LOST))
    assert show.names.shown(show.now_s) is None


def test_by_hand_at_once_also_without_a_word_and_without_the_automatic() -> None:
    show = Show(NameRules()).tell(Take(B)).tell(ShowName())
    assert show.said == [(0.0, "b by hand")]
    shown = show.names.shown(1.0)
    assert shown is not None
    assert (shown.microphone, shown.camera, shown.until_s) == ("b", B, 4.0)
    assert show.names.shown(4.0) is None
    assert show.speak("b", 10.0).said == [(0.0, "b by hand")]


def test_pressed_again_it_goes_and_again_it_comes() -> None:
    show = Show(NameRules()).tell(Take(A)).tell(ShowName()).speak("", 1.0).tell(ShowName()).speak("", 2.0)
    show.tell(ShowName()).speak("", 8.0).tell(ShowName())
    assert at(show) == [(0.0, "a by hand"), (1.0, "off"), (2.0, "a by hand"), (8.0, "a by hand")]


def test_a_name_that_was_lost_comes_again_by_hand_at_the_first_press_and_not_by_itself() -> None:
    show = Show().speak("a", 4.0)
    assert [what for _, what in show.said] == ["a"]
    show.tell(NameLost(MicrophoneId("b")))
    assert show.names.shown(show.now_s) is not None
    show.tell(NameLost(MicrophoneId("a")))
    assert show.names.shown(show.now_s) is None
    show.speak("a", 9.0).tell(ShowName())
    assert [what for _, what in show.said] == ["a", "a by hand"]


def test_who_was_named_by_hand_is_not_named_by_itself() -> None:
    show = Show().tell(Take(A)).tell(ShowName()).speak("a", 1.0).tell(ShowName()).speak("a", 10.0)
    assert at(show) == [(0.0, "a by hand"), (1.0, "off")]


def test_where_nothing_can_be_composed_every_name_is_refused_with_the_reason() -> None:
    show = Show(NameRules(by_itself=True, refusal="There is no delay.")).speak("a", 5.0).tell(ShowName())
    assert (show.said, show.refusals) == ([], ["There is no delay."])


def test_a_camera_without_a_microphone_has_no_name() -> None:
    cast = Cast((Camera(A, 1, "Ana"), Camera(B, 2, "Hall")), (Microphone(MicrophoneId("a"), "Ana", A),))
    show = Show(cast=cast).tell(Take(B)).tell(ShowName())
    assert show.refusals == [
        "Nobody's name belongs to camera 2 Hall, so none is shown. Name its microphone in the show file."
    ]


def name(camera: CameraId, first: int, end: int) -> PlacedName:
    return PlacedName(camera, first, end, BOX)


SEEN: dict[str, tuple[list[tuple[int, CameraId]], list[PlacedName], list[EndedName], list[tuple[int, int]]]] = {
    "to its end": ([], [name(A, 50, 90)], [], [(50, 90)]),
    "to the cut away": ([(70, B)], [name(A, 50, 90)], [], [(50, 70)]),
    "not after a cut back": ([(70, B), (80, A)], [name(A, 50, 90)], [], [(50, 70)]),
    "over a cut to the same": ([(70, A)], [name(A, 50, 90)], [], [(50, 90)]),
    "not at all after an earlier cut": ([(40, B)], [name(A, 50, 90)], [], []),
    "as if a cut had never been that was replaced": ([(70, B), (60, A)], [name(A, 50, 90)], [], [(50, 90)]),
    "to where it was taken away": ([], [name(A, 50, 90)], [EndedName(60, 50)], [(50, 60)]),
    "to the next one": ([], [name(A, 50, 90), name(A, 60, 99)], [], [(50, 60), (60, 99)]),
    "on, where the next one failed": ([], [name(A, 50, 90), name(A, 60, 99)], [EndedName(60, 60)], [(50, 90)]),
    "on, where the next one was not on air": ([], [name(A, 50, 90), name(B, 60, 99)], [], [(50, 90)]),
    "from its cut on": ([(50, B)], [name(B, 50, 90)], [], [(50, 90)]),
}


@pytest.mark.parametrize("row", SEEN)
def test_a_name_is_seen(row: str) -> None:
    cuts, names, ended, seen = SEEN[row]
    air = CutList(A)
    for slot, camera in cuts:
        air.cut(slot, camera)
    assert [(each.first, each.end) for each in named_spans(air, names, ended)] == seen


def test_pictures_may_have_been_drawn_from_the_slot_before_a_name_on() -> None:
    air = CutList(A)
    air.cut(60, B)
    found = drawn_spans(air, [name(A, 20, 40), name(B, 60, 90), name(A, 60, 70)], [])
    assert [(each.camera, each.first, each.end) for each in found] == [(A, 19, 40), (B, 60, 90), (A, 59, 60)]
