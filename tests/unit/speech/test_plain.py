"""The plain analysis on made speech-like sound: who is heard as speaking, and how the floor follows noise."""

from contextlib import closing

import numpy as np
import pytest
from numpy.typing import NDArray

from director_app.capture.demo import DEMO_LENGTH_S, DEMO_PEOPLE, demo_microphone_file, demo_truth
from director_app.capture.sound_file import SoundFile
from director_app.core.canvas import BLOCK_SAMPLES, SAMPLE_RATE
from director_app.core.evidence import SILENCE_DB, Heard
from director_app.core.sources import MicrophoneId
from director_app.media.sound.packets import FULL_SCALE, SoundTick, to_pcm24
from director_app.speech.levels import BandLevel, NoiseFloor
from director_app.speech.plain import PlainAnalysis


def tick_of(index: int, samples: NDArray[np.float32]) -> SoundTick:
    """20 ms of all microphones, shape (microphones, 960)."""
    return SoundTick(index, index * BLOCK_SAMPLES, to_pcm24(samples), BLOCK_SAMPLES, (0,) * len(samples))


def tone(hertz: float, level: float) -> NDArray[np.float32]:
    """One tick of a sine."""
    return (level * np.sin(2 * np.pi * hertz * np.arange(BLOCK_SAMPLES) / 48_000)).astype(np.float32)


def test_level_of_a_tone_in_the_band_is_its_power_and_outside_it_is_nearly_nothing() -> None:
    level = BandLevel()
    half = level.of(to_pcm24(np.stack([tone(1000, 0.5), tone(100, 0.5), tone(9000, 0.5)])))
    assert half[0] == pytest.approx(20 * np.log10(0.5 / np.sqrt(2)), abs=0.1)
    assert half[1] < -30
    assert half[2] < -60


def test_digital_silence_has_the_lowest_level_and_does_not_lower_the_noise_floor() -> None:
    floor = NoiseFloor(1)
    for _ in range(100):
        noise = floor.follow(np.array([-50.0]))
    for _ in range(200):
        after = floor.follow(np.array([SILENCE_DB]))
    assert noise[0] == after[0] == pytest.approx(-50.0)


def test_the_noise_floor_forgets_what_is_older_than_its_window() -> None:
    floor = NoiseFloor(1)
    for _ in range(100):
        floor.follow(np.array([-70.0]))
    for _ in range(17 * 50):
        last = floor.follow(np.array([-40.0]))
    assert last[0] == pytest.approx(-40.0, abs=0.5)


def test_silence_and_no_microphones_give_quiet_records() -> None:
    nobody = PlainAnalysis([]).hear([tick_of(0, np.zeros((0, BLOCK_SAMPLES), np.float32))])
    assert nobody == [Heard(0.02, ())]
    analysis = PlainAnalysis([MicrophoneId("a"), MicrophoneId("b")])
    for index in range(50):
        [heard] = analysis.hear([tick_of(index, np.zeros((2, BLOCK_SAMPLES), np.float32))])
    assert [(record.voiced, record.own_speech) for record in heard.records] == [(False, False)] * 2


def test_a_hum_is_no_speech_however_loud() -> None:
    analysis = PlainAnalysis([MicrophoneId("a")])
    for index in range(200):
        [heard] = analysis.hear([tick_of(index, tone(1000, 0.3)[np.newaxis])])
    assert not heard.records[0].own_speech


@pytest.fixture(scope="module")
def demo_sound() -> NDArray[np.float32]:
    """The demo's three microphones, shape (3, samples)."""
    tracks = []
    for who in DEMO_PEOPLE:
        with closing(SoundFile(demo_microphone_file(who))) as file:
            tracks.append(file.read(int(DEMO_LENGTH_S * SAMPLE_RATE))[:, 0])
    return np.stack(tracks)


def test_the_demo_s_talkers_are_told_apart_by_their_own_microphones(demo_sound: NDArray[np.float32]) -> None:
    truth = demo_truth()
    analysis = PlainAnalysis([MicrophoneId(who) for who in DEMO_PEOPLE])
    right = wrong = 0
    for index in range(demo_sound.shape[1] // BLOCK_SAMPLES):
        block = demo_sound[:, index * BLOCK_SAMPLES : (index + 1) * BLOCK_SAMPLES]
        [heard] = analysis.hear([tick_of(index, block)])
        talking = {turn.who for turn in truth.turns if turn.start_s + 0.3 <= heard.t_s <= turn.end_s}
        for record in heard.records:
            if record.own_speech and talking:
                right += record.microphone in talking
                wrong += record.microphone not in talking
    assert right > 1000
    assert wrong < right / 10


def test_the_records_do_not_depend_on_how_many_ticks_come_at_a_time(demo_sound: NDArray[np.float32]) -> None:
    ticks = [
        tick_of(index, demo_sound[:, index * BLOCK_SAMPLES : (index + 1) * BLOCK_SAMPLES]) for index in range(200)
    ]

    def hear(at_a_time: int) -> list[Heard]:
        analysis = PlainAnalysis([MicrophoneId(who) for who in DEMO_PEOPLE])
        parts = (ticks[first : first + at_a_time] for first in range(0, len(ticks), at_a_time))
        return [heard for part in parts for heard in analysis.hear(part)]

    assert hear(1) == hear(4) == hear(200)


def test_full_scale_noise_is_finite() -> None:
    loud = np.random.default_rng(0).uniform(-1, 1, (2, BLOCK_SAMPLES)).astype(np.float32)
    [heard] = PlainAnalysis([MicrophoneId("a"), MicrophoneId("b")]).hear([tick_of(0, loud)])
    assert all(np.isfinite(record.level_db) for record in heard.records)
    assert to_pcm24(loud).max() < FULL_SCALE
