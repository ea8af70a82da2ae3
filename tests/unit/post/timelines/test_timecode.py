"""Timecode of every rate, beside the sums of OpenTimelineIO."""

import opentimelineio as otio
import pytest

from director_app.post.timelines.timecode import drops_frames, smpte
from tests.helpers.editing import rates

MINUTES = [
    frame + near for minute in range(1, 22) for frame in (minute * 1798, minute * 1800) for near in range(-3, 4)
]
FRAMES = [*range(0, 4000, 7), *MINUTES, *(2 * frame for frame in MINUTES), 107892, 107891, 1_078_920, 5_000_003]


@pytest.mark.parametrize("name", rates)
def test_every_frame_has_the_timecode_of_the_standard(name: str) -> None:
    fps = rates[name]
    for frame in FRAMES:
        there = otio.opentime.to_timecode(
            otio.opentime.RationalTime(frame, float(fps)), float(fps), drops_frames(fps)
        )
        assert smpte(frame, fps) == there, f"frame {frame} at {name}"


@pytest.mark.parametrize(
    ("name", "frame", "expected"),
    [
        ("29.97", 1799, "00:00:59;29"),
        ("29.97", 1800, "00:01:00;02"),
        ("29.97", 17982, "00:10:00;00"),
        ("59.94", 3600, "00:01:00;04"),
        ("59.94", 35964, "00:10:00;00"),
        ("23.976", 86400, "01:00:00:00"),
        ("30", 1800, "00:01:00:00"),
        ("50", 3000, "00:01:00:00"),
    ],
)
def test_numbers_are_dropped_at_pulled_down_rates_of_thirty_and_sixty_alone(
    name: str, frame: int, expected: str
) -> None:
    assert smpte(frame, rates[name]) == expected
