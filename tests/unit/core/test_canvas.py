"""Slots, samples and seconds agree at every frame rate, for hours."""

from fractions import Fraction

import pytest

from director_app.core.canvas import FRAME_RATES, SAMPLE_RATE, Canvas, timecode


@pytest.mark.parametrize("fps", FRAME_RATES)
def test_slot_of_its_own_time_is_itself_for_hours(fps: Fraction) -> None:
    canvas = Canvas(1280, 720, fps)
    for slot in (0, 1, 2, 29, 30, 1799, 107_892, 864_001):
        assert canvas.slot_at(canvas.slot_time_s(slot)) == slot
        assert canvas.slot_at(canvas.slot_time_s(slot) + 0.9 / float(fps)) == slot


def test_times_before_the_show_belong_to_slot_0() -> None:
    assert Canvas(1280, 720, Fraction(30)).slot_at(-3.0) == 0


def test_samples_of_slots_are_rounded_once_and_never_accumulate() -> None:
    ntsc = Canvas(1280, 720, Fraction(30000, 1001))
    assert [ntsc.first_sample_of(slot) for slot in range(4)] == [0, 1602, 3203, 4805]
    assert ntsc.first_sample_of(30_000) == 1001 * 48_000


@pytest.mark.parametrize(
    ("t_s", "text"),
    [(0, "00:00:00.0"), (0.3, "00:00:00.3"), (59.99, "00:00:59.9"), (3723.4, "01:02:03.4"), (-1, "00:00:00.0")],
)
def test_timecode(t_s: float, text: str) -> None:
    assert timecode(t_s) == text


@pytest.mark.parametrize("fps", FRAME_RATES)
def test_times_and_samples_of_slots_are_those_of_exact_fractions(fps: Fraction) -> None:
    canvas = Canvas(1280, 720, fps)
    for slot in (*range(200), *range(10_000_000, 10_000_200)):
        assert canvas.slot_time_s(slot) == float(slot / fps)
        assert canvas.slot_time_ns(slot) == int(slot * 1_000_000_000 / fps)
        assert canvas.first_sample_of(slot) == round(slot * SAMPLE_RATE / fps)
