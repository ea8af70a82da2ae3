"""Short video files, made by FFmpeg, whose pictures say which they are."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame

from director_app.media.strip import draw_strip
from tests.helpers.camera_pictures import Size

STAMP_RATE = 90_000


def film(
    path: Path, seconds: float = 1.0, size: Size = (320, 180), fps: int = 30, stamps: list[int] | None = None
) -> Path:
    """H.264 with B-frames, one key frame a second, picture k says k. stamps: 90 kHz times, for uneven rates."""
    stamps = stamps or [number * STAMP_RATE // fps for number in range(round(seconds * fps))]
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=fps, options={"preset": "ultrafast", "g": str(fps), "bf": "2"})
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.time_base = stream.codec_context.time_base = Fraction(1, STAMP_RATE)
        for number, stamp in enumerate(stamps):
            frame = VideoFrame.from_ndarray(_picture(number, size), format="yuv420p")
            frame.pts, frame.time_base = stamp, Fraction(1, STAMP_RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _picture(number: int, size: Size) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    width, height = size
    picture = np.full((height * 3 // 2, width), 128, np.uint8)
    picture[:height] = np.linspace(40 + number % 60, 200, width, dtype=np.uint8)
    draw_strip(picture, 2, number)
    return picture
