"""A program without pictures: where the cuts of a show fall. For simulations, replays and tests."""

from collections.abc import Iterable

from director_app.core.canvas import Slot
from director_app.core.cut_list import CutList
from director_app.core.key_frames import KeyFrames
from director_app.core.placement import NamedAt, Program
from director_app.core.sources import CameraId, MicrophoneId


class DryRun:
    """Key frames and cuts of all cameras, kept by the very rules of the running show."""

    def __init__(self, cameras: Iterable[CameraId], opening: CameraId, period_slots: int) -> None:
        self._keys = {camera: KeyFrames(period_slots) for camera in cameras}
        self._next = 0
        self.cuts = CutList(opening)
        self._name: tuple[CameraId, NamedAt] | None = None
        self.key_frames = 0

    def advance_to(self, slot: int) -> None:
        """Everything before this slot is encoded."""
        for _ in range(self._next, slot):
            self.key_frames += sum(keys.pass_slot() for keys in self._keys.values())
        self._next = max(self._next, slot)

    def anywhere(self) -> Program:
        """Cuts fall where they are wanted, as in the running show, which makes a head up to the next key frame."""

        def cut_at(camera: CameraId, wanted: int, latest: int) -> Slot:
            slot = Slot(max(0, wanted))
            self._keys[camera].for_cut(slot, latest)
            return self._cut(camera, slot)

        return Program(
            cut_at,
            lambda camera, slot: self._keys[camera].ask(slot),
            put_on=self._put_on,
            take_off=self._take_off,
        )

    def on_key_frames(self) -> Program:
        """Cuts fall on key frames: what a show does whose encoder cannot make heads."""

        def cut_at(camera: CameraId, wanted: int, latest: int) -> Slot:
            return self._cut(camera, self._keys[camera].for_cut(max(0, wanted), latest))

        return Program(cut_at, lambda camera, slot: self._keys[camera].ask(slot))

    def _cut(self, camera: CameraId, slot: Slot) -> Slot:
        self.cuts.cut(slot, camera)
        return slot

    def _put_on(self, camera: CameraId, _who: MicrophoneId, first: int, length: int) -> NamedAt:
        end = self._keys[camera].for_cut(first + length, first + length)
        self._name = camera, NamedAt(Slot(first), end)
        return self._name[1]

    def _take_off(self, wanted: int) -> NamedAt | None:
        if self._name is None:
            return None
        camera, at = self._name
        if wanted < at.end:
            at = NamedAt(at.first, self._keys[camera].for_cut(wanted, wanted))
        self._name = None
        return at
