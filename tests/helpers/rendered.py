"""What is in a rendered film, against what was recorded."""

import random
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from director_app.core.cut_list import cut_list
from director_app.core.edits import Edit, whole_show
from director_app.core.sources import CameraId
from director_app.media.strip import Strip
from director_app.session.manifest import FileRole, read_manifest
from tests.helpers.pictures import strips_of

RATE = 48_000


def random_edit(cameras: Sequence[CameraId], slots: int, seed: int = 3, longest: int = 25) -> Edit:
    """Cuts at moments at which nobody asked for a key frame."""
    random_ = random.Random(seed)
    cuts: list[tuple[int, CameraId]] = []
    slot, on_air = 0, cameras[0]
    while len(cameras) > 1 and (slot := slot + random_.randint(1, longest)) < slots:
        on_air = random_.choice([each for each in cameras if each != on_air])
        cuts.append((slot, on_air))
    return whole_show(cut_list(cameras[0], cuts), slots)


def isos_of(session: Path) -> dict[CameraId, Path]:
    """Each camera's recording."""
    parts = [part for part in read_manifest(session).files if part.role is FileRole.ISO]
    return {CameraId(str(part.source)): session / part.name for part in parts}


def wanted_strips(session: Path, edit: Edit) -> list[Strip | None]:
    """What the strips of the film must say."""
    cameras = {camera: strips_of(path) for camera, path in isos_of(session).items()}
    return [
        cameras[each.shot.camera][slot] for each in edit.shots() for slot in range(each.shot.first, each.shot.end)
    ]


def sound_of(path: Path) -> NDArray[np.float32]:
    """The left side of a film's sound as players hear it: from time 0 on."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        parts = []
        for frame in container.decode(stream):
            assert frame.pts is not None
            parts.append(np.asarray(frame.to_ndarray(), np.float32)[0][max(0, -frame.pts) :])
        return np.concatenate(parts)
