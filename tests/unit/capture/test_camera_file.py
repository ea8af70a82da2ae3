"""Video files as cameras: at their own pace, round after round, and one sentence for each that cannot be."""

import subprocess
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from director_app.capture.camera_file import FileCamera
from director_app.capture.errors import SourceUnusableError
from director_app.capture.microphone_file import Play
from director_app.capture.reader import Picture
from director_app.core.canvas import Canvas
from director_app.media.fit import Fitter
from director_app.media.strip import read_strip
from tests.helpers.films import STAMP_RATE, film
from tests.helpers.wait import eventually

EPOCH_NS = 7_000_000_000


class Clock:
    """Moves when told."""

    def __init__(self) -> None:
        self.ns = EPOCH_NS

    def __call__(self) -> int:
        return self.ns

    def set_s(self, seconds: float) -> None:
        """Seconds since the epoch, and a little more."""
        self.ns = EPOCH_NS + round(seconds * 1e9) + 1_000_000


def number_of(picture: Picture, canvas: Canvas | None = None) -> int:
    """Which picture of the film it is."""
    canvas = canvas or Canvas(320, 180, Fraction(30))
    out = np.empty((canvas.height * 3 // 2, canvas.width), np.uint8)
    Fitter(canvas).fit(picture.image, out, picture.pixel_aspect)  # type: ignore[arg-type]
    strip = read_strip(out)
    assert strip is not None
    return strip.frame_number


def soon(camera: FileCamera) -> Picture:
    """The next picture that is due; decoding may take a moment."""
    return eventually(lambda: camera.read(0.0), 5, "a picture that is due")


def play(path: Path, clock: Clock, kind: Play = Play.LOOP) -> FileCamera:
    camera = FileCamera(path, kind, EPOCH_NS, clock)
    camera.open()
    return camera


def test_pictures_come_at_their_times_and_loop_exactly(tmp_path: Path) -> None:
    clock = Clock()
    camera = play(film(tmp_path / "film.mp4", seconds=1), clock)
    for index in range(75):
        clock.set_s(index / 30)
        picture = soon(camera)
        assert number_of(picture) == index % 30
        assert picture.arrived_ns == pytest.approx(EPOCH_NS + index * 1e9 / 30, abs=1000)
        assert camera.read(0.0) is None
    camera.close()


def test_files_of_one_epoch_stay_together_when_opened_late(tmp_path: Path) -> None:
    clock = Clock()
    path = film(tmp_path / "film.mp4", seconds=2)
    clock.set_s(1001.5)
    camera = play(path, clock)
    numbers = {number_of(soon(camera))}
    for _ in range(200):
        if picture := camera.read(0.0):
            numbers.add(number_of(picture))
    # 1001.5 s is a second and a half into the 501st round.
    assert 45 in numbers
    camera.close()


def test_an_uneven_rate_keeps_its_own_times(tmp_path: Path) -> None:
    clock = Clock()
    times_s = [0.0, 0.1, 0.15, 0.5, 0.9, 1.0]
    path = film(tmp_path / "film.mkv", stamps=[round(at * STAMP_RATE) for at in times_s])
    camera = play(path, clock, Play.ONCE)
    for index, at_s in enumerate(times_s):
        clock.set_s(at_s - 0.01)
        assert camera.read(0.0) is None
        clock.set_s(at_s)
        assert number_of(soon(camera)) == index
    camera.close()


def test_late_pictures_are_skipped(tmp_path: Path) -> None:
    clock = Clock()
    camera = play(film(tmp_path / "film.mp4", seconds=3), clock)
    clock.set_s(0)
    assert number_of(soon(camera)) == 0
    clock.set_s(2)
    shown: list[int] = []

    def is_present() -> bool:
        if picture := camera.read(0.0):
            shown.append(number_of(picture))
        return 60 in shown

    eventually(is_present, 5, "the present picture")
    # The four of the last tenth of a second, and at most one old one while there was nothing newer.
    assert len(shown) <= 5
    camera.close()


def test_a_file_played_once_ends_and_says_so(tmp_path: Path) -> None:
    clock = Clock()
    camera = play(film(tmp_path / "film.mp4", seconds=0.2), clock, Play.ONCE)
    for index in range(6):
        clock.set_s(index / 30)
        assert number_of(soon(camera)) == index
    clock.set_s(0.3)
    for _ in range(2):
        with pytest.raises(SourceUnusableError, match=r"film.mp4 has ended. Use loop = true"):
            eventually(lambda: camera.read(0.1), 3, "the end")
    camera.close()


def test_a_recording_without_its_end_plays_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = film(tmp_path / "film.mkv", seconds=2)
    cut = tmp_path / "cut.mkv"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    clock = Clock()
    camera = play(cut, clock, Play.ONCE)
    shown = list(_numbers_until_the_end(camera, clock))
    assert shown == list(range(len(shown)))
    assert 10 < len(shown) < 50
    camera.close()


def _numbers_until_the_end(camera: FileCamera, clock: Clock) -> Iterator[int]:
    for index in range(60):
        clock.set_s(index / 30)
        try:
            yield number_of(soon(camera))
        except SourceUnusableError:
            return


def test_pictures_without_stamps_are_paced(tmp_path: Path) -> None:
    raw = tmp_path / "raw.h264"
    whole = film(tmp_path / "film.mp4", seconds=1, fps=25)
    command = ["ffmpeg", "-v", "error", "-i", str(whole), "-c", "copy", str(raw)]
    subprocess.run(command, check=True, timeout=20)
    clock = Clock()
    camera = play(raw, clock)
    for index in range(60):
        clock.set_s(index / 25)
        assert number_of(soon(camera)) == index % 25
        assert camera.read(0.0) is None
    camera.close()


def test_a_phone_held_upright_is_turned(tmp_path: Path) -> None:
    whole = film(tmp_path / "film.mp4", seconds=0.5)
    turned = tmp_path / "turned.mp4"
    command = ["ffmpeg", "-v", "error", "-i", str(whole), "-c", "copy", "-metadata:s:v", "rotate=90", str(turned)]
    subprocess.run(command, check=True, timeout=20)
    camera = play(turned, Clock())
    canvas = Canvas(180, 320, Fraction(30))
    out = np.empty((480, 180), np.uint8)
    Fitter(canvas).fit(soon(camera).image, out)  # type: ignore[arg-type]
    camera.close()
    shown = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(turned), "-frames:v", "1", "-pix_fmt", "yuv420p", "-f", "rawvideo", "-"],
        check=True,
        capture_output=True,
        timeout=20,
    )
    assert np.array_equal(out, np.frombuffer(shown.stdout, np.uint8).reshape(480, 180))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("text.mp4", b"Dear diary, today we filmed.\n" * 50, "is no video, or was cut off before its index"),
        ("notes.txt", b"Dear diary, today we filmed.\n" * 50, "is no video"),
        ("empty.mp4", b"", "is no video"),
        ("noise.mkv", bytes(range(256)) * 40, "is no video"),
    ],
)
def test_what_is_no_video_is_one_sentence(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceUnusableError, match=words) as raised:
        FileCamera(path).open()
    assert name in str(raised.value)
    assert "\n" not in str(raised.value)


def test_other_files_that_cannot_be_played(tmp_path: Path) -> None:
    whole = film(tmp_path / "film.mp4", seconds=1)
    headless = tmp_path / "headless.mp4"
    headless.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with pytest.raises(SourceUnusableError, match=r"headless.mp4 .* cut off before its index was written"):
        FileCamera(headless).open()
    sound = tmp_path / "sound.wav"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=d=0.2", str(sound)]
    subprocess.run(command, check=True, timeout=20)
    with pytest.raises(SourceUnusableError, match=r"sound.wav is no video: it holds no pictures"):
        FileCamera(sound).open()
    with pytest.raises(SourceUnusableError, match="does not exist"):
        FileCamera(tmp_path / "nothing.mp4").open()
    with pytest.raises(SourceUnusableError, match="Is a directory"):
        FileCamera(tmp_path).open()


def test_closing_ends_the_thread_at_once(tmp_path: Path) -> None:
    camera = play(film(tmp_path / "film.mp4", seconds=1), Clock())
    begun_s = time.monotonic()
    camera.close()
    camera.close()
    assert time.monotonic() - begun_s < 1
    with pytest.raises(RuntimeError, match="closed"):
        camera.read(0.0)
