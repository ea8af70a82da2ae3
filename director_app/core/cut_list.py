"""From decisions to what was on air in every slot. Shared by the bus, recovery, checks and pictures."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from director_app.core.canvas import Slot
from director_app.core.sources import CameraId


@dataclass(frozen=True, slots=True)
class Shot:
    """One camera on air from slot first up to, not including, slot end."""

    camera: CameraId
    first: Slot
    end: Slot


class CutList:
    """Cuts by slot. A newer cut replaces every older one at the same or a later slot."""

    def __init__(self, opening: CameraId) -> None:
        self._slots: list[int] = [0]
        self._cameras: list[CameraId] = [opening]

    def cut(self, slot: int, camera: CameraId) -> None:
        """From this slot on, the camera is on air."""
        while self._slots and self._slots[-1] >= slot:
            self._slots.pop()
            self._cameras.pop()
        self._slots.append(slot)
        self._cameras.append(camera)

    def correct(self, slot: int, camera: CameraId) -> None:
        """From this slot up to the next cut another camera was on air than decided; later cuts stay."""
        index = bisect_left(self._slots, slot)
        if index < len(self._slots) and self._slots[index] == slot:
            self._cameras[index] = camera
        else:
            self._slots.insert(index, slot)
            self._cameras.insert(index, camera)

    def on_air(self, slot: int) -> CameraId:
        """The camera of this slot."""
        return self._cameras[max(0, bisect_right(self._slots, slot) - 1)]

    def leaves(self, slot: int) -> int | None:
        """The first slot after this one in which another camera is on air than in this one; None: it stays."""
        camera = self.on_air(slot)
        for later in range(bisect_right(self._slots, slot), len(self._slots)):
            if self._cameras[later] != camera:
                return self._slots[later]
        return None

    def shots(self, end: int) -> tuple[Shot, ...]:
        """All shots before slot end, without those that change nothing."""
        found: list[Shot] = []
        bounds = [*self._slots[1:], end]
        for camera, first, until in zip(self._cameras, self._slots, bounds, strict=True):
            stop = min(until, end)
            if stop <= first:
                continue
            if found and found[-1].camera == camera:
                found[-1] = Shot(camera, found[-1].first, Slot(stop))
            else:
                found.append(Shot(camera, Slot(first), Slot(stop)))
        return tuple(found)


def cut_list(opening: CameraId, cuts: Iterable[tuple[int, CameraId]]) -> CutList:
    """Builds the list from (slot, camera) in the order in which they were decided."""
    built = CutList(opening)
    for slot, camera in cuts:
        built.cut(slot, camera)
    return built
