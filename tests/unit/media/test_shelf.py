"""Which pictures the slots get from cameras of every rate: scripted arrivals, no waiting."""

import random
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest

from director_app.core.canvas import Canvas
from director_app.media.frame import Frame, FramePool
from director_app.media.shelf import FrameShelf
from tests.helpers.pictures import SMALL

PERIOD_NS = SMALL.slot_time_ns(1)
POOL = FramePool(Canvas(16, 16, SMALL.fps))


@dataclass
class Shown:
    """Which picture each slot took, and how long before the slot it had come."""

    numbers: list[int]
    ages_ms: list[float]

    @property
    def repeated(self) -> int:
        return sum(after == before for before, after in pairwise(self.numbers))

    @property
    def left_out(self) -> int:
        return sum(after > before + 1 for before, after in pairwise(self.numbers))


def play(fps: float, phase: float, jitter_ms: float, seconds: float, hold_ms: float = 0.0) -> Shown:
    """A camera's pictures and a 30 fps program. phase: of the first picture, in slots.

    Only how the rates compare matters: 36 fps here is as 30 fps in a program of 25.
    """
    dice = random.Random(7)
    return slots_of(
        sorted(
            phase * PERIOD_NS + number * 1e9 / fps + dice.gauss(0, jitter_ms * 1e6)
            for number in range(int(seconds * fps))
        ),
        seconds,
        hold_ms,
    )


def slots_of(arrivals: list[float], seconds: float, hold_ms: float = 0.0) -> Shown:
    """arrivals: of the pictures in their order, ns since slot 0; several may come at once."""
    shelf = FrameShelf(PERIOD_NS, round(hold_ms * 1e6))
    shown, put = Shown([], []), 0
    for slot in range(6, int(seconds * 30) - 6):
        slot_ns = slot * PERIOD_NS
        while put < len(arrivals) and arrivals[put] <= slot_ns:
            frame = _frame(put)
            shelf.put(frame, int(arrivals[put]))
            put += 1
        taken = shelf.at(slot_ns)
        assert taken is not None
        shown.numbers.append(taken.arrived_ns)
        shown.ages_ms.append((slot_ns - arrivals[taken.arrived_ns]) / 1e6)
    return shown


def _frame(number: int) -> Frame:
    frame = POOL.lend()
    frame.arrived_ns = number
    return frame


@pytest.mark.parametrize("jitter_ms", [0.5, 1, 2, 3])
@pytest.mark.parametrize("phase", [-0.1, -0.02, 0, 0.02, 0.1, 0.5])
def test_a_camera_in_step_repeats_one_picture_at_most(phase: float, jitter_ms: float) -> None:
    shown = play(30, phase, jitter_ms, 60)
    # One for the change to the other half, and one before it could be known that there is a need for it.
    assert shown.repeated <= 2
    settled = Shown(shown.numbers[5:], [])
    assert settled.repeated <= 1
    assert settled.left_out <= 1
    assert max(shown.ages_ms) < 50


@pytest.mark.parametrize("phase", [0, 0.1, 0.3, 0.5, 0.8])
@pytest.mark.parametrize("fps", [20, 24, 25])
def test_a_slower_camera_is_never_held_back(fps: float, phase: float) -> None:
    shown = play(fps, phase, 0.3, 60)
    assert shown.left_out == 0
    assert shown.repeated == pytest.approx(60 * (30 - fps), abs=8)
    # The first one may be older, so that the next may come late.
    assert max(shown.ages_ms[5:]) < 1000 / fps + 3


@pytest.mark.parametrize("fps", [50, 60])
def test_a_faster_camera_never_repeats(fps: float) -> None:
    shown = play(fps, 0.5, 1, 60)
    assert shown.repeated <= 1
    assert np.mean(shown.ages_ms) < 20


@pytest.mark.parametrize("phase", [0, 0.25, 0.5, 0.75])
@pytest.mark.parametrize("fps", [31.25, 36, 37.5])
def test_a_somewhat_faster_camera_does_not_come_late(fps: float, phase: float) -> None:
    shown = play(fps, phase, 1, 60)
    assert shown.repeated <= 1
    assert shown.left_out == pytest.approx(60 * (fps - 30), abs=8)
    settled = shown.ages_ms[5:]
    assert np.mean(settled) < 1.2 * 33.4
    assert max(settled) < 1.6 * 33.4


def test_a_somewhat_faster_camera_that_stood_still_does_not_come_late_for_ever() -> None:
    arrivals = [number * 1e9 / 36 for number in range(36 * 60) if not 200 <= number < 260]
    shown = slots_of(arrivals, 60)
    assert max(shown.ages_ms[-30 * 20 :]) < 1.6 * 33.4


@pytest.mark.parametrize(("fps", "repeated", "left_out"), [(30.01, 0, 6), (29.99, 6, 0), (29.97, 18, 0)])
@pytest.mark.parametrize("phase", [0, 0.25, 0.5])
def test_a_drifting_camera_loses_one_picture_per_beat(fps: float, repeated: int, left_out: int, phase: float) -> None:
    shown = play(fps, phase, 0.5, 600)
    assert repeated - 1 <= shown.repeated <= repeated + 1
    assert left_out - 1 <= shown.left_out <= left_out + 1


@pytest.mark.parametrize("hold_ms", [50, 100, 500])
def test_pictures_rest_as_long_as_they_are_told(hold_ms: float) -> None:
    shown = play(30, 0.5, 1, 30, hold_ms)
    settled = shown.ages_ms[int(hold_ms / 33) + 5 :]
    assert min(settled) >= hold_ms
    assert max(settled) < hold_ms + 50


@pytest.mark.parametrize("fps", [60, 75])
def test_pictures_of_a_fast_camera_rest_as_long_too(fps: float) -> None:
    shown = play(fps, 0.5, 1, 10, 1000)
    settled = shown.ages_ms[35:]
    assert min(settled) >= 1000
    assert max(settled) < 1030


def test_no_more_pictures_are_kept_than_rest_and_wait() -> None:
    shelf = FrameShelf(PERIOD_NS, 1_000_000_000)
    for number in range(300):
        shelf.put(_frame(number), number * PERIOD_NS)
    first = shelf.at(0)
    assert first is not None
    assert 299 - first.arrived_ns <= 30 + 7
    shelf.put(_frame(300), 600 * PERIOD_NS)
    alone = shelf.at(601 * PERIOD_NS)
    assert alone is not None
    assert alone.arrived_ns == 299


def test_the_newest_is_for_monitors_whatever_rests() -> None:
    shelf = FrameShelf(PERIOD_NS, 100_000_000)
    assert shelf.newest() is None
    assert shelf.at(0) is None
    for number in range(3):
        shelf.put(_frame(number), number * PERIOD_NS)
    newest = shelf.newest()
    assert newest is not None
    assert newest.arrived_ns == 2
    first = shelf.at(2 * PERIOD_NS)
    assert first is not None
    assert first.arrived_ns == 0


def test_a_camera_that_stops_leaves_its_last_picture() -> None:
    shelf = FrameShelf(PERIOD_NS)
    shelf.put(_frame(4), 0)
    taken = shelf.at(10_000_000_000)
    assert taken is not None
    assert taken.arrived_ns == 4


@pytest.mark.parametrize("bundle", [2, 3])
@pytest.mark.parametrize("phase", [0.1, 0.5, 0.9])
def test_pictures_that_come_in_bundles_are_shown_one_after_the_other(phase: float, bundle: int) -> None:
    arrivals = [(phase + number // bundle * bundle) * PERIOD_NS for number in range(30 * 60)]
    shown = slots_of(arrivals, 60)
    settled = Shown(shown.numbers[10:], shown.ages_ms[10:])
    assert settled.repeated == settled.left_out == 0
    assert max(settled.ages_ms) < 33.4 * (bundle + 1)


@pytest.mark.parametrize("phase", [0.05, 0.3, 0.5, 0.8, 0.95])
def test_a_thread_that_is_often_late_costs_a_picture_once(phase: float) -> None:
    dice = random.Random(3)
    late = [dice.uniform(15e6, 30e6) if dice.random() < 0.02 else 0.5e6 for _ in range(30 * 60)]
    shown = slots_of(_in_order([(phase + number) * PERIOD_NS + each for number, each in enumerate(late)]), 60)
    assert shown.repeated <= 1
    assert shown.left_out == 0
    assert max(shown.ages_ms) < 34 * 2.5


def test_after_calm_seconds_pictures_wait_no_longer_than_they_must() -> None:
    arrivals = [(0.5 + number) * PERIOD_NS for number in range(30 * 40)]
    arrivals[300:304] = [arrivals[303]] * 4
    shown = slots_of(arrivals, 40)
    # Three slots found nothing; the pictures that came then were shown one after the other, and later some left out.
    assert shown.repeated == 3 and 0 < shown.left_out <= 3
    assert max(shown.ages_ms[300:560]) > 80
    assert max(shown.ages_ms[-200:]) < 1.25 * 33.4


def test_a_camera_that_was_away_is_shown_anew() -> None:
    arrivals = [(0.5 + number) * PERIOD_NS for number in range(30 * 20)]
    shelf, put, ages = FrameShelf(PERIOD_NS), 0, []
    for slot in range(4, 500):
        while arrivals[put] <= slot * PERIOD_NS:
            shelf.put(_frame(put), int(arrivals[put]))
            put += 1
        if not 100 <= slot < 200:
            taken = shelf.at(slot * PERIOD_NS)
            assert taken is not None
            ages.append(slot * PERIOD_NS - arrivals[taken.arrived_ns])
    assert max(ages) < 1.25 * PERIOD_NS


def _in_order(arrivals: list[float]) -> list[float]:
    """What one thread puts there: none before the one before it."""
    return [max(arrivals[: number + 1][-3:]) for number in range(len(arrivals))]
