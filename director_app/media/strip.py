"""A strip of black and white blocks at the bottom of made pictures that says which camera and frame they are.

With it tests (and people who report a fault) can prove from a recorded file which picture was shown when, after any
encoder. It must never be drawn into a real camera's picture, and nothing in the program may decide by it.

Blocks are 1/80 of the picture's width and half as tall, so that the strip survives scaling and x264 and yet spoils
little of the picture. Left to right, most significant bit first: 4 bits camera, 24 bits frame number, 12 bits
checksum; white is 1.
"""

import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

STRIP_BITS = 40

_BLOCKS_ACROSS = 80
_CAMERA_BITS, _FRAME_BITS, _CHECK_BITS = 4, 24, 12
_BLACK, _WHITE, _GREY = 16, 235, 128
_UNSURE = 40
"""A block whose mean lies this near to mid grey is neither black nor white."""

_NARROWEST = 160
"""Below this a block would be one pixel wide."""

Plane = NDArray[np.uint8]
"""Shape (height, width), uint8."""


@dataclass(frozen=True, slots=True)
class Strip:
    """What a strip says. camera_index 0..15, frame_number 0..2**24 - 1."""

    camera_index: int
    frame_number: int


def strip_height(width: int) -> int:
    """Rows of luma that the strip takes in a picture `width` pixels wide; even."""
    return 2 * max(1, round(width / _BLOCKS_ACROSS / 4))


def draw_strip(picture: Plane, camera_index: int, frame_number: int) -> None:
    """Draws the strip into an I420 picture in place.

    picture: shape (height * 3 / 2, width), uint8, C-contiguous, width even and at least 160 (else
    ValueError). The frame number is taken modulo 2**24, the camera index modulo 16.
    """
    rows, width = picture.shape
    if not picture.flags.c_contiguous or width % 2 or width < _NARROWEST:
        raise ValueError(f"A strip needs a contiguous I420 picture at least {_NARROWEST} wide, not {width} x {rows}.")
    height, tall = rows * 2 // 3, strip_height(width)
    end = int(_edges(width)[-1])
    for plane in _chroma(picture, height):
        plane[(height - tall) // 2 :, : (end + 1) // 2] = _GREY
    redraw_strip(picture, camera_index, frame_number)


def redraw_strip(picture: Plane, camera_index: int, frame_number: int) -> None:
    """Another number in a picture that has a strip already, drawn by draw_strip()."""
    rows, width = picture.shape
    height, blocks = rows * 2 // 3, _blocks(width)
    word = _word(camera_index, frame_number).to_bytes(STRIP_BITS // 8, "big")
    line = np.frombuffer(b"".join([eight[byte] for eight, byte in zip(blocks, word, strict=True)]), np.uint8)
    picture[height - strip_height(width) : height, : len(line)] = line


def read_strip(picture: Plane) -> Strip | None:
    """What the strip of an I420 picture, shape (height * 3 / 2, width), says; None if there is none or it is hurt."""
    return read_luma_strip(picture[: picture.shape[0] * 2 // 3])


def read_luma_strip(luma: Plane) -> Strip | None:
    """The same from the luma plane alone, shape (height, width)."""
    height, width = luma.shape
    tall = strip_height(width)
    if height < tall or width < _NARROWEST:
        return None
    edges = _edges(width)
    # Only the middle of a block counts: encoders and scalers smear its borders.
    margin = (edges[1:] - edges[:-1]) // 4
    rows = luma[height - tall + tall // 4 : height - tall // 4].mean(axis=0, dtype=np.float32)
    sums = np.concatenate([np.zeros(1, np.float32), np.cumsum(rows[: int(edges[-1])], dtype=np.float32)])
    first, last = edges[:-1] + margin, edges[1:] - margin
    means = (sums[last] - sums[first]) / (last - first)
    if np.abs(means - (_BLACK + _WHITE) / 2).min() < _UNSURE:
        return None
    word = int.from_bytes(np.packbits(means > _GREY).tobytes(), "big")
    frame = word >> _CHECK_BITS & (1 << _FRAME_BITS) - 1
    camera = word >> _CHECK_BITS + _FRAME_BITS
    return Strip(camera, frame) if _word(camera, frame) == word else None


def _word(camera_index: int, frame_number: int) -> int:
    payload = (camera_index % (1 << _CAMERA_BITS)) << _FRAME_BITS | frame_number % (1 << _FRAME_BITS)
    check = zlib.crc32(payload.to_bytes(4, "big")) & (1 << _CHECK_BITS) - 1
    return payload << _CHECK_BITS | check


@lru_cache(maxsize=16)
def _edges(width: int) -> NDArray[np.intp]:
    """The 41 columns at which blocks begin and end."""
    return np.round(np.arange(STRIP_BITS + 1) * width / _BLOCKS_ACROSS).astype(np.intp)


@lru_cache(maxsize=16)
def _blocks(width: int) -> list[list[bytes]]:
    """A line of pixels for each eighth of the blocks and each value that they may show."""
    colours, widths = np.array([_BLACK, _WHITE], np.uint8), np.diff(_edges(width)).reshape(-1, 8)
    bits = np.unpackbits(np.arange(256, dtype=np.uint8)[:, np.newaxis], axis=1)
    return [[colours[each].repeat(eight).tobytes() for each in bits] for eight in widths]


def _chroma(picture: Plane, height: int) -> tuple[Plane, Plane]:
    """Views of U and V, shape (height / 2, width / 2) each."""
    flat = picture.reshape(-1)
    luma = height * picture.shape[1]
    quarter = luma // 4
    shape = (height // 2, picture.shape[1] // 2)
    return (
        flat[luma : luma + quarter].reshape(shape),
        flat[luma + quarter : luma + 2 * quarter].reshape(shape),
    )
