"""The program bus: puts the cameras' packets in slot order, waits the programme delay, takes the on-air camera's.

Nothing is decoded here: a camera comes on air with a key frame of its own or with a head that the head maker makes.
Whoever wants the program (its file, live outputs) gets a bounded queue of its own and can never keep the bus waiting.
"""

import math
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from director_app.core.canvas import Canvas, Slot
from director_app.core.sources import CameraId
from director_app.media.dress import Dress
from director_app.media.head_maker import Head, HeadMaker
from director_app.media.layer import Layer
from director_app.media.on_air import CutHooks, OnAir
from director_app.media.packet_queue import PacketQueue
from director_app.media.packets import Packet, VideoPacket
from director_app.media.sound.packets import SoundPacket


class ProgramMaker(Protocol):
    """How the on-air camera's packets become the program's. Used by the bus thread only."""

    cuts_on_key_frames: bool

    def see(self, packet: VideoPacket) -> None:
        """One packet of any camera, in slot order within each camera, before it is wanted."""

    def make(self, packet: VideoPacket, worn: Dress | None = None) -> Sequence[VideoPacket]:
        """The program's packets for the slot whose on-air packet this is. worn: is to be drawn over its picture."""


class Routed:
    """The program is the cameras' own packets: no second encoder, no loss."""

    cuts_on_key_frames = True

    def see(self, packet: VideoPacket) -> None:
        """Nothing to remember."""

    def make(self, packet: VideoPacket, worn: Dress | None = None) -> Sequence[VideoPacket]:  # noqa: ARG002 - see there
        """The packet itself: what is worn was drawn by the head maker."""
        return (packet,)


@dataclass(frozen=True, slots=True)
class BusHooks:
    """Whom the bus asks and tells. cuts: see there. failed: the bus thread has ended before its time."""

    cuts: CutHooks
    failed: Callable[[BaseException], None] = lambda _error: None


_FLUSH_LOOK_S = 0.05
"""While the last slots wait for a head, nothing else comes that would wake the bus."""

_FLUSH_MOST_S = 20.0
"""So long a recording that has ended is kept waiting for heads that still come, however slowly."""


class ProgramBus:
    """One thread. offer() and cut() may be called from any other and never wait for the program to be made.

    Owner of the head maker, if there is one.
    """

    def __init__(
        self,
        canvas: Canvas,
        cameras: Sequence[CameraId],
        opening: CameraId,
        delay_slots: int,
        hooks: BusHooks,
        maker: ProgramMaker | None = None,
        heads: HeadMaker | None = None,
    ) -> None:
        """delay_slots: the programme delay. heads: without a head maker, cuts wait for key frames."""
        self._canvas = canvas
        self._delay = delay_slots
        self._hooks = hooks
        self._maker = maker or Routed()
        self._condition = threading.Condition()
        self._heads = heads
        self._on_air = OnAir(cameras, opening, hooks.cuts, heads, joins_anywhere=not self._maker.cuts_on_key_frames)
        self._fresh: list[VideoPacket] = []
        self._sound: deque[SoundPacket] = deque()
        self._newest = -1
        self._flushing_since_s: float | None = None
        self._left_s = 0.0
        """When the last slot left, while the rest is flushed."""
        self._ended = False
        self._queues: list[PacketQueue] = []
        self._thread = threading.Thread(target=self._run, name="program bus")
        self._error: BaseException | None = None
        self.skipped = 0

    def start(self) -> None:
        """Starts the thread, and the head maker's."""
        if self._heads is not None:
            self._heads.start(self._head_made)
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
            self._on_air.add(packet)
            self._fresh.append(packet)
            self._newest = max(self._newest, packet.slot)
            if self._is_due():
                self._condition.notify()

    def offer_sound(self, *packets: SoundPacket) -> None:
        """The next packets of the program mix; they leave with the pictures of their time."""
        with self._condition:
            if not self._ended:
                self._sound.extend(packets)

    def camera_failed(self, camera: CameraId) -> None:
        """No more packets will come from this camera; slots in which it is on air are left out."""
        with self._condition:
            self._on_air.fail(camera)
            self._condition.notify()

    def cut(self, camera: CameraId, wanted: int, latest: int) -> Slot:
        """Puts the camera on air from the wanted slot on, or the first that has not left yet; returns that slot.

        Where heads are not made it is the camera's first key frame from there on, and one is asked for at `latest` if
        none lies before. A newer cut replaces older ones that have not happened yet.
        """
        with self._condition:
            slot = self._on_air.cut(camera, wanted, latest)
            self._condition.notify()
            return slot

    def head_end(self, slot: int) -> Slot | None:
        """Where the head of the cut at this slot ends, for the last cut; None if it begins with a key frame."""
        with self._condition:
            return self._on_air.head_end(slot)

    def dress(self, camera: CameraId, wanted: int, length: int, layer: Layer) -> Dress | None:
        """Lays something over the camera's pictures for so many slots from the wanted one on, or from the first that
        has not left yet, as long as the camera stays on air. None where that cannot be.

        A routed program gets its pictures from the head maker meanwhile, and the camera a key frame for the end.
        """
        with self._condition:
            return self._on_air.dress(camera, wanted, length, layer, self._canvas)

    def undress(self, dress: Dress, wanted: int) -> Slot:
        """Ends it before its time; returns the first slot over which it does not lie."""
        with self._condition:
            return self._on_air.undress(dress, wanted)

    def _head_made(self, head: Head, packet: VideoPacket | None) -> None:
        with self._condition:
            self._on_air.keep(head, packet)
            if self._is_due():
                self._condition.notify()

    def close(self, deadline_s: float) -> None:
        """Flushes what waits (call when the encoders are done), ends every queue, joins. Idempotent."""
        with self._condition:
            self._flushing_since_s = self._flushing_since_s or time.monotonic()
            self._condition.notify()
        if self._thread.ident is not None:
            self._thread.join(deadline_s)
        try:
            if self._heads is not None:
                self._heads.close(deadline_s)
        finally:
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
            self._on_air.end()
        for queue in queues:
            queue.end()

    def _release_ready(self) -> bool:
        """Waits for work and does it; False when everything has been flushed."""
        with self._condition:
            first = self._on_air.next_slot
            on_air = self._take_due()
            fresh, self._fresh = self._fresh, []
            sound = self._take_sound()
            queues = list(self._queues)
            if self._on_air.next_slot == first and not sound:
                if self._flushing_since_s is not None and not self._is_due():
                    return False
                if not fresh:
                    self._condition.wait(None if self._flushing_since_s is None else _FLUSH_LOOK_S)
                    return True
        # Outside the lock: a program that is encoded on its own must keep neither clock nor keys waiting.
        for packet in fresh:
            self._maker.see(packet)
        made: list[Packet] = [each for packet, worn in on_air for each in self._maker.make(packet, worn)]
        for queue in queues:
            queue.put(*made, *sound)
        return True

    def _take_due(self) -> list[tuple[VideoPacket, Dress | None]]:
        """The on-air packets of every slot that may leave now, and what is to be drawn over them."""
        taken: list[tuple[VideoPacket, Dress | None]] = []
        is_last = self._flushing_since_s is not None
        while self._is_due() and self._on_air.is_decided(self._behind_s(), is_last=is_last):
            packet = self._on_air.take()
            if is_last:
                self._left_s = time.monotonic()
            if packet is None:
                self.skipped += 1
            else:
                taken.append((packet, self._on_air.worn))
        return taken

    def _is_due(self) -> bool:
        """Whether the next slot may leave by its time."""
        delay = self._delay if self._flushing_since_s is None else 0
        return self._on_air.next_slot + delay <= self._newest

    def _behind_s(self) -> float:
        """How long the next slot could have left already; at the end, how long none has."""
        if self._flushing_since_s is not None:
            now_s = time.monotonic()
            is_over = now_s - self._flushing_since_s >= _FLUSH_MOST_S
            return math.inf if is_over else now_s - max(self._flushing_since_s, self._left_s)
        return self._canvas.slot_time_s(self._newest - self._delay - self._on_air.next_slot)

    def _take_sound(self) -> list[SoundPacket]:
        """Sound leaves with the pictures of its time: up to the end of the last released slot."""
        end = self._canvas.first_sample_of(self._on_air.next_slot)
        is_over = self._flushing_since_s is not None and not self._is_due()
        ready: list[SoundPacket] = []
        while self._sound and (is_over or self._sound[0].pts < end):
            ready.append(self._sound.popleft())
        return ready


def seconds_of_packets(bits_per_second: int, seconds: float) -> int:
    """Bytes of a queue that holds so many seconds at this rate."""
    return int(bits_per_second * seconds / 8)
