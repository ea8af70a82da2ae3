"""Drift, jitter, gaps and wrong numbers on one microphone's way to the program's timeline."""

from enum import Enum

import numpy as np
import pytest
from numpy.typing import NDArray

from director_app.media.sound.block import SoundBlock
from director_app.media.sound.packets import FULL_SCALE, to_float, to_pcm24
from director_app.media.sound.track import MicrophoneTrack

ORIGIN_NS = 7_000_000_000_000


class Gap(Enum):
    """Whether the device says that it lost sound just before a block."""

    SAID = "said"
    UNSAID = "unsaid"


class Device:
    """A sound card: its crystal, how late its blocks arrive, and a click at each whole second of true time."""

    def __init__(self, rate: int = 48_000, ppm: float = 0.0, late_s: float = 0.0, hz: float | None = None) -> None:
        self._rate, self._crystal, self._late_s, self._hz = rate, rate * (1 + ppm * 1e-6), late_s, hz
        self._random = np.random.default_rng(7)
        self._count = 0
        self._lost_s = 0.0

    @property
    def at_s(self) -> float:
        return -1.0 + self._count / self._crystal + self._lost_s

    def lose(self, seconds: float) -> None:
        self._lost_s += seconds

    def block(self, gap: Gap = Gap.UNSAID) -> SoundBlock:
        size = self._rate // 50
        samples = np.zeros(size)
        if self._hz:
            samples = 0.5 * np.sin(2 * np.pi * self._hz * np.arange(self._count, self._count + size) / self._rate)
        else:
            click = round((np.ceil(self.at_s) - self.at_s) * self._crystal)
            samples[click : click + 1] = 1.0
        self._count += size
        end_s = self.at_s + self._random.uniform(0, self._late_s)
        column = samples.astype(np.float32)[:, np.newaxis]
        return SoundBlock(column, self._rate, ORIGIN_NS + round(end_s * 1e9), gap is Gap.SAID)


def heard(track: MicrophoneTrack, device: Device, seconds: int) -> NDArray[np.float32]:
    """What the track holds for the first whole seconds."""
    rows = []
    for second in range(seconds):
        while track.available_until < 48_000 * (second + 1):
            track.push(device.block())
        rows.append(to_float(track.take(48_000 * second, 48_000).samples))
    return np.stack(rows)


def click_errors_ms(rows: NDArray[np.float32]) -> NDArray[np.float64]:
    at = np.argmax(np.abs(rows), axis=1)
    return np.asarray((at + 24_000) % 48_000 / 48 - 500, np.float64)


@pytest.mark.parametrize("ppm", [100, -100, 300])
def test_a_drifting_late_device_settles_and_stays(ppm: float) -> None:
    errors = click_errors_ms(heard(MicrophoneTrack(ORIGIN_NS), Device(ppm=ppm, late_s=0.04), 120))
    assert np.abs(errors[10:]).max() < 5
    assert np.abs(errors).max() < 20


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000, 96_000])
def test_any_rate_lands_on_the_sample(rate: int) -> None:
    errors = click_errors_ms(heard(MicrophoneTrack(ORIGIN_NS), Device(rate=rate), 3))
    assert np.abs(errors).max() < 0.1


def test_offset_moves_a_late_microphone_earlier() -> None:
    errors = click_errors_ms(heard(MicrophoneTrack(ORIGIN_NS, offset_ms=30), Device(), 3))
    assert errors == pytest.approx([-30, -30, -30], abs=0.1)


def test_stretching_makes_no_clicks() -> None:
    sound = heard(MicrophoneTrack(ORIGIN_NS), Device(ppm=300, late_s=0.04, hz=1000), 30)[1:].ravel()
    steepest = 2 * 0.5 * np.sin(np.pi * 1000 / 48_000)
    assert np.abs(np.diff(sound)).max() < 1.01 * steepest


@pytest.mark.parametrize("said", Gap)
def test_lost_sound_becomes_silence_of_its_length(said: Gap) -> None:
    track, device = MicrophoneTrack(ORIGIN_NS), Device(late_s=0.004)
    while device.at_s < 2.5:
        track.push(device.block())
    device.lose(0.3)
    track.push(device.block(said))
    rows = heard(track, device, 8)
    assert np.abs(click_errors_ms(rows)).max() < 5
    assert track.gaps == 1
    assert track.late_dropped == 0


def test_a_stall_that_loses_nothing_is_no_gap() -> None:
    track, device = MicrophoneTrack(ORIGIN_NS), Device()
    blocks = [device.block() for _ in range(200)]
    for number, block in enumerate(blocks):
        arrived_ns = max(block.end_ns, blocks[115].end_ns) if 100 <= number < 116 else block.end_ns
        track.push(SoundBlock(block.samples, block.rate, arrived_ns))
    taken = track.take(0, 48_000 * 2)
    assert (taken.missing, track.gaps) == (0, 0)


def test_a_microphone_that_comes_back_is_where_it_was() -> None:
    track, device = MicrophoneTrack(ORIGIN_NS), Device(ppm=100)
    while device.at_s < 2.5:
        track.push(device.block())
    track.lost()
    device.lose(1.7)
    track.push(device.block(Gap.SAID))
    rows = heard(track, device, 7)
    assert not rows[3].any()
    assert np.abs(click_errors_ms(np.delete(rows, 3, 0))).max() < 5


def test_nothing_came_is_zeros_and_counted() -> None:
    taken = MicrophoneTrack(ORIGIN_NS).take(0, 960)
    assert (int(np.count_nonzero(taken.samples)), taken.missing) == (0, 960)


def test_sound_that_comes_too_late_is_dropped_and_counted() -> None:
    track, device = MicrophoneTrack(ORIGIN_NS), Device(hz=500)
    while track.available_until < 9_600:
        track.push(device.block())
    track.take(0, 24_000)
    while track.available_until < 48_000:
        track.push(device.block())
    assert track.late_dropped >= 24_000 - 9_600 - 960
    assert track.take(24_000, 4_800).missing == 0


def test_more_than_is_kept_cannot_be_taken_at_once() -> None:
    with pytest.raises(ValueError, match="it holds 576000"):
        MicrophoneTrack(ORIGIN_NS).take(0, 576_001)


def test_taking_out_of_order_is_refused() -> None:
    track = MicrophoneTrack(ORIGIN_NS)
    track.take(0, 960)
    with pytest.raises(ValueError, match="960 is next"):
        track.take(0, 960)


def test_not_a_number_and_too_loud_do_no_harm() -> None:
    track, device = MicrophoneTrack(ORIGIN_NS), Device(hz=1000)
    for _ in range(100):
        block = device.block()
        samples = block.samples * 10
        samples[3] = np.nan
        samples[4] = np.inf
        track.push(SoundBlock(samples, block.rate, block.end_ns))
    taken = track.take(0, 9_600).samples
    assert taken.max() == FULL_SCALE - 1
    assert taken.min() == -FULL_SCALE


def test_a_channel_that_is_not_there_is_silent() -> None:
    track = MicrophoneTrack(ORIGIN_NS, channel=3)
    device = Device(hz=1000)
    while track.available_until < 960:
        track.push(device.block())
    taken = track.take(0, 960)
    assert (int(np.count_nonzero(taken.samples)), taken.missing) == (0, 0)


def test_24_bits_survive_the_way_there_and_back() -> None:
    values = np.array([-FULL_SCALE, -1, 0, 1, FULL_SCALE - 1], np.int32)
    assert to_pcm24(to_float(values)).tolist() == values.tolist()
    assert to_pcm24(np.array([np.nan, -np.inf, 2.0], np.float32)).tolist() == [0, 0, FULL_SCALE - 1]
    assert to_pcm24(np.array([3e38, -3e38], np.float32)).tolist() == [FULL_SCALE - 1, -FULL_SCALE]
