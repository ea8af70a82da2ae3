"""How good a cut is: right picture, how late it follows the floor, cuts that a viewer takes for mistakes.

The same definition as the evaluation of the director (tests/bench/switching), on slots instead of a grid and for any
cast; only its fine for shots that are too short is left out, because takes may be. Must not know why a cut was made.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor
from statistics import median

from director_app.core.cut_list import Shot
from director_app.core.score_reference import Reference
from director_app.core.shot_costs import WIDE_COST
from director_app.core.slot_marks import both

LATE_S = 0.5
"""A floor that is followed later than this is followed late: viewers hear a voice without its face."""

CAUSE_WITHIN_S = 1.5
"""A cut to somebody who has the floor within this time has its cause."""

BACK_WITHIN_S, CAUSE_MIN_S = 3.0, 1.0
"""There and back within three seconds is ping-pong, unless the picture between was right for one."""

FALSE_CUT_COST, PING_PONG_COST = 1.5, 1.0


@dataclass(frozen=True, slots=True)
class Score:
    """Of one cut. right_of_speech_pct, wrong_face_pct, needless_wide_pct: of the time in which anybody speaks;
    right_of_all_pct: of all time in which any picture is right. latencies_s: for each hold of the floor how late its
    holder came on air; where he never did, the whole hold, and it counts as missed. late: holds followed late.
    """

    minutes: float
    right_of_speech_pct: float
    right_of_all_pct: float
    wrong_face_pct: float
    needless_wide_pct: float
    latency_median_s: float
    latency_p95_s: float
    floor_changes: int
    late: int
    missed: int
    false_cuts: int
    ping_pongs: int

    @property
    def quality(self) -> float:
        """One number to compare cuts by; 100 is perfect. Weights: as in the evaluation of the director."""
        mistakes = FALSE_CUT_COST * self.false_cuts_per_minute + PING_PONG_COST * self.ping_pongs_per_minute
        return 100 - self.wrong_face_pct - WIDE_COST * self.needless_wide_pct - mistakes

    @property
    def false_cuts_per_minute(self) -> float:
        """Cuts to a face without cause."""
        return self.false_cuts / self.minutes if self.minutes else 0.0

    @property
    def ping_pongs_per_minute(self) -> float:
        """There and back without cause."""
        return self.ping_pongs / self.minutes if self.minutes else 0.0


def score(shots: Sequence[Shot], known: Reference, unjudged: Iterable[int] = ()) -> Score:
    """shots: what was on air, in order. unjudged: slots of cuts that are never mistakes: takes."""
    spared = frozenset(unjudged)
    seen = _Seen.of(shots, known)
    latencies = list(_latencies(shots, known))
    late_s = [each.late_s for each in latencies]
    return Score(
        minutes=float(known.length / known.fps) / 60,
        right_of_speech_pct=_percent(seen.right_of_speech, seen.speech, empty=100.0),
        right_of_all_pct=_percent(seen.right, known.judged.count(1), empty=100.0),
        wrong_face_pct=_percent(seen.speech - seen.right_of_speech - seen.needless_wide, seen.speech),
        needless_wide_pct=_percent(seen.needless_wide, seen.speech),
        latency_median_s=median(late_s) if late_s else 0.0,
        latency_p95_s=_percentile(late_s, 95),
        floor_changes=len(late_s),
        late=sum(each > LATE_S for each in late_s),
        missed=sum(each.is_missed for each in latencies),
        false_cuts=sum(_is_false(shot, known) for shot in shots[1:] if shot.first not in spared),
        ping_pongs=sum(
            _is_ping_pong(before, there, back, known)
            for before, there, back in zip(shots, shots[1:], shots[2:], strict=False)
            if not spared & {there.first, back.first}
        ),
    )


def alike(shots: Sequence[Shot], others: Sequence[Shot]) -> int:
    """Slots in which two cuts of one show have the same camera on air."""
    same = index = 0
    for shot in shots:
        while index < len(others) and others[index].first < shot.end:
            other = others[index]
            if other.camera == shot.camera:
                same += max(0, min(shot.end, other.end) - max(shot.first, other.first))
            if other.end > shot.end:
                break
            index += 1
    return same


@dataclass(frozen=True, slots=True)
class _Seen:
    """Slots of a whole show."""

    speech: int
    right_of_speech: int
    right: int
    needless_wide: int

    @classmethod
    def of(cls, shots: Sequence[Shot], known: Reference) -> "_Seen":
        spoken_right = {camera: both(known.speech, each.right) for camera, each in known.pictures.items()}
        right_of_speech = right = needless = 0
        for shot in shots:
            here = spoken_right[shot.camera].count(1, shot.first, shot.end)
            right_of_speech += here
            right += known.pictures[shot.camera].right.count(1, shot.first, shot.end)
            if shot.camera == known.wide:
                needless += known.speech.count(1, shot.first, shot.end) - here
        return cls(known.speech.count(1), right_of_speech, right, needless)


@dataclass(frozen=True, slots=True)
class _Latency:
    late_s: float
    is_missed: bool


def _latencies(shots: Sequence[Shot], known: Reference) -> Iterator[_Latency]:
    """Both are in order, so each is gone through once."""
    index = 0
    for hold in known.holds:
        while index < len(shots) and shots[index].end <= hold.first:
            index += 1
        following = index
        while following < len(shots) and shots[following].first < hold.end:
            if shots[following].camera == hold.camera:
                break
            following += 1
        is_missed = following >= len(shots) or shots[following].first >= hold.end
        seen = hold.end if is_missed else max(hold.first, shots[following].first)
        yield _Latency(float((seen - hold.first) / known.fps), is_missed)


def _is_false(shot: Shot, known: Reference) -> bool:
    """A cut to a face that neither has the floor soon nor shares a real overlap."""
    if shot.camera == known.wide:
        return False
    pictures = known.pictures[shot.camera]
    soon = shot.first + int(CAUSE_WITHIN_S * known.fps)
    return not pictures.shared[shot.first] and 1 not in pictures.holds[shot.first : soon]


def _is_ping_pong(before: Shot, there: Shot, back: Shot, known: Reference) -> bool:
    if before.camera != back.camera or back.first - there.first > BACK_WITHIN_S * known.fps:
        return False
    right = both(known.pictures[there.camera].right[there.first : back.first], known.speech[there.first : back.first])
    return right.count(1) < CAUSE_MIN_S * known.fps


def _percent(part: int, whole: int, empty: float = 0.0) -> float:
    return 100 * part / whole if whole else empty


def _percentile(values: Sequence[float], percent: float) -> float:
    """Between the two nearest, linearly; 0 of nothing."""
    if not values:
        return 0.0
    every = sorted(values)
    at = (len(every) - 1) * percent / 100
    low, high = every[floor(at)], every[ceil(at)]
    return low + (high - low) * (at - floor(at))
