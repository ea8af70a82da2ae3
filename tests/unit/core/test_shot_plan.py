"""The cheapest shots: against every possible sequence, and by what may never happen."""

import random
from functools import cache
from itertools import pairwise, product

import pytest

from director_app.core.canvas import Slot
from director_app.core.shot_plan import Lock, PlannedCut, plan


def random_costs(seed: int, cameras: int, length: int) -> list[list[float]]:
    """Small whole numbers and zeros, so that ties are many."""
    rng = random.Random(seed)
    return [[float(rng.choice((0, 0, 1, 2, 5))) for _ in range(length)] for _ in range(cameras)]


def shown(cuts: list[PlannedCut], length: int) -> list[int]:
    """The camera of every slot."""
    starts = {cut.slot: cut.camera for cut in cuts}
    on_air: list[int] = []
    for slot in range(length):
        on_air.append(starts.get(Slot(slot), on_air[-1] if on_air else -1))
    return on_air


def cost_of(on_air: list[int] | tuple[int, ...], costs: list[list[float]], cut_cost: float) -> float:
    """Of a whole show."""
    changes = sum(one != other for one, other in pairwise(on_air))
    return sum(costs[camera][slot] for slot, camera in enumerate(on_air)) + cut_cost * changes


@cache
def sequences(cameras: int, length: int, minimum: int) -> list[tuple[int, ...]]:
    """Every sequence whose shots, but for the last, last long enough."""
    return [
        each for each in product(range(cameras), repeat=length) if min(shot_lengths(each)[:-1], default=99) >= minimum
    ]


def shot_lengths(on_air: list[int] | tuple[int, ...]) -> list[int]:
    """Slots of every shot."""
    edges = [0, *(slot for slot in range(1, len(on_air)) if on_air[slot] != on_air[slot - 1]), len(on_air)]
    return [end - first for first, end in pairwise(edges)]


@pytest.mark.parametrize(("cameras", "length", "minimum"), [(2, 10, 1), (2, 11, 3), (3, 8, 2), (3, 8, 4), (4, 6, 2)])
@pytest.mark.parametrize("cut_cost", [0.0, 0.7, 3.0])
def test_no_sequence_of_shots_is_cheaper(cameras: int, length: int, minimum: int, cut_cost: float) -> None:
    for seed in range(12):
        costs = random_costs(seed, cameras, length)
        on_air = shown(plan(costs, minimum, cut_cost), length)
        assert min(shot_lengths(on_air)[:-1], default=99) >= minimum
        cheapest = min(cost_of(each, costs, cut_cost) for each in sequences(cameras, length, minimum))
        assert cost_of(on_air, costs, cut_cost) == pytest.approx(cheapest), f"seed {seed}"


@pytest.mark.parametrize("seed", range(10))
def test_locks_are_kept_and_no_shot_is_too_short(seed: int) -> None:
    costs = random_costs(seed, 4, 200)
    rng = random.Random(seed)
    locks = [Lock(Slot(slot), rng.randrange(4)) for slot in range(17, 200, 23)]
    cuts = plan(costs, 5, 1.0, locks)
    on_air = shown(cuts, 200)
    assert [on_air[lock.slot] for lock in locks] == [lock.camera for lock in locks]
    assert min(shot_lengths(on_air)[:-1]) >= 5
    assert all(on_air[lock.slot : lock.slot + 5] == [lock.camera] * 5 for lock in locks if lock.slot < 195)
    assert len(cuts) > 20, "and it cuts by itself between them"


@pytest.mark.parametrize("seed", range(5))
def test_between_locks_it_is_as_cheap_as_can_be(seed: int) -> None:
    costs = random_costs(seed, 2, 12)
    on_air = shown(plan(costs, 2, 0.7, [Lock(Slot(6), 1)]), 12)
    before = [each for each in sequences(2, 6, 2) if shot_lengths(each)[-1] >= 2]
    after = [each for each in sequences(2, 6, 2) if each[0] == 1]
    late = [row[6:] for row in costs]
    assert cost_of(on_air[:6], costs, 0.7) == pytest.approx(min(cost_of(each, costs, 0.7) for each in before))
    assert cost_of(on_air[6:], late, 0.7) == pytest.approx(min(cost_of(each, late, 0.7) for each in after))


def test_between_locks_that_stand_too_near_it_does_not_cut() -> None:
    costs = [[9.0] * 20, [0.0] * 20, [9.0] * 20]
    assert plan(costs, 4, 0.1, [Lock(Slot(5), 0), Lock(Slot(7), 2), Lock(Slot(14), 0)]) == [
        PlannedCut(Slot(0), 1),
        PlannedCut(Slot(5), 0),
        PlannedCut(Slot(7), 2),
        PlannedCut(Slot(14), 0),
        PlannedCut(Slot(18), 1),
    ]


def test_a_lock_on_what_is_on_air_is_no_cut() -> None:
    costs = [[0.0] * 20, [5.0] * 20]
    assert plan(costs, 3, 1.0, [Lock(Slot(8), 0)]) == [PlannedCut(Slot(0), 0)]


def test_a_lock_at_the_first_slot_names_the_opening_camera() -> None:
    costs = [[0.0] * 20, [5.0] * 20]
    assert plan(costs, 3, 1.0, [Lock(Slot(0), 1)]) == [PlannedCut(Slot(0), 1), PlannedCut(Slot(3), 0)]


@pytest.mark.parametrize("slots", [(5, 5), (7, 5), (-1,), (20,)])
def test_locks_out_of_order_or_outside_are_refused(slots: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"in order, each on its own slot inside the show\.$"):
        plan([[0.0] * 20] * 2, 3, 1.0, [Lock(Slot(slot), 0) for slot in slots])


def test_a_show_without_pictures_has_no_shots() -> None:
    assert plan([], 3, 1.0) == []
    assert plan([[], []], 3, 1.0) == []


def test_one_camera_is_one_shot() -> None:
    assert plan([[1.0] * 50], 3, 0.2) == [PlannedCut(Slot(0), 0)]


@pytest.mark.parametrize("length", [1, 2, 5])
def test_a_show_shorter_than_a_shot_is_one_shot(length: int) -> None:
    assert plan([[1.0] * length, [0.0] * length], 6, 0.2) == [PlannedCut(Slot(0), 1)]


def test_a_cut_must_be_worth_its_price() -> None:
    costs = [[0.0] * 10 + [0.1] * 10, [0.1] * 10 + [0.0] * 10]
    assert plan(costs, 2, 0.99) == [PlannedCut(Slot(0), 0), PlannedCut(Slot(10), 1)]
    assert len(plan(costs, 2, 1.01)) == 1


def test_only_the_last_shot_may_be_cut_off_by_the_end() -> None:
    costs = [[0.0] * 18 + [9.0] * 2, [9.0] * 18 + [0.0] * 2]
    assert plan(costs, 5, 1.0) == [PlannedCut(Slot(0), 0), PlannedCut(Slot(18), 1)]


def test_the_end_of_the_show_may_cut_off_the_second_shot() -> None:
    costs = [[0.0] * 5 + [9.0] * 4, [9.0] * 5 + [0.0] * 4]
    assert [(cut.slot, cut.camera) for cut in plan(costs, 5, 1.0)] == [(0, 0), (5, 1)]
