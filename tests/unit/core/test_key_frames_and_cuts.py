"""Where key frames lie, where cuts fall, and what was on air in every slot."""

import random

from director_app.core.cut_list import Shot, cut_list
from director_app.core.key_frames import KeyFrames
from director_app.core.sources import CameraId

A, B, C = CameraId("a"), CameraId("b"), CameraId("c")


def passed(keys: KeyFrames, end: int) -> list[int]:
    """Encodes up to that slot; gives the key frames."""
    return [slot for slot in range(keys.next_slot, end) if keys.pass_slot()]


def test_key_frames_come_when_asked_for_and_at_the_latest_after_the_period() -> None:
    keys = KeyFrames(10)
    assert passed(keys, 13) == [0, 10]
    assert (keys.ask(13), keys.ask(14), keys.ask(2)) == (13, 14, 13)
    assert passed(keys, 40) == [13, 14, 24, 34]


def test_a_cut_takes_the_first_key_frame_at_or_after_the_wanted_slot() -> None:
    keys = KeyFrames(60)
    keys.ask(75)
    passed(keys, 100)
    assert keys.for_cut(61, 100) == 75
    assert keys.for_cut(60, 100) == 60
    assert keys.for_cut(76, 100) == 100, "none lies there: one is asked for"
    assert passed(keys, 200) == [100, 160]


def test_a_cut_waits_for_no_key_frame_longer_than_it_must() -> None:
    keys = KeyFrames(60)
    passed(keys, 58)
    assert keys.for_cut(40, 59) == 59
    assert keys.for_cut(65, 59) == 65, "a cut that is wanted later falls there"
    assert passed(keys, 130) == [59, 65, 125]


def test_what_is_promised_to_a_cut_stays_whatever_is_asked_for_later() -> None:
    keys = KeyFrames(60)
    passed(keys, 50)
    assert keys.for_cut(55, 61) == 60, "the period ends there"
    keys.ask(52)
    assert passed(keys, 70) == [52, 60]


def test_where_a_cut_falls_does_not_depend_on_how_far_the_encoders_are() -> None:
    random_ = random.Random(1)
    for _ in range(300):
        early, late = KeyFrames(20), KeyFrames(20)
        for _ in range(12):
            now = late.next_slot + random_.randint(0, 9)
            passed(early, random_.randint(early.next_slot, max(early.next_slot, now)))
            passed(late, now)
            wanted = now - random_.randint(-3, 30)
            if random_.random() < 0.5:
                assert early.ask(now) == late.ask(now)
            else:
                assert early.for_cut(wanted, now) == late.for_cut(wanted, now)


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
