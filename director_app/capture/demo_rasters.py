"""Loads the demo's layers: colours multiplied by alpha, edges ready to be moved, softened for the size they will get.

The files and their places are made by scripts/make_demo.py. Must not put layers together: demo_layers.py does.
"""

import json
import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from director_app.session.resources import resource

Bgra = NDArray[np.uint8]
"""Shape (height, width, 4), colours already multiplied by alpha."""


SPRITE_MARGIN = 16.0
"""How much of the head is kept around a mouth or the eyes, in pixels of a close camera."""

_BEYOND = 16
"""Pixels that a layer which the picture's edge cuts off goes on beyond it."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A raster and where its top left pixel belongs on the enlarged design."""

    image: Bgra
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class PersonLayers:
    """One person on one camera. mouths and lids are pieces of the head, to be used in its place."""

    who: str
    scale: float
    pivot: tuple[float, float]
    back: Layer
    body: Layer
    head: Layer
    mouths: tuple[Layer, ...]
    lids: tuple[Layer, ...]


class Rasters:
    """One camera's layers. enlarged: pixels of a layer per pixel of the design, which is width x height."""

    def __init__(self, camera: str, size: tuple[int, int]) -> None:
        """size: of the output, which the design will cover. Raises FileNotFoundError when a file is missing."""
        layout: dict[str, Any] = json.loads(resource("demo", "layers", "layers.json").read_text(encoding="utf-8"))
        self._plan: dict[str, Any] = layout["cameras"][camera]
        self.width, self.height = int(layout["width"]), int(layout["height"])
        self.enlarged = float(layout["enlarged"])
        self.zoom = max(size[0] / self.width, size[1] / self.height)
        self._full = (self.width * self.enlarged, self.height * self.enlarged)

    def background(self) -> Layer:
        """The room: three channels, no alpha."""
        picture = _read(self._plan["background"], cv2.IMREAD_COLOR)
        return Layer(self._softened(picture, cv2.BORDER_REPLICATE), 0, 0)

    def front(self) -> Layer:
        """What stands before everybody: microphone or table."""
        return self._layer(self._plan["front"])

    def people(self) -> tuple[PersonLayers, ...]:
        """Everybody on this camera."""
        return tuple(self._person(row) for row in self._plan["people"])

    def smear(self) -> int:
        """How many pixels from a piece's border softening is wrong, because it does not see the rest of the head."""
        return math.ceil(4 * self._deviation())

    def _layer(self, row: dict[str, Any]) -> Layer:
        """A layer; where the picture's edge cuts it off it goes on a little, as it may move inwards."""
        image = _multiplied(_read(row["file"], cv2.IMREAD_UNCHANGED))
        x, y = row["x"], row["y"]
        left, top = (_BEYOND if at == 0 else 0 for at in (x, y))
        right = _BEYOND if x + image.shape[1] >= self._full[0] else 0
        bottom = _BEYOND if y + image.shape[0] >= self._full[1] else 0
        longer = cv2.copyMakeBorder(image, top, bottom, left, right, cv2.BORDER_REPLICATE)
        # A softened edge needs room beyond itself.
        room = self.smear()
        wider = cv2.copyMakeBorder(longer, room, room, room, room, cv2.BORDER_CONSTANT)
        soft = self._softened(np.asarray(wider, np.uint8), cv2.BORDER_CONSTANT)
        return Layer(soft, x - left - room, y - top - room)

    def _softened(self, image: NDArray[np.uint8], border: int) -> NDArray[np.uint8]:
        """Blurred as much as shrinking asks for: bilinear sampling alone would sparkle."""
        deviation = self._deviation()
        if not deviation:
            return image
        return np.asarray(cv2.GaussianBlur(image, (0, 0), deviation, borderType=border), np.uint8)

    def _deviation(self) -> float:
        shrink = self.enlarged / self.zoom
        return 0.45 * math.sqrt(shrink * shrink - 1) if shrink > 1.0 else 0.0

    def _person(self, row: dict[str, Any]) -> PersonLayers:
        head = _multiplied(_read(row["head"]["file"], cv2.IMREAD_UNCHANGED))
        place = row["head"]["x"], row["head"]["y"]
        return PersonLayers(
            who=row["who"],
            scale=row["scale"],
            pivot=(row["pivot"][0], row["pivot"][1]),
            back=self._layer(row["back"]),
            body=self._layer(row["body"]),
            head=self._layer(row["head"]),
            mouths=self._variants(head, place, row["mouth"], row["scale"]),
            lids=self._variants(head, place, row["eyes"], row["scale"]),
        )

    def _variants(self, head: Bgra, place: tuple[int, int], row: dict[str, Any], scale: float) -> tuple[Layer, ...]:
        """Pieces of the head with each sprite put in."""
        sheet = _multiplied(_read(row["file"], cv2.IMREAD_UNCHANGED))
        width, height = row["width"], row["height"]
        margin = math.ceil(SPRITE_MARGIN * scale * self.enlarged) + self.smear()
        x, y = row["x"] - place[0], row["y"] - place[1]
        wide = np.pad(head, ((margin, 2 * margin + height), (margin, 2 * margin + width), (0, 0)))
        pieces = []
        for number in range(row["count"]):
            piece = wide[y : y + height + 2 * margin, x : x + width + 2 * margin].copy()
            piece[margin : margin + height, margin : margin + width] = sheet[number * height : (number + 1) * height]
            pieces.append(Layer(self._softened(piece, cv2.BORDER_CONSTANT), row["x"] - margin, row["y"] - margin))
        return tuple(pieces)


def _read(file: str, flags: int) -> NDArray[np.uint8]:
    # imread cannot open paths with letters beyond the system's code page on Windows.
    found = cv2.imdecode(np.fromfile(resource("demo", "layers", file), np.uint8), flags)
    if found is None:
        raise FileNotFoundError(f"AI Director's own picture {file} is damaged; install AI Director again.")
    return np.asarray(found, np.uint8)


def _multiplied(image: NDArray[np.uint8]) -> Bgra:
    """Colours times alpha: only so may pixels be mixed with their neighbours."""
    if image.shape[2] == 3:
        # WebP leaves out an alpha that is opaque everywhere.
        return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2BGRA), np.uint8)
    alpha = cv2.merge([image[:, :, 3]] * 3)
    return np.dstack([cv2.multiply(image[:, :, :3], alpha, scale=1 / 255), image[:, :, 3]])
