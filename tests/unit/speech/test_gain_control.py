"""Automatic gain control is noticed where it is, and only there."""

from functools import cache

import numpy as np
import pytest

from director_app.speech.gain_control import GainControlWatch
from director_app.speech.gain_control_advice import how_to_switch_off, warning
from director_app.speech.gate import Fired
from director_app.speech.levels import Levels, decibels
from tests.bench.switching.gain_control import controlled
from tests.helpers.rooms import Room, front, listened, sound_of, spoken

SECONDS = 36.0
PAUSED = spoken("ababababa", 2.5, pause_s=1.5)
Sound = tuple[Levels, Fired]


@cache
def sound(seed: int, has_it: bool, gain_db: float = 0.0) -> Sound:  # noqa: FBT001 - a fact about the microphones
    """Two people in turns with pauses."""
    tracks = sound_of(PAUSED, SECONDS, Room(noise_db=-56.0, seed=seed))
    tracks *= np.array([[10 ** (gain_db / 20)], [10 ** (-gain_db / 20)]], np.float32)
    return front(controlled(tracks, seed) if has_it else tracks)


def watched(power: Levels, fired: Fired, hops: int = 100) -> list[float | None]:
    """Judged every two seconds; what was found each time."""
    watch, found = GainControlWatch(power.shape[1]), []
    for first in range(0, len(power), hops):
        watch.hear(decibels(power[first : first + hops]), fired[first : first + hops])
        if (first + hops) % 100 == 0:
            watch.judge((first + hops) * 0.02)
            found.append(watch.since_s)
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_is_noticed_within_half_a_minute(seed: int) -> None:
    found = watched(*sound(seed, has_it=True))
    since_s = next(each for each in found if each is not None)
    assert since_s <= 30.0
    assert found[-1] == since_s, "and stays noticed, since when it was"


@pytest.mark.parametrize(("seed", "gain_db"), [(1, 0.0), (2, 0.0), (3, 6.0)])
def test_it_is_not_seen_where_it_is_not(seed: int, gain_db: float) -> None:
    assert set(watched(*sound(seed, has_it=False, gain_db=gain_db))) == {None}


def test_one_gain_that_is_turned_is_not_gain_control() -> None:
    power, fired = sound(1, has_it=False)
    turned = power.copy()
    turned[900:, 0] *= 4.0
    assert set(watched(turned, fired)) == {None}


def test_it_does_not_depend_on_how_the_hops_come() -> None:
    once = watched(*sound(1, has_it=True), hops=100)
    assert watched(*sound(1, has_it=True), hops=20) == once
    assert watched(*sound(1, has_it=True), hops=4) == once


def test_the_alarm_ends_when_pauses_stay_level_for_long() -> None:
    power, fired = (np.concatenate(each) for each in zip(sound(1, has_it=True), sound(2, has_it=False), strict=True))
    found = watched(power, fired)
    assert found[17] is not None
    assert found[-1] is None


@pytest.mark.parametrize("microphones", [1, 2])
def test_nothing_is_noticed_in_silence_or_steady_noise(microphones: int) -> None:
    power = np.zeros((1500, microphones))
    assert set(watched(power, np.zeros(power.shape, bool))) == {None}
    noise = 10 ** (np.random.default_rng(1).normal(-55, 1.0, power.shape) / 10)
    assert set(watched(noise, np.zeros(power.shape, bool))) == {None}


def test_a_fan_that_is_turned_on_is_not_gain_control() -> None:
    power = np.full((1500, 2), 1e-6)
    power[700:] = 1e-5
    power[700:750] = np.geomspace(1e-6, 1e-5, 50)[:, None]
    assert set(watched(power, np.zeros(power.shape, bool))) == {None}


def test_people_are_still_told_apart_once_it_is_noticed() -> None:
    tracks = sound_of(PAUSED, SECONDS, Room(noise_db=-56.0))
    made = listened(controlled(tracks, 1))
    assert made.listening.gain_control_since_s is not None
    late = {talker: [span for span in PAUSED[talker] if span[0] > 20] for talker in "ab"}
    for own, other in ("ab", "ba"):
        assert made.share(own, late[own]) > 0.6
        assert made.share(own, late[own]) > made.share(own, late[other]) + 0.4


@pytest.mark.parametrize("system", ["Windows", "Darwin", "Linux", "Haiku"])
def test_everybody_is_told_where_the_switch_is(system: str) -> None:
    assert how_to_switch_off(system).endswith("(AGC, Auto Level, ALC).")


def test_the_warning_names_whose_microphone_it_is() -> None:
    assert warning([], "Linux").startswith("The microphones seem to turn themselves up and down (automatic")
    assert warning(["Ana"], "Linux").startswith("The microphone of Ana seems to turn itself up")
    assert warning(["Ana", "Ben", "Cara"], "Linux").startswith("The microphones of Ana, Ben and Cara seem to turn")
