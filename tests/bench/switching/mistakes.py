"""Cuts that a viewer takes for mistakes: to a face without cause, and there and back. Knows no percentages, no Q."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.switching.cut_list import Camera, Cut, row
from tests.bench.switching.floor import GRID_S, step
from tests.bench.switching.reference import Reference
from tests.bench.switching.truth import SoundEvent

MIN_SHOT_S = 1.5
LATE_S = 1.5
"""A cut to somebody who held the floor so shortly ago is late rather than wrong."""
BACK_WITHIN_S = 3.0
CAUSE_MIN_S = 1.0
"""Seconds of right picture in the middle that excuse going there and back."""
_EVENT_LEAD_S = 0.2


@dataclass(frozen=True, slots=True)
class FalseCuts:
    """How many, by what may have caused them."""

    back_channel: int = 0
    event: int = 0
    late: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.back_channel + self.event + self.late + self.other


def false_cuts(cuts: Sequence[Cut], against: Reference, events: Sequence[SoundEvent]) -> FalseCuts:
    """Cuts to a face that neither holds the floor within 1.5 s nor shares a real overlap."""
    causes = [_cause(cut.t_s, cut.camera, against, events) for cut in cuts if cut.camera != "wide"]
    return FalseCuts(*(causes.count(cause) for cause in ("back_channel", "event", "late", "other")))


def _cause(t_s: float, camera: int, against: Reference, events: Sequence[SoundEvent]) -> str | None:
    at = min(against.steps - 1, step(t_s))
    end = min(against.steps, at + int(MIN_SHOT_S / GRID_S))
    before = max(0, at - int(LATE_S / GRID_S))
    if against.fair[camera, at] or (against.holder[at:end] == camera).any():
        return None
    if (against.holder[before:at] == camera).any():
        return "late"
    if against.activity[camera, before:end].any():
        return "back_channel"
    return "event" if any(_heard(event, t_s, camera) for event in events) else "other"


def _heard(event: SoundEvent, t_s: float, camera: int) -> bool:
    near = event.t_s - _EVENT_LEAD_S <= t_s <= event.t_s + event.duration_s + MIN_SHOT_S
    return near and event.microphone in {camera, None}


def ping_pongs(cuts: Sequence[Cut], start: Camera, against: Reference) -> int:
    """X-Y-X within 3 s, unless Y was the right picture for a second."""
    shown = [Cut(0.0, start), *cuts]
    threes = zip(shown, shown[1:], shown[2:], strict=False)
    return sum(
        before.camera == back.camera
        and back.t_s - there.t_s <= BACK_WITHIN_S
        and _right_s(there, back.t_s, against) < CAUSE_MIN_S
        for before, there, back in threes
    )


def _right_s(there: Cut, until_s: float, against: Reference) -> float:
    first = int(there.t_s / GRID_S)
    end = max(first + 1, int(until_s / GRID_S))
    right = against.right[row(there.camera, against.speakers), first:end]
    return float((right & against.speech[first:end]).sum() * GRID_S)
