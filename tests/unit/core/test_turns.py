"""Turns, the floor and what is right to show: by examples, and against the definition that scores are given by."""

from fractions import Fraction

import numpy as np
import pytest

from director_app.core.shot_costs import REST_COST, WIDE_COST, Talk, shot_costs
from director_app.core.sources import MicrophoneId
from director_app.core.turns import Period, Span, Turn, floor, turns
from tests.bench.switching import floor as by_definition
from tests.bench.switching.reference import reference
from tests.bench.switching.truth import Truth
from tests.bench.switching.turn_taking import MANNERS, simulate
from tests.helpers.script import cast_of

A, B, C = (MicrophoneId(each) for each in "abc")
Speech = dict[MicrophoneId, list[Span]]


def held(speech: Speech, end_s: float = 20.0) -> list[tuple[str, float, float]]:
    """(who, from, to)."""
    return [(each.holder, each.start_s, each.end_s) for each in floor(turns(speech), end_s)]


def test_pauses_up_to_half_a_second_never_split_a_turn() -> None:
    speech: Speech = {A: [(0.0, 1.0), (1.5, 2.0), (2.75, 3.0)], B: [(0.5, 3.0)]}
    assert [each for each in turns(speech) if each.microphone == A] == [
        Turn(A, 0.0, 2.0, 1.5),
        Turn(A, 2.75, 3.0, 0.25),
    ]


def test_longer_ones_do_when_somebody_speaks_in_them() -> None:
    assert [each.end_s for each in turns({A: [(0.0, 1.0), (2.4, 3.0)], B: []})] == [3.0]
    assert [each.end_s for each in turns({A: [(0.0, 1.0), (2.4, 3.0)], B: [(1.5, 1.7)]})] == [1.0, 1.7, 3.0]
    assert [each.end_s for each in turns({A: [(0.0, 1.0), (2.6, 3.0)], B: []})] == [1.0, 3.0]


def test_somebody_who_has_ended_before_the_pause_does_not_split_it() -> None:
    assert [each.end_s for each in turns({A: [(0.0, 2.0), (3.0, 4.0)], B: [(0.5, 1.5)]})] == [4.0, 1.5]


def test_short_answers_take_no_floor() -> None:
    assert held({A: [(0.0, 5.0), (6.5, 9.0)], B: [(5.2, 6.1)]}) == [("a", 0.0, 20.0)]


def test_the_next_turn_takes_it_with_its_first_word() -> None:
    assert held({A: [(0.5, 5.0)], B: [(6.0, 9.0)]}) == [("a", 0.5, 6.0), ("b", 6.0, 20.0)]


def test_in_overlap_it_changes_when_the_old_holder_stops() -> None:
    assert held({A: [(0.0, 5.0)], B: [(4.0, 9.0)]}) == [("a", 0.0, 5.0), ("b", 5.0, 20.0)]


def test_who_stops_soon_after_him_has_not_won_it() -> None:
    assert held({A: [(0.0, 5.0)], B: [(3.0, 5.9)], C: [(7.0, 9.0)]}) == [("a", 0.0, 7.0), ("c", 7.0, 20.0)]


def test_the_holder_who_begins_again_keeps_it() -> None:
    assert held({A: [(0.0, 3.0), (5.0, 9.0)], B: [(3.2, 4.0)]}) == [("a", 0.0, 20.0)]


def test_nobody_speaks() -> None:
    assert turns({}) == turns({A: [], B: []}) == []


def random_talk(people: int, manner: str, seed: int, duration_s: float = 120.0) -> list[list[Span]]:
    """Simulated spans on a grid of 10 ms that no two people share, so that no comparison is a tie."""
    rows: list[list[Span]] = []
    for person, spans in enumerate(simulate(people, duration_s, seed, manner).speakers):
        row: list[Span] = []
        for start_s, end_s in spans:
            first, end = (round(t_s / 0.03) * 0.03 + 0.01 * person + 0.003 for t_s in (start_s, end_s))
            if end > first + 0.01 and end < duration_s and (not row or first > row[-1][1] + 0.01):
                row.append((first, end))
        rows.append(row)
    return rows


def truth_of(rows: list[list[Span]], duration_s: float = 120.0) -> Truth:
    """For those who give scores."""
    return Truth(duration_s, tuple(tuple(row) for row in rows))


SEEDS = [(people, manner, seed) for people in (2, 3) for manner in MANNERS for seed in range(2)]


@pytest.mark.parametrize(("people", "manner", "seed"), SEEDS)
def test_turns_and_floor_are_those_of_the_definition(people: int, manner: str, seed: int) -> None:
    rows = random_talk(people, manner, seed)
    found = turns(dict(zip((A, B, C), rows, strict=False)))
    activity = np.array([by_definition.on_grid(row, 12_000) for row in rows])
    asked = by_definition.turns(truth_of(rows).speakers, activity)
    for mic, expected in zip((A, B, C), asked, strict=False):
        ours = [each for each in found if each.microphone == mic]
        assert [each.start_s for each in ours] == [each.on_s for each in expected]
        assert [each.end_s for each in ours] == [each.off_s for each in expected]
        assert [each.speech_s for each in ours] == pytest.approx([each.speech_s for each in expected])
    periods = by_definition.floor_periods(asked, 120.0)
    assert floor(found, 120.0) == [Period((A, B, C)[k], start_s, end_s) for start_s, end_s, k in periods]
    assert len(periods) > 3


@pytest.mark.parametrize(("people", "manner", "seed"), SEEDS[::2])
def test_costs_are_those_that_scores_are_given_by(people: int, manner: str, seed: int) -> None:
    rows = random_talk(people, manner, seed)
    speech: Speech = dict(zip((A, B, C), rows, strict=False))
    every = turns(speech)
    talk = Talk(speech, every, floor(every, 120.0), Fraction(100), 12_000)
    ours = np.array(shot_costs(talk, cast_of("abc"[:people])))
    known = reference(truth_of(rows))
    wrong = np.where(np.arange(people + 1) == people, WIDE_COST, 1.0)[:, None] * np.ones(known.steps)
    away = REST_COST * (np.arange(people + 1)[:, None] != known.holder)
    asked = np.where(known.right, 0.0, wrong) * known.speech + away * (~known.speech | known.right)
    assert np.array_equal(np.round(ours * 100, 6), np.round(asked, 6))


def costs_of(speech: Speech, slots: int = 200) -> dict[str, list[float]]:
    """Camera -> cost of each slot at 10 fps, in slots of wrong picture."""
    every = turns(speech)
    talk = Talk(speech, every, floor(every, slots / 10), Fraction(10), slots)
    cast = cast_of("ab")
    rows = shot_costs(talk, cast)
    return {camera.id: [round(10 * cost, 6) for cost in row] for camera, row in zip(cast.cameras, rows, strict=True)}


def test_a_wrong_face_costs_all_and_a_needless_wide_shot_half() -> None:
    costs = costs_of({A: [(0.0, 10.0)], B: []})
    assert (costs["a"][50], costs["b"][50], costs["wide"][50]) == (0.0, 1.0, WIDE_COST)


def test_between_words_it_is_best_to_rest_on_the_holder() -> None:
    costs = costs_of({A: [(0.0, 5.0), (6.0, 10.0)], B: []})
    assert (costs["a"][55], costs["b"][55], costs["wide"][55]) == (0.0, REST_COST, REST_COST)


def test_in_a_real_overlap_both_faces_and_the_wide_shot_are_right() -> None:
    costs = costs_of({A: [(0.0, 5.0)], B: [(4.0, 9.0)]})
    assert (costs["a"][45], costs["b"][45], costs["wide"][45]) == (0.0, REST_COST, REST_COST)
    assert (costs["a"][60], costs["b"][60]) == (1.0, 0.0)


def test_an_answer_into_the_holders_pause_may_be_shown() -> None:
    costs = costs_of({A: [(0.0, 5.0), (6.0, 10.0)], B: [(5.3, 5.7)]})
    assert (costs["a"][55], costs["b"][55], costs["wide"][55]) == (0.0, REST_COST, REST_COST)


def test_before_anybody_has_the_floor_the_wide_shot_is_right() -> None:
    costs = costs_of({A: [(1.0, 1.5), (8.0, 12.0)], B: []})
    assert (costs["wide"][12], costs["b"][12]) == (REST_COST, 1.0)


def test_nobody_holds_the_floor_where_nobody_takes_it() -> None:
    assert floor([], 10.0) == []
