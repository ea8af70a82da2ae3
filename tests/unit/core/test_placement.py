"""Where decisions fall: the programme delay, the minimum shot, key frames."""

from enum import Enum
from fractions import Fraction

import pytest

from director_app.core.canvas import Canvas, Slot
from director_app.core.decisions import Cause, Cut, KeyFrameWish
from director_app.core.dry_run import DryRun
from director_app.core.placement import HEAD_LEAD_S, Placement, Program, makes_heads
from director_app.core.sound_batch import AT_ONCE, TOGETHER, SoundBatch, sound_batch
from director_app.core.sources import CameraId

A, B, C = CameraId("a"), CameraId("b"), CameraId("c")
CANVAS = Canvas(640, 360, Fraction(30))


class Cuts(Enum):
    """Where they may fall."""

    ON_KEYS = 1
    ANYWHERE = 2


SOON, LATER = (round(batch.latency_s * 30 + 0.49) for batch in (AT_ONCE, TOGETHER))
"""Slots from what is heard to what it can change, with a short programme delay and with a long one."""

LEAD = round(HEAD_LEAD_S * 30 + 0.49)


def cut(at_s: float, target: CameraId = B, wanted_s: float | None = None, cause: Cause = Cause.FLOOR) -> Cut:
    """A decision."""
    return Cut(at_s, at_s if wanted_s is None else wanted_s, A, target, cause, "because")


class Desk:
    """A dry run of three cameras and what places decisions on it."""

    def __init__(self, delay_s: float = 1.0, minimum_shot_s: float = 2.0, cuts: Cuts = Cuts.ON_KEYS) -> None:
        self.run = DryRun((A, B, C), A, 60)
        program = self.run.anywhere() if cuts is Cuts.ANYWHERE else self.run.on_key_frames()
        self.placement = Placement(CANVAS, delay_s, minimum_shot_s, program)

    def heard(self, decision: Cut | KeyFrameWish) -> Slot | None:
        """What followed from sound."""
        self.run.advance_to(self.placement.told_slot(decision.at_s))
        return self._place(decision, self.placement.heard_slot(decision.at_s))

    def told(self, decision: Cut) -> Slot | None:
        """What followed from a key."""
        now = self.placement.told_slot(decision.at_s)
        self.run.advance_to(now)
        return self._place(decision, now)

    def _place(self, decision: Cut | KeyFrameWish, now: Slot) -> Slot | None:
        if isinstance(decision, KeyFrameWish):
            self.placement.wish(decision, now)
            return None
        return self.placement.cut(decision, now)

    def shots(self, end: int) -> list[tuple[CameraId, int]]:
        """(camera, first slot)."""
        return [(shot.camera, shot.first) for shot in self.run.cuts.shots(end)]


def test_without_a_delay_a_cut_falls_when_what_was_heard_can_be_acted_on() -> None:
    assert Desk(delay_s=0.0).heard(cut(5.0)) == 150 + SOON


@pytest.mark.parametrize(("delay_s", "batch"), [(0.0, AT_ONCE), (0.98, AT_ONCE), (1.0, TOGETHER), (3.0, TOGETHER)])
def test_only_where_the_program_can_wait_for_it_is_sound_taken_in_large_pieces(
    delay_s: float, batch: SoundBatch
) -> None:
    assert sound_batch(delay_s) == batch
    assert Desk(delay_s).placement.heard_slot(5.0) == 150 + (SOON if batch is AT_ONCE else LATER)


def test_with_a_delay_a_cut_falls_in_the_past_where_a_key_frame_was_wished_for() -> None:
    desk = Desk()
    desk.heard(KeyFrameWish(4.5, (B,)))
    assert desk.heard(cut(5.0, wanted_s=4.5)) == 135 + LATER
    assert desk.run.key_frames == 3 * 3 + 1, "slots 0, 60 and 120 of every camera, and the wish"


def test_a_wish_for_another_camera_helps_nobody() -> None:
    desk = Desk()
    desk.heard(KeyFrameWish(4.5, (C,)))
    assert desk.heard(cut(5.0, wanted_s=4.5)) == 150 + LATER


def test_a_cut_falls_no_earlier_than_the_program_has_left() -> None:
    desk = Desk(delay_s=0.5, cuts=Cuts.ANYWHERE)
    assert desk.heard(cut(5.0, wanted_s=3.0)) == 150 + SOON - (15 - LEAD)
    assert desk.heard(cut(9.0, C, wanted_s=8.9)) == 267


def test_a_delay_that_is_no_longer_than_a_head_takes_reaches_into_no_past() -> None:
    desk = Desk(delay_s=HEAD_LEAD_S, cuts=Cuts.ANYWHERE)
    assert desk.heard(cut(5.0, wanted_s=4.0)) == 150 + SOON
    assert [makes_heads(CANVAS, slots) for slots in (0, LEAD, LEAD + 1, 30)] == [False, False, True, True]


def test_a_dry_run_makes_the_key_frames_that_end_heads() -> None:
    desk = Desk(cuts=Cuts.ANYWHERE)
    desk.heard(cut(5.0, wanted_s=4.5))
    desk.run.advance_to(160)
    assert desk.shots(160) == [(A, 0), (B, 135)]
    assert desk.run.key_frames == 3 * 3 + 1


def test_a_take_lands_on_the_first_slot_after_the_key() -> None:
    desk = Desk()
    desk.heard(KeyFrameWish(4.5, (B,)))
    assert desk.told(cut(5.01, cause=Cause.TAKE)) == 151


def test_the_minimum_shot_binds_pictures_too_but_neither_takes_nor_faults() -> None:
    desk = Desk(delay_s=0.0)
    first = desk.heard(cut(5.0))
    assert first is not None
    assert desk.heard(cut(5.5, C)) == first + 60
    assert desk.told(cut(5.6, B, cause=Cause.FAULT)) == 168
    assert desk.told(cut(5.7, C, cause=Cause.TAKE)) == 171


def test_what_the_automatic_decides_after_a_take_never_falls_before_it() -> None:
    desk = Desk(cuts=Cuts.ANYWHERE)
    desk.told(cut(5.0, B, cause=Cause.TAKE))
    assert desk.heard(cut(5.3, C, wanted_s=4.6)) == 150 + 60
    assert desk.shots(300) == [(A, 0), (B, 150), (C, 210)]


def test_a_take_replaces_what_the_automatic_placed_later() -> None:
    desk = Desk(cuts=Cuts.ANYWHERE)
    desk.heard(cut(5.0, C, wanted_s=5.0))
    desk.heard(cut(5.02, A, wanted_s=5.02))
    desk.told(cut(5.05, B, cause=Cause.TAKE))
    assert desk.shots(300) == [(A, 0), (C, 150), (B, 152)]


def test_nothing_falls_before_slot_0() -> None:
    desk = Desk(cuts=Cuts.ANYWHERE)
    assert desk.heard(cut(0.1, B, wanted_s=-0.5)) == 0


@pytest.mark.parametrize("fps", [Fraction(24000, 1001), Fraction(25), Fraction(60)])
def test_a_key_at_a_slot_s_very_beginning_changes_that_slot(fps: Fraction) -> None:
    canvas = Canvas(640, 360, fps)
    placement = Placement(canvas, 0.0, 2.0, Program(lambda _camera, wanted, _latest: Slot(wanted), lambda *_: None))
    assert [placement.told_slot(canvas.slot_time_s(slot)) for slot in range(2000)] == list(range(2000))
    assert placement.told_slot(canvas.slot_time_s(7) + 1e-4) == 8
