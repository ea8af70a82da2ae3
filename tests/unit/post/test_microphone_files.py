"""Microphone files of every kind, and the many ways in which they can be bad."""

import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from director_app.capture.errors import SourceError
from director_app.media.sound.packets import FULL_SCALE
from director_app.post.microphone_files import SoundWarning, open_microphone_files
from tests.helpers.sound_files import RATE, demo_sound, write_sound


def tone(seconds: float, rate: int = RATE, level: float = 0.5) -> NDArray[np.float64]:
    """A sine of 440 Hz."""
    wave: NDArray[np.float64] = level * np.sin(2 * np.pi * 440 * np.arange(round(seconds * rate)) / rate)
    return wave


def heard(*paths: Path) -> tuple[NDArray[np.float64], list[SoundWarning]]:
    """Everything that is in the files, shape (microphones, samples), full scale 1.0."""
    with open_microphone_files(paths) as files:
        ticks = [tick for batch in files.ticks() for tick in batch]
        warnings = files.warnings()
    assert [tick.index for tick in ticks] == list(range(len(ticks)))
    assert all(tick.count == 960 for tick in ticks[:-1])
    sound = np.concatenate([tick.samples[:, : tick.count] for tick in ticks], axis=1)
    assert ticks[-1].end_sample == sound.shape[1] == files.end_sample
    return sound / FULL_SCALE, warnings


@pytest.mark.parametrize(
    ("codec", "accuracy"),
    [("pcm_u8", 1e-2), ("pcm_s16le", 1e-4), ("pcm_s24le", 1e-6), ("pcm_s32le", 1e-6), ("pcm_f32le", 1e-6)],
)
def test_samples_of_any_size_are_those_of_the_file(codec: str, accuracy: float, tmp_path: Path) -> None:
    wave = tone(1.51)
    sound, warnings = heard(write_sound(tmp_path / "a.wav", wave, codec))
    assert sound.shape == (1, len(wave))
    assert np.abs(sound[0] - wave).max() < accuracy
    assert warnings == []


def test_a_recorded_flac_is_heard_to_the_bit(tmp_path: Path) -> None:
    wave = np.random.default_rng(0).integers(-(2**23), 2**23, RATE).astype(np.float64) / FULL_SCALE
    sound, _ = heard(write_sound(tmp_path / "a.flac", wave))
    assert (sound[0] == wave).all()


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 96_000])
def test_any_rate_becomes_48_khz(rate: int, tmp_path: Path) -> None:
    sound, warnings = heard(write_sound(tmp_path / "a.wav", tone(2.0, rate), rate=rate))
    assert sound.shape[1] == pytest.approx(2 * RATE, abs=100)
    middle = slice(RATE // 2, RATE * 3 // 2)
    assert np.abs(sound[0, middle] - tone(2.0)[middle]).max() < 0.02
    assert warnings == []


@pytest.mark.parametrize("name", ["a.ogg", "a.opus", "a.mp3"])
def test_packed_files_are_heard_too(name: str, tmp_path: Path) -> None:
    sound, warnings = heard(write_sound(tmp_path / name, tone(2.0)))
    assert sound.shape[1] == pytest.approx(2 * RATE, abs=3000)
    assert np.sqrt((sound[0, RATE // 2 : RATE] ** 2).mean()) == pytest.approx(0.5 / np.sqrt(2), rel=0.05)
    assert warnings == []


@pytest.mark.parametrize("codec", ["pcm_s16le", "pcm_f32le"])
def test_of_two_channels_the_mean_is_heard(codec: str, tmp_path: Path) -> None:
    sound, _ = heard(write_sound(tmp_path / "a.wav", np.stack([tone(1.0), np.zeros(RATE)]), codec))
    assert np.abs(sound[0] - tone(1.0) / 2).max() < 1e-4


def test_shorter_files_are_followed_by_silence(tmp_path: Path) -> None:
    sound, warnings = heard(write_sound(tmp_path / "a.wav", tone(0.7)), write_sound(tmp_path / "b.flac", tone(4.13)))
    assert sound.shape == (2, round(4.13 * RATE))
    assert not sound[0, round(0.7 * RATE) :].any()
    assert np.abs(sound[1] - tone(4.13)).max() < 1e-6
    assert warnings == []


@pytest.mark.parametrize("rate", [RATE, 44_100])
def test_what_is_no_number_is_silent(rate: int, tmp_path: Path) -> None:
    wave = tone(1.0, rate)
    wave[[10, 20_000, 20_001]] = np.nan, np.inf, -np.inf
    sound, _ = heard(write_sound(tmp_path / "a.wav", wave, "pcm_f32le", rate))
    assert np.isfinite(sound).all()
    assert np.abs(sound).max() < 0.6
    assert np.abs(sound[0, 30_000:40_000]).max() > 0.4


def test_silence_is_told(tmp_path: Path) -> None:
    sound, (warning,) = heard(write_sound(tmp_path / "quiet.wav", np.zeros(RATE)))
    assert not sound.any()
    assert (warning.kind, warning.microphone) == ("silent", 0)
    assert "quiet.wav is silent" in warning.sentence


@pytest.mark.parametrize("name", ["a.wav", "a.flac"])
def test_of_a_truncated_file_what_is_there_is_used_and_it_is_told(name: str, tmp_path: Path) -> None:
    wave = demo_sound("ana", 10.0)
    path = write_sound(tmp_path / name, wave)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 5])
    good = write_sound(tmp_path / "good.wav", wave)
    sound, (warning,) = heard(good, path)
    length = np.flatnonzero(sound[1])[-1]
    assert 3 * RATE < length < 6 * RATE
    assert np.abs(sound[1, : length - RATE // 2] - wave[: length - RATE // 2]).max() < 1e-6
    assert (warning.kind, warning.microphone) == ("truncated", 1)
    assert f"{name} is truncated: its sound ends after" in warning.sentence


def test_what_cannot_be_decoded_is_silent_and_the_rest_in_its_place(tmp_path: Path) -> None:
    wave = demo_sound("ana", 10.0)
    path = write_sound(tmp_path / "a.flac", wave)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 20_000] = bytes(range(250)) * 80
    path.write_bytes(content)
    sound, warnings = heard(path)
    assert [warning.kind for warning in warnings] == ["damaged"]
    assert np.abs(sound[0, -2 * RATE :] - wave[-2 * RATE :]).max() < 1e-6
    assert np.abs(sound[0, : 3 * RATE] - wave[: 3 * RATE]).max() < 1e-6


def test_what_cannot_be_heard_at_all_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    (tmp_path / "notes.txt").write_text("no sound\n" * 100, "utf-8")
    (tmp_path / "noise.wav").write_bytes(np.random.default_rng(1).bytes(20_000))
    with wave.open(str(tmp_path / "none.wav"), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", "not compressed"))
    for rate in (1, 2**31 - 1):
        with wave.open(str(tmp_path / f"{rate}.wav"), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", "not compressed"))
            file.writeframes(bytes(20_000))
        content = bytearray((tmp_path / f"{rate}.wav").read_bytes())
        content[24:28] = rate.to_bytes(4, "little")
        (tmp_path / f"{rate}.wav").write_bytes(content)
    whole = write_sound(tmp_path / "whole.flac", tone(1.0))
    (tmp_path / "head.flac").write_bytes(whole.read_bytes()[:30])
    expected = {
        "empty.wav": "is empty",
        "notes.txt": "holds no sound|is no sound",
        "noise.wav": "is no sound or video file",
        "none.wav": "holds no samples",
        "head.flac": "is no sound|holds no",
        "1.wav": "gives its sample rate as 1 Hz",
        "2147483647.wav": "gives its sample rate as 2147483647 Hz",
        "missing.wav": "There is no file",
        ".": "is no file",
    }
    for name, sentence in expected.items():
        with pytest.raises(SourceError, match=sentence) as refused, open_microphone_files([whole, tmp_path / name]):
            pass
        assert str(tmp_path / name) in str(refused.value)
        assert str(refused.value).endswith(".")
