"""Films at every rate: the pictures, the place of the sound at every join, and no click there."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from director_app.core.canvas import SAMPLE_RATE, Canvas
from director_app.core.edits import Edit, parts_of
from director_app.core.sources import CameraId
from director_app.post.render.film import render_film
from director_app.post.render.order import Delivery, FilmOrder, LoudnessTarget
from director_app.post.render.sound import FADE_SAMPLES
from tests.helpers.made_sessions import Making, made_session, sine
from tests.helpers.pictures import strips_of
from tests.helpers.rendered import random_edit, sound_of, wanted_strips

pytestmark = pytest.mark.computes

A, B = CameraId("a"), CameraId("b")
SLOTS = 110
RANGES = ((50, 77), (10, 31), (31, 40), (80, 110))
AS_RECORDED = Delivery(loudness=LoudnessTarget.AS_RECORDED)
RATES = [Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001), Fraction(60)]


def sweep(microphone: int, times_s: NDArray[np.float64]) -> NDArray[np.float32]:
    """Never the same again: rises from 200 to 1400 Hz in six seconds."""
    return np.asarray(0.3 * np.sin(2 * np.pi * (200 + 100 * times_s) * times_s), np.float32)


@pytest.mark.parametrize("fps", RATES, ids=lambda fps: f"{float(fps):.3f}")
def test_pictures_and_sound_of_every_part_are_those_of_their_slots(fps: Fraction, tmp_path: Path) -> None:
    canvas = Canvas(320, 180, fps)
    show = made_session(tmp_path, Making(canvas, SLOTS, cameras=2, microphones=1, sound=sweep))
    reel = parts_of(random_edit((A, B), SLOTS, longest=12), RANGES)
    film = render_film(FilmOrder(show, reel, tmp_path / "reel.mp4", AS_RECORDED))
    assert film.warnings == ()
    assert strips_of(film.path) == wanted_strips(show, reel)
    heard = sound_of(film.path)
    samples = canvas.first_sample_of(len(reel))
    assert samples <= len(heard) < samples + 1024
    for frame, first, count in parts(reel):
        begin, end = (canvas.first_sample_of(each) + side for each, side in ((frame, 1), (frame + count, -1)))
        inside = slice(begin + FADE_SAMPLES, end - FADE_SAMPLES)
        wanted = sweep(
            0, (np.arange(inside.start, inside.stop) + canvas.first_sample_of(first) - begin + 1) / SAMPLE_RATE
        )
        assert np.abs(heard[inside] - wanted).max() < 0.02, (frame, first)


def test_no_click_at_a_join(tmp_path: Path) -> None:
    level, hz = 0.2, 440.0
    show = made_session(tmp_path, Making(slots=SLOTS, cameras=1, sound=sine(hz, level)))
    reel = parts_of(random_edit((A,), SLOTS), ((7, 40), (60, 99), (3, 20), (81, 110)))
    film = render_film(FilmOrder(show, reel, tmp_path / "reel.mp4", AS_RECORDED))
    bend = np.abs(np.diff(sound_of(film.path), 2))
    steady = level * (2 * np.pi * hz / SAMPLE_RATE) ** 2
    assert bend.max() < 0.002
    assert steady < 0.001 < level


def parts(edit: Edit) -> list[tuple[int, int, int]]:
    """(frame of the film, first slot, slots) of what runs through; neighbours in the show are one."""
    assert [(each.first, each.end) for each in edit.stretches] == list(RANGES)
    return [(0, 50, 27), (27, 10, 30), (57, 80, 30)]
