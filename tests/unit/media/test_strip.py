"""The strip says after an encoder and a scaler what it said before, or nothing."""

import io
from fractions import Fraction

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from director_app.media.strip import Strip, draw_strip, read_luma_strip, read_strip, strip_height

Plane = NDArray[np.uint8]

SIZES = [(1920, 1080), (1280, 720), (854, 480), (640, 360), (320, 180), (160, 90)]


def _busy(width: int, height: int) -> Plane:
    """A picture that is hard to encode: noise over a ramp."""
    dice = np.random.default_rng(1)
    picture = np.full((height * 3 // 2, width), 110, np.uint8)
    picture[:height] = np.linspace(30, 180, width, dtype=np.uint8)
    picture[:height] += dice.integers(0, 50, (height, width), np.uint8)
    return picture


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("said", [Strip(0, 0), Strip(15, (1 << 24) - 1), Strip(5, 0x5A5A5A), Strip(2, 123_456)])
def test_round_trip(width: int, height: int, said: Strip) -> None:
    picture = _busy(width, height)
    draw_strip(picture, said.camera_index, said.frame_number)
    assert read_strip(picture) == said
    assert read_luma_strip(picture[:height]) == said


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_only_the_strip_is_touched(width: int, height: int) -> None:
    before = _busy(width, height)
    after = before.copy()
    draw_strip(after, 3, 99)
    tall = strip_height(width)
    assert tall <= 0.025 * height or tall == 2
    assert np.array_equal(before[: height - tall], after[: height - tall])
    u = after.reshape(-1)[width * height :][: width * height // 4].reshape(height // 2, width // 2)
    assert set(np.unique(u[: (height - tall) // 2])) == {110}
    assert set(np.unique(u[(height - tall) // 2 :, : width // 4])) == {128}


def test_numbers_wrap() -> None:
    picture = _busy(640, 360)
    draw_strip(picture, 17, (1 << 24) + 7)
    assert read_strip(picture) == Strip(1, 7)


@pytest.mark.parametrize("grey", [0, 16, 128, 235, 255])
def test_a_flat_picture_has_no_strip(grey: int) -> None:
    assert read_strip(np.full((540, 640), grey, np.uint8)) is None


def test_a_hurt_strip_says_nothing() -> None:
    picture = _busy(640, 360)
    draw_strip(picture, 3, 4711)
    block = 640 // 80
    for bit in range(40):
        hurt = picture.copy()
        part = hurt[360 - strip_height(640) : 360, bit * block : (bit + 1) * block]
        part[:] = 251 - part
        assert read_strip(hurt) is None, f"bit {bit}"


def test_noise_has_no_strip() -> None:
    dice = np.random.default_rng(7)
    found = [read_luma_strip(dice.integers(0, 256, (64, 640), np.uint8)) for _ in range(200)]
    assert found == [None] * 200


def test_what_it_cannot_draw_on() -> None:
    with pytest.raises(ValueError, match="at least 160 wide"):
        draw_strip(np.zeros((90, 80), np.uint8), 0, 0)
    with pytest.raises(ValueError, match="contiguous"):
        draw_strip(np.zeros((540, 1280), np.uint8)[:, ::2], 0, 0)


def _encoded(pictures: list[Plane]) -> bytes:
    """Matroska with x264 at crf 30, ultrafast."""
    height, width = pictures[0].shape[0] * 2 // 3, pictures[0].shape[1]
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="matroska") as out:
        stream = out.add_stream("libx264", rate=Fraction(30), options={"crf": "30", "preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for picture in pictures:
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="yuv420p")))
        out.mux(stream.encode(None))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("size", "seen"),
    [
        ((1280, 720), (1280, 720)),
        ((1280, 720), (640, 360)),
        ((1920, 1080), (640, 360)),
        ((640, 360), (1920, 1080)),
        ((640, 360), (640, 360)),
    ],
)
def test_survives_x264_and_scaling(size: tuple[int, int], seen: tuple[int, int]) -> None:
    pictures = []
    for number in range(4):
        picture = _busy(*size)
        draw_strip(picture, 2, 0xABC00 + number)
        pictures.append(picture)
    with av.open(io.BytesIO(_encoded(pictures)), "r") as video:
        frames = [frame.reformat(seen[0], seen[1], "yuv420p") for frame in video.decode(video=0)]
    read = [read_strip(np.asarray(frame.to_ndarray(), np.uint8)) for frame in frames]
    assert read == [Strip(2, 0xABC00 + number) for number in range(4)]
