"""Fits any picture to the canvas: size, rotation, pixel format and range; with bars, never stretched.

OpenCV turns blue-green-red into I420, in which it is several times faster than swscale; swscale does everything else.
The colour matrix is left as the camera has it.
"""

from dataclasses import dataclass

import av
import cv2
import numpy as np
from av.video.reformatter import ColorRange, Interpolation, VideoReformatter
from numpy.typing import NDArray

from director_app.core.canvas import Canvas
from director_app.media.frame import I420

Image = av.VideoFrame | NDArray[np.uint8]
"""A decoded frame; or uint8 (height, width, 3) BGR; or uint8 (height * 3 / 2, width) I420 in limited range."""

_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
_BLACK = (16, 128, 128)

_TO_I420 = {
    "bgr24": cv2.COLOR_BGR2YUV_I420,
    "rgb24": cv2.COLOR_RGB2YUV_I420,
    "bgra": cv2.COLOR_BGRA2YUV_I420,
    "bgr0": cv2.COLOR_BGRA2YUV_I420,
    "rgba": cv2.COLOR_RGBA2YUV_I420,
    "rgb0": cv2.COLOR_RGBA2YUV_I420,
}
"""Packed colours that OpenCV reads where they lie."""

_RGB_FLAG_PREFIXES = ("rgb", "bgr", "gbr", "argb", "abgr", "0rgb", "0bgr", "pal8")


_SMALLEST = 8
"""Scalers read a few pixels around each; below this there is nothing to be seen anyway."""


class UnfitError(ValueError):
    """The picture cannot be shown on any canvas; str() is a sentence."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where the picture lies on the canvas, in even pixels."""

    left: int
    top: int
    width: int
    height: int


def box_for(width: float, height: float, canvas: Canvas) -> Box:
    """The largest box of this shape in the middle of the canvas."""
    scale = min(canvas.width / width, canvas.height / height)
    fitted = [
        min(limit, max(2, round(side * scale / 2) * 2))
        for side, limit in ((width, canvas.width), (height, canvas.height))
    ]
    left = (canvas.width - fitted[0]) // 4 * 2
    top = (canvas.height - fitted[1]) // 4 * 2
    return Box(left, top, fitted[0], fitted[1])


class Fitter:
    """Writes pictures of one source into canvas buffers. One thread; keeps scratch buffers."""

    def __init__(self, canvas: Canvas, rotation: int = 0) -> None:
        """rotation: how far the pictures must be turned clockwise, degrees, besides what they say themselves."""
        self._canvas = canvas
        self._rotation = rotation
        self._reformatter = VideoReformatter()
        self._scratch: dict[str, NDArray[np.uint8]] = {}

    def has_nothing_to_do(self, picture: I420) -> bool:
        """True for a picture that can go on the canvas as it is."""
        return self._rotation == 0 and picture.shape == (self._canvas.height * 3 // 2, self._canvas.width)

    def fit(self, image: Image, out: I420, pixel_aspect: float = 1.0) -> None:
        """Fills out, shape (canvas height * 3 / 2, canvas width).

        pixel_aspect: width of one pixel over its height. Raises UnfitError for what is no picture.
        """
        if isinstance(image, av.VideoFrame):
            self._fit_frame(image, out, pixel_aspect)
        elif image.ndim == 3:
            self._fit_packed(image, "bgr24", self._rotation, out, pixel_aspect)
        elif image.ndim == 2 and self.has_nothing_to_do(image) and pixel_aspect == 1.0:
            np.copyto(out, image)
        elif image.ndim == 2 and image.size:
            self._fit_planar(_framed(image), self._rotation, out, pixel_aspect)
        else:
            raise UnfitError(f"An array of shape {image.shape} is no picture.")

    def _fit_frame(self, frame: av.VideoFrame, out: I420, pixel_aspect: float) -> None:
        rotation = (self._rotation + _turn_of(frame)) % 360
        name = frame.format.name
        if name in _TO_I420:
            self._fit_packed(_packed(frame), name, rotation, out, pixel_aspect)
        elif name.startswith(_RGB_FLAG_PREFIXES):
            bgr = np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)
            self._fit_packed(bgr, "bgr24", rotation, out, pixel_aspect)
        else:
            self._fit_planar(frame, rotation, out, pixel_aspect)

    def _fit_packed(
        self, packed: NDArray[np.uint8], name: str, rotation: int, out: I420, pixel_aspect: float
    ) -> None:
        """Turned into I420 at its own size first: scaling three colours costs more than scaling I420."""
        height, width = (side // 2 * 2 for side in packed.shape[:2])
        _check_size(width, height)
        packed = packed[:height, :width]
        if (height * 3 // 2, width) == out.shape and rotation == 0 and pixel_aspect == 1.0:
            cv2.cvtColor(packed, _TO_I420[name], dst=out)
            return
        i420 = self._buffer("i420", (height * 3 // 2, width))
        cv2.cvtColor(packed, _TO_I420[name], dst=i420)
        self._fit_planar(_framed(i420), rotation, out, pixel_aspect)

    def _fit_planar(self, frame: av.VideoFrame, rotation: int, out: I420, pixel_aspect: float) -> None:
        _check_size(frame.width, frame.height)
        box = self._box_of(frame.width * pixel_aspect, frame.height, rotation)
        width, height = (box.height, box.width) if rotation in _SIDEWAYS else (box.width, box.height)
        try:
            # Returns the very same frame where there is nothing to do.
            fitted = self._reformatter.reformat(
                frame,
                width,
                height,
                "yuv420p",
                dst_color_range=ColorRange.MPEG,
                src_color_range=_range_of(frame),
                interpolation=Interpolation.AREA if width < frame.width else Interpolation.BICUBIC,
                threads=1,
            )
        except (ValueError, OSError, av.FFmpegError) as error:
            raise UnfitError(f"Pictures of the format {frame.format.name} cannot be shown: {error}.") from None
        self._place(fitted, box, rotation, out)

    def _box_of(self, width: float, height: float, rotation: int) -> Box:
        turned = (height, width) if rotation in _SIDEWAYS else (width, height)
        return box_for(*turned, self._canvas)

    def _buffer(self, name: str, shape: tuple[int, ...]) -> NDArray[np.uint8]:
        buffer = self._scratch.get(name)
        if buffer is None or buffer.shape != shape:
            buffer = self._scratch[name] = np.empty(shape, np.uint8)
        return buffer

    def _place(self, fitted: av.VideoFrame, box: Box, rotation: int, out: I420) -> None:
        """Copies the planes into the box, turned, and paints the bars around it."""
        targets = _planes_of(out, self._canvas.width, self._canvas.height)
        for index, target in enumerate(targets):
            part = 1 if index == 0 else 2
            top, left = box.top // part, box.left // part
            bottom, right = top + box.height // part, left + box.width // part
            plane, window = _plane(fitted, index), target[top:bottom, left:right]
            if rotation:
                # OpenCV turns whole arrays only, hence not straight into the window.
                turned = self._buffer(f"turned {index}", window.shape)
                cv2.rotate(plane, _TURNS[rotation], dst=turned)
                plane = turned
            np.copyto(window, plane)
            for bar in (target[:top], target[bottom:], target[top:bottom, :left], target[top:bottom, right:]):
                bar[:] = _BLACK[index]


_SIDEWAYS = frozenset({90, 270})


def _check_size(width: int, height: int) -> None:
    if min(width, height) < _SMALLEST:
        raise UnfitError(f"A picture of {width} x {height} pixels is too small.")


def _framed(picture: I420) -> av.VideoFrame:
    """A frame that shares its memory with the array."""
    if picture.shape[0] % 3 or picture.shape[1] % 2 or picture.shape[1] < _SMALLEST:
        raise UnfitError(f"An array of shape {picture.shape} is no picture.")
    return av.VideoFrame.from_numpy_buffer(np.ascontiguousarray(picture), format="yuv420p")


def _planes_of(picture: I420, width: int, height: int) -> tuple[NDArray[np.uint8], ...]:
    """Views of Y, U and V. U and V rows lie two to a row of the array; widths are even, so a reshape is a view."""
    quarter = (height // 2) * (width // 2)
    flat = picture.reshape(-1)
    luma = height * width
    return (
        picture[:height],
        flat[luma : luma + quarter].reshape(height // 2, width // 2),
        flat[luma + quarter : luma + 2 * quarter].reshape(height // 2, width // 2),
    )


def _plane(frame: av.VideoFrame, index: int) -> NDArray[np.uint8]:
    plane = frame.planes[index]
    rows: NDArray[np.uint8] = np.frombuffer(memoryview(plane), np.uint8)
    return rows.reshape(plane.height, plane.line_size)[:, : plane.width]


def _packed(frame: av.VideoFrame) -> NDArray[np.uint8]:
    """A view of shape (height, width, 3 or 4)."""
    plane = frame.planes[0]
    bytes_each = 3 if frame.format.name.endswith("24") else 4
    rows: NDArray[np.uint8] = np.frombuffer(memoryview(plane), np.uint8)
    used = rows.reshape(plane.height, plane.line_size)[:, : frame.width * bytes_each]
    return used.reshape(frame.height, frame.width, bytes_each)


def _turn_of(frame: av.VideoFrame) -> int:
    """Clockwise degrees by which the frame asks to be turned; FFmpeg's rotation counts the other way."""
    return (-round(frame.rotation / 90) * 90) % 360


def _range_of(frame: av.VideoFrame) -> ColorRange:
    full = frame.format.name.startswith("yuvj") or frame.color_range == ColorRange.JPEG
    return ColorRange.JPEG if full else ColorRange.MPEG
