"""Who spoke when, told afterwards: spans against the truth of made rooms."""

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from director_app.core.turns import Span
from director_app.speech.hindsight import Hindsight
from tests.bench.switching.gain_control import controlled
from tests.bench.switching.sound import Samples
from tests.helpers.rooms import Room, front, sound_of, spoken

SECONDS = 23.0
TALK = spoken("abababab", 2.4)
DRY = Room(bleed_db=-18.0, tail_db=-34.0, reverberation_s=0.15)


@cache
def room() -> Samples:
    """Two people in turns, in a dry room: what they say ends where it ends."""
    return sound_of(TALK, SECONDS, DRY)


@cache
def found_in_room() -> list[list[Span]]:
    """All at once."""
    return spans_of(room())


def spans_of(tracks: Samples, hops: int = 10_000) -> list[list[Span]]:
    """Heard so many hops at a time."""
    hindsight = Hindsight(len(tracks))
    power, fired = front(tracks)
    for first in range(0, len(power), hops):
        hindsight.hear(power[first : first + hops], fired[first : first + hops])
    return hindsight.speech()


def off_s(found: list[Span], truth: list[Span], side: int) -> list[float]:
    """How far the beginning (side 0) or the end (1) of each true span lies from the nearest one found."""
    edges = np.array([each[side] for each in found])
    return [float(np.abs(edges - span[side]).min()) for span in truth]


@pytest.mark.parametrize("seed", [1, 2])
def test_speech_is_found_where_it_is(seed: int) -> None:
    found = spans_of(sound_of(TALK, SECONDS, replace(DRY, seed=seed)))
    starts_s = [each for spans, talker in zip(found, "ab", strict=True) for each in off_s(spans, TALK[talker], 0)]
    ends_s = [each for spans, talker in zip(found, "ab", strict=True) for each in off_s(spans, TALK[talker], 1)]
    assert float(np.median(starts_s)) <= 0.06
    assert float(np.median(ends_s)) <= 0.14, "a voice dies away, and the margin with it"
    assert max(ends_s) < 0.3
    assert all(len(spans) <= len(TALK[talker]) + 2 for spans, talker in zip(found, "ab", strict=True))


def test_the_first_word_is_known_although_nothing_was_known_then() -> None:
    first = {"a": [(1.0, 3.0), (8.0, 11.0)], "b": [(4.0, 7.0), (12.0, 15.0)]}
    found = spans_of(sound_of(first, 16.0, DRY) * np.array([[2.0], [0.5]], np.float32))
    assert abs(found[0][0][0] - 1.0) < 0.2
    assert abs(found[1][0][0] - 4.0) < 0.2


def test_the_hops_may_come_in_any_pieces() -> None:
    assert spans_of(room(), hops=37) == found_in_room()


def test_gaps_are_filled_and_crumbs_are_dropped() -> None:
    for spans in found_in_room():
        assert all(end_s - start_s >= 0.2 - 1e-9 for start_s, end_s in spans)
        assert all(later[0] - earlier[1] > 0.3 for earlier, later in pairwise(spans))


def test_a_silent_microphone_has_no_speech_and_changes_nobody_elses() -> None:
    found = spans_of(np.vstack([room(), np.zeros_like(room()[:1])]))
    assert found == [*found_in_room(), []]


def test_nothing_heard_is_no_speech() -> None:
    assert Hindsight(2).speech() == [[], []]
    assert spans_of(np.zeros((2, 32_000), np.float32)) == [[], []]


def test_gain_control_is_noticed_and_only_where_it_is() -> None:
    paused = sound_of(spoken("abababab", 2.5, pause_s=1.5), 32.0, Room(noise_db=-56.0))
    for tracks, has_it in ((controlled(paused, 5), True), (paused, False)):
        hindsight = Hindsight(2)
        power, fired = front(tracks)
        for first in range(0, len(power), 50):
            hindsight.hear(power[first : first + 50], fired[first : first + 50])
        assert (hindsight.gain_control_s is not None) == has_it


@pytest.mark.parametrize("microphones", [1, 3])
def test_any_number_of_microphones(microphones: int) -> None:
    found = spans_of(sound_of({"a": TALK["a"]}, 16.0, DRY, "abc"[:microphones]))
    assert len(found) == microphones
    assert len(found[0]) >= 2
    assert all(sum(end_s - start_s for start_s, end_s in spans) < 1.0 for spans in found[1:])
