"""Hindsight in parts: the same as all at once, however the sound is cut into pieces."""

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from director_app.core.canvas import EVIDENCE_HOP_S
from director_app.core.turns import Span
from director_app.speech.gate import Fired
from director_app.speech.hindsight import Hindsight
from director_app.speech.hindsight_in_parts import HindsightInParts, PartSettings
from director_app.speech.levels import Levels
from tests.bench.switching.gain_control import controlled
from tests.helpers.rooms import Room, front, sound_of, spoken

SECONDS = 50.0
DRY = Room(bleed_db=-18.0, tail_db=-34.0, reverberation_s=0.15)


@cache
def heard() -> tuple[Levels, Fired]:
    """Two people in turns."""
    return front(sound_of(spoken("ababababababababababab", 2.4), SECONDS, DRY))


def spans_of(hindsight: Hindsight | HindsightInParts, hops: int) -> list[list[Span]]:
    """Heard so many hops at a time."""
    power, fired = heard()
    for first in range(0, len(power), hops):
        hindsight.hear(power[first : first + hops], fired[first : first + hops])
    return hindsight.speech()


def marks(spans: list[Span]) -> NDArray[np.bool_]:
    """Whether this person speaks, for every hop."""
    row = np.zeros(round(SECONDS / EVIDENCE_HOP_S), bool)
    for start_s, end_s in spans:
        row[round(start_s / EVIDENCE_HOP_S) : round(end_s / EVIDENCE_HOP_S)] = True
    return row


def test_what_fits_into_one_part_is_heard_exactly_as_all_at_once() -> None:
    assert spans_of(HindsightInParts(2), 100) == spans_of(Hindsight(2), 100)
    ends_in_margin = PartSettings(part_hops=2500, margin_hops=500)
    assert spans_of(HindsightInParts(2, ends_in_margin), 77) == spans_of(Hindsight(2), 77)


@pytest.mark.parametrize("part_hops", [1000, 1250])
def test_parts_hear_nearly_the_same_and_no_seam_splits_a_word(part_hops: int) -> None:
    whole = spans_of(Hindsight(2), 100)
    parts = spans_of(HindsightInParts(2, PartSettings(part_hops, 500)), 100)
    for one, other in zip(whole, parts, strict=True):
        assert np.mean(marks(one) != marks(other)) < 0.01
        assert abs(len(one) - len(other)) <= 1
        assert other == sorted(other)


def test_it_does_not_matter_how_much_comes_at_a_time() -> None:
    settings = PartSettings(1000, 500)
    pieces = [spans_of(HindsightInParts(2, settings), hops) for hops in (63, 1000, 3000)]
    assert pieces[0] == pieces[1] == pieces[2]


def test_gain_control_is_told_with_the_time_of_the_show() -> None:
    paused = sound_of(spoken("abababab", 2.5, pause_s=1.5), 32.0, Room(noise_db=-56.0))
    power, fired = front(controlled(paused, 5))
    hindsight = HindsightInParts(2, PartSettings(part_hops=2500, margin_hops=500))
    for piece in (np.full((2100, 2), 1e-6), power):
        hindsight.hear(piece, fired if piece is power else np.zeros((2100, *fired.shape[1:]), bool))
    assert hindsight.gain_control_s is not None
    assert 42.0 < hindsight.gain_control_s <= 74.0


def test_nothing_was_heard() -> None:
    assert HindsightInParts(2).speech() == [[], []]
