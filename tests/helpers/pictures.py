"""Pictures that can be told apart after encoding: a strip names the camera and the frame."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from director_app.core.canvas import Canvas
from director_app.media.strip import Strip, draw_strip, read_strip

SMALL = Canvas(640, 360, Fraction(30))


def marked_picture(canvas: Canvas, camera: int, number: int) -> NDArray[np.uint8]:
    """A textured picture that moves a little with its number and carries the strip."""
    height, width = canvas.height, canvas.width
    picture = np.full((height * 3 // 2, width), 128, np.uint8)
    texture = np.random.default_rng(camera).integers(60, 180, (height // 8, width // 8), np.uint8)
    luma = np.kron(texture, np.ones((8, 8), np.uint8))
    picture[:height, :] = 90
    picture[: luma.shape[0], : luma.shape[1]] = np.roll(luma, number * 3, axis=1)
    draw_strip(picture, camera, number)
    return picture


def strips_of(path: Path) -> list[Strip | None]:
    """What the strips of a video say, picture by picture."""
    with av.open(str(path)) as container:
        return [
            read_strip(np.asarray(frame.to_ndarray(format="yuv420p"), np.uint8))
            for frame in container.decode(video=0)
        ]
