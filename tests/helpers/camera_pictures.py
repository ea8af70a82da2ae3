"""What the cameras of tests film: noise that never stands still, over a strip that numbers every picture."""

import cv2
import numpy as np
from numpy.typing import NDArray

from director_app.media.strip import draw_strip

Bgr = NDArray[np.uint8]
Size = tuple[int, int]


def moving_picture(number: int, size: Size) -> Bgr:
    """Shape (height, width, 3); both sides even, at least 160 wide."""
    width, height = size
    i420 = np.full((height * 3 // 2, width), 128, np.uint8)
    grain = np.random.default_rng(number).integers(60, 200, (height // 8, width // 8), np.uint8)
    i420[:height] = cv2.resize(grain, size, interpolation=cv2.INTER_NEAREST)
    draw_strip(i420, 1, number)
    return np.asarray(cv2.cvtColor(i420, cv2.COLOR_YUV2BGR_I420), np.uint8)


def dark_picture(number: int, size: Size) -> Bgr:
    """A lens cap: black with the noise of a sensor."""
    grain = np.random.default_rng(number).integers(0, 6, (size[1], size[0], 3), np.uint8)
    return np.asarray(grain, np.uint8)


def jpeg(picture: Bgr, quality: int = 85) -> bytes:
    """As a camera would send it."""
    done, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done
    return data.tobytes()
