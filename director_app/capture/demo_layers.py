"""Puts the demo's drawn layers (room, hair, body, head, mouth, eyes, microphone) together for any size and pose.

Slow work that a camera does once when it opens; demo_pictures.py keeps the results. Must not know about time.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from director_app.capture.demo_rasters import SPRITE_MARGIN, Bgra, Layer, PersonLayers, Rasters

Bgr = NDArray[np.uint8]
Matrix = NDArray[np.float64]
"""Shape (3, 3); moves points."""

_REACH = 7.0
"""No pose moves any point further than this, in pixels of a close camera."""


@dataclass(frozen=True, slots=True)
class Box:
    """Even pixels of the output: left and top inside, right and bottom outside."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a person's head and shoulders are, in pixels of a 1280 x 720 close camera; turn in degrees."""

    head: tuple[float, float] = (0.0, 0.0)
    turn: float = 0.0
    body: tuple[float, float] = (0.0, 0.0)


class Stage:
    """One camera's layers at one output size: covers the output, cut off where the shape is not 16:9."""

    def __init__(self, camera: str, size: tuple[int, int]) -> None:
        """size: width and height, even. Raises FileNotFoundError when the installation lacks the demo show."""
        rasters = Rasters(camera, size)
        self.width, self.height = size
        self._enlarged, self._zoom, self._smear = rasters.enlarged, rasters.zoom, rasters.smear()
        # Without shrinking, bilinear sampling would show as faces that go soft and sharp while they sway.
        self._fine = cv2.INTER_LINEAR if self._zoom < self._enlarged else cv2.INTER_CUBIC
        self._offset = (
            (self.width - rasters.width * self._zoom) / 2,
            (self.height - rasters.height * self._zoom) / 2,
        )
        self.people = rasters.people()
        self._front = self._whole(rasters.front())
        self._room = self._background(rasters.background())

    def whole_box(self, person: PersonLayers) -> Box:
        """The even box that holds all of a person in every pose."""
        return self._box((person.back, person.body, person.head), _REACH * person.scale)

    def piece_box(self, person: PersonLayers, piece: Layer) -> Box:
        """The even box that holds a sprite in every pose and which its piece of the head fills in every pose."""
        return self._box((piece,), (_REACH - SPRITE_MARGIN) * person.scale - self._smear / self._enlarged)

    def _box(self, layers: tuple[Layer, ...], grow: float) -> Box:
        """Around the layers at rest, grown by so many pixels of the design."""
        room = grow * self._zoom
        corners = np.array(
            [
                (x * self._zoom / self._enlarged, y * self._zoom / self._enlarged)
                for layer in layers
                for x, y in (
                    (layer.x, layer.y),
                    (layer.x + layer.image.shape[1], layer.y + layer.image.shape[0]),
                )
            ]
        ) + np.array(self._offset)
        low, high = corners.min(axis=0) - room, corners.max(axis=0) + room
        return Box(
            max(0, int(low[0]) // 2 * 2),
            max(0, int(low[1]) // 2 * 2),
            min(self.width, math.ceil(high[0] / 2) * 2),
            min(self.height, math.ceil(high[1] / 2) * 2),
        )

    def room(self) -> Bgr:
        """The camera's picture without people."""
        picture = self._room.copy()
        _over(picture, self._front)
        return picture

    def compose(self, box: Box, person: PersonLayers, pose: Pose, head: Layer) -> Bgr:
        """The picture inside the box with `person` in `pose`; head: the head, one of its mouths or of its lids."""
        picture = self._room[box.top : box.bottom, box.left : box.right].copy()
        with_head = _turned(person, pose)
        with_body = _moved(pose.body[0] * person.scale, pose.body[1] * person.scale)
        self._lay(picture, box, person.back, with_head, cv2.INTER_LINEAR)
        self._lay(picture, box, person.body, with_body, cv2.INTER_LINEAR)
        self._lay(picture, box, head, with_head, self._fine)
        _over(picture, self._front[box.top : box.bottom, box.left : box.right])
        return picture

    def _lay(self, picture: Bgr, box: Box, layer: Layer, motion: Matrix, interpolation: int) -> None:
        """Lays one moved layer into the part of the box that it touches."""
        matrix = self._to_output(layer, motion)
        height, width = layer.image.shape[:2]
        corners = matrix @ np.array([[0, width, 0, width], [0, 0, height, height], [1, 1, 1, 1]], float)
        left, top = (max(int(corners[i].min()) - 2, low) for i, low in ((0, box.left), (1, box.top)))
        right, bottom = (min(int(corners[i].max()) + 3, end) for i, end in ((0, box.right), (1, box.bottom)))
        if left >= right or top >= bottom:
            return
        moved = cv2.warpAffine(
            layer.image,
            (_moved(-left, -top) @ matrix)[:2],
            (right - left, bottom - top),
            flags=interpolation,
        )
        part = picture[top - box.top : bottom - box.top, left - box.left : right - box.left]
        _over(part, np.asarray(moved, np.uint8))

    def _to_output(self, layer: Layer, motion: Matrix) -> Matrix:
        """From a layer's pixel centres to the output's pixel centres."""
        small = 1 / self._enlarged
        into = np.array([[small, 0, (layer.x + 0.5) * small], [0, small, (layer.y + 0.5) * small], [0, 0, 1.0]])
        out = np.array([[self._zoom, 0, self._offset[0] - 0.5], [0, self._zoom, self._offset[1] - 0.5], [0, 0, 1.0]])
        return np.asarray(out @ motion @ into, np.float64)

    def _whole(self, layer: Layer) -> Bgra:
        """A still layer on a clear picture of the output's size."""
        return np.asarray(
            cv2.warpAffine(layer.image, self._to_output(layer, np.eye(3))[:2], (self.width, self.height)),
            np.uint8,
        )

    def _background(self, layer: Layer) -> Bgr:
        return np.asarray(
            cv2.warpAffine(
                layer.image,
                self._to_output(layer, np.eye(3))[:2],
                (self.width, self.height),
                borderMode=cv2.BORDER_REPLICATE,
            ),
            np.uint8,
        )


def _over(picture: Bgr, layer: Bgra) -> None:
    """Lays a layer over a picture of the same size, in place."""
    rest = cv2.cvtColor(cv2.bitwise_not(cv2.extractChannel(layer, 3)), cv2.COLOR_GRAY2BGR)
    colours = cv2.cvtColor(layer, cv2.COLOR_BGRA2BGR)
    picture[:] = cv2.add(cv2.multiply(picture, rest, scale=1 / 255), colours)


def _moved(x: float, y: float) -> Matrix:
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1.0]])


def _turned(person: PersonLayers, pose: Pose) -> Matrix:
    """The head's motion: a turn around the neck, then a shift."""
    angle, (x, y) = math.radians(pose.turn), person.pivot
    turn = np.array([[math.cos(angle), -math.sin(angle), 0], [math.sin(angle), math.cos(angle), 0], [0, 0, 1.0]])
    shift = _moved(x + pose.head[0] * person.scale, y + pose.head[1] * person.scale)
    return np.asarray(shift @ turn @ _moved(-x, -y), np.float64)
