"""Any picture on any canvas: right values, right place, right shape, and no memory of its own."""

import tracemalloc
from fractions import Fraction
from itertools import pairwise

import av
import cv2
import numpy as np
import pytest
from av.video.reformatter import ColorRange
from numpy.typing import NDArray

from director_app.core.canvas import Canvas
from director_app.media.fit import Box, Fitter, Image, UnfitError, box_for

Array = NDArray[np.uint8]

CANVAS = Canvas(640, 360, Fraction(30))
FORMATS = [
    "yuv420p",
    "yuv422p",
    "yuv444p",
    "nv12",
    "yuyv422",
    "uyvy422",
    "gray",
    "yuv420p10le",
    "p010le",
    "rgb24",
    "bgr24",
    "rgba",
    "bgra",
    "gbrp",
]
FULL_RANGE = ["yuvj420p", "yuvj422p", "yuvj444p"]


def fitted(image: Image, canvas: Canvas = CANVAS, rotation: int = 0, pixel_aspect: float = 1.0) -> Array:
    """The whole canvas, painted over something bright."""
    out = np.full((canvas.height * 3 // 2, canvas.width), 200, np.uint8)
    Fitter(canvas, rotation).fit(image, out, pixel_aspect)
    return out


def frame_of(rgb: Array, pixel_format: str) -> av.VideoFrame:
    frame = av.VideoFrame.from_ndarray(rgb, format="rgb24")
    full = ColorRange.JPEG if pixel_format in FULL_RANGE else None
    return frame if pixel_format == "rgb24" else frame.reformat(format=pixel_format, dst_color_range=full)


def grey(value: int, size: tuple[int, int]) -> Array:
    return np.full((size[1], size[0], 3), value, np.uint8)


@pytest.mark.parametrize("size", [(640, 360), (1280, 720), (320, 180)])
@pytest.mark.parametrize("pixel_format", FORMATS + FULL_RANGE)
def test_black_and_white_are_in_limited_range(pixel_format: str, size: tuple[int, int]) -> None:
    for value, luma in ((255, 235), (0, 16), (128, 126)):
        out = fitted(frame_of(grey(value, size), pixel_format))
        assert np.abs(out[:360].astype(int) - luma).max() <= 1
        assert np.abs(out[360:].astype(int) - 128).max() <= 1


def test_full_range_is_told_by_the_frame_too() -> None:
    for format_, luma in (("yuv420p", 255), ("gray", 255)):
        frame = av.VideoFrame(640, 360, format_)
        for index, plane in enumerate(frame.planes):
            plane.update(bytes([128 if index else luma]) * plane.buffer_size)
        frame.color_range = ColorRange.JPEG
        assert np.unique(fitted(frame)[:360]).tolist() == [235]


@pytest.mark.parametrize("size", [(640, 360), (1920, 1080), (160, 90)])
def test_bgr_arrays_have_the_colours_of_frames(size: tuple[int, int]) -> None:
    bgr = np.zeros((size[1], size[0], 3), np.uint8)
    bgr[:, : size[0] // 2] = (30, 60, 220)
    bgr[:, size[0] // 2 :] = (200, 120, 40)
    rgb = np.ascontiguousarray(bgr[:, :, ::-1])
    by_array = fitted(bgr).astype(int)
    by_frame = fitted(frame_of(rgb, "rgb24")).astype(int)
    by_yuv = fitted(frame_of(rgb, "yuv444p")).astype(int)
    assert np.abs(by_array - by_frame).max() <= 1
    assert np.median(np.abs(by_array - by_yuv)) <= 1


def circle(width: int, height: int, radii: tuple[int, int]) -> Array:
    """White on grey, so that bars and ground can be told apart."""
    picture = np.full((height, width, 3), 90, np.uint8)
    cv2.ellipse(picture, (width // 2, height // 2), radii, 0, 0, 360, (255, 255, 255), -1)
    return picture


def extent(out: Array, canvas: Canvas) -> tuple[int, int, float, float]:
    """Width and height of what is white, and its middle."""
    rows, columns = np.nonzero(out[: canvas.height] > 170)
    width, height = int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1
    return width, height, float(columns.mean()), float(rows.mean())


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("canvas_size", [(640, 360), (360, 640), (640, 480), (482, 362)])
@pytest.mark.parametrize("size", [(640, 360), (640, 480), (480, 640), (401, 401), (853, 479), (3000, 300)])
def test_a_circle_stays_round_in_the_middle(
    size: tuple[int, int], canvas_size: tuple[int, int], rotation: int
) -> None:
    canvas = Canvas(*canvas_size, Fraction(30))
    radius = min(size) * 2 // 5
    drawn = circle(*size, (radius, radius))
    for image in (drawn, frame_of(drawn, "yuv444p"), frame_of(drawn, "yuvj422p")):
        width, height, x, y = extent(fitted(image, canvas, rotation), canvas)
        assert abs(width - height) <= max(2, 0.02 * width)
        assert abs(x - canvas.width / 2) < 3
        assert abs(y - canvas.height / 2) < 3


@pytest.mark.parametrize("pixel_format", ["yuv420p", "rgb24"])
@pytest.mark.parametrize(("size", "aspect"), [((720, 576), 64 / 45), ((1440, 1080), 4 / 3), ((640, 720), 2.0)])
def test_pixels_that_are_not_square_are_made_so(size: tuple[int, int], aspect: float, pixel_format: str) -> None:
    drawn = circle(*size, (round(150 / aspect), 150))
    out = fitted(frame_of(drawn, pixel_format), pixel_aspect=aspect)
    width, height, _, _ = extent(out, CANVAS)
    assert abs(width - height) <= 3


@pytest.mark.parametrize("kind", ["bgr", "i420", "frame"])
@pytest.mark.parametrize(("rotation", "corner"), [(0, "tl"), (90, "tr"), (180, "br"), (270, "bl")])
def test_rotation_is_clockwise(rotation: int, corner: str, kind: str) -> None:
    bgr = np.zeros((360, 640, 3), np.uint8)
    bgr[:60, :60] = 255
    images: dict[str, Image] = {
        "bgr": bgr,
        "i420": np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2YUV_I420), np.uint8),
        "frame": frame_of(bgr, "yuv420p"),
    }
    canvas = Canvas(640, 360, Fraction(30)) if rotation % 180 == 0 else Canvas(360, 640, Fraction(30))
    luma = fitted(images[kind], canvas, rotation)[: canvas.height]
    corners = {"tl": luma[:50, :50], "tr": luma[:50, -50:], "br": luma[-50:, -50:], "bl": luma[-50:, :50]}
    assert {name for name, part in corners.items() if part.mean() > 200} == {corner}


def test_bars_are_black_whatever_was_there() -> None:
    out = fitted(grey(255, (100, 100)))
    assert np.unique(out[:360, :138]).tolist() == [16]
    assert np.unique(out[:360, 502:]).tolist() == [16]
    assert np.unique(out[:360, 142:498]).tolist() == [235]
    assert np.unique(out[360:]).tolist() == [128]


def test_a_picture_of_the_canvas_size_is_copied_to_the_bit() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (540, 640), np.uint8)
    assert np.array_equal(fitted(noise), noise)
    frame = av.VideoFrame.from_ndarray(noise, format="yuv420p")
    assert np.array_equal(fitted(frame), noise)


@pytest.mark.parametrize(
    "image",
    [
        grey(200, (640, 360)),
        grey(200, (320, 180)),
        frame_of(grey(200, (640, 360)), "rgb24"),
        np.full((540, 640), 128, np.uint8),
    ],
    ids=["bgr", "bgr scaled", "rgb frame", "i420"],
)
def test_no_picture_is_allocated_for_a_picture(image: Image) -> None:
    fitter, out = Fitter(CANVAS), np.empty((540, 640), np.uint8)
    fitter.fit(image, out)
    tracemalloc.start()
    for _ in range(20):
        fitter.fit(image, out)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50_000


def test_sizes_may_change_from_picture_to_picture() -> None:
    fitter = Fitter(CANVAS, 90)
    out = np.empty((540, 640), np.uint8)
    for size in ((640, 360), (100, 300), (641, 361), (16, 16), (640, 360)):
        for pixel_format in ("rgb24", "yuv420p", "yuvj422p"):
            fitter.fit(frame_of(grey(255, size), pixel_format), out)
            assert out[170:190, 310:330].min() >= 234


@pytest.mark.parametrize("shape", [(0, 0, 3), (1, 1, 3), (7, 9, 3), (10,), (0, 0), (10, 10), (9, 11)])
def test_what_is_no_picture_is_a_sentence(shape: tuple[int, ...]) -> None:
    with pytest.raises(UnfitError, match=r"\.$"):
        fitted(np.zeros(shape, np.uint8))


def test_boxes_are_even_and_never_larger_than_the_canvas() -> None:
    dice = np.random.default_rng(3)
    for width, height in dice.integers(1, 4000, (500, 2)):
        box = box_for(float(width), float(height), CANVAS)
        assert not any(side % 2 for side in (box.left, box.top, box.width, box.height))
        assert 2 <= box.width <= 640 and 2 <= box.height <= 360
        assert box.width == 640 or box.height == 360
    assert box_for(1, 4000, CANVAS) == Box(318, 0, 2, 360)
    assert all(a.width <= b.width for a, b in pairwise(box_for(each, 100, CANVAS) for each in range(20, 300)))
