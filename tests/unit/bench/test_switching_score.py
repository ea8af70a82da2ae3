"""The scorer: the floor, right pictures, mistakes, ideal cuts; figures of real talk are pinned."""

from functools import lru_cache
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.bench.switching.best_cut import best_cuts
from tests.bench.switching.cut_list import Camera, Cut, in_order
from tests.bench.switching.floor import FloorPeriod
from tests.bench.switching.ideal import follower, oracle
from tests.bench.switching.mistakes import FalseCuts
from tests.bench.switching.pool import pool
from tests.bench.switching.reference import reference
from tests.bench.switching.score import Score, score
from tests.bench.switching.truth import OWN_DATA, SoundEvent, Speakers, Truth, read_excerpts

TWO = Truth(20.0, (((0, 5), (9, 14)), ((5.2, 9), (11, 11.6))))
"""Ana, Ben, Ana; Ben says "mhm" at 11."""


def periods(*speakers: tuple[tuple[float, float], ...], duration_s: float = 20.0) -> list[FloorPeriod]:
    """Who holds the floor."""
    return reference(Truth(duration_s, speakers)).periods


def judged(*cuts: tuple[float, Camera], truth: Truth = TWO) -> Score:
    """The score of a cut list."""
    return score(truth, [Cut(*cut) for cut in cuts])


def test_the_floor_goes_from_turn_to_turn_and_not_to_back_channels() -> None:
    assert reference(TWO).periods == [(0, 5.2, 0), (5.2, 9, 1), (9, 20.0, 0)]


def test_who_wins_in_overlap_has_the_floor_when_the_other_stops() -> None:
    assert periods(((0, 5),), ((4, 8),)) == [(0, 5, 0), (5, 20.0, 1)]
    assert periods(((0, 5),), ((4, 5.9),)) == [(0, 20.0, 0)]


def test_pauses_split_a_turn_only_if_they_are_long_or_somebody_fills_them() -> None:
    short = ((0, 0.6), (1.0, 1.5))
    alone = ((0, 0.6), (2.0, 2.6))
    assert periods(short, ((3, 5),)) == [(0, 3, 0), (3, 20.0, 1)]
    assert periods(alone, ((3, 5),)) == [(0, 3, 0), (3, 20.0, 1)]
    assert periods(alone, ((1.0, 1.2), (3, 5))) == [(3, 20.0, 1)]


def test_a_show_without_talk_has_no_holder_and_wide_is_right() -> None:
    silent = Truth(10.0, ((), ()))
    assert reference(silent).periods == []
    assert judged(truth=silent).quality == 100.0


@pytest.mark.parametrize(
    ("speakers", "t_s", "right"),
    [
        ((((0, 10),), ((12, 18),)), 5, {0}),
        ((((0, 10),), ((8, 18),)), 9, {0, 1, "wide"}),
        ((((0, 10),), ((9.7, 18),)), 9.8, {0}),
        ((((0, 5), (8, 12)), ((5.5, 6.2),)), 6, {0, 1, "wide"}),
        ((((0, 5),), ((9, 12),)), 7, {0, "wide"}),
        ((((0, 5),), ((7, 12),)), 6, {0}),
        ((((2, 5),), ((7, 12),)), 1, {"wide"}),
    ],
    ids=[
        "holder",
        "overlap",
        "short-overlap",
        "answer-in-pause",
        "long-silence",
        "short-silence",
        "before-the-first",
    ],
)
def test_right_pictures(speakers: Speakers, t_s: float, right: set[Camera]) -> None:
    at = reference(Truth(20.0, speakers)).right[:, round(t_s * 100)]
    cameras: list[Camera] = [0, 1, "wide"]
    assert {camera for camera, is_right in zip(cameras, at, strict=True) if is_right} == right


def test_a_hand_made_show() -> None:
    got = judged((0.0, 0), (5.7, 1), (9.5, 0), (11.2, 1), (12.7, 0))
    assert got.false_cuts == FalseCuts(back_channel=1)
    assert got.missed == 0
    assert got.latency_median_s == 0.5
    assert got.short_shots_pct == 0
    assert got.on_floor_pct == pytest.approx(81.9, abs=0.05)
    assert got.quality == pytest.approx(100 - got.wrong_face_pct - 1.5 * 3 - 3)


def test_a_missed_change_counts_with_its_whole_hold() -> None:
    got = judged((0.0, 0))
    assert got.missed == 1
    assert got.latencies_s == (0.0, 3.8, 0.0)


def test_false_cuts_are_told_apart_by_their_cause() -> None:
    knocked = Truth(
        20.0, (*TWO.speakers, ()), events=(SoundEvent(3.0, 0.4, 1, "bump"), SoundEvent(16, 0.4, None, "x"))
    )
    assert judged((0.0, 0), (3.2, 1), truth=knocked).false_cuts == FalseCuts(event=1)
    assert judged((0.0, 0), (16.5, 2), truth=knocked).false_cuts == FalseCuts(event=1)
    assert judged((0.0, 0), (3.2, 2), truth=knocked).false_cuts == FalseCuts(other=1)
    assert judged((0.0, 0), (10.0, 1)).false_cuts == FalseCuts(late=1)
    assert judged((0.0, 0), (11.2, 1)).false_cuts == FalseCuts(back_channel=1)
    assert judged((0.0, 0), (4.0, 1)).false_cuts == FalseCuts()
    assert judged((0.0, 0), (10.0, "wide")).false_cuts == FalseCuts()


def test_there_and_back_is_a_ping_pong_unless_it_was_right() -> None:
    assert judged((0.0, 0), (12.0, 1), (14.9, 0)).ping_pongs == 1
    assert judged((0.0, 0), (12.0, 1), (15.1, 0)).ping_pongs == 0
    assert judged((0.0, 0), (5.2, 1), (8.2, 0)).ping_pongs == 0


def test_one_short_shot_costs_fifty() -> None:
    whole = judged((0.0, 0), (5.2, 1), (9.0, 0))
    short = judged((0.0, 0), (5.2, 1), (6.6, "wide"), (9.0, 0))
    assert whole.quality == 100.0
    assert short.short_shots_pct == pytest.approx(100 / 3)
    assert short.quality < 50


def test_a_needless_wide_shot_hurts_half() -> None:
    got = judged((0.0, 0), (1.6, "wide"), (3.4, 0), (5.2, 1), (9.0, 0))
    assert got.needless_wide_pct == pytest.approx(100 * 1.8 / 13.8, abs=0.1)
    assert got.quality == pytest.approx(100 - got.needless_wide_pct / 2 - 3, abs=1e-9)


def test_cuts_come_in_any_order_and_those_to_the_same_picture_do_not_count() -> None:
    cuts = [Cut(9.0, 0), Cut(2.0, 1), Cut(3.0, 1), Cut(0.5, "wide")]
    assert in_order(cuts, "wide") == [(2.0, 1), (9.0, 0)]


def test_ideal_cuts() -> None:
    assert judged(*oracle(reference(TWO))).quality > 99
    assert list(follower(reference(TWO), 0.5)) == [(0.5, 0), (5.7, 1), (9.5, 0)]


@pytest.mark.parametrize(
    ("number", "late_s", "quality", "on_floor", "p95_s"),
    [
        (0, 0.3, 93.9620359765546, 94.36097823889049, 0.3575),
        (0, 1.0, 83.24919153809877, 83.66233241258506, 1.0575),
        (0, None, 99.71703833456849, 99.71703833456849, 0.0095),
        (16, 0.3, 93.74876492383697, 94.4215726636476, 0.454),
        (16, 1.0, 80.78679497735695, 82.90448744339234, 1.0),
        (16, None, 99.60374639769452, 99.60374639769452, 0.034),
    ],
)
def test_scores_of_real_talk_stay_what_they_were(
    number: int, late_s: float | None, quality: float, on_floor: float, p95_s: float
) -> None:
    excerpt = read_excerpts(OWN_DATA / "excerpts.json")[number]
    truth = Truth(excerpt.duration_s, excerpt.speakers)
    known = reference(truth)
    got = score(truth, oracle(known) if late_s is None else follower(known, late_s), known=known)
    assert got.quality == pytest.approx(quality, abs=1e-9)
    assert got.on_floor_pct == pytest.approx(on_floor, abs=1e-9)
    assert got.latency_p95_s == pytest.approx(p95_s, abs=1e-9)


def test_best_cuts_are_as_cheap_as_trying_all() -> None:
    rng = np.random.default_rng(0)
    for _ in range(200):
        cameras, steps, shortest = int(rng.integers(2, 5)), int(rng.integers(5, 40)), int(rng.integers(1, 8))
        costs = np.repeat(rng.integers(0, 3, (cameras, -(-steps // 3))).astype(float), 3, 1)[:, :steps]
        cuts = best_cuts(costs, 1.0, shortest, 0.3)
        assert price(costs, cuts, 0.3) == pytest.approx(cheapest(costs, shortest, 0.3))
        times = [cut.t_s for cut in cuts]
        assert all(after - before >= shortest for before, after in pairwise(times))


def price(costs: NDArray[np.float64], cuts: list[Cut], cut_cost: float) -> float:
    """What a cut list costs."""
    cameras, steps = costs.shape
    changes = {round(cut.t_s): cameras - 1 if cut.camera == "wide" else cut.camera for cut in cuts}
    on_air, total = cameras - 1, 0.0
    for at in range(steps):
        if at in changes:
            on_air, total = changes[at], total + cut_cost
        total += costs[on_air, at]
    return total


def cheapest(costs: NDArray[np.float64], shortest: int, cut_cost: float) -> float:
    """By trying all."""
    cameras, steps = costs.shape

    @lru_cache(None)
    def rest(at: int, on_air: int, age: int) -> float:
        if at == steps:
            return 0.0
        best = float(costs[on_air, at]) + rest(at + 1, on_air, min(age + 1, shortest))
        if age >= shortest:
            others = (other for other in range(cameras) if other != on_air)
            best = min([best, *(cut_cost + float(costs[each, at]) + rest(at + 1, each, 1) for each in others)])
        return best

    return rest(0, cameras - 1, shortest)


def test_a_pool_weighs_shows_by_their_length_and_knows_the_worst() -> None:
    long = Truth(60.0, (((0, 60),), ((70, 71),)))
    scores = [judged((0.0, 0)), judged((0.0, 0), truth=long)]
    pooled = pool(scores)
    assert pooled.shows == 2
    assert pooled.quality == pytest.approx((scores[0].quality + 3 * 100) / 4)
    assert pooled.worst_quality == scores[0].quality
    assert scores[0].quality <= pooled.quality_low <= pooled.quality <= pooled.quality_high <= 100
    assert pooled.missed_pct == 100 / 4
    assert pool(scores) == pooled
