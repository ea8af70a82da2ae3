"""Made shows: the same of the same, and what is heard is what the truth says."""

import functools
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.bench.switching.faults import EXTRA_NOISE_DB, Fault, with_fault
from tests.bench.switching.floor import on_grid
from tests.bench.switching.generate import at_rate, make_show
from tests.bench.switching.levels import LEVELS
from tests.bench.switching.sound import SAMPLE_RATE, Samples, convolve, read_wav, write_wav
from tests.bench.switching.truth import OWN_DATA, Excerpt, Truth, read_excerpts
from tests.bench.switching.voices import VoiceFiles, find_voices, phrases, read_sound

SHORT = Excerpt("short", 40.0, (((1, 9), (20, 26)), ((10, 19), (22, 23), (27, 28)), ((29, 36), (37, 39.5))))


@functools.cache
def voices() -> list[VoiceFiles]:
    """Those of the repository."""
    return find_voices(OWN_DATA / "voices")


@functools.cache
def made(level: str) -> tuple[Samples, Truth]:
    """The short show."""
    return make_show(SHORT, level, 5, voices())


def rms_db(sound: NDArray[np.floating]) -> float:
    """dBFS."""
    return float(10 * np.log10((sound.astype(np.float64) ** 2).mean() + 1e-12))


def test_there_are_36_voices_and_24_excerpts_of_four_minutes() -> None:
    assert len(voices()) == 36
    assert sum(len(files) for files in voices()) == 90
    assert voices()[0][0].stem == "1116-132847-0000"
    excerpts = read_excerpts(OWN_DATA / "excerpts.json")
    assert len(excerpts) == len({excerpt.name for excerpt in excerpts}) == 24
    assert {excerpt.duration_s for excerpt in excerpts} == {240.0}
    assert {len(excerpt.speakers) for excerpt in excerpts} == {2, 3, 4}


def test_voices_and_excerpts_are_small() -> None:
    assert sum(path.stat().st_size for path in OWN_DATA.rglob("*") if path.is_file()) < 6_000_000


def test_a_folder_without_voices_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no voices"):
        find_voices(tmp_path)


@pytest.mark.parametrize(("codec", "suffix"), [("libopus", "ogg"), ("libopus", "opus"), ("flac", "flac")])
def test_a_voice_comes_back_as_long_as_it_was_and_where_it_was(tmp_path: Path, codec: str, suffix: str) -> None:
    t_s = np.arange(int(1.2345 * SAMPLE_RATE)) / SAMPLE_RATE
    sound = np.where((t_s > 0.5) & (t_s < 0.9), np.sin(2 * np.pi * 440 * t_s) * 8000, 0).astype(np.int16)
    path = tmp_path / f"1-2-3.{suffix}"
    with av.open(str(path), "w", format="flac" if suffix == "flac" else "ogg") as container:
        stream = container.add_stream(codec, rate=SAMPLE_RATE, layout="mono")
        assert isinstance(stream, av.AudioStream)
        frame = av.AudioFrame.from_ndarray(sound.reshape(1, -1), format="s16", layout="mono")
        frame.rate, frame.pts, frame.time_base = SAMPLE_RATE, 0, Fraction(1, SAMPLE_RATE)
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    got = read_sound(path)
    assert got.dtype == np.float32
    assert len(got) == len(sound)
    late = np.correlate(got[7000:15400], sound[7200:15200] / 32768, "valid").argmax() - 200
    assert abs(late) <= 1


def test_phrases_hold_no_pauses_and_are_as_loud_as_speech() -> None:
    spoken = phrases(voices()[0][0])
    whole = np.concatenate(spoken)
    assert len(spoken) > 3
    assert rms_db(whole) == pytest.approx(-26, abs=0.5)


@pytest.mark.parametrize("level", LEVELS)
def test_the_same_of_the_same(level: str) -> None:
    tracks, truth = made(level)
    again, true_again = make_show(SHORT, level, 5, voices())
    other, _ = make_show(SHORT, level, 6, voices())
    assert truth == true_again
    assert np.array_equal(tracks, again)
    assert not np.array_equal(tracks, other)


@pytest.mark.parametrize(
    ("level", "loud_db", "gains_db", "bleed_db"),
    [
        ("lav", (-25.92, -29.33, -30.76), [0.2, -0.6, 1.8], [-27.4, -26.6]),
        ("table", (-34.66, -34.45, -37.28), [-2.4, 2.0, -0.0], [-16.6, -14.9]),
        ("room", (-30.29, -22.91, -27.19), [2.1, 5.6, -0.1], [-9.8, -7.4]),
        ("far", (-32.78, -27.26, -30.97), [-1.5, 2.7, 1.1], [-4.4, -3.9]),
    ],
)
def test_shows_stay_what_they_were(
    level: str, loud_db: tuple[float, ...], gains_db: list[float], bleed_db: list[float]
) -> None:
    tracks, truth = made(level)
    assert [rms_db(track) for track in tracks] == pytest.approx(loud_db, abs=0.05)
    assert truth.gains_db == gains_db
    assert truth.bleed_db[0][1:] == pytest.approx(bleed_db, abs=0.11)


@pytest.mark.parametrize("level", ["lav", "table", "room"])
def test_who_speaks_alone_is_loudest_in_his_own_microphone_once_gains_are_taken_out(level: str) -> None:
    tracks, truth = made(level)
    gains_db = np.array(truth.gains_db)
    activity = np.array([on_grid(spans, 4000) for spans in truth.speakers])
    for speaker in range(3):
        alone = activity[speaker] & (activity.sum(0) == 1)
        heard_db = np.array([rms_db(track[np.repeat(alone, 160)]) for track in tracks]) - gains_db
        assert int(heard_db.argmax()) == speaker


@pytest.mark.parametrize("level", LEVELS)
def test_where_nobody_speaks_and_nothing_happens_it_is_quieter(level: str) -> None:
    tracks, truth = made(level)
    busy = np.any([on_grid(spans, 4000) for spans in truth.speakers], axis=0)
    happening = on_grid([(event.t_s, event.t_s + event.duration_s + 1) for event in truth.events], 4000)
    quiet = ~busy & ~happening
    for track in tracks:
        assert rms_db(track[np.repeat(quiet, 160)]) < rms_db(track[np.repeat(busy, 160)])


def test_bleed_is_about_what_the_level_says() -> None:
    for name, level in LEVELS.items():
        bleed_db = np.array(made(name)[1].bleed_db)
        others_db = bleed_db[~np.eye(3, dtype=bool)]
        assert np.diag(bleed_db).tolist() == [0, 0, 0]
        assert others_db.min() > level.bleed_db[0] - 4
        assert others_db.max() < level.bleed_db[1] + 4


def test_events_lie_inside_the_show_and_in_order() -> None:
    _, truth = make_show(SHORT, "room", 8, voices())
    times = [event.t_s for event in truth.events]
    assert times == sorted(times)
    assert all(0 <= t_s < truth.duration_s for t_s in times)


def test_convolution_is_that_of_the_textbook() -> None:
    rng = np.random.default_rng(2)
    sound = rng.standard_normal(9000).astype(np.float32)
    ways = [rng.standard_normal(300).astype(np.float32) for _ in range(2)]
    for way, got in zip(ways, convolve(sound, ways), strict=True):
        assert np.abs(got - np.convolve(sound, way)[:9000]).max() < 1e-3


def test_three_times_the_rate_is_the_same_sound() -> None:
    tracks, _ = made("table")
    faster = at_rate(tracks, 3 * SAMPLE_RATE)
    assert faster.shape == (3, 3 * tracks.shape[1])
    assert np.abs(faster[:, ::3] - tracks).max() < 1e-4
    assert at_rate(tracks, SAMPLE_RATE) is tracks


def test_a_file_holds_what_was_written(tmp_path: Path) -> None:
    track = made("lav")[0][0]
    write_wav(tmp_path / "mic.wav", track)
    assert np.abs(read_wav(tmp_path / "mic.wav") - track).max() < 1e-4


def test_faults_change_what_they_say_and_nothing_else() -> None:
    tracks, truth = made("table")
    assert with_fault(Fault.NONE, tracks, truth) == (tracks, truth)
    for fault, loud_db in ((Fault.SILENT_EXTRA, -120.0), (Fault.NOISE_EXTRA, EXTRA_NOISE_DB)):
        more, known = with_fault(fault, tracks, truth)
        assert np.array_equal(more[:3], tracks)
        assert rms_db(more[3]) == pytest.approx(loud_db, abs=0.5)
        assert known.speakers == (*truth.speakers, ())


def test_turned_gains_leave_no_pair_of_microphones_as_it_was() -> None:
    long = Truth(130.0, ((), (), ()), seed=4)
    tracks = np.full((3, 130 * SAMPLE_RATE), 0.1, np.float32)
    turned, known = with_fault(Fault.GAIN_TURNED, tracks, long)
    assert np.array_equal(turned[:, : 120 * SAMPLE_RATE], tracks[:, : 120 * SAMPLE_RATE])
    assert turned[:, -1] == pytest.approx([0.0501, 0.1995, 0.0501], abs=1e-3)
    assert [(step.microphone, step.t_s, step.gain_db) for step in known.gain_steps] == [
        (0, 120.0, -6),
        (1, 120.0, 6),
        (2, 120.0, -6),
    ]
