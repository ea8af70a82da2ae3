"""A drawing that lies over pictures: made once, then blended into a region of I420 pictures, which is cheap.

Colours become those that players show: H.264 without a word on its colours is taken for BT.709 from 720 lines on and
for BT.601 below, in limited range. Draws nothing by itself.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from director_app.core.canvas import Canvas
from director_app.media.frame import I420

Plane = NDArray[np.float32]

_HD_LINES = 720
_BT709 = (0.2126, 0.0722)
_BT601 = (0.299, 0.114)
"""How much red and blue count in brightness; ITU-R BT.709 and BT.601, section 3."""


@dataclass(frozen=True, slots=True)
class Layer:
    """left, top: where its upper left corner lies, even. Everything float32, premultiplied, 0 to 255.

    luma, luma_alpha: shape (height, width); u, v, chroma_alpha: half of both. alpha: 0 to 1.
    """

    left: int
    top: int
    luma: Plane
    luma_alpha: Plane
    u: Plane
    v: Plane
    chroma_alpha: Plane

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, pixels, even."""
        height, width = self.luma.shape
        return width, height

    def paint(self, picture: I420, opacity: float = 1.0, shift: int = 0) -> None:
        """Blends it into the picture in place. opacity: 0 to 1. shift: so much further right, even pixels."""
        height, left = picture.shape[0] * 2 // 3, self.left + shift
        _blend(picture[:height], left, self.top, self.luma, self.luma_alpha, opacity)
        for plane, colour in zip(chroma_planes(picture), (self.u, self.v), strict=True):
            _blend(plane, left // 2, self.top // 2, colour, self.chroma_alpha, opacity)


def layer_of(image: Image.Image, left: int, top: int, canvas: Canvas) -> Layer:
    """An RGBA drawing as a layer. Raises ValueError for odd sizes or places, which I420 cannot have."""
    if image.width % 2 or image.height % 2 or left % 2 or top % 2:
        raise ValueError(f"A layer of {image.width} x {image.height} at {left}, {top} has odd sizes.")
    rgba = np.asarray(image.convert("RGBA"), np.float32)
    alpha: Plane = rgba[:, :, 3] / np.float32(255)
    luma, u, v = (_of_32_bits(plane * alpha) for plane in _yuv(rgba[:, :, :3], canvas))
    return Layer(left, top, luma, alpha, _halved(u), _halved(v), _halved(alpha))


def chroma_planes(picture: I420) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Views of U and V, shape (height / 2, width / 2) each, of a contiguous picture."""
    rows, width = picture.shape
    height = rows * 2 // 3
    flat = picture.reshape(-1)
    luma, quarter = height * width, height * width // 4
    shape = (height // 2, width // 2)
    return flat[luma : luma + quarter].reshape(shape), flat[luma + quarter : luma + 2 * quarter].reshape(shape)


def _yuv(rgb: NDArray[np.float32], canvas: Canvas) -> tuple[Plane, Plane, Plane]:
    of_red, of_blue = _BT709 if canvas.height >= _HD_LINES else _BT601
    red, green, blue = (rgb[:, :, index] / 255 for index in range(3))
    bright = of_red * red + (1 - of_red - of_blue) * green + of_blue * blue
    u = 128 + 112 * (blue - bright) / (1 - of_blue)
    v = 128 + 112 * (red - bright) / (1 - of_red)
    return _of_32_bits(16 + 219 * bright), _of_32_bits(u), _of_32_bits(v)


def _halved(plane: Plane) -> Plane:
    height, width = plane.shape
    return _of_32_bits(plane.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3)))


def _of_32_bits(plane: NDArray[np.floating]) -> Plane:
    return np.asarray(plane, np.float32)


def _blend(plane: NDArray[np.uint8], left: int, top: int, colour: Plane, alpha: Plane, opacity: float) -> None:
    height, width = colour.shape
    under = plane[top : top + height, left : left + width]
    under[:] = np.rint(under * (1 - alpha * np.float32(opacity)) + colour * np.float32(opacity)).astype(np.uint8)
