"""Where key frames lie, where cuts fall, and what was on air in every slot."""

from director_app.core.cut_list import Shot, cut_list
from director_app.core.key_frames import KeyFrameRhythm, cut_slot
from director_app.core.sources import CameraId

A, B, C = CameraId("a"), CameraId("b"), CameraId("c")


def test_a_cut_takes_the_first_key_frame_at_or_after_the_wanted_slot() -> None:
    assert cut_slot([0, 60, 75, 120], 61) == 75
    assert cut_slot([0, 60, 75, 120], 60) == 60
    assert cut_slot([0, 60], 61) is None


def test_key_frames_come_when_asked_for_and_at_the_latest_after_the_period() -> None:
    rhythm = KeyFrameRhythm(10)
    keys = []
    for slot in range(40):
        if slot in {13, 14}:
            rhythm.ask()
        if rhythm.is_key(slot):
            keys.append(slot)
    assert keys == [0, 10, 13, 14, 24, 34]


def test_shots_follow_each_other_without_gaps_and_end_at_the_end() -> None:
    shots = cut_list(A, [(10, B), (20, C), (30, A)]).shots(25)
    assert shots == (Shot(A, 0, 10), Shot(B, 10, 20), Shot(C, 20, 25))  # type: ignore[arg-type]


def test_a_newer_cut_replaces_those_that_have_not_happened_yet() -> None:
    cuts = cut_list(A, [(10, B), (40, C), (15, A)])
    assert [cuts.on_air(slot) for slot in (0, 9, 10, 14, 15, 40, 99)] == [A, A, B, B, A, A, A]


def test_a_cut_at_slot_0_replaces_the_opening() -> None:
    assert cut_list(A, [(0, B)]).shots(5) == (Shot(B, 0, 5),)  # type: ignore[arg-type]


def test_a_correction_holds_up_to_the_next_cut_and_keeps_it() -> None:
    cuts = cut_list(A, [(10, B), (40, C)])
    cuts.correct(10, A)
    cuts.correct(17, B)
    assert cuts.shots(50) == (Shot(A, 0, 17), Shot(B, 17, 40), Shot(C, 40, 50))  # type: ignore[arg-type]


def test_cuts_that_change_nothing_make_no_shot() -> None:
    assert cut_list(A, [(10, A), (20, B)]).shots(30) == (Shot(A, 0, 20), Shot(B, 20, 30))  # type: ignore[arg-type]
