"""When the window looks again."""

from fractions import Fraction

import pytest

from director_app.core.canvas import FRAME_RATES
from director_app.gui.models.beat import beat_s, until_look_s


@pytest.mark.parametrize("fps", FRAME_RATES)
def test_every_beat_is_whole_slots_and_about_a_thirtieth_of_a_second(fps: Fraction) -> None:
    assert (beat_s(fps) * fps) % 1 == pytest.approx(0, abs=1e-9)
    assert 1 / 30.1 < beat_s(fps) < 1 / 23.9


@pytest.mark.parametrize("fps", FRAME_RATES)
def test_looks_follow_each_other_by_a_beat_and_fall_in_the_middle_of_a_slot(fps: Fraction) -> None:
    t_s = first_s = 5.0 + until_look_s(5.0, fps)
    for _ in range(200):
        before, t_s = t_s, t_s + until_look_s(t_s, fps)
        assert t_s - before == pytest.approx(beat_s(fps))
        assert 0.45 < float(t_s * fps) % 1 < 0.55
    assert t_s == pytest.approx(first_s + 200 * beat_s(fps))


@pytest.mark.parametrize("off_s", [-0.012, -0.002, 0.0, 0.002, 0.012])
def test_a_look_that_comes_early_or_late_keeps_the_beat(off_s: float) -> None:
    due_s = 7.0 + until_look_s(7.0, Fraction(30))
    assert off_s + until_look_s(due_s + off_s, Fraction(30)) == pytest.approx(1 / 30)


def test_after_a_look_that_comes_much_too_late_none_follows_at_once() -> None:
    due_s = 7.0 + until_look_s(7.0, Fraction(30))
    assert until_look_s(due_s + 0.03, Fraction(30)) == pytest.approx(0.03 + 2 * (1 / 30 - 0.03), abs=1e-6)


def test_before_the_first_slot_the_beat_is_kept_as_well() -> None:
    assert 0 < until_look_s(-0.4, Fraction(25)) <= 0.06
