"""The watchdog's rules as a table: what was seen, what it was before, what it is now."""

from math import inf

import pytest

from director_app.core.health import Observation, camera_state
from director_app.core.sources import SourceState

OPENING, OK, LOST = SourceState.OPENING, SourceState.OK, SourceState.LOST
FROZEN, BLACK = SourceState.FROZEN, SourceState.BLACK


@pytest.mark.parametrize("before", [OPENING, OK, LOST, FROZEN, BLACK])
@pytest.mark.parametrize(
    ("seen", "now"),
    [
        (Observation(connected=True, frame_age_s=0.03), OK),
        (Observation(connected=True, frame_age_s=1.0), OK),
        (Observation(connected=True, frame_age_s=1.01), FROZEN),
        (Observation(connected=True, frame_age_s=0.03, still_s=2.9), OK),
        (Observation(connected=True, frame_age_s=0.03, still_s=3.0), FROZEN),
        (Observation(connected=True, frame_age_s=0.03, dark_s=2.9), OK),
        (Observation(connected=True, frame_age_s=0.03, dark_s=3.0), BLACK),
        (Observation(connected=True, frame_age_s=0.03, still_s=3.0, dark_s=3.0), FROZEN),
    ],
)
def test_a_camera_that_gives_pictures(seen: Observation, before: SourceState, now: SourceState) -> None:
    assert camera_state(seen, before) is now


@pytest.mark.parametrize(
    "seen",
    [
        Observation(connected=False, frame_age_s=inf),
        Observation(connected=False, frame_age_s=0.01),
        Observation(connected=True, frame_age_s=inf),
    ],
)
@pytest.mark.parametrize(
    ("before", "now"), [(OPENING, OPENING), (OK, LOST), (LOST, LOST), (FROZEN, LOST), (BLACK, LOST)]
)
def test_a_camera_that_gives_none(seen: Observation, before: SourceState, now: SourceState) -> None:
    assert camera_state(seen, before) is now
