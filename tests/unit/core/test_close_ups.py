"""Films for narrow pictures: instead of shots of everybody, whoever has the floor."""

from collections.abc import Sequence
from fractions import Fraction

from director_app.core.canvas import Canvas, Slot
from director_app.core.close_ups import close_ups
from director_app.core.cut_list import Shot
from director_app.core.edits import Edit, Stretch
from director_app.core.sources import Camera, CameraId, Cast, Microphone, MicrophoneId
from director_app.core.turns import Period

CANVAS = Canvas(1920, 1080, Fraction(30))
A, B, WIDE = CameraId("a"), CameraId("b"), CameraId("wide")
CAST = Cast(
    (Camera(A, 1, "Ana"), Camera(B, 2, "Ben"), Camera(WIDE, 3, "Wide")),
    (Microphone(MicrophoneId("ma"), "Ana", A), Microphone(MicrophoneId("mb"), "Ben", B)),
    WIDE,
)


def film(*shots: tuple[CameraId, int, int]) -> Edit:
    return Edit([Stretch(tuple(Shot(camera, Slot(first), Slot(end)) for camera, first, end in shots))])


def held(*periods: tuple[str, float, float]) -> Sequence[Period]:
    return [Period(MicrophoneId(who), start_s, end_s) for who, start_s, end_s in periods]


def test_a_wide_shot_is_shared_out_among_those_who_hold_the_floor_in_it() -> None:
    edit = film((A, 0, 60), (WIDE, 60, 300), (B, 300, 360))

    close = close_ups(edit, CAST, held(("ma", 0, 5), ("mb", 5, 7), ("ma", 7, 12)), CANVAS)

    assert close == film((A, 0, 150), (B, 150, 210), (A, 210, 300), (B, 300, 360))


def test_who_holds_the_floor_for_a_moment_only_is_passed_over() -> None:
    edit = film((A, 0, 60), (WIDE, 60, 300))

    assert close_ups(edit, CAST, held(("ma", 0, 5), ("mb", 5, 6), ("ma", 6, 10)), CANVAS) == film((A, 0, 300))


def test_a_film_that_begins_wide_begins_with_whoever_is_first() -> None:
    assert close_ups(film((WIDE, 0, 90), (B, 90, 200)), CAST, [], CANVAS) == film((B, 0, 200))


def test_a_stretch_of_nobody_stays_on_whoever_had_the_floor_last() -> None:
    silent = film((WIDE, 300, 400))

    assert close_ups(silent, CAST, held(("ma", 0, 4), ("mb", 4, 9)), CANVAS) == film((B, 300, 400))
    assert close_ups(silent, CAST, [], CANVAS) == film((A, 300, 400))


def test_cuts_between_people_stay_where_they_are_and_stretches_apart() -> None:
    edit = Edit([*film((A, 0, 50), (B, 50, 100)).stretches, *film((B, 500, 600)).stretches])

    assert close_ups(edit, CAST, held(("ma", 0, 20)), CANVAS) == edit


def test_where_nobody_has_a_camera_of_his_own_nothing_changes() -> None:
    alone = Cast((Camera(WIDE, 1, "Wide"),), (Microphone(MicrophoneId("m"), "All", WIDE),), WIDE)

    assert close_ups(film((WIDE, 0, 90)), alone, held(("m", 0, 3)), CANVAS) == film((WIDE, 0, 90))
