"""The pictures of one demo camera: everything is put together at the start, a frame only copies what has changed.

Poses, mouths and lids are kept as finished pieces of I420, about 25 MB per close camera at 720p and 60 MB at 1080p.
Must not read a clock: the show's position comes in.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from director_app.capture.demo_layers import Bgr, Box, Pose, Stage
from director_app.capture.demo_rasters import PersonLayers
from director_app.capture.demo_truth import DEMO_LENGTH_S, DemoTruth, Eyes
from director_app.capture.reader import I420

Plane = NDArray[np.uint8]

_POSES = 24
_REST_PHASE = {"ana": 0.0, "ben": 0.37, "cara": 0.71}
"""Where on their round of poses people begin: nobody sways in step."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A finished piece of a picture."""

    box: Box
    y: Plane
    u: Plane
    v: Plane


@dataclass(frozen=True, slots=True)
class _Person:
    """All pieces of one person: poses[p], mouths[p][m], lids[p][e]."""

    who: str
    poses: tuple[Patch, ...]
    mouths: tuple[tuple[Patch, ...], ...]
    lids: tuple[tuple[Patch, ...], ...]


@dataclass(frozen=True, slots=True)
class _Look:
    """What is shown of one person."""

    pose: int
    mouth: int
    eyes: Eyes


class DemoPictures:
    """One camera's picture, brought up to date by show()."""

    def __init__(self, camera: str, size: tuple[int, int], truth: DemoTruth) -> None:
        """camera: ana, ben, cara or wide. size: width and height, even."""
        stage = Stage(camera, size)
        self._truth = truth
        self._picture = _i420(stage.room())
        self._planes = _planes(self._picture, stage.height)
        self._people = tuple(_pieces(stage, person) for person in stage.people)
        self._shown: dict[str, _Look] = {}

    def show(self, show_s: float) -> I420:
        """The picture at show_s seconds; the same buffer each time, shape (height * 3 / 2, width)."""
        for person in self._people:
            look = _Look(
                pose_at(person.who, show_s),
                self._truth.mouth(person.who, show_s),
                self._truth.eyes(person.who, show_s),
            )
            self._update(person, look)
        return self._picture

    def mouth_box(self, who: str) -> Box:
        """Inside this box, and nowhere else, the mouth of `who` changes the picture."""
        return next(person for person in self._people if person.who == who).mouths[0][0].box

    def _update(self, person: _Person, look: _Look) -> None:
        before = self._shown.get(person.who)
        if look == before:
            return
        moved = before is None or before.pose != look.pose
        if moved:
            # A pose shows a shut mouth and open eyes.
            self._lay(person.poses[look.pose])
            before = _Look(look.pose, 0, Eyes.OPEN)
        if before is None or before.mouth != look.mouth:
            self._lay(person.mouths[look.pose][look.mouth])
        if before is None or before.eyes != look.eyes:
            self._lay(person.lids[look.pose][look.eyes])
        self._shown[person.who] = look

    def _lay(self, patch: Patch) -> None:
        box, (y, u, v) = patch.box, self._planes
        y[box.top : box.bottom, box.left : box.right] = patch.y
        half = slice(box.top // 2, box.bottom // 2), slice(box.left // 2, box.right // 2)
        u[half] = patch.u
        v[half] = patch.v


def pose_at(who: str, show_s: float) -> int:
    """Which of the poses `who` has at show_s: slow, uneven, and back at the start when the show begins again."""
    turn = 2 * math.pi * show_s / DEMO_LENGTH_S
    rest = _REST_PHASE[who]
    phase = (
        rest + 7 * show_s / DEMO_LENGTH_S + 0.2 * math.sin(3 * turn + 9 * rest) + 0.1 * math.sin(8 * turn + 5 * rest)
    )
    return int(phase * _POSES) % _POSES


def _pose(number: int) -> Pose:
    """Head and shoulders on a small flat eight."""
    at = 2 * math.pi * number / _POSES
    return Pose(
        head=(2.6 * math.sin(at), 1.1 * math.sin(2 * at + 0.4)),
        turn=0.55 * math.sin(at + 0.5),
        body=(0.9 * math.sin(at), 0.9 * math.cos(at)),
    )


def _pieces(stage: Stage, person: PersonLayers) -> _Person:
    whole = stage.whole_box(person)
    mouth, lids = stage.piece_box(person, person.mouths[0]), stage.piece_box(person, person.lids[0])
    poses = [_pose(number) for number in range(_POSES)]
    return _Person(
        who=person.who,
        poses=tuple(_patch(whole, stage.compose(whole, person, pose, person.head)) for pose in poses),
        mouths=tuple(
            tuple(_patch(mouth, stage.compose(mouth, person, pose, piece)) for piece in person.mouths)
            for pose in poses
        ),
        lids=tuple(
            tuple(_patch(lids, stage.compose(lids, person, pose, piece)) for piece in person.lids) for pose in poses
        ),
    )


def _patch(box: Box, picture: Bgr) -> Patch:
    return Patch(box, *_planes(_i420(picture), picture.shape[0]))


def _i420(picture: Bgr) -> I420:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2YUV_I420), np.uint8)


def _planes(picture: I420, height: int) -> tuple[Plane, Plane, Plane]:
    """Views of Y, U and V."""
    width = picture.shape[1]
    flat = picture.reshape(-1)
    luma, quarter = height * width, height * width // 4
    half = (height // 2, width // 2)
    return (
        picture[:height],
        flat[luma : luma + quarter].reshape(half),
        flat[luma + quarter : luma + 2 * quarter].reshape(half),
    )
