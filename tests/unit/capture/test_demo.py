"""The demo's cameras keep the show's time, its mouths follow the truth, and its files are what they claim."""

import json
import tracemalloc
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from director_app.capture.demo import (
    DEMO_CAMERAS,
    DEMO_LENGTH_S,
    DEMO_PEOPLE,
    DemoCamera,
    DemoView,
    demo_microphone_file,
    demo_truth,
)
from director_app.capture.demo_pictures import DemoPictures, pose_at
from director_app.capture.demo_truth import Eyes
from director_app.capture.errors import SourceUnusableError
from director_app.capture.reader import Liveness
from director_app.media.strip import Strip, read_strip
from director_app.session.resources import resource

SIZE = (320, 180)
FPS = Fraction(30)


class Clock:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.ns = 5_000_000_000

    def __call__(self) -> int:
        return self.ns

    def set_frame(self, number: int, fps: Fraction = FPS) -> None:
        """A little after frame `number` of a show that began at 5 s."""
        self.ns = 5_000_000_000 + int(number * 1_000_000_000 / fps) + 2_000_000


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ana(clock: Clock) -> Iterator[DemoCamera]:
    camera = DemoCamera("ana", SIZE, FPS, clock, epoch_ns=5_000_000_000)
    camera.open()
    yield camera
    camera.close()


def _read(camera: DemoCamera) -> NDArray[np.uint8]:
    picture = camera.read(0.0)
    assert picture is not None
    assert isinstance(picture.image, np.ndarray)
    return picture.image.copy()


def test_pictures_are_i420_and_say_their_number(ana: DemoCamera, clock: Clock) -> None:
    clock.set_frame(7)
    image = _read(ana)
    assert image.shape == (270, 320)
    assert image.dtype == np.uint8
    assert read_strip(image) == Strip(0, 7)
    assert ana.liveness is Liveness.MADE


def test_a_picture_arrives_at_its_deadline(ana: DemoCamera, clock: Clock) -> None:
    clock.set_frame(30)
    picture = ana.read(0.0)
    assert picture is not None
    assert picture.arrived_ns == 6_000_000_000
    assert ana.read(0.0) is None


def test_a_late_reader_skips_and_never_bursts(ana: DemoCamera, clock: Clock) -> None:
    clock.set_frame(1)
    _read(ana)
    clock.set_frame(100)
    assert read_strip(_read(ana)) == Strip(0, 100)
    assert ana.read(0.0) is None


def test_frames_go_on_counting_over_the_loop(ana: DemoCamera, clock: Clock) -> None:
    clock.set_frame(40)
    first = _read(ana)
    clock.set_frame(40 + 60 * 30)
    again = _read(ana)
    assert read_strip(again) == Strip(0, 1840)
    assert np.array_equal(first[:170], again[:170])


def test_pictures_are_never_still(ana: DemoCamera, clock: Clock) -> None:
    seen = []
    for second in range(60):
        clock.set_frame(second * 30 + 1)
        seen.append(_read(ana)[:170].tobytes())
    still = sum(a == b for a, b in pairwise(seen))
    assert still <= 3


@pytest.mark.parametrize("who", DEMO_CAMERAS)
def test_each_camera_has_its_index_and_picture(who: DemoView, clock: Clock) -> None:
    camera = DemoCamera(who, SIZE, Fraction(30000, 1001), clock, epoch_ns=5_000_000_000)
    camera.open()
    clock.set_frame(299, Fraction(30000, 1001))
    image = _read(camera)
    assert read_strip(image) == Strip(DEMO_CAMERAS.index(who), 299)
    assert image[:180].std() > 20
    camera.close()


def _mouth(pictures: DemoPictures, who: str, show_s: float) -> NDArray[np.int16]:
    box = pictures.mouth_box(who)
    return pictures.show(show_s)[box.top : box.bottom, box.left : box.right].astype(np.int16)


@pytest.mark.parametrize("view", ["ben", "wide"])
def test_mouths_are_open_exactly_when_the_truth_says_so(view: str) -> None:
    truth = demo_truth()
    pictures = DemoPictures(view, (640, 360), truth)
    people = DEMO_PEOPLE if view == "wide" else ("ben",)
    shut: dict[tuple[str, int], NDArray[np.int16]] = {}
    frames = [(frame / 30, who) for frame in range(0, 1800, 3) for who in people]
    # First the shut mouth of every pose, then every frame is compared with it.
    for show_s, who in frames:
        if truth.mouth(who, show_s) == 0:
            shut.setdefault((who, pose_at(who, show_s)), _mouth(pictures, who, show_s))
    for show_s, who in frames:
        difference = np.abs(_mouth(pictures, who, show_s) - shut[who, pose_at(who, show_s)]).max()
        assert (difference > 10) == (truth.mouth(who, show_s) > 0), f"{who} at {show_s:.2f} s: {difference}"
    assert len(shut) == 24 * len(people)


def test_eyes_blink() -> None:
    truth = demo_truth()
    for who in DEMO_PEOPLE:
        begin = truth.blinks_s[who][3]
        states = [truth.eyes(who, begin + after) for after in (-0.01, 0.01, 0.08, 0.16, 0.25)]
        assert states == [Eyes.OPEN, Eyes.HALF, Eyes.SHUT, Eyes.HALF, Eyes.OPEN]
        assert truth.eyes(who, begin + 0.08 + DEMO_LENGTH_S) is Eyes.SHUT


def test_other_shapes_than_16_to_9_are_covered(clock: Clock) -> None:
    camera = DemoCamera("cara", (320, 240), FPS, clock, epoch_ns=5_000_000_000)
    camera.open()
    clock.set_frame(3)
    image = _read(camera)
    assert image.shape == (360, 320)
    assert image[:8].max() > 16
    camera.close()


def test_close_is_idempotent_and_ends_reading(clock: Clock) -> None:
    camera = DemoCamera("ana", SIZE, FPS, clock)
    camera.close()
    camera.close()
    with pytest.raises(RuntimeError):
        camera.read(0.0)


def test_a_frame_needs_no_memory_of_its_own(ana: DemoCamera, clock: Clock) -> None:
    clock.set_frame(1)
    _read(ana)
    tracemalloc.start()
    for number in range(2, 60):
        clock.set_frame(number)
        ana.read(0.0)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 320 * 180


def test_a_missing_demo_is_a_sentence(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    def missing(*parts: str) -> Path:
        raise FileNotFoundError(f"AI Director's own file {'/'.join(parts)} is missing from this installation.")

    monkeypatch.setattr("director_app.capture.demo_rasters.resource", missing)
    with pytest.raises(SourceUnusableError, match="is missing from this installation"):
        DemoCamera("ana", SIZE, FPS, clock).open()


def test_the_truth_is_sound() -> None:
    truth = demo_truth()
    assert truth.length_s == DEMO_LENGTH_S
    assert {span.who for span in truth.floor} == set(DEMO_PEOPLE)
    holds = [span.end_s - span.start_s for span in truth.floor]
    assert 9 <= len(holds) <= 15
    assert min(holds) > 2.0
    assert all(a.end_s == b.start_s for a, b in pairwise(truth.floor))
    for who in DEMO_PEOPLE:
        assert len(truth.mouths[who]) == 1800
        spoken = np.zeros(1800, bool)
        for span in truth.speech:
            if span.who == who:
                spoken[int(span.start_s * 30) : int(span.end_s * 30) + 1] = True
        mouths = np.array([int(digit) for digit in truth.mouths[who]])
        assert not mouths[~spoken].any()
        assert (mouths[spoken] > 0).mean() > 0.7
        assert mouths.max() == 9


def _decoded(file: Path) -> NDArray[np.float32]:
    with av.open(str(file)) as sound:
        assert sound.streams.audio[0].rate == 48_000
        blocks = [frame.to_ndarray() for frame in sound.decode(audio=0)]
    return np.asarray(np.concatenate(blocks, axis=1)[0], np.float32)


def test_microphones_are_one_minute_aligned_and_loop_without_a_click() -> None:
    truth = demo_truth()
    sounds = {who: _decoded(demo_microphone_file(who)) for who in DEMO_PEOPLE}
    for who, sound in sounds.items():
        assert sound.shape == (2_880_000,)
        assert np.abs(sound).max() < 1.0
        assert np.abs(sound[[0, -1]]).max() < 0.001
        mouths = np.array([int(digit) for digit in truth.mouths[who]])
        others = [each for each in DEMO_PEOPLE if each != who]
        alone = (mouths >= 5) & np.all([[digit == "0" for digit in truth.mouths[each]] for each in others], axis=0)
        loud = {each: float(np.mean(sounds[each].reshape(1800, 1600)[alone] ** 2)) for each in DEMO_PEOPLE}
        for each in others:
            bleed_db = 10 * np.log10(loud[each] / loud[who])
            assert -24 < bleed_db < -9, f"{who} in the microphone of {each}"


def test_the_folder_is_small_and_names_every_voice() -> None:
    folder = resource("demo")
    assert sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) <= 4_000_000
    text = (folder / "ATTRIBUTION.md").read_text(encoding="utf-8")
    used = json.loads((folder / "demo.json").read_text(encoding="utf-8"))["voice_files"]
    assert len(used) > 5
    for file in used:
        assert f"- {file}\n" in text
    assert "CC BY 4.0" in text
    assert "Vassil Panayotov" in text
    assert "AMI Meeting Corpus" in text


def test_a_resource_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(FileNotFoundError, match="demo/nothing is missing from this installation"):
        resource("demo", "nothing")
