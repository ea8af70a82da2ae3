"""AAC in step with the pictures, FLAC that survives a crash, and the mix."""

import io
import os
import subprocess
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from director_app.media.sound.aac import AAC_FRAME, AacEncoder, Layout
from director_app.media.sound.automix import CEILING, Automix
from director_app.media.sound.flac import FLAC_FRAME, FlacEncoder, FlacFile
from director_app.media.sound.flac_header import HEADER_BYTES, FlacDamagedError, repair_flac
from director_app.media.sound.packets import Pcm24, SoundPacket, to_float, to_pcm24


def noise(seconds: float, microphones: int = 1) -> Pcm24:
    random = np.random.default_rng(3)
    return to_pcm24(random.normal(0, 0.05, (microphones, round(48_000 * seconds))).astype(np.float32))


def ticks(samples: NDArray[np.generic]) -> list[NDArray[np.generic]]:
    return [samples[..., start : start + 960] for start in range(0, samples.shape[-1], 960)]


def decoded(path: Path) -> NDArray[np.int32]:
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray().ravel() for frame in container.decode(audio=0) if isinstance(frame, AudioFrame)]
    return np.concatenate(frames).astype(np.int32) >> 8


def recorded(path: Path, samples: Pcm24) -> list[SoundPacket]:
    """Write samples as a recording that is closed well."""
    encoder = FlacEncoder("mic_1")
    packets = [packet for tick in ticks(samples) for packet in encoder.encode(tick.astype(np.int32))]
    packets += encoder.finish()
    with path.open("wb") as file:
        flac = FlacFile(file, encoder.stream_info)
        for packet in packets:
            flac.write(packet)
        flac.close()
        flac.close()
    encoder.close()
    return packets


def crashed(path: Path, samples: Pcm24, tail: bytes, cut: int) -> None:
    """The same recording as a crash would leave it."""
    recorded(path, samples)
    data = bytearray(path.read_bytes())
    data[22:26] = bytes(4)
    data[21] &= 0xF0
    path.write_bytes(bytes(data[: len(data) - cut]) + tail)


@pytest.mark.parametrize("end", [0, 960, 1024, 1025, 48_000, 50_176, 50_177])
@pytest.mark.parametrize("layout", Layout)
def test_aac_starts_at_zero_and_covers_the_end(layout: Layout, end: int) -> None:
    encoder = AacEncoder("mix", layout)
    sound = np.zeros(end, np.float32)
    packets = [packet for tick in ticks(sound) for packet in encoder.encode(tick.astype(np.float32))]
    packets += encoder.finish(end)
    assert encoder.finish(end) == []
    encoder.close()
    assert [packet.pts for packet in packets] == [AAC_FRAME * number for number in range(len(packets))]
    if end > 0:
        assert 0 <= packets[-1].pts + packets[-1].duration - end < AAC_FRAME
    with pytest.raises(ValueError, match="has ended"):
        encoder.encode(sound)


def through_aac(path: Path, encoder: AacEncoder, sound: NDArray[np.float32]) -> tuple[int, NDArray[np.float32]]:
    """What a player gets of it: number of the first sample, and shape (channels, n)."""
    packets = encoder.encode(sound) + encoder.finish(len(sound))
    with av.open(str(path), "w") as container:
        stream = container.add_stream_from_template(encoder.stream)
        for given in packets:
            packet = av.Packet(given.payload)
            packet.stream, packet.pts, packet.dts, packet.duration = stream, given.pts, given.pts, given.duration
            packet.time_base = encoder.stream.codec_context.time_base
            container.mux_one(packet)
    encoder.close()
    with av.open(str(path)) as container:
        frames = [frame for frame in container.decode(audio=0) if isinstance(frame, AudioFrame)]
    start = round(float(frames[0].time or 0.0) * 48_000)
    return start, np.concatenate([frame.to_ndarray() for frame in frames], axis=1).astype(np.float32)


def test_a_beep_in_aac_is_where_it_was(tmp_path: Path) -> None:
    sound = np.zeros(96_000, np.float32)
    sound[48_000:48_480] = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(480) / 48_000)
    start, heard = through_aac(tmp_path / "beep.mkv", AacEncoder("mix"), sound)
    found = np.flatnonzero(np.abs(heard[0]) > 0.1)[0] + start
    assert abs(found - 48_000) < 240


def test_both_sides_of_stereo_carry_the_same_sound(tmp_path: Path) -> None:
    sound = to_float(noise(2)[0])
    _, sides = through_aac(tmp_path / "mix.mkv", AacEncoder("mix", Layout.STEREO, bit_rate=160_000), sound)
    assert len(sides) == 2
    difference, loudness = (sides[0] - sides[1])[4800:90_000].std(), sound.std()
    assert sides[0, 4800:90_000].std() == pytest.approx(loudness, rel=0.2)
    assert difference < 0.1 * loudness


def test_flac_holds_every_bit_and_says_24(tmp_path: Path) -> None:
    samples = noise(1.5)[0][:71_234]
    packets = recorded(tmp_path / "mic.flac", samples)
    assert np.array_equal(decoded(tmp_path / "mic.flac"), samples)
    asked = ["ffprobe", "-v", "error", "-show_entries", "stream=bits_per_raw_sample,duration_ts", "-of", "csv=p=0"]
    told = subprocess.run([*asked, str(tmp_path / "mic.flac")], capture_output=True, text=True, check=True).stdout
    assert told.strip().split(",") == ["71234", "24"]
    assert max(packet.duration for packet in packets) == FLAC_FRAME


def test_flac_file_is_closed_for_good() -> None:
    encoder = FlacEncoder("mic_1")
    flac = FlacFile(io.BytesIO(), encoder.stream_info)
    flac.close()
    with pytest.raises(ValueError, match="closed"):
        flac.write(SoundPacket("mic_1", 0, 960, b""))
    encoder.close()
    with pytest.raises(ValueError, match="has ended"):
        encoder.encode(np.zeros(960, np.int32))


@pytest.mark.parametrize("tail", [b"", bytes(300), b"\xff\xf8\xff"], ids=["nothing", "zeros", "half a sync"])
@pytest.mark.parametrize("cut", [0, 1, 700, 20_000])
def test_repair_keeps_every_whole_frame(tmp_path: Path, tail: bytes, cut: int) -> None:
    path, samples = tmp_path / "mic.flac", noise(1.5)[0][:71_234]
    crashed(path, samples, tail, cut)
    kept = repair_flac(path)
    assert repair_flac(path) == kept
    assert kept == len(samples) if cut == 0 else len(samples) - kept < cut + FLAC_FRAME
    assert np.array_equal(decoded(path), samples[:kept])
    said = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(path), "-f", "null", os.devnull], capture_output=True, check=True
    )
    assert said.stderr == b""


def test_repair_of_a_recording_without_sound(tmp_path: Path) -> None:
    path = tmp_path / "mic.flac"
    encoder = FlacEncoder("mic_1")
    with path.open("wb") as file:
        FlacFile(file, encoder.stream_info)
    encoder.close()
    assert repair_flac(path) == 0


@pytest.mark.parametrize("content", [b"", b"fLaC", b"RIFF" + bytes(100)])
def test_repair_refuses_what_is_not_ours(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mic.flac"
    path.write_bytes(content)
    with pytest.raises(FlacDamagedError, match=r"mic\.flac"):
        repair_flac(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("rubbish", [bytes(3_000_000), bytes(range(255)) * 12_000], ids=["zeros", "no frame"])
def test_repair_leaves_a_file_alone_in_which_no_sound_is_recognised(tmp_path: Path, rubbish: bytes) -> None:
    path = tmp_path / "mic.flac"
    crashed(path, noise(0.1)[0], b"", 0)
    content = path.read_bytes()[:HEADER_BYTES] + rubbish
    path.write_bytes(content)
    with pytest.raises(FlacDamagedError, match=r"mic\.flac"):
        repair_flac(path)
    assert path.read_bytes() == content


def test_repair_never_cuts_off_a_long_tail_that_may_be_sound(tmp_path: Path) -> None:
    path = tmp_path / "mic.flac"
    crashed(path, noise(1.5)[0], bytes(range(255)) * 300, 0)
    content = path.read_bytes()
    with pytest.raises(FlacDamagedError, match=r"mic\.flac is damaged after 1\.5 s"):
        repair_flac(path)
    assert path.read_bytes() == content


def test_repair_cuts_off_any_number_of_zeros(tmp_path: Path) -> None:
    path, samples = tmp_path / "mic.flac", noise(1.5)[0]
    crashed(path, samples, bytes(100_000), 0)
    assert repair_flac(path) == len(samples)
    assert np.array_equal(decoded(path), samples)


def mixed(samples: Pcm24) -> NDArray[np.float32]:
    mixer = Automix(len(samples))
    return np.concatenate([mixer.mix(tick.astype(np.int32)) for tick in ticks(samples)])


def test_the_room_is_as_loud_as_through_one_microphone() -> None:
    one, four = mixed(noise(3)), mixed(noise(3, microphones=4))
    assert 20 * np.log10(four[48_000:].std() / one[48_000:].std()) == pytest.approx(0, abs=0.3)


def test_who_speaks_is_loud_and_the_others_step_back() -> None:
    samples = noise(3, microphones=3)
    samples[1:] //= 100
    speech = to_float(samples[0])
    assert mixed(samples)[48_000:].std() == pytest.approx(speech[48_000:].std(), rel=0.02)


def test_the_mix_never_clips_and_nothing_is_silence() -> None:
    loud = to_pcm24(np.ones((4, 48_000), np.float32) * np.sin(np.arange(48_000) / 9).astype(np.float32))
    assert np.abs(mixed(loud)).max() <= CEILING
    assert not Automix(0).mix(np.zeros((0, 960), np.int32)).any()


@pytest.mark.parametrize("loudness", [0.05, 0.5, 2.0])
@pytest.mark.parametrize("ticks_at_once", [1, 4, 1000])
def test_how_many_ticks_are_mixed_at_once_changes_nothing(ticks_at_once: int, loudness: float) -> None:
    random = np.random.default_rng(5)
    # Loud and quiet by turns, and an end within a tick.
    sound = random.normal(0, loudness, (3, 150, 960)) * random.uniform(0, 1, (3, 150, 1))
    samples = to_pcm24(sound.reshape(3, -1).astype(np.float32))[:, :-837]
    mixer = Automix(3)
    starts = range(0, samples.shape[1], 960 * ticks_at_once)
    at_once = np.concatenate([mixer.mix(samples[:, start : start + 960 * ticks_at_once]) for start in starts])
    assert at_once.dtype == np.float32
    np.testing.assert_allclose(at_once, mixed(samples), rtol=0, atol=2e-7)


def test_gains_are_shared_as_the_formula_says_tick_by_tick() -> None:
    samples = noise(1, microphones=3)
    samples[1] //= 3
    sound = to_float(samples).astype(np.float64).reshape(3, -1, 960)
    keep, power, before = np.exp(-0.02 / 0.06), np.full(3, 1e-10), np.full(3, np.sqrt(1 / 3))
    expected = []
    for tick in sound.transpose(1, 0, 2):
        power = keep * power + (1 - keep) * ((np.diff(tick) ** 2).sum(axis=1) / 960 + 1e-10)
        after = np.sqrt(power / power.sum())
        ramp = np.linspace(0, 1, 960)
        expected.append(before @ tick * (1 - ramp) + after @ tick * ramp)
        before = after
    np.testing.assert_allclose(Automix(3).mix(samples), np.concatenate(expected), rtol=0, atol=1e-6)


def test_gains_change_without_a_step() -> None:
    quiet = np.sin(2 * np.pi * 200 * np.arange(48_000) / 48_000).astype(np.float32) * 0.1
    samples = to_pcm24(np.stack([quiet, np.where(np.arange(48_000) > 24_000, quiet, 0).astype(np.float32)]))
    steepest = 2 * np.sin(np.pi * 200 / 48_000) * 0.1 * np.sqrt(2)
    assert np.abs(np.diff(mixed(samples))).max() < 1.1 * steepest
