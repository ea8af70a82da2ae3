"""The program bus: puts the cameras' packets in slot order, waits the programme delay, takes the on-air camera's.

The program is never decoded here: a cut falls on a key frame of the camera that comes on air. Whoever wants the
program (its file, live outputs) gets a bounded queue of its own and can never keep the bus waiting.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from director_app.core.canvas import Canvas, Slot
from director_app.core.cut_list import CutList
from director_app.core.sources import CameraId
from director_app.media.packet_queue import PacketQueue
from director_app.media.packets import FrameKind, Packet, VideoPacket
from director_app.media.sound.packets import SoundPacket


class ProgramMaker(Protocol):
    """How the on-air camera's packets become the program's. Used by the bus thread only."""

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


@dataclass(frozen=True, slots=True)
class BusHooks:
    """Whom the bus asks and tells. ask_key: makes a camera's next slot a key frame.

    key_for_cut: (camera, earliest, latest) -> the camera's first key frame from `earliest` on, one being asked for at
    `latest` if none lies before.

    moved: from this slot on another camera than promised is on air, because its key frame did not come; called on
    the bus thread with (slot, camera). failed: the bus thread has ended before its time.
    """

    ask_key: Callable[[CameraId], object]
    key_for_cut: Callable[[CameraId, int, int], Slot]
    moved: Callable[[Slot, CameraId], None] = lambda _slot, _camera: None
    failed: Callable[[BaseException], None] = lambda _error: None


class ProgramBus:
    """One thread. offer() and cut() may be called from any other and never wait for the program to be made."""

    def __init__(
        self,
        canvas: Canvas,
        cameras: Sequence[CameraId],
        opening: CameraId,
        delay_slots: int,
        hooks: BusHooks,
        maker: ProgramMaker | None = None,
    ) -> None:
        """delay_slots: the programme delay."""
        self._canvas = canvas
        self._delay = delay_slots
        self._hooks = hooks
        self._maker = maker or Routed()
        self._condition = threading.Condition()
        self._waiting: dict[CameraId, deque[VideoPacket]] = {camera: deque() for camera in cameras}
        self._fresh: list[VideoPacket] = []
        self._failed: set[CameraId] = set()
        self._sound: deque[SoundPacket] = deque()
        self._cuts = CutList(opening)
        self._showing = opening
        self._begged: CameraId | None = None
        self._newest = -1
        self._released = 0
        self._flushing = False
        self._ended = False
        self._queues: list[PacketQueue] = []
        self._thread = threading.Thread(target=self._run, name="program bus")
        self._error: BaseException | None = None
        self.skipped = 0

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    def subscribe(self, limit_bytes: int) -> PacketQueue:
        """A queue that gets the program from its next key frame on; full queues leave out up to a key frame."""
        queue = PacketQueue(limit_bytes)
        with self._condition:
            if self._ended:
                queue.end()
            else:
                self._queues.append(queue)
        return queue

    def unsubscribe(self, queue: PacketQueue) -> None:
        """Ends the queue and forgets it. Idempotent."""
        with self._condition:
            if queue in self._queues:
                self._queues.remove(queue)
        queue.end()

    def offer(self, packet: VideoPacket) -> None:
        """One encoded frame of one camera."""
        with self._condition:
            if self._ended:
                return
            self._waiting[packet.camera].append(packet)
            self._fresh.append(packet)
            self._newest = max(self._newest, packet.slot)
            if self._is_due(self._released):
                self._condition.notify()

    def offer_sound(self, packet: SoundPacket) -> None:
        """One packet of the program mix; it leaves with the pictures of its time."""
        with self._condition:
            if not self._ended:
                self._sound.append(packet)

    def camera_failed(self, camera: CameraId) -> None:
        """No more packets will come from this camera; slots in which it is on air are left out."""
        with self._condition:
            self._failed.add(camera)
            self._condition.notify()

    def cut(self, camera: CameraId, wanted: int, latest: int) -> Slot:
        """Puts the camera on air from its first key frame at or after the wanted slot; returns that slot.

        If none lies up to `latest`, one is asked for there. A newer cut replaces older ones that have not happened.
        """
        with self._condition:
            slot = Slot(max(wanted, self._released))
            if self._maker.cuts_on_key_frames:
                slot = self._hooks.key_for_cut(camera, slot, latest)
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

    @property
    def crashed(self) -> BaseException | None:
        """What ended the thread before its time."""
        return self._error

    def _run(self) -> None:
        try:
            while self._release_ready():
                pass
        except BaseException as error:  # noqa: BLE001 - the thread's outer edge: close() raises it again
            self._error = error
            self._hooks.failed(error)
        finally:
            self._end()

    def _end(self) -> None:
        """Nothing is taken any more; what waits is let go, or memory would fill for hours."""
        with self._condition:
            self._ended = True
            queues, self._queues = self._queues, []
            self._fresh.clear()
            self._sound.clear()
            for waiting in self._waiting.values():
                waiting.clear()
        for queue in queues:
            queue.end()

    def _release_ready(self) -> bool:
        """Waits for work and does it; False when everything has been flushed."""
        with self._condition:
            first = self._released
            on_air = self._take_due()
            fresh, self._fresh = self._fresh, []
            sound = self._take_sound()
            queues = list(self._queues)
            if self._released == first and not sound:
                if self._flushing:
                    return False
                if not fresh:
                    self._condition.wait()
                    return True
        # Outside the lock: a program that is encoded on its own must keep neither clock nor keys waiting.
        for packet in fresh:
            self._maker.see(packet)
        made: list[Packet] = [each for packet in on_air for each in self._maker.make(packet)]
        for each in (*made, *sound):
            for queue in queues:
                queue.put(each)
        return True

    def _take_due(self) -> list[VideoPacket]:
        """The on-air packets of every slot that may leave now."""
        taken: list[VideoPacket] = []
        while self._is_due(self._released):
            slot = self._released
            if not self._is_decided(slot):
                break
            packet = self._packet_of(slot)
            if packet is None:
                self.skipped += 1
            else:
                taken.append(packet)
            self._forget_before(slot + 1)
            self._released += 1
        return taken

    def _is_due(self, slot: int) -> bool:
        return slot <= self._newest if self._flushing else slot + self._delay <= self._newest

    def _is_decided(self, slot: int) -> bool:
        """Whether everything that the choice for this slot may depend on has come."""
        wanted = self._cuts.on_air(slot)
        if not self._has_answered(wanted, slot):
            return False
        packet = self._waiting_packet(wanted, slot)
        comes_on = wanted == self._showing or (packet is not None and packet.kind is FrameKind.KEY)
        return comes_on or self._has_answered(self._showing, slot)

    def _has_answered(self, camera: CameraId, slot: int) -> bool:
        """Whether this camera's packet of the slot is there, or will never be."""
        waiting = self._waiting[camera]
        while waiting and waiting[0].slot < slot:
            waiting.popleft()
        return bool(waiting) or camera in self._failed or self._flushing

    def _packet_of(self, slot: int) -> VideoPacket | None:
        """The packet that goes on air. A camera comes on air with a key frame only, whatever was promised."""
        wanted = self._cuts.on_air(slot)
        packet = self._waiting_packet(wanted, slot)
        if wanted == self._showing or not self._maker.cuts_on_key_frames:
            self._showing = wanted
            return packet
        if packet is not None and packet.kind is FrameKind.KEY:
            if self._begged == wanted:
                self._hooks.moved(Slot(slot), wanted)
            self._showing, self._begged = wanted, None
            return packet
        return self._stay(slot, wanted)

    def _stay(self, slot: int, wanted: CameraId) -> VideoPacket | None:
        """The promised key frame did not come: the camera before stays on air until one does."""
        if self._begged != wanted:
            self._begged = wanted
            self._hooks.moved(Slot(slot), self._showing)
            if wanted not in self._failed and not self._flushing:
                self._hooks.ask_key(wanted)
        return self._waiting_packet(self._showing, slot)

    def _waiting_packet(self, camera: CameraId, slot: int) -> VideoPacket | None:
        return next((packet for packet in self._waiting[camera] if packet.slot == slot), None)

    def _forget_before(self, slot: int) -> None:
        for waiting in self._waiting.values():
            while waiting and waiting[0].slot < slot:
                waiting.popleft()

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
