"""What is made of a show besides films: cameras, microphones and the mix as files, sheets of pictures, waveforms."""

import subprocess
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from director_app.core.canvas import SAMPLE_RATE, Canvas
from director_app.core.sources import CameraId
from director_app.media.sound.packets import to_pcm24
from director_app.post.render.camera_film import camera_order
from director_app.post.render.errors import MissingPicturesError, RenderError
from director_app.post.render.film import render_film
from director_app.post.render.peaks import read_peaks, write_peaks
from director_app.post.render.sheets import read_thumbnails, write_contact_sheet, write_poster, write_thumbnails
from director_app.post.render.sounds import write_microphone, write_mix
from tests.helpers.made_sessions import Making, made_session
from tests.helpers.pictures import strips_of

pytestmark = pytest.mark.computes

B = CameraId("b")
SLOTS = 200
SAMPLES = SLOTS * 1600


def tones(microphone: int, times_s: NDArray[np.float64]) -> NDArray[np.float32]:
    """Another pitch for each; loud in the middle second only."""
    loud = np.where((times_s >= 2) & (times_s < 3), 0.5, 0.05)
    return np.asarray(loud * np.sin(2 * np.pi * 300 * (microphone + 1) * times_s), np.float32)


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cameras and microphones; nobody changes it."""
    making = Making(Canvas(320, 180, Fraction(30)), SLOTS, sound=tones)
    return made_session(tmp_path_factory.mktemp("show"), making)


def test_a_camera_film_is_its_recording_with_the_mix(show: Path, tmp_path: Path) -> None:
    film = render_film(camera_order(show, B, tmp_path / "cam_2.mp4"))
    assert strips_of(film.path) == strips_of(show / "cam_2_iso.mp4")
    assert film.encoded_frames == 0
    with av.open(str(film.path)) as container:
        assert (len(container.streams.audio), container.metadata["title"]) == (1, "A made show - B")
    with pytest.raises(RenderError, match='no camera "z"'):
        camera_order(show, CameraId("z"), tmp_path / "cam_3.mp4")


def test_a_camera_that_recorded_nothing_gives_no_film(tmp_path: Path) -> None:
    show = made_session(tmp_path / "sessions", Making(Canvas(320, 180, Fraction(30)), 30))
    (show / "cam_2_iso.mp4").unlink()
    with pytest.raises(MissingPicturesError, match=r"cam_2_iso.mp4 is missing\. There is no film of it"):
        camera_order(show, B, tmp_path / "cam_2.mp4")


def test_a_microphone_as_wav_is_sample_by_sample_what_was_recorded(show: Path, tmp_path: Path) -> None:
    result = write_microphone(show, 2, tmp_path / "mic_2.wav")
    heard = raw_samples(result.path)
    wanted = to_pcm24(tones(1, np.arange(SAMPLES) / SAMPLE_RATE))
    assert np.array_equal(heard >> 8, wanted)
    assert (result.samples, result.warnings, result.bytes) == (SAMPLES, (), result.path.stat().st_size)
    with pytest.raises(RenderError, match="no microphone 3; it has 2"):
        write_microphone(show, 3, tmp_path / "mic_3.wav")
    with pytest.raises(RenderError, match="is a recording"):
        write_microphone(show, 2, show / "mic_2.flac")


def test_a_microphone_that_ends_too_soon_keeps_its_length(tmp_path: Path) -> None:
    show = made_session(tmp_path / "sessions", Making(Canvas(320, 180, Fraction(30)), 60, sound=tones))
    content = (show / "mic_1.flac").read_bytes()
    (show / "mic_1.flac").write_bytes(content[: len(content) // 2])
    result = write_microphone(show, 1, tmp_path / "mic_1.wav")
    assert len(raw_samples(result.path)) == 96_000
    assert "mic_1.flac lacks 1." in result.warnings[0]


@pytest.mark.parametrize("name", ["mix.wav", "mix.mp3"])
def test_the_mix_is_a_file_as_loud_as_a_film(name: str, show: Path, tmp_path: Path) -> None:
    result = write_mix(show, tmp_path / name)
    assert result.sound is not None and result.sound.after.lufs is not None
    assert result.sound.after.lufs == pytest.approx(-16, abs=0.5)
    assert result.sound.came_from == ("mic_1.flac", "mic_2.flac")
    assert result.samples == SAMPLES
    with av.open(str(result.path)) as container:
        stream = container.streams.audio[0]
        assert (stream.rate, stream.channels) == (SAMPLE_RATE, 2)
        length = sum(frame.samples for frame in container.decode(stream))
    assert SAMPLES <= length < SAMPLES + 3 * 1152


def test_a_mix_of_another_kind_is_refused(show: Path, tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"mix.ogg is neither \.wav nor \.mp3"):
        write_mix(show, tmp_path / "mix.ogg")


def test_waveforms_show_where_it_was_loud(show: Path, tmp_path: Path) -> None:
    write_peaks(show, tmp_path / "peaks.npz")
    peaks = read_peaks(tmp_path / "peaks.npz")
    assert list(peaks.microphones) == ["mic_a", "mic_b"]
    assert peaks.problems == {}
    for extremes in peaks.microphones.values():
        assert extremes.shape == (SLOTS * 100 // 30 + 1, 2)
        highest = extremes[:, 1] / 32767
        assert highest[205:295].min() == pytest.approx(0.5, abs=0.02)
        assert highest[5:195].max() == pytest.approx(0.05, abs=0.01)
        assert (extremes[205:295, 0] < -15_000).all()
    (tmp_path / "peaks.npz").write_bytes(b"no waveforms")
    with pytest.raises(RenderError, match="holds no waveforms"):
        read_peaks(tmp_path / "peaks.npz")


def test_sheets_of_pictures(show: Path, tmp_path: Path) -> None:
    film = show / "cam_1_iso.mp4"
    write_contact_sheet(film, tmp_path / "sheet.jpg", "A show with a title")
    write_poster(film, tmp_path / "poster.png", 4.5, width=320)
    sheet = write_thumbnails(film, tmp_path / "thumbnails.jpg", width=80)
    assert sheet == read_thumbnails(tmp_path / "thumbnails.jpg.json")
    assert sheet.times_s == (0.0, 2.0, 4.0, 6.0)
    sizes = {}
    for name in ("sheet.jpg", "poster.png", "thumbnails.jpg"):
        with Image.open(tmp_path / name) as image:
            sizes[name] = image.size
    assert (sizes["poster.png"], sizes["thumbnails.jpg"]) == ((320, 180), (4 * 80, 44))
    assert sizes["sheet.jpg"][0] == 1600
    with Image.open(tmp_path / "poster.png") as image, av.open(str(film)) as container:
        container.seek(4_100_000)
        wanted = next(container.decode(video=0)).to_ndarray(format="rgb24")
        assert np.abs(np.asarray(image, np.int16) - wanted).mean() < 2
    with pytest.raises(RenderError, match=r"is neither \.jpg nor \.png"):
        write_contact_sheet(film, tmp_path / "sheet.gif", "")
    with pytest.raises(RenderError, match=r"nowhere.mp4 is missing"):
        write_poster(show / "nowhere.mp4", tmp_path / "poster.jpg")
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]


def raw_samples(path: Path) -> NDArray[np.int32]:
    """As another program reads the file: 24 bits in the upper three bytes."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "s32le", "-"]
    return np.frombuffer(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout, np.int32)
