"""The picture of a missing camera: dark, named, the same for the same camera, at every size."""

from fractions import Fraction

import numpy as np
import pytest

from director_app.core.canvas import Canvas
from director_app.core.sources import Camera, CameraId
from director_app.media.frame import FramePool
from director_app.media.placeholder import draw_placeholder, placeholder


def camera(label: str) -> Camera:
    return Camera(CameraId("a"), 1, label)


@pytest.mark.parametrize("size", [(320, 180), (640, 360), (1080, 1920), (1920, 1080)])
@pytest.mark.parametrize("label", ["Ben", "Zoë Łukasz 李小龍", "x" * 200])
def test_it_is_dark_and_written_on(size: tuple[int, int], label: str) -> None:
    canvas = Canvas(*size, Fraction(30))
    frame = placeholder(canvas, camera(label), FramePool(canvas))
    luma = frame.picture[: canvas.height]
    assert luma.mean() < 60
    assert luma.max() > 180
    # The writing keeps clear of the edges.
    assert luma[:, : size[0] // 40].max() < 60


def test_every_camera_has_its_own() -> None:
    canvas = Canvas(640, 360, Fraction(30))
    pictures = [np.zeros((540, 640), np.uint8) for _ in range(3)]
    for label, picture in zip(("Ana", "Ben", "Ana"), pictures, strict=True):
        draw_placeholder(canvas, camera(label), picture)
    assert not np.array_equal(pictures[0], pictures[1])
    assert np.array_equal(pictures[0], pictures[2])
