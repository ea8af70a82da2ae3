"""Slot by slot: gives every camera's encoder the picture of the slot and says which frames are key frames.

Runs on the program clock's thread. Never blocks: shelves are read, encoders' queues are offered to.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from director_app.core.canvas import Canvas, Slot
from director_app.core.key_frames import KeyFrameRhythm
from director_app.core.sources import CameraId
from director_app.media.camera_encoder import CameraEncoder
from director_app.media.frame import Frame
from director_app.media.packets import FrameKind
from director_app.media.shelf import FrameShelf


@dataclass(slots=True)
class _Lane:
    shelf: FrameShelf
    encoder: CameraEncoder
    placeholder: Frame
    rhythm: KeyFrameRhythm
    last: Frame | None = None
    repeated: int = 0


class Dispatch:
    """Takes from shelves, offers to encoders, counts repeated pictures."""

    def __init__(
        self,
        canvas: Canvas,
        start_ns: int,
        period_slots: int,
        on_key: Callable[[CameraId, Slot], None],
    ) -> None:
        """on_key is told of every key frame before its picture is encoded."""
        self._canvas = canvas
        self._start_ns = start_ns
        self._period = period_slots
        self._on_key = on_key
        self._lanes: dict[CameraId, _Lane] = {}
        self._absent: set[CameraId] = set()
        self._lock = threading.Lock()
        self._next = 0

    def add(self, encoder: CameraEncoder, shelf: FrameShelf, placeholder: Frame) -> None:
        """One camera; call before the clock starts."""
        rhythm = KeyFrameRhythm(self._period)
        self._lanes[encoder.camera] = _Lane(shelf, encoder, placeholder, rhythm)

    def ask_key(self, camera: CameraId) -> Slot:
        """Makes the camera's next slot a key frame; returns that slot."""
        with self._lock:
            self._lanes[camera].rhythm.ask()
            return Slot(self._next)

    def show_placeholders(self, absent: set[CameraId]) -> None:
        """Cameras whose slots are filled with their placeholder instead of their last picture."""
        self._absent = absent

    def on_slot(self, slot: Slot) -> None:
        """Fills one slot on every camera."""
        with self._lock:
            self._next = slot + 1
            keys = {camera for camera, lane in self._lanes.items() if lane.rhythm.is_key(slot)}
        for camera in keys:
            self._on_key(camera, slot)
        now_ns = self._start_ns + self._canvas.slot_time_ns(slot)
        for camera, lane in self._lanes.items():
            kind = FrameKind.KEY if camera in keys else FrameKind.DELTA
            lane.encoder.offer(slot, self._frame(camera, lane, now_ns), kind)

    def _frame(self, camera: CameraId, lane: _Lane, now_ns: int) -> Frame:
        frame = None if camera in self._absent else lane.shelf.at(now_ns)
        frame = frame or lane.placeholder
        if frame is lane.last:
            lane.repeated += 1
        lane.last = frame
        return frame

    def frames_repeated(self) -> Mapping[CameraId, int]:
        """How many slots of each camera show the same picture as the slot before."""
        return {camera: lane.repeated + lane.encoder.overloaded for camera, lane in self._lanes.items()}
