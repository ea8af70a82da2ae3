"""How loud films are, as ffmpeg's own meter hears them, and where their sound comes from."""

import re
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from director_app.core.canvas import Canvas
from director_app.core.cut_list import CutList
from director_app.core.edits import Edit, parts_of, whole_show
from director_app.core.sources import CameraId
from director_app.post.render.film import render_film
from director_app.post.render.order import Delivery, FilmOrder, LoudnessTarget, RenderedFilm
from director_app.post.render.sounds import write_mix
from tests.helpers.made_sessions import Making, Sound, made_session, silence
from tests.helpers.rendered import sound_of

pytestmark = pytest.mark.computes

A = CameraId("a")
SLOTS = 150
TINY = Canvas(160, 90, Fraction(30))
EDIT: Edit = whole_show(CutList(A), SLOTS)


def talk(level: float, peak: float = 0.0) -> Sound:
    """Syllables of noise, four a second, and now and then a knock on the table: a single sharp peak."""

    def sound(microphone: int, times_s: NDArray[np.float64]) -> NDArray[np.float32]:
        white = np.random.default_rng(int(times_s[0] * 100)).normal(0, level, len(times_s))
        noise = np.convolve(white, np.hanning(24) / 3, "same")
        heard = noise * np.maximum(0, np.sin(2 * np.pi * 4 * times_s)) * (np.sin(times_s) > -0.5)
        heard += peak * (np.abs((times_s % 1.3) - 0.7) < 0.0002)
        return np.asarray(np.clip(heard, -0.99, 0.99), np.float32)

    return sound


@pytest.fixture
def quiet(tmp_path: Path) -> Path:
    """A show of quiet talk; a second microphone hears the same. The recorded mix holds it, too."""
    return made_session(tmp_path, Making(TINY, slots=SLOTS, cameras=1, microphones=2, sound=talk(0.01)))


@pytest.mark.parametrize(
    ("target", "level", "peak"),
    [
        (LoudnessTarget.TALK, 0.01, 0.0),
        (LoudnessTarget.ONLINE, 0.05, 0.9),
        (LoudnessTarget.BROADCAST, 0.4, 0.0),
    ],
)
def test_a_film_is_as_loud_as_asked_for(target: LoudnessTarget, level: float, peak: float, tmp_path: Path) -> None:
    show = made_session(tmp_path, Making(TINY, slots=SLOTS, cameras=1, sound=talk(level, peak)))
    film = render_film(FilmOrder(show, EDIT, tmp_path / "film.mp4", Delivery(loudness=target)))
    lufs, peak_db = metered(film.path)
    assert target.lufs is not None and film.sound.after.lufs is not None
    assert abs(lufs - target.lufs) <= 0.5
    assert abs(lufs - film.sound.after.lufs) <= 0.15
    assert peak_db <= -1.0 + 0.05
    assert film.warnings == ()


def test_as_recorded_is_left_alone(quiet: Path, tmp_path: Path) -> None:
    film = made(quiet, tmp_path, LoudnessTarget.AS_RECORDED)
    assert film.sound.gain_db == 0
    assert film.sound.before.lufs is not None
    assert metered(film.path)[0] == pytest.approx(film.sound.before.lufs, abs=0.15)


def test_a_silent_show_is_said_to_be_silent(tmp_path: Path) -> None:
    film = made(made_session(tmp_path, Making(TINY, slots=60, cameras=1, sound=silence)), tmp_path, edit=short(60))
    assert film.sound.before.lufs is None
    assert film.warnings == ("Nothing can be heard in the film: its loudness was left alone.",)
    assert np.abs(sound_of(film.path)).max() < 1e-4


def test_a_show_without_microphones_is_a_silent_film(tmp_path: Path) -> None:
    show = made_session(tmp_path, Making(TINY, slots=60, cameras=1, microphones=0))
    assert made(show, tmp_path, edit=short(60)).sound.came_from == ()


def test_a_missing_microphone_file_leaves_the_recorded_mix(quiet: Path, tmp_path: Path) -> None:
    whole = sound_of(made(quiet, tmp_path, LoudnessTarget.AS_RECORDED).path)
    (quiet / "mic_2.flac").unlink()
    film = made(quiet, tmp_path, LoudnessTarget.AS_RECORDED)
    assert film.sound.came_from == ("cam_1_iso.mp4",)
    assert film.warnings == ("mic_2.flac is missing. The mix that was recorded in cam_1_iso.mp4 is used instead.",)
    assert alike(sound_of(film.path)[2000:200_000], whole[2000:200_000]) > 0.98


def test_a_damaged_microphone_file_leaves_the_recorded_mix(quiet: Path, tmp_path: Path) -> None:
    content = bytearray((quiet / "mic_1.flac").read_bytes())
    content[len(content) // 4 : len(content) * 3 // 4] = bytes(len(content) * 3 // 4 - len(content) // 4)
    (quiet / "mic_1.flac").write_bytes(content)
    film = made(quiet, tmp_path)
    assert film.sound.came_from == ("cam_1_iso.mp4",)
    assert film.warnings[0].startswith("The sound of mic_1.flac lacks 00:00:0"), "mic_2.flac is complete"
    assert abs(metered(film.path)[0] + 16) <= 0.5


def test_all_microphones_that_lack_much_are_named(quiet: Path, tmp_path: Path) -> None:
    for name in ("mic_1.flac", "mic_2.flac"):
        content = (quiet / name).read_bytes()
        (quiet / name).write_bytes(content[: len(content) // 2])
    (warning, *_) = made(quiet, tmp_path).warnings
    assert warning.startswith("The sound of mic_1.flac and mic_2.flac lacks up to 00:00:0")


@pytest.mark.parametrize("slots", [1, 11])
def test_a_show_too_short_to_be_measured_is_said_to_be_short_and_not_silent(slots: int, tmp_path: Path) -> None:
    show = made_session(tmp_path, Making(TINY, slots=slots, cameras=1, sound=talk(0.3)))
    film = made(show, tmp_path, edit=short(slots))
    (warning,) = film.warnings
    assert warning.startswith("The film is shorter than 0.4 s, ")
    assert film.sound.before.lufs is None


@pytest.mark.parametrize("name", ["mix.wav", "mix.mp3"])
def test_a_mix_is_not_called_a_film(name: str, tmp_path: Path) -> None:
    show = made_session(tmp_path, Making(TINY, slots=60, cameras=1, sound=silence))
    assert write_mix(show, tmp_path / name).warnings == (
        "Nothing can be heard in the file: its loudness was left alone.",
    )


def test_the_mix_in_the_middle_of_a_show_is_what_it_is_from_the_beginning(tmp_path: Path) -> None:
    making = Making(TINY, slots=290, cameras=1, microphones=2, sound=talk(0.05))
    show = made_session(tmp_path, making)
    whole = sound_of(made(show, tmp_path, LoudnessTarget.AS_RECORDED, short(290)).path)
    part = parts_of(short(290), [(230, 280)])
    heard = sound_of(made(show, tmp_path, LoudnessTarget.AS_RECORDED, part).path)[2000:78_000]
    assert alike(heard, whole[230 * 1600 + 2000 : 230 * 1600 + 78_000]) > 0.98


def alike(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """1 for the same, 0 for sound that has nothing to do with the other."""
    return float(np.corrcoef(one, other)[0, 1])


def short(slots: int) -> Edit:
    return whole_show(CutList(A), slots)


def made(show: Path, folder: Path, target: LoudnessTarget = LoudnessTarget.TALK, edit: Edit = EDIT) -> RenderedFilm:
    return render_film(FilmOrder(show, edit, folder / "film.mp4", Delivery(loudness=target)))


def metered(path: Path) -> tuple[float, float]:
    """LUFS and dBTP, by another program than the one that made the film."""
    ffmpeg = shutil.which("ffmpeg")
    assert ffmpeg is not None
    command = [ffmpeg, "-nostats", "-i", str(path), "-vn", "-af", "ebur128=peak=true", "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stderr
    summary = said[said.rindex("Summary:") :]
    found = [re.search(pattern, summary) for pattern in (r"I:\s+(-?[\d.]+) LUFS", r"Peak:\s+(-?[\d.]+) dBFS")]
    lufs, peak = (float(each[1]) if each else float("nan") for each in found)
    return lufs, peak
