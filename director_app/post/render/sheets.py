"""Single pictures of a finished film, for people and for the desk: a contact sheet, a poster, thumbnails.

Found by the film's index, one seek and one decoded picture each; only key frames, which every film has at its cuts.
"""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from director_app.core.canvas import timecode
from director_app.media.lettering import REGULAR, SEMIBOLD, fitting, font
from director_app.media.mp4_reader import UnreadableError
from director_app.media.stills import Still, Stills
from director_app.post.remux import PART
from director_app.post.render.errors import RenderError
from director_app.post.render.parts import unwritable

SHEET_PICTURES = 24
THUMBNAILS = 120

_COLUMNS = 4
_WIDTH, _GAP, _MARGIN, _HEAD, _TEXT = 1600, 12, 32, 84, 26
_GROUND, _INK, _QUIET = "#0E0F11", "#ECEEF1", "#9198A2"
_THUMBNAIL_COLUMNS = 12
_KINDS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}


@dataclass(frozen=True, slots=True)
class ThumbnailSheet:
    """Many small pictures on one, row by row: columns, pixels of each. times_s: when each begins in the film."""

    columns: int
    width: int
    height: int
    times_s: tuple[float, ...]


def write_contact_sheet(film: Path, output: Path, title: str) -> None:
    """24 pictures spread over the film, each with its time; JPG or PNG by the output's name. Raises RenderError."""
    with _opened(film) as stills:
        width = (_WIDTH - 2 * _MARGIN - (_COLUMNS - 1) * _GAP) // _COLUMNS
        height = _height(stills, width)
        shown = list(_spread(stills, SHEET_PICTURES, (width, height)))
        rows = -(-len(shown) // _COLUMNS)
        image = Image.new("RGB", (_WIDTH, _HEAD + rows * (height + _TEXT + _GAP) + _MARGIN), _GROUND)
        draw = ImageDraw.Draw(image)
        draw.text((_MARGIN, 28), fitting(title, SEMIBOLD, 28, _WIDTH - 300), _INK, font(SEMIBOLD, 28))
        length = timecode(stills.end_s)
        draw.text((_WIDTH - _MARGIN, 36), length, _QUIET, font(REGULAR, 18), anchor="ra")
    for number, still in enumerate(shown):
        left = _MARGIN + number % _COLUMNS * (width + _GAP)
        top = _HEAD + number // _COLUMNS * (height + _TEXT + _GAP)
        image.paste(_image(still), (left, top))
        draw.text((left, top + height + 5), timecode(still.t_s), _QUIET, font(REGULAR, 15))
    _put(output, lambda part: image.save(part, _kind(output), quality=88))


def write_poster(film: Path, output: Path, t_s: float | None = None, width: int = 1920) -> None:
    """One picture: the key frame at t_s or before it; None: a third into the film. Raises RenderError."""
    with _opened(film) as stills:
        still = stills.at(stills.end_s / 3 if t_s is None else t_s, width, _height(stills, width))
        if still is None:
            raise RenderError(f"{film.name} has no picture there that can be decoded. Choose another moment.")
    _put(output, lambda part: _image(still).save(part, _kind(output), quality=90))


def write_thumbnails(film: Path, output: Path, count: int = THUMBNAILS, width: int = 160) -> ThumbnailSheet:
    """Small pictures spread over the film on one JPG or PNG; beside it, with .json after its name, a ThumbnailSheet.

    Raises RenderError.
    """
    with _opened(film) as stills:
        height = _height(stills, width)
        shown = list(_spread(stills, count, (width, height)))
    columns = min(_THUMBNAIL_COLUMNS, len(shown))
    image = Image.new("RGB", (columns * width, -(-len(shown) // columns) * height), _GROUND)
    for number, still in enumerate(shown):
        image.paste(_image(still), (number % columns * width, number // columns * height))
    sheet = ThumbnailSheet(columns, width, height, tuple(round(still.t_s, 4) for still in shown))
    _put(output, lambda part: image.save(part, _kind(output), quality=80))
    _put(output.with_name(f"{output.name}.json"), lambda part: _write_text(part, json.dumps(asdict(sheet)) + "\n"))
    return sheet


def read_thumbnails(path: Path) -> ThumbnailSheet:
    """What the .json beside the pictures says. Raises RenderError."""
    try:
        said = json.loads(path.read_text("utf-8"))
        return ThumbnailSheet(said["columns"], said["width"], said["height"], tuple(said["times_s"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RenderError(f"{path.name} says nothing of thumbnails ({error}). Make them again.") from None


def _opened(film: Path) -> Stills:
    try:
        return Stills(film)
    except UnreadableError as error:
        raise RenderError(str(error)) from None


def _spread(stills: Stills, count: int, size: tuple[int, int]) -> Iterator[Still]:
    """The key frames nearest to evenly spread moments, each once, in order; damaged ones are left out."""
    keys = np.array(stills.key_times_s())
    if not len(keys):
        return
    moments = (np.arange(count) + 0.5) / count * stills.end_s
    nearest = sorted({int(np.abs(keys - moment).argmin()) for moment in moments})
    for index in nearest:
        still = stills.at(float(keys[index]) + 1e-4, *size)
        if still is not None:
            yield still


def _height(stills: Stills, width: int) -> int:
    """Of a picture so many pixels wide; even."""
    own_width, own_height = stills.size
    return max(2, round(width * own_height / own_width / 2) * 2)


def _image(still: Still) -> Image.Image:
    return Image.fromarray(np.ascontiguousarray(still.pixels[:, :, 2::-1]))


def _kind(output: Path) -> str:
    kind = _KINDS.get(output.suffix.lower())
    if kind is None:
        raise RenderError(f"{output.name} is neither .jpg nor .png. Choose one of them.")
    return kind


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def _put(output: Path, write: Callable[[Path], object]) -> None:
    """Under its name only when it is complete."""
    part = output.with_name(f".{output.name}{PART}")
    try:
        write(part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(output)
    except OSError as error:
        raise unwritable(output, error) from None
    finally:
        part.unlink(missing_ok=True)
