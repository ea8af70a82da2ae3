"""When the window looks again."""

from fractions import Fraction

import pytest

from director_app.core.canvas import FRAME_RATES
from director_app.gui.models.beat import Beat

_AT_30 = Beat(Fraction(30))


@pytest.mark.parametrize("fps", FRAME_RATES)
def test_every_beat_is_whole_slots_and_about_a_thirtieth_of_a_second(fps: Fraction) -> None:
    beat_s = Beat(fps).beat_s
    assert (beat_s * fps) % 1 == pytest.approx(0, abs=1e-9)
    assert 1 / 30.1 < beat_s < 1 / 23.9


@pytest.mark.parametrize("fps", FRAME_RATES)
def test_looks_follow_each_other_by_a_beat_and_fall_in_the_middle_of_a_slot(fps: Fraction) -> None:
    beat = Beat(fps)
    t_s = first_s = 5.0 + beat.until_look_s(5.0)
    for _ in range(200):
        before, t_s = t_s, t_s + beat.until_look_s(t_s)
        assert t_s - before == pytest.approx(beat.beat_s)
        assert 0.45 < float(t_s * fps) % 1 < 0.55
    assert t_s == pytest.approx(first_s + 200 * beat.beat_s)


@pytest.mark.parametrize("off_s", [-0.012, -0.002, 0.0, 0.002, 0.012])
def test_a_look_that_comes_early_or_late_keeps_the_beat(off_s: float) -> None:
    due_s = 7.0 + _AT_30.until_look_s(7.0)
    assert off_s + _AT_30.until_look_s(due_s + off_s) == pytest.approx(1 / 30)


def test_after_a_look_that_comes_much_too_late_none_follows_at_once() -> None:
    due_s = 7.0 + _AT_30.until_look_s(7.0)
    assert _AT_30.until_look_s(due_s + 0.03) == pytest.approx(0.03 + 2 * (1 / 30 - 0.03), abs=1e-6)


def test_before_the_first_slot_the_beat_is_kept_as_well() -> None:
    assert 0 < Beat(Fraction(25)).until_look_s(-0.4) <= 0.06
