"""Slot by slot: gives every camera's encoder the picture of the slot and says which frames are key frames.

Runs on the program clock's thread. Never blocks: shelves are read, encoders' queues are offered to.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from director_app.core.canvas import Canvas, Slot
from director_app.core.key_frames import KeyFrames
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
    keys: KeyFrames
    last: Frame | None = None
    repeated: int = 0


class Dispatch:
    """Takes from shelves, offers to encoders, counts repeated pictures. The one authority over key frames."""

    def __init__(self, canvas: Canvas, start_ns: int, period_slots: int) -> None:
        """period_slots: a key frame at the latest every so many slots."""
        self._canvas = canvas
        self._start_ns = start_ns
        self._period = period_slots
        self._lanes: dict[CameraId, _Lane] = {}
        self._absent: set[CameraId] = set()
        self._lock = threading.Lock()

    def add(self, encoder: CameraEncoder, shelf: FrameShelf, placeholder: Frame) -> None:
        """One camera; call before the clock starts."""
        self._lanes[encoder.camera] = _Lane(shelf, encoder, placeholder, KeyFrames(self._period))

    def ask_key(self, camera: CameraId, slot: int = 0) -> Slot:
        """Makes this slot of the camera a key frame, or its next one if that has passed; returns which."""
        with self._lock:
            return self._lanes[camera].keys.ask(slot)

    def key_for_cut(self, camera: CameraId, earliest: int, latest: int) -> Slot:
        """The camera's first key frame from `earliest` on; if none lies up to `latest`, one is asked for there."""
        with self._lock:
            return self._lanes[camera].keys.for_cut(earliest, latest)

    def show_placeholders(self, absent: set[CameraId]) -> None:
        """Cameras whose slots are filled with their placeholder instead of their last picture."""
        self._absent = absent

    def on_slot(self, slot: Slot) -> None:
        """Fills one slot on every camera."""
        with self._lock:
            keys = {camera for camera, lane in self._lanes.items() if lane.keys.pass_slot()}
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
