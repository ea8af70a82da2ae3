"""Scores of cuts: by examples, and against the definition that the director is evaluated by."""

from collections.abc import Sequence
from fractions import Fraction

import pytest

from director_app.core.cut_list import Shot, cut_list
from director_app.core.score import Score, alike, score
from director_app.core.score_reference import OutOfUse, Reference, reference
from director_app.core.shot_costs import Talk
from director_app.core.sources import CameraId, Cast, Microphone, MicrophoneId
from director_app.core.turns import Span, floor, turns
from tests.bench.switching.cut_list import Cut
from tests.bench.switching.ideal import follower, oracle
from tests.bench.switching.reference import reference as reference_by_definition
from tests.bench.switching.score import score as score_by_definition
from tests.bench.switching.truth import Truth
from tests.bench.switching.turn_taking import MANNERS, simulate
from tests.helpers.script import cast_of

A, B, WIDE = CameraId("a"), CameraId("b"), CameraId("wide")
FPS = Fraction(10)


def known(
    speech: dict[str, list[Span]], end_s: float = 20.0, cast: Cast | None = None, gone: Sequence[OutOfUse] = ()
) -> Reference:
    """At ten slots a second."""
    by_id = {MicrophoneId(each): spans for each, spans in speech.items()}
    every = turns(by_id)
    talk = Talk(by_id, every, floor(every, end_s), FPS, round(end_s * FPS))
    return reference(talk, cast or cast_of("ab"), gone)


TWO = known({"a": [(0.0, 5.0), (9.0, 14.0)], "b": [(5.2, 9.0), (11.0, 11.6)]})
"""Ana, Ben, Ana; Ben says "mhm" at 11."""


def shots(opening: CameraId, *cuts: tuple[float, CameraId], end_s: float = 20.0) -> tuple[Shot, ...]:
    made = cut_list(opening, ((round(t_s * FPS), camera) for t_s, camera in cuts))
    return made.shots(round(end_s * FPS))


def judged(opening: CameraId, *cuts: tuple[float, CameraId], against: Reference = TWO) -> Score:
    return score(shots(opening, *cuts), against)


def test_a_perfect_cut_has_no_fault() -> None:
    best = judged(A, (5.2, B), (9.0, A))
    assert (best.quality, best.right_of_speech_pct, best.right_of_all_pct) == (100.0, 100.0, 100.0)
    assert (best.latency_median_s, best.late, best.false_cuts, best.ping_pongs) == (0.0, 0, 0, 0)


def test_late_cuts_show_in_latency_and_right_picture() -> None:
    late = judged(A, (6.2, B), (9.3, A))
    assert late.floor_changes == 3
    assert late.latency_median_s == pytest.approx(0.3)
    assert late.late == 1
    assert late.latency_p95_s == pytest.approx(0.93)
    # Of 13.8 s of speech, 1.3 s.
    assert late.wrong_face_pct == pytest.approx(100 * 13 / 138)


def test_a_holder_who_is_never_shown_is_missed_for_as_long_as_he_holds() -> None:
    missed = judged(A)
    assert missed.missed == 1
    assert missed.latency_p95_s == pytest.approx(3.42)


def test_a_needless_wide_shot_costs_half_and_is_no_wrong_face() -> None:
    wide = judged(WIDE)
    assert wide.wrong_face_pct == 0.0
    assert wide.quality == pytest.approx(100 - wide.needless_wide_pct / 2)
    assert wide.right_of_speech_pct == pytest.approx(100 - wide.needless_wide_pct)


def test_a_cut_to_a_back_channel_is_false_and_there_and_back_is_ping_pong() -> None:
    nervous = judged(A, (5.2, B), (9.0, A), (11.2, B), (12.8, A))
    assert (nervous.false_cuts, nervous.ping_pongs) == (1, 1)
    assert nervous.quality < judged(A, (5.2, B), (9.0, A)).quality - 7


def test_a_take_is_no_mistake_whatever_it_shows() -> None:
    nervous = shots(A, (5.2, B), (9.0, A), (11.2, B), (12.8, A))
    spared = score(nervous, TWO, unjudged=[112])
    assert (spared.false_cuts, spared.ping_pongs) == (0, 0)


def test_nobody_is_to_blame_for_a_camera_that_gave_no_picture() -> None:
    speech: dict[str, list[Span]] = {"a": [(0.0, 5.0), (9.0, 14.0)], "b": [(5.2, 9.0)]}
    gone = known(speech, cast=cast_of("ab", wide=None), gone=[OutOfUse(B, 5.0, 9.0)])
    without = judged(A, against=gone)
    assert (without.right_of_speech_pct, without.missed, without.floor_changes) == (100.0, 0, 2)


def test_two_people_may_share_a_camera() -> None:
    cast = cast_of("ab")
    shared = Cast(cast.cameras, (*cast.microphones, Microphone(MicrophoneId("d"), "Dora", A)), cast.wide)
    talk = known({"a": [(0.0, 5.0)], "b": [], "d": [(5.2, 10.0)]}, cast=shared)
    assert judged(A, against=talk).quality == 100.0


@pytest.mark.parametrize("speech", [{}, {"a": [], "b": []}])
def test_nothing_can_be_wrong_where_nobody_speaks(speech: dict[str, list[Span]]) -> None:
    silent = known(speech, cast=None if speech else Cast(cast_of("ab").cameras, (), WIDE))
    result = judged(A, (5.0, B), against=silent)
    assert (result.right_of_speech_pct, result.floor_changes, result.latency_p95_s) == (100.0, 0, 0.0)


def test_a_show_without_a_slot() -> None:
    empty = known({"a": [], "b": []}, end_s=0.0)
    assert score((), empty).quality == 100.0


def test_two_cuts_are_alike_where_they_show_the_same() -> None:
    one, other = shots(A, (5.0, B), (9.0, A)), shots(A, (6.0, B), (8.0, WIDE), (9.0, A), (15.0, B))
    assert alike(one, other) == alike(other, one) == 50 + 20 + 60
    assert alike(one, one) == 200
    assert alike(one, ()) == 0


SEEDS = [(people, manner, seed) for people in (2, 3) for manner in MANNERS for seed in range(2)]


@pytest.mark.parametrize(("people", "manner", "seed"), SEEDS)
def test_scores_are_those_of_the_definition(people: int, manner: str, seed: int) -> None:
    rows: list[list[Span]] = []
    for person, spans in enumerate(simulate(people, 120.0, seed, manner).speakers):
        # No two edges on one point of the grid, so that no comparison is a tie.
        row = [(round(a / 0.03) * 0.03 + 0.01 * person, round(b / 0.03) * 0.03 + 0.01 * person) for a, b in spans]
        rows.append([(max(0.0, a), b) for a, b in row if b > a and b < 120.0])
    truth = Truth(120.0, tuple(tuple(row) for row in rows))
    by_definition = reference_by_definition(truth)
    by_id = {MicrophoneId(each): row for each, row in zip("abc", rows, strict=False)}
    every = turns(by_id)
    cast = cast_of("abc"[:people])
    ours = reference(Talk(by_id, every, floor(every, 120.0), Fraction(100), 12_000), cast)
    for cuts in (oracle(by_definition), follower(by_definition, 0.6), _nervous(people)):
        asked = score_by_definition(truth, cuts, known=by_definition)
        order = [camera.id for camera in cast.cameras]
        placed = ((round(cut.t_s * 100), WIDE if cut.camera == "wide" else order[cut.camera]) for cut in cuts)
        got = score(cut_list(WIDE, placed).shots(12_000), ours)
        short = 50 * (asked.short_shots_pct > 0)
        assert got.quality == pytest.approx(asked.quality + short, abs=0.05)
        assert got.right_of_speech_pct == pytest.approx(asked.on_floor_pct, abs=0.02)
        assert got.latency_median_s == pytest.approx(asked.latency_median_s, abs=0.011)
        assert got.latency_p95_s == pytest.approx(asked.latency_p95_s, abs=0.011)
        assert (got.floor_changes, got.missed) == (asked.floor_changes, asked.missed)
        assert (got.false_cuts, got.ping_pongs) == (asked.false_cuts.total, asked.ping_pongs)


def _nervous(people: int) -> list[Cut]:
    """Somebody who cuts by the clock."""
    return [Cut(1.37 + 1.73 * each, each % people) for each in range(60)]
