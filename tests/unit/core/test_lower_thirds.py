"""When names appear in films: table by table, in frames."""

from collections.abc import Sequence
from fractions import Fraction

import pytest

from director_app.core.canvas import Canvas, Slot
from director_app.core.cut_list import Shot
from director_app.core.edits import Edit, Stretch
from director_app.core.lower_thirds import LowerThird, Once, Person, lower_thirds
from director_app.core.sources import Camera, CameraId, Cast, Microphone, MicrophoneId
from director_app.core.turns import Turn, floor

CANVAS = Canvas(1920, 1080, Fraction(30))
A, B, WIDE = CameraId("a"), CameraId("b"), CameraId("wide")
MA, MB = MicrophoneId("ma"), MicrophoneId("mb")
CAST = Cast(
    (Camera(A, 1, "Ana"), Camera(B, 2, "Ben"), Camera(WIDE, 3, "Wide")),
    (Microphone(MA, "Ana", A), Microphone(MB, "Ben", B)),
    WIDE,
)
ANA, BEN = Person("Ana Ruiz", "Architect"), Person("Ben")
PEOPLE = {MA: ANA, MB: BEN}

Shots = Sequence[tuple[CameraId, int, int]]
"""(camera, first slot, slot after the last)."""

Said = Sequence[tuple[MicrophoneId, float, float]]
"""(who, from, to); seconds, all of it spoken."""


def stretch(shots: Shots, lead: int = 0) -> Stretch:
    return Stretch(tuple(Shot(camera, Slot(first), Slot(end)) for camera, first, end in shots), lead)


def names(*films: Shots, said: Said, lead: int = 0, **how: object) -> list[tuple[str, int, int]]:
    turns = [Turn(who, start_s, end_s, end_s - start_s) for who, start_s, end_s in said]
    edit = Edit(stretch(shots, lead) for shots in films)
    held = floor(turns, 100.0), turns
    found = lower_thirds(edit, CAST, PEOPLE, held, CANVAS, **how)  # type: ignore[arg-type]
    return [(each.person.name, each.first, each.end) for each in found]


ROWS: dict[str, tuple[Shots, Said, list[tuple[str, int, int]]]] = {
    "half a second after the cut, for four seconds": (
        [(A, 0, 300)],
        [(MA, 0, 10)],
        [("Ana Ruiz", 15, 135)],
    ),
    "half a second after he takes the floor, where the shot began before": (
        [(A, 0, 300)],
        [(MA, 2, 10)],
        [("Ana Ruiz", 75, 195)],
    ),
    "each once": (
        [(A, 0, 200), (B, 200, 400), (A, 400, 700)],
        [(MA, 0, 6.6), (MB, 6.6, 13.3), (MA, 13.3, 23)],
        [("Ana Ruiz", 15, 135), ("Ben", 215, 335)],
    ),
    "just long enough": ([(A, 0, 135), (B, 135, 200)], [(MA, 0, 6)], [("Ana Ruiz", 15, 135)]),
    "never over a cut: the next long shot is waited for": (
        [(A, 0, 134), (WIDE, 134, 200), (A, 200, 400)],
        [(MA, 0, 13)],
        [("Ana Ruiz", 215, 335)],
    ),
    "a short turn does not count": ([(A, 0, 300)], [(MA, 0, 4.4), (MB, 4.4, 10)], []),
    "nor the silence after it": ([(A, 0, 300)], [(MA, 0, 3)], []),
    "not while another has the floor": ([(A, 0, 300)], [(MB, 0, 10)], []),
    "not over everybody": ([(WIDE, 0, 300)], [(MA, 0, 10)], []),
    "the long turn within a shot, not the short one before": (
        [(A, 0, 600)],
        [(MA, 0, 2), (MB, 2, 8), (MA, 8, 15)],
        [("Ana Ruiz", 255, 375)],
    ),
    "nobody speaks": ([(A, 0, 300)], [], []),
}


@pytest.mark.parametrize(("shots", "said", "wanted"), ROWS.values(), ids=ROWS)
def test_a_name_appears_at_the_first_long_turn(shots: Shots, said: Said, wanted: list[tuple[str, int, int]]) -> None:
    assert names(shots, said=said) == wanted


def test_frames_count_in_the_film_and_cards_count_too() -> None:
    clips: tuple[Shots, Shots] = ([(B, 600, 700)], [(A, 900, 1200)])
    assert names(*clips, said=[(MA, 29, 50)], lead=60) == [("Ana Ruiz", 60 + 100 + 60 + 15, 60 + 100 + 60 + 135)]


def test_in_highlights_a_name_appears_once_in_a_clip() -> None:
    clips: tuple[Shots, Shots] = ([(A, 0, 200), (B, 200, 230), (A, 230, 430)], [(A, 900, 1200)])
    said = [(MA, 0, 50)]
    assert names(*clips, said=said) == [("Ana Ruiz", 15, 135)]
    assert names(*clips, said=said, once=Once.STRETCH) == [("Ana Ruiz", 15, 135), ("Ana Ruiz", 445, 565)]


@pytest.mark.parametrize(("seconds", "end"), [(4, 135), (6, 195), (60, 300), (2, 75)])
def test_a_name_stays_as_long_as_asked_for_but_never_longer_than_the_turn(seconds: float, end: int) -> None:
    assert names([(A, 0, 450)], said=[(MA, 0, 10)], seconds=seconds) == [("Ana Ruiz", 15, end)]


def test_who_shares_a_camera_is_not_named() -> None:
    shared = Cast(CAST.cameras, (Microphone(MA, "Ana", A), Microphone(MB, "Ben", A)), None)
    turns = [Turn(MA, 0, 10, 10)]
    edit = Edit([stretch([(A, 0, 300)])])
    assert lower_thirds(edit, shared, PEOPLE, (floor(turns, 10.0), turns), CANVAS) == ()


def test_it_rises_and_falls_softly_and_is_whole_between() -> None:
    shown = LowerThird(100, 220, ANA)
    seen = [shown.opacity(frame, CANVAS) for frame in range(95, 225)]
    assert seen[:5] == [0.0] * 5 and seen[-5:] == [0.0] * 5
    rising = seen[5:15]
    assert 0 < rising[0] < 0.05 and rising == sorted(rising) and rising[-2] < 1
    assert seen[5:125] == seen[124:4:-1]
    assert seen[14:116] == [1.0] * 102
