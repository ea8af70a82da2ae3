"""Beats, mended time stamps and backlogs, by clocks that move when told."""

from fractions import Fraction

import pytest

from director_app.capture.pacing import Backlog, Pace, StreamPace, Tick, Timeline


class Clock:
    """Stands still."""

    def __init__(self) -> None:
        self.ns = 1_000_000_000

    def __call__(self) -> int:
        return self.ns


def test_beats_are_absolute_and_late_ones_are_skipped() -> None:
    clock = Clock()
    pace = Pace(Fraction(30000, 1001), 1_000_000_000, clock)
    pace.begin()
    assert pace.wait(0) == Tick(0, 1_000_000_000)
    assert pace.wait(0) is None
    clock.ns += 10_000_000_000
    assert pace.wait(0) == Tick(299, 1_000_000_000 + 299 * 1001 * 1_000_000_000 // 30000)
    assert pace.wait(0) is None


def test_beats_begin_in_the_middle_of_an_epoch_or_before_it() -> None:
    clock = Clock()
    late = Pace(Fraction(25), 0, clock)
    late.begin()
    assert late.wait(0) == Tick(25, 1_000_000_000)
    early = Pace(Fraction(25), 3_000_000_000, clock)
    early.begin()
    assert early.wait(0) is None
    clock.ns = 3_000_000_000
    assert early.wait(0) == Tick(0, 3_000_000_000)


def test_an_ended_pace_is_closed() -> None:
    pace = Pace(Fraction(25), None, Clock())
    with pytest.raises(RuntimeError, match="closed"):
        pace.wait(0)
    pace.begin()
    pace.end()
    pace.end()
    with pytest.raises(RuntimeError, match="closed"):
        pace.wait(0)


@pytest.mark.parametrize(
    ("stamps", "line"),
    [
        ([1.5, 1.6, 1.7], [1.5, 1.6, 1.7]),
        ([None, None, None], [0.0, 0.1, 0.2]),
        ([5.0, None, 5.2], [5.0, 5.1, 5.2]),
        ([5.0, 5.1, 0.0, 0.1], [5.0, 5.1, 5.2, 5.3]),
        ([5.0, 5.0, 5.1], [5.0, 5.1, 5.2]),
        ([5.0, 95000.0, 95000.1], [5.0, 5.1, 5.2]),
        ([5.0, 9.0, 9.1], [5.0, 9.0, 9.1]),
    ],
    ids=["good", "none", "hole", "back to 0", "twice", "jump", "a true pause"],
)
def test_time_only_rises(stamps: list[float | None], line: list[float]) -> None:
    timeline = Timeline()
    assert [timeline.at(stamp, 0.1) for stamp in stamps] == pytest.approx(line)


def test_a_stream_that_runs_ahead_is_held_to_its_stamps() -> None:
    pace = StreamPace()
    assert [pace.due_ns(50 + number / 10, 0.1, 1_000_000_000) for number in range(4)] == [
        1_000_000_000,
        1_100_000_000,
        1_200_000_000,
        1_300_000_000,
    ]


def test_a_stream_that_ran_dry_is_late_once_and_not_for_ever() -> None:
    pace = StreamPace()
    pace.due_ns(0.0, 0.1, 0)
    assert pace.due_ns(0.1, 0.1, 2_000_000_000) == 2_000_000_000
    assert pace.due_ns(0.2, 0.1, 2_000_000_000) == 2_100_000_000
    # A little late is shown at once, and moves nothing.
    assert pace.due_ns(0.3, 0.1, 2_250_000_000) == 2_200_000_000


def test_pictures_that_lay_waiting_are_passed_over() -> None:
    backlog = Backlog()
    assert not any(backlog.is_late(0.033, at / 30) for at in range(30))
    burst = [backlog.is_late(0.0, 1 + at / 1000) for at in range(60)]
    assert not any(burst[:7])
    assert sum(not late for late in burst[7:]) <= 1
    assert not backlog.is_late(0.02, 1.1)


def test_a_computer_too_slow_still_shows_ten_pictures_a_second() -> None:
    backlog = Backlog()
    shown = sum(not backlog.is_late(0.0, at / 50) for at in range(500))
    assert 80 <= shown <= 110


def test_bundles_of_pictures_are_no_backlog() -> None:
    backlog = Backlog()
    assert not any(backlog.is_late(0.1 if at % 4 == 0 else 0.0, at / 40) for at in range(200))
