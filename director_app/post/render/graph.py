"""What ffmpeg is asked to do for a film's pictures: command lines, made by pure functions from plain data.

The program is run by the child module; the path of the output is known to whoever asked for it, because ffmpeg-python
does not put it last.
"""

from enum import Enum
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import ffmpeg

from director_app.core.canvas import Canvas
from director_app.post.render.order import Crop, Delivery, Quality, VideoCodec

_DEFAULT_QUALITY = {VideoCodec.H264: Quality("veryfast", 22), VideoCodec.HEVC: Quality("fast", 25)}
_SOFTWARE = {VideoCodec.H264: "libx264", VideoCodec.HEVC: "libx265"}
_HARDWARE_BITS_PER_PIXEL = {VideoCodec.H264: 0.1, VideoCodec.HEVC: 0.07}
_GLOBAL = ("-nostdin", "-nostats", "-v", "error", "-progress", "pipe:1")
_STANDARD_INPUT = "pipe:0"
_KEY_FRAMES_S = 2


class Piped(Enum):
    """What ffmpeg reads on its standard input, which ends with whoever writes it: so does an ffmpeg whose render was
    killed. FILM: one whose index stands first. PICTURES: raw I420 of the canvas.
    """

    FILM = "film"
    PICTURES = "pictures"


def encode_command(
    exe: str,
    source: Piped,
    canvas: Canvas,
    delivery: Delivery,
    output: Path,
    hardware: str | None = None,
) -> list[str]:
    """Arguments that make an MP4 of the pictures alone. hardware: the graphics unit's encoder; None: not used."""
    pictures = _read(source, canvas)
    if delivery.crop is None:
        pictures = sized(pictures, (canvas.width, canvas.height), delivery.size)
    else:
        pictures = cropped(pictures, delivery.crop, delivery.size)
    made = ffmpeg.output(pictures, str(output), **_encoder(canvas, delivery, hardware))
    return [str(each) for each in ffmpeg.compile(made.global_args(*_GLOBAL), cmd=exe, overwrite_output=True)]


def quality_of(delivery: Delivery) -> Quality:
    """As asked for, or what is usual for the codec."""
    return delivery.quality or _DEFAULT_QUALITY[delivery.codec]


def sized(pictures: Any, have: tuple[int, int], want: tuple[int, int] | None) -> Any:
    """The same in another size; what is of another shape gets black edges."""
    if want is None or want == have:
        return pictures
    width, height = want
    if Fraction(*want) == Fraction(*have):
        return pictures.filter("scale", width, height, flags="lanczos")
    fitted = pictures.filter("scale", width, height, flags="lanczos", force_original_aspect_ratio="decrease")
    return fitted.filter("pad", width, height, "(ow-iw)/2", "(oh-ih)/2").filter("setsar", 1)


def cropped(pictures: Any, crop: Crop, size: tuple[int, int] | None) -> Any:
    """A part of every picture, which lies elsewhere from certain frames on; then in the size that is wanted."""
    part = pictures.filter("crop", crop.width, crop.height, left_edge(crop), 0)
    width, height = size or (crop.width, crop.height)
    return part.filter("scale", width, height, flags="lanczos").filter("setsar", 1)


def left_edge(crop: Crop) -> str:
    """FFmpeg's expression of the left edge, by frame number."""
    first = str(crop.places[0][1])
    steps = [f"gte(n,{frame})*({x - before})" for (_, before), (frame, x) in pairwise(crop.places)]
    return "+".join([first, *steps])


def _read(source: Piped, canvas: Canvas) -> Any:
    if source is Piped.FILM:
        return ffmpeg.input(_STANDARD_INPUT, f="mp4").video
    rate = f"{canvas.fps.numerator}/{canvas.fps.denominator}"
    size = (canvas.width, canvas.height)
    return ffmpeg.input(_STANDARD_INPUT, f="rawvideo", pix_fmt="yuv420p", video_size=size, framerate=rate).video


def _encoder(canvas: Canvas, delivery: Delivery, hardware: str | None) -> dict[str, Any]:
    tag = {"tag:v": "hvc1"} if delivery.codec is VideoCodec.HEVC else {}
    common = {"f": "mp4", "an": None, "map_metadata": -1, "map_chapters": -1, "pix_fmt": "yuv420p"} | tag
    common |= {"g": round(canvas.fps * _KEY_FRAMES_S)}
    if hardware is not None:
        width, height = delivery.size or (canvas.width, canvas.height)
        rate = round(width * height * canvas.fps * Fraction(_HARDWARE_BITS_PER_PIXEL[delivery.codec]))
        return common | {"c:v": hardware, "b:v": rate}
    quality = quality_of(delivery)
    quiet = {"x265-params": "log-level=error"} if delivery.codec is VideoCodec.HEVC else {}
    return common | {"c:v": _SOFTWARE[delivery.codec], "preset": quality.preset, "crf": quality.crf} | quiet
