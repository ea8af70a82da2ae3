"""Fits any picture to the canvas: size, rotation, pixel format and range; with bars, never stretched.

swscale does everything but blue-green-red to I420, in which OpenCV is five times faster.
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
_BLACK_Y, _BLACK_UV = 16, 128


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

    def fit(self, image: Image, out: I420, pixel_aspect: float = 1.0) -> None:
        """Fills out, shape (canvas height * 3 / 2, canvas width).

        pixel_aspect: width of one pixel over its height, for decoded frames. Raises ValueError for shapes that
        are no picture.
        """
        if isinstance(image, av.VideoFrame):
            self._fit_frame(image, out, pixel_aspect)
        elif image.ndim == 3:
            self._fit_bgr(image, out)
        elif image.ndim == 2 and image.shape == out.shape and self._rotation == 0:
            np.copyto(out, image)
        elif image.ndim == 2:
            self._fit_frame(av.VideoFrame.from_numpy_buffer(np.ascontiguousarray(image), format="yuv420p"), out, 1.0)
        else:
            raise ValueError(f"an array of shape {image.shape} is no picture")

    def _fit_frame(self, frame: av.VideoFrame, out: I420, pixel_aspect: float) -> None:
        if "rgb" in frame.format.name or "bgr" in frame.format.name or frame.format.name.startswith("gbr"):
            bgr = np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)
            self._fit_bgr(bgr, out, turn=_turn_of(frame))
            return
        rotation = (self._rotation + _turn_of(frame)) % 360
        box = self._box_of(frame.width * pixel_aspect, frame.height, rotation)
        width, height = (box.height, box.width) if rotation in (90, 270) else (box.width, box.height)
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
        planes = tuple(_plane(fitted, index) for index in range(3))
        self._place(planes, box, rotation, out)

    def _fit_bgr(self, bgr: NDArray[np.uint8], out: I420, turn: int = 0) -> None:
        rotation = (self._rotation + turn) % 360
        if rotation:
            bgr = np.asarray(cv2.rotate(bgr, _TURNS[rotation]), np.uint8)
        height, width = bgr.shape[:2]
        box = self._box_of(width, height, 0)
        if (box.width, box.height) != (width, height):
            shrinks = box.width < width
            scaled = self._buffer("bgr", (box.height, box.width, 3))
            cv2.resize(
                bgr,
                (box.width, box.height),
                dst=scaled,
                interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR,
            )
            bgr = scaled
        if (box.width, box.height) == (self._canvas.width, self._canvas.height):
            cv2.cvtColor(bgr, cv2.COLOR_BGR2YUV_I420, dst=out)
            return
        small = self._buffer("i420", (box.height * 3 // 2, box.width))
        cv2.cvtColor(bgr, cv2.COLOR_BGR2YUV_I420, dst=small)
        self._place(_planes_of(small, box.width, box.height), box, 0, out)

    def _box_of(self, width: float, height: float, rotation: int) -> Box:
        turned = (height, width) if rotation in (90, 270) else (width, height)
        return box_for(*turned, self._canvas)

    def _buffer(self, name: str, shape: tuple[int, ...]) -> NDArray[np.uint8]:
        buffer = self._scratch.get(name)
        if buffer is None or buffer.shape != shape:
            buffer = self._scratch[name] = np.empty(shape, np.uint8)
        return buffer

    def _place(self, planes: tuple[NDArray[np.uint8], ...], box: Box, rotation: int, out: I420) -> None:
        """Copies planes into the box, turned; paints the bars first where the box does not fill the canvas."""
        if (box.width, box.height) != (self._canvas.width, self._canvas.height):
            out[: self._canvas.height] = _BLACK_Y
            out[self._canvas.height :] = _BLACK_UV
        targets = _planes_of(out, self._canvas.width, self._canvas.height)
        for index, (plane, target) in enumerate(zip(planes, targets, strict=True)):
            part = 1 if index == 0 else 2
            window = target[
                box.top // part : (box.top + box.height) // part, box.left // part : (box.left + box.width) // part
            ]
            turned = np.asarray(cv2.rotate(plane, _TURNS[rotation]), np.uint8) if rotation else plane
            window[:] = turned[: window.shape[0], : window.shape[1]]


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


def _turn_of(frame: av.VideoFrame) -> int:
    """Clockwise degrees by which the frame asks to be turned; FFmpeg's rotation counts the other way."""
    return (-round(frame.rotation / 90) * 90) % 360


def _range_of(frame: av.VideoFrame) -> ColorRange:
    full = frame.format.name.startswith("yuvj") or frame.color_range == ColorRange.JPEG
    return ColorRange.JPEG if full else ColorRange.MPEG
