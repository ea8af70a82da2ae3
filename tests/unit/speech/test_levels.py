"""From samples to levels: the decimator, band power, flux, noise floor and the speech gate."""

import numpy as np
import pytest
from numpy.typing import NDArray

from director_app.media.sound.packets import Pcm24, to_pcm24
from director_app.speech.decimator import HOP_SAMPLES, SPEECH_RATE, Decimator, Sound16
from director_app.speech.gate import VoiceDetector, VoiceShare
from director_app.speech.levels import (
    SILENT_DB,
    BandPower,
    LevelFlux,
    Levels,
    NoiseFloor,
    SmoothLevel,
    decibels,
)
from tests.helpers.rooms import RATE, sound_of
from tests.helpers.rooms import Room as MadeRoom

RNG_SEED = 7


def sine(hz: float, seconds: float, amplitude: float = 0.5, rate: int = RATE) -> NDArray[np.float32]:
    """One microphone."""
    t_s = np.arange(round(seconds * rate)) / rate
    return (amplitude * np.sin(2 * np.pi * hz * t_s)).astype(np.float32)[None, :]


def noise(seconds: float, db: float, microphones: int = 1) -> NDArray[np.float32]:
    """White, at 16 kHz, dBFS rms."""
    rng = np.random.default_rng(RNG_SEED)
    samples = rng.standard_normal((microphones, round(seconds * SPEECH_RATE)))
    return (10 ** (db / 20) * samples).astype(np.float32)


def in_pieces(samples: Pcm24, ticks: int) -> Sound16:
    """Through a decimator, so many ticks at a time."""
    decimator = Decimator(len(samples))
    step = ticks * 960
    pieces = [decimator.of(samples[:, first : first + step]) for first in range(0, samples.shape[1], step)]
    return np.concatenate(pieces, axis=1)


@pytest.mark.parametrize(("hz", "least_db", "most_db"), [(100, -0.1, 0.1), (1000, -0.1, 0.1), (5000, -0.5, 0.1)])
def test_the_decimator_passes_speech(hz: float, least_db: float, most_db: float) -> None:
    out = Decimator(1).of(to_pcm24(sine(hz, 0.4)))[0, 320:]
    assert least_db < 20 * np.log10(np.sqrt(2 * (out**2).mean()) / 0.5) < most_db


@pytest.mark.parametrize(("hz", "most_db"), [(9000, -36), (10000, -60), (15000, -60), (17000, -60), (23000, -60)])
def test_the_decimator_rejects_what_would_fold_into_speech(hz: float, most_db: float) -> None:
    out = Decimator(1).of(to_pcm24(sine(hz, 0.4)))[0, 320:]
    assert 20 * np.log10(np.sqrt(2 * (out**2).mean()) / 0.5) < most_db


def test_the_decimator_is_late_by_half_a_millisecond_and_one_sample_long() -> None:
    click = np.zeros((1, 960), np.float32)
    click[0, 480] = 1.0
    assert abs(int(np.abs(Decimator(1).of(to_pcm24(click))[0]).argmax()) - (480 + 24) / 3) <= 1


@pytest.mark.parametrize("ticks", [1, 2, 3, 7, 25])
def test_the_decimator_does_not_depend_on_how_the_sound_comes(ticks: int) -> None:
    samples = to_pcm24(np.random.default_rng(RNG_SEED).normal(0, 0.1, (3, 50 * 960)).astype(np.float32))
    assert in_pieces(samples, ticks) == pytest.approx(in_pieces(samples, 50), abs=1e-7)


def test_microphones_do_not_touch_each_other() -> None:
    samples = to_pcm24(np.random.default_rng(RNG_SEED).normal(0, 0.1, (2, 50 * 960)).astype(np.float32))
    alone = Decimator(1).of(samples[1:])
    assert Decimator(2).of(samples)[1] == pytest.approx(alone[0], abs=1e-7)


@pytest.mark.parametrize("hz", [400.0, 1000.0, 2345.0, 5000.0])
def test_band_power_of_a_sine_is_its_power(hz: float) -> None:
    power = BandPower(1).of(sine(hz, 1.0, rate=SPEECH_RATE))
    assert power.shape == (50, 1)
    assert 10 * np.log10(power[5:].mean()) == pytest.approx(10 * np.log10(0.5**2 / 2), abs=0.1)


@pytest.mark.parametrize("hz", [50.0, 100.0, 7000.0])
def test_hum_and_hiss_outside_the_band_do_not_count(hz: float) -> None:
    power = BandPower(1).of(sine(hz, 1.0, rate=SPEECH_RATE))
    assert 10 * np.log10(power[5:].mean()) < 10 * np.log10(0.5**2 / 2) - 40


def test_power_does_not_depend_on_how_the_sound_comes() -> None:
    sound = noise(2.0, -30, microphones=2)
    pieces, power, first = [], BandPower(2), 0
    for hops in (1, 4, 7, 1, 30, 57):
        pieces.append(power.of(sound[:, first : first + hops * HOP_SAMPLES]))
        first += hops * HOP_SAMPLES
    assert np.array_equal(np.concatenate(pieces), BandPower(2).of(sound))


def test_no_level_is_lower_than_silence() -> None:
    assert decibels(np.array([0.0, 1e-30, 1.0])).tolist() == [SILENT_DB, SILENT_DB, 0.0]
    assert SmoothLevel().of(np.zeros((5, 2))).tolist() == [[SILENT_DB] * 2] * 5


def test_a_level_follows_within_a_tenth_of_a_second() -> None:
    power = np.concatenate([np.full((50, 1), 1e-6), np.full((50, 1), 1e-2), np.full((50, 1), 1e-6)])
    levels = SmoothLevel().of(power)[:, 0]
    assert levels[49] == pytest.approx(-60, abs=0.01)
    assert levels[54] == pytest.approx(-20, abs=0.5)
    assert levels[110] < levels[99] - 15


def talk_levels(gain_db: float = 0.0) -> Levels:
    """Of somebody who talks, with his neighbour's microphone."""
    sound = sound_of({"a": [(0.0, 6.0)]}, 6.0, MadeRoom(bleed_db=-12.0, tail_db=-14.0, reverberation_s=0.6))
    return decibels(BandPower(2).of((sound * 10 ** (gain_db / 20)).astype(np.float32)))


def test_the_flux_does_not_depend_on_how_loud_a_microphone_is_set() -> None:
    loud, soft = (LevelFlux(0.25, 0.8).of(talk_levels(gain_db)) for gain_db in (0.0, -12.0))
    assert loud.shape == (2, 300, 2)
    assert soft == pytest.approx(loud, abs=0.05)


def test_the_flux_is_larger_at_the_talkers_own_microphone() -> None:
    flux = LevelFlux(0.8).of(talk_levels())[0, 100:]
    assert (flux[:, 0] > flux[:, 1]).mean() > 0.95


def test_the_flux_does_not_depend_on_how_the_hops_come() -> None:
    levels, flux = talk_levels(), LevelFlux(0.25, 0.1)
    pieces = [flux.of(levels[first:end]) for first, end in ((0, 1), (1, 4), (4, 120), (120, 300))]
    assert np.array_equal(np.concatenate(pieces, axis=1), LevelFlux(0.25, 0.1).of(levels))


def steady(*parts: tuple[float, float]) -> Levels:
    """Levels of one microphone: (seconds, dBFS) after another."""
    return np.concatenate([np.full((round(seconds * 50), 1), db) for seconds, db in parts])


def test_the_noise_floor_is_what_lies_under_talk() -> None:
    talk = steady(*([(1.0, -25.0), (0.5, -60.0)] * 10))
    assert NoiseFloor(1).of(talk)[200:, 0] == pytest.approx(-60, abs=3.0)


def test_the_noise_floor_falls_at_once_and_rises_after_fifteen_seconds() -> None:
    floors = NoiseFloor(1).of(steady((20.0, -50.0), (5.0, -65.0), (25.0, -45.0)))[:, 0]
    assert floors[999] == pytest.approx(-50, abs=0.1)
    assert floors[1100] == pytest.approx(-65, abs=0.1)
    assert floors[1250 + 13 * 50] == pytest.approx(-65, abs=0.1), "13 s later it still remembers"
    assert floors[1250 + 17 * 50] == pytest.approx(-45, abs=0.1), "17 s later it does not"


def test_digital_silence_is_no_noise_floor() -> None:
    floors = NoiseFloor(1).of(steady((5.0, -50.0), (5.0, SILENT_DB), (5.0, -50.0)))[:, 0]
    assert floors == pytest.approx(-50, abs=0.1)


def test_before_anything_was_heard_the_floor_is_silence() -> None:
    floors = NoiseFloor(1).of(steady((2.0, SILENT_DB), (2.0, -55.0)))[:, 0]
    assert floors[99] == SILENT_DB
    assert floors[101] == pytest.approx(-55, abs=0.1)


def test_the_noise_floor_does_not_depend_on_how_the_hops_come() -> None:
    levels = np.random.default_rng(RNG_SEED).normal(-50, 8, (2000, 3))
    floor, pieces, first = NoiseFloor(3), [], 0
    for hops in np.random.default_rng(1).integers(1, 90, 200).tolist():
        if first < len(levels):
            pieces.append(floor.of(levels[first : first + hops]))
            first += hops
    assert np.array_equal(np.concatenate(pieces), NoiseFloor(3).of(levels))


def test_the_speech_gate_opens_for_speech_and_not_for_a_fan() -> None:
    talk = sound_of({"a": [(1.0, 5.0)]}, 6.0, MadeRoom())
    shares = VoiceShare(2).of(VoiceDetector(2).of(talk))[:, 0]
    assert (shares[65:245] >= 0.2).mean() > 0.85
    assert (shares[:50] >= 0.2).mean() < 0.05


def test_the_voice_share_counts_two_tenths_of_a_second() -> None:
    fired = np.zeros((40, 1), bool)
    fired[10:15] = True
    shares = VoiceShare(1).of(fired)[:, 0]
    assert shares[9:22].tolist() == pytest.approx([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.4, 0.3])
    one = VoiceShare(1)
    assert np.array_equal(np.concatenate([one.of(fired[:3]), one.of(fired[3:17]), one.of(fired[17:])])[:, 0], shares)


def test_full_scale_and_beyond_does_not_wrap() -> None:
    loud = noise(1.0, 6.0)
    assert np.array_equal(VoiceDetector(1).of(loud), VoiceDetector(1).of(np.clip(loud, -1, 32767 / 32768)))
