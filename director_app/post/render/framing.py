"""Narrow films of wide pictures: which part of a camera's pictures shows its person.

A camera stands still and a person does not: what differs from one moment to another is where somebody sits. So the
part is found once for each camera, and the film does not sway.
"""

from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from director_app.core.canvas import Canvas
from director_app.core.edits import Edit
from director_app.core.sources import CameraId
from director_app.media.mp4_reader import UnreadableError
from director_app.media.stills import Stills
from director_app.post.render.order import Crop
from director_app.post.render.source import RenderSource

_LOOKS = 24
_SMALL = (160, 90)
_EDGE = 8
"""Rows at the upper and lower edge that are not looked at: some cameras write the time there."""

_NOISE = 6.0
"""Differences of brightness (0 to 255) up to this are the sensor's."""

_LEAST_MOVING = 0.002
"""Share of all pixels; where less moves, nobody can be found."""


class Shape(StrEnum):
    """VERTICAL: 9:16. SQUARE: 1:1."""

    VERTICAL = "vertical"
    SQUARE = "square"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, as services want it."""
        return (1080, 1920) if self is Shape.VERTICAL else (1080, 1080)


def framing(session: Path, edit: Edit, shape: Shape) -> Crop:
    """The part of each camera's pictures that shows its person, for every shot. Raises SessionError."""
    with RenderSource(session) as source:
        width, height = _part(source.canvas, shape)
        cameras = {each.shot.camera for each in edit.shots()}
        lefts = {camera: _left(source, camera, width) for camera in cameras}
        places: list[tuple[int, int]] = []
        for each in edit.shots():
            left = lefts[each.shot.camera]
            if not places or places[-1][1] != left:
                places.append((each.frame - each.lead, left))
    return Crop(width, height, tuple(places))


def _part(canvas: Canvas, shape: Shape) -> tuple[int, int]:
    wide, tall = shape.size
    width = min(canvas.width, round(canvas.height * wide / tall)) // 2 * 2
    return width, min(canvas.height, round(width * tall / wide)) // 2 * 2


def _left(source: RenderSource, camera: CameraId, width: int) -> int:
    centre = 0.5
    if camera in source.isos:
        centre = person_at(source.isos[camera].reader.path)
    room = source.canvas.width - width
    return min(room, max(0, round(centre * source.canvas.width - width / 2))) // 2 * 2


def person_at(recording: Path) -> float:
    """Where in a camera's pictures, from left 0 to right 1, somebody moves; the middle where nobody is found."""
    try:
        with Stills(recording) as stills:
            looks = list(_looks(stills))
    except UnreadableError:
        return 0.5
    if len(looks) < 2:
        return 0.5
    moved = np.zeros(looks[0].shape)
    for before, after in pairwise(looks):
        moved += np.maximum(0.0, np.abs(after - before) - _NOISE) > 0
    columns = moved.sum(axis=0)
    if columns.sum() < _LEAST_MOVING * moved.size * (len(looks) - 1):
        return 0.5
    # The median, because somebody who walks by once at the edge must not pull the picture over.
    reached = np.cumsum(columns) / columns.sum()
    return float((np.searchsorted(reached, 0.5) + 0.5) / _SMALL[0])


def _looks(stills: Stills) -> Iterator[NDArray[np.float64]]:
    """Brightness of pictures spread over the recording; small ones, so that grain is averaged away."""
    times_s = stills.key_times_s()
    for index in range(min(_LOOKS, len(times_s))):
        still = stills.at(times_s[index * len(times_s) // min(_LOOKS, len(times_s))], *_SMALL)
        if still is not None:
            yield still.pixels[_EDGE : _SMALL[1] - _EDGE, :, :3].mean(axis=2)
