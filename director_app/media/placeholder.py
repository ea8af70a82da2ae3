"""The picture that stands where a camera has none: dark, with the camera's name, so that nobody takes it for one."""

import cv2
import numpy as np
from PIL import Image, ImageDraw

from director_app.core.canvas import Canvas
from director_app.core.sources import Camera
from director_app.media.frame import I420, Frame, FramePool
from director_app.media.lettering import REGULAR, SEMIBOLD, fitting, font

_GROUND = (22, 24, 27)
_EDGE = (56, 61, 68)
_TEXT = (236, 238, 241)
_QUIET = (145, 152, 162)


def placeholder(canvas: Canvas, camera: Camera, pool: FramePool) -> Frame:
    """A frame of the pool that says which camera is missing."""
    frame = pool.lend()
    draw_placeholder(canvas, camera, frame.picture)
    return frame


def draw_placeholder(canvas: Canvas, camera: Camera, out: I420) -> None:
    """Fills out, shape (height * 3 / 2, width)."""
    image = Image.new("RGB", (canvas.width, canvas.height), _GROUND)
    draw = ImageDraw.Draw(image)
    unit = canvas.height / 36
    margin = unit * 2
    draw.rectangle(
        (margin, margin, canvas.width - margin, canvas.height - margin), outline=_EDGE, width=max(2, int(unit / 8))
    )
    middle = canvas.width / 2, canvas.height / 2
    title = fitting(camera.title, SEMIBOLD, int(unit * 3), canvas.width - 4 * margin)
    draw.text((middle[0], middle[1] - unit), title, _TEXT, font(SEMIBOLD, int(unit * 3)), anchor="mm")
    draw.text((middle[0], middle[1] + 2 * unit), "no picture", _QUIET, font(REGULAR, int(unit * 1.5)), anchor="mm")
    bgr = np.ascontiguousarray(np.asarray(image, np.uint8)[:, :, ::-1])
    cv2.cvtColor(bgr, cv2.COLOR_BGR2YUV_I420, dst=out)
