"""The program bus: puts the cameras' packets in slot order, waits the programme delay, takes the on-air camera's.

The program is never decoded here: a cut falls on a key frame of the camera that comes on air. Whoever wants the
program (its file, live outputs) gets a bounded queue of its own and can never keep the bus waiting.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

from director_app.core.canvas import Canvas, Slot
from director_app.core.cut_list import CutList
from director_app.core.key_frames import cut_slot
from director_app.core.sources import CameraId
from director_app.media.packet_queue import PacketQueue
from director_app.media.packets import Packet, VideoPacket
from director_app.media.sound.packets import SoundPacket


class ProgramMaker(Protocol):
    """How the on-air camera's packets become the program's."""

    cuts_on_key_frames: bool

    def see(self, packet: VideoPacket) -> None:
        """One packet of any camera, in slot order within each camera, before it is wanted."""

    def make(self, packet: VideoPacket) -> Sequence[VideoPacket]:
        """The program's packets for the slot whose on-air packet this is."""


class Routed:
    """The program is the cameras' own packets: no second encoder, no loss."""

    cuts_on_key_frames = True

    def see(self, packet: VideoPacket) -> None:
        """Nothing to remember."""

    def make(self, packet: VideoPacket) -> Sequence[VideoPacket]:
        """The packet itself."""
        return (packet,)


class ProgramBus:
    """One thread. offer() and cut() may be called from any other.

    delay_slots: the programme delay. ask_key(camera) makes a camera's next slot a key frame and returns it.
    """

    def __init__(
        self,
        canvas: Canvas,
        cameras: Sequence[CameraId],
        opening: CameraId,
        delay_slots: int,
        ask_key: Callable[[CameraId], Slot],
        maker: ProgramMaker | None = None,
    ) -> None:
        self._canvas = canvas
        self._delay = delay_slots
        self._ask_key = ask_key
        self._maker = maker or Routed()
        self._condition = threading.Condition()
        self._waiting: dict[CameraId, deque[VideoPacket]] = {camera: deque() for camera in cameras}
        self._keys: dict[CameraId, deque[int]] = {camera: deque() for camera in cameras}
        self._failed: set[CameraId] = set()
        self._sound: deque[SoundPacket] = deque()
        self._cuts = CutList(opening)
        self._newest = -1
        self._released = 0
        self._flushing = False
        self._queues: list[PacketQueue] = []
        self._thread = threading.Thread(target=self._run, name="program bus")
        self._error: BaseException | None = None
        self.skipped = 0

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    def subscribe(self, limit_bytes: int) -> PacketQueue:
        """A queue that gets every program packet from now on; full queues leave out up to a key frame."""
        queue = PacketQueue(limit_bytes)
        with self._condition:
            self._queues.append(queue)
        return queue

    def unsubscribe(self, queue: PacketQueue) -> None:
        """Ends the queue and forgets it."""
        with self._condition:
            self._queues.remove(queue)
        queue.end()

    def key_is_coming(self, camera: CameraId, slot: Slot) -> None:
        """The camera's frame of this slot will be a key frame."""
        with self._condition:
            self._keys[camera].append(slot)

    def offer(self, packet: VideoPacket) -> None:
        """One encoded frame of one camera."""
        with self._condition:
            self._waiting[packet.camera].append(packet)
            self._maker.see(packet)
            self._newest = max(self._newest, packet.slot)
            if self._is_due(self._released):
                self._condition.notify()

    def offer_sound(self, packet: SoundPacket) -> None:
        """One packet of the program mix; it leaves with the pictures of its time."""
        with self._condition:
            self._sound.append(packet)

    def camera_failed(self, camera: CameraId) -> None:
        """No more packets will come from this camera; slots in which it is on air are left out."""
        with self._condition:
            self._failed.add(camera)
            self._condition.notify()

    def cut(self, camera: CameraId, wanted: int) -> Slot:
        """Puts the camera on air from its first key frame at or after the wanted slot; returns that slot.

        A newer cut replaces older ones that have not happened yet.
        """
        with self._condition:
            earliest = max(wanted, self._released)
            if not self._maker.cuts_on_key_frames:
                slot = Slot(earliest)
            else:
                known = cut_slot(self._keys[camera], earliest)
                slot = self._ask_key(camera) if known is None else known
            self._cuts.cut(slot, camera)
            self._condition.notify()
            return slot

    def close(self, deadline_s: float) -> None:
        """Flushes what waits (call when the encoders are done), ends every queue, joins. Idempotent."""
        with self._condition:
            self._flushing = True
            self._condition.notify()
        if self._thread.ident is not None:
            self._thread.join(deadline_s)
        if self._thread.is_alive():
            raise TimeoutError(f"The program bus did not end within {deadline_s:g} s.")
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        try:
            while self._release_ready():
                pass
        except BaseException as error:  # noqa: BLE001 - the thread's outer edge: close() raises it again
            self._error = error
        finally:
            for queue in self._queues:
                queue.end()

    def _release_ready(self) -> bool:
        """Waits for work and does it; False when everything has been flushed."""
        with self._condition:
            packets = self._take_ready()
            if not packets:
                if self._flushing:
                    return False
                self._condition.wait()
                return True
            queues = list(self._queues)
        for packet in packets:
            for queue in queues:
                queue.put(packet)
        return True

    def _take_ready(self) -> list[Packet]:
        ready: list[Packet] = []
        while self._is_due(self._released):
            made = self._take_slot(self._released)
            if made is None:
                break
            ready.extend(made)
            self._released += 1
        ready.extend(self._take_sound())
        return ready

    def _is_due(self, slot: int) -> bool:
        return slot <= self._newest if self._flushing else slot + self._delay <= self._newest

    def _take_slot(self, slot: int) -> Sequence[VideoPacket] | None:
        """The program's packets of one slot; None while the on-air camera's has not come."""
        camera = self._cuts.on_air(slot)
        waiting = self._waiting[camera]
        while waiting and waiting[0].slot < slot:
            waiting.popleft()
        if not waiting or waiting[0].slot > slot:
            if camera in self._failed or self._flushing or (waiting and waiting[0].slot > slot):
                self.skipped += 1
                return ()
            return None
        self._forget_before(slot)
        return self._maker.make(waiting.popleft())

    def _forget_before(self, slot: int) -> None:
        for waiting in self._waiting.values():
            while waiting and waiting[0].slot < slot:
                waiting.popleft()
        for keys in self._keys.values():
            while keys and keys[0] < slot:
                keys.popleft()

    def _take_sound(self) -> list[SoundPacket]:
        """Sound leaves with the pictures of its time: up to the end of the last released slot."""
        end = self._canvas.first_sample_of(self._released)
        ready: list[SoundPacket] = []
        while self._sound and (self._flushing or self._sound[0].pts < end):
            ready.append(self._sound.popleft())
        return ready


def seconds_of_packets(bits_per_second: int, seconds: float) -> int:
    """Bytes of a queue that holds so many seconds at this rate."""
    return int(bits_per_second * seconds / 8)
