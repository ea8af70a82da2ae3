"""Files and made sound on a clock that tests turn by hand."""

import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from director_app.capture.errors import SourceLostError, SourceNotFoundError, SourceUnusableError
from director_app.capture.microphone_file import FileMicrophone, Play
from director_app.capture.microphone_synthetic import SyntheticMicrophone, SyntheticSettings, SyntheticSound
from director_app.capture.reader import MicrophoneReader
from director_app.capture.sound_pace import Clock
from director_app.media.sound.block import SoundBlock

EPOCH_NS = 3_000_000_000


class HandClock:
    """Sleeping is what moves it."""

    def __init__(self) -> None:
        self.now_ns = EPOCH_NS

    def sleep(self, seconds: float) -> None:
        self.now_ns += round(seconds * 1e9)

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.now_ns, self.sleep)


def write_wav(path: Path, samples: NDArray[np.int16], rate: int = 8_000) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(samples.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return path


def counting(frames: int, channels: int = 1) -> NDArray[np.int16]:
    """Every sample says which one it is."""
    return np.repeat(np.arange(frames, dtype=np.int16)[:, np.newaxis], channels, axis=1)


def read(microphone: MicrophoneReader, blocks: int) -> list[SoundBlock]:
    out = [microphone.read(1.0) for _ in range(blocks)]
    assert None not in out
    return [block for block in out if block is not None]


def numbers(blocks: list[SoundBlock]) -> NDArray[np.int64]:
    sound = np.concatenate([block.samples[:, 0] for block in blocks])
    return np.asarray(np.rint(sound * 32_768), np.int64)


def test_a_file_comes_in_real_time_and_whole(tmp_path: Path) -> None:
    hand = HandClock()
    microphone = FileMicrophone(write_wav(tmp_path / "a.wav", counting(800, 2)), clock=hand.clock)
    microphone.open()
    assert microphone.read(0.005) is None
    blocks = read(microphone, 2)
    assert [block.end_ns - EPOCH_NS for block in blocks] == [40_000_000, 80_000_000]
    assert blocks[0].samples.shape == (320, 2)
    assert blocks[0].rate == 8_000
    last = microphone.read(1.0)
    assert last is not None
    assert numbers([*blocks, last]).tolist() == list(range(800))
    with pytest.raises(SourceLostError, match=r"has ended\. Use loop = true to repeat it\."):
        microphone.read(1.0)
    microphone.close()
    with pytest.raises(SourceLostError, match="has ended"):
        microphone.open()


def test_a_loop_is_exact_to_the_sample_and_never_drifts(tmp_path: Path) -> None:
    hand = HandClock()
    microphone = FileMicrophone(write_wav(tmp_path / "a.wav", counting(333)), Play.LOOP, EPOCH_NS, hand.clock)
    microphone.open()
    blocks = read(microphone, 500)
    microphone.close()
    assert numbers(blocks).tolist() == [number % 333 for number in range(500 * 320)]
    assert blocks[-1].end_ns == EPOCH_NS + 20_000_000_000


@pytest.mark.parametrize("play", Play)
def test_a_file_opened_late_stands_where_the_others_stand(tmp_path: Path, play: Play) -> None:
    hand = HandClock()
    hand.now_ns += 2_050_000_000
    microphone = FileMicrophone(write_wav(tmp_path / "a.wav", counting(20_000)), play, EPOCH_NS, hand.clock)
    microphone.open()
    (block,) = read(microphone, 1)
    assert numbers([block])[0] == 16_400
    microphone.close()
    hand.now_ns += 3_000_000_000
    if play is Play.LOOP:
        microphone.open()
        (block,) = read(microphone, 1)
        assert numbers([block])[0] == (block.end_ns - EPOCH_NS) * 8 // 1_000_000 % 20_000 - 320
        microphone.close()
    else:
        with pytest.raises(SourceLostError, match="has ended"):
            microphone.open()


@pytest.mark.parametrize("content", [b"", b"no sound at all", bytes(5_000)])
def test_what_is_no_sound_gets_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "Gespräch.wav"
    path.write_bytes(content)
    with pytest.raises(SourceUnusableError, match=r"Gespräch\.wav"):
        FileMicrophone(path).open()


def test_a_missing_file_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError, match=r"There is no file .*gone\.flac"):
        FileMicrophone(tmp_path / "gone.flac").open()


def test_a_file_without_samples_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceUnusableError, match=r"empty\.wav"):
        FileMicrophone(write_wav(tmp_path / "empty.wav", counting(0))).open()


def test_a_truncated_file_gets_a_sentence(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "cut.wav", counting(30_000))
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(SourceUnusableError, match=r"cut\.wav is truncated"):
        FileMicrophone(path).open()


def test_beeps_lie_on_whole_seconds() -> None:
    microphone = SyntheticMicrophone(SyntheticSettings(clock_ppm=200), EPOCH_NS, HandClock().clock)
    microphone.open()
    blocks = read(microphone, 25 * 20 + 2)
    crystal = 48_000 * 1.0002
    sound = np.concatenate([block.samples[:, 0] for block in blocks])
    starts = [np.flatnonzero(sound[round(s * crystal) :])[0] + round(s * crystal) - s * crystal for s in range(20)]
    assert np.abs(starts).max() <= 2
    assert blocks[-1].end_ns == pytest.approx(EPOCH_NS + len(sound) / crystal * 1e9, abs=2)
    microphone.close()


@pytest.mark.parametrize("sound", SyntheticSound)
def test_made_sound_has_the_shape_asked_for(sound: SyntheticSound) -> None:
    microphone = SyntheticMicrophone(SyntheticSettings(sound, 44_100, 3), EPOCH_NS, HandClock().clock)
    microphone.open()
    (block,) = read(microphone, 1)
    assert block.samples.shape == (1764, 3)
    assert block.samples.dtype == np.float32
    assert 0.4 < np.abs(block.samples).max() <= 0.5
    microphone.close()


def test_a_tone_has_no_seam() -> None:
    settings = SyntheticSettings(SyntheticSound.TONE)
    microphone = SyntheticMicrophone(settings, EPOCH_NS, HandClock().clock)
    microphone.open()
    sound = np.concatenate([block.samples[:, 0] for block in read(microphone, 120)])
    assert np.abs(np.diff(sound)).max() <= np.sin(np.pi * 1000 / 48_000) * 1.001
    microphone.close()
