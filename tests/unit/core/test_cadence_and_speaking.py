"""How often the program may change, and when people speak."""

from director_app.core.cadence import CutCap, MinimumShot
from director_app.core.evidence import Evidence, Heard
from director_app.core.sources import MicrophoneId
from director_app.core.speaking import Speaking, SpeakingChange

ANA = MicrophoneId("ana")


def test_minimum_shot_counts_from_the_last_cut() -> None:
    shot = MinimumShot(2.0)
    assert shot.wait_s(0.5) == 0.0, "the opening shot is nobody's choice"
    shot.cut(10.0)
    assert shot.wait_s(11.0) == 1.0
    assert shot.wait_s(12.0) == 0.0


def test_the_cap_says_when_the_next_cut_fits() -> None:
    cap = CutCap(2)
    assert cap.wait_s(0.0) == 0.0
    cap.cut(1.0)
    cap.cut(5.0)
    assert cap.wait_s(10.0) == 51.0
    assert cap.wait_s(61.0) == 0.0
    cap.cut(61.0)
    assert cap.wait_s(62.0) == 3.0


def test_takes_beyond_the_cap_make_the_automatic_wait_longer() -> None:
    cap = CutCap(2)
    for at_s in (1.0, 2.0, 3.0):
        cap.cut(at_s)
    assert cap.wait_s(10.0) == 52.0


def hop(t_s: float, *, speaks: bool) -> Heard:
    """One hop of one microphone."""
    return Heard(t_s, (Evidence(ANA, -20.0, -60.0, 10.0, speaks, speaks),))


def test_speech_is_joined_over_short_pauses_and_ends_are_dated_back() -> None:
    speaking = Speaking()
    changes: list[SpeakingChange] = []
    for index in range(1, 101):
        t_s = index * 0.02
        changes += speaking.hear(hop(t_s, speaks=0.2 < t_s <= 0.6 or 0.8 < t_s <= 1.0))
    assert [(round(each.at_s, 2), each.speaks) for each in changes] == [(0.2, True), (1.0, False)]
    assert speaking.speaking() == frozenset()
