"""Simulated talk looks like talk, and is the same of the same seed."""

import numpy as np
import pytest

from tests.bench.switching.orders import CAUSAL_EVERY, faulty, real, simulated
from tests.bench.switching.reference import reference
from tests.bench.switching.truth import Truth
from tests.bench.switching.turn_taking import MANNERS, simulate


def test_the_same_of_the_same_seed() -> None:
    assert simulate(3, 240.0, 11) == simulate(3, 240.0, 11)
    assert simulate(3, 240.0, 11) != simulate(3, 240.0, 12)


def test_a_show_stays_what_it_was() -> None:
    assert simulate(3, 20.0, 11, "banter").speakers == (
        ((5.8, 6.37), (6.91, 7.68)),
        ((0.71, 2.0), (6.56, 18.13), (19.58, 20.0)),
        ((2.16, 3.16),),
    )


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("people", [2, 3, 4])
def test_spans_lie_in_order_inside_the_window_and_the_floor_changes(people: int, manner: str) -> None:
    changes = []
    for seed in range(5):
        excerpt = simulate(people, 240.0, seed, manner)
        assert len(excerpt.speakers) == people
        for spans in excerpt.speakers:
            edges = [edge for span in spans for edge in span]
            assert edges == sorted(edges)
            assert all(0 <= edge <= 240 for edge in edges)
        changes.append(len(reference(Truth(240.0, excerpt.speakers)).periods))
    assert 6 < np.mean(changes) < 60


def test_simulated_shows_of_another_seed_are_others() -> None:
    first, other = simulated(6, 7, ["lav"]), simulated(6, 8, ["lav"])
    assert first == simulated(6, 7, ["lav"])
    assert not {order.excerpt.speakers for order in first} & {order.excerpt.speakers for order in other}
    assert {order.excerpt.name.split("-")[1] for order in first} == set(MANNERS)


def test_every_eighth_real_show_is_cut_off_and_levels_take_turns() -> None:
    excerpts = [simulate(2, 30.0, seed) for seed in range(24)]
    orders = real(excerpts, ["lav", "table", "room"])
    checked = [order for order in orders if order.check_causal]
    assert len(orders) == 72
    assert len(checked) == 72 // CAUSAL_EVERY
    assert {order.level for order in checked} == {"lav", "table", "room"}
    assert orders[3].seed == 2001


def test_faults_come_to_eight_shows_from_all_over_the_file() -> None:
    orders = faulty([simulate(2, 30.0, seed) for seed in range(24)])
    assert len(orders) == 5 * 8
    assert [order.seed for order in orders[:8]] == [2000, 2003, 2006, 2009, 2012, 2015, 2018, 2021]
    assert len({order.name for order in orders}) == 40
    assert {order.level for order in orders} == {"table", "far"}
