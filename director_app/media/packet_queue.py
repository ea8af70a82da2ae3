"""The queue between one producer of packets and one reader that may be slow: a disk, a network, a child.

Bounded in bytes. When it is full the producer is never kept waiting: packets are left out from then on until the
reader has caught up and the next key frame comes, and every packet left out is counted.
"""

import threading
from collections import deque

from director_app.media.packets import FrameKind, Packet, VideoPacket


class PacketQueue:
    """First in, first out; put() never blocks, get() waits. Policy when full: leave out up to a key frame.

    Pictures begin with a key frame, whenever the reader joined; what came before it does not count as left out.
    """

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._packets: deque[Packet] = deque()
        self._bytes = 0
        self._condition = threading.Condition()
        self._end = threading.Event()
        self._leaving_out = True
        self._begun = False
        self.left_out = 0

    def put(self, *packets: Packet) -> None:
        """Adds packets or, when full, counts them as left out. Several at a time wake the reader once."""
        with self._condition:
            if self._end.is_set():
                return
            for packet in packets:
                if self._admits(packet):
                    self._packets.append(packet)
                    self._bytes += len(packet.payload)
                else:
                    self.left_out += self._begun or not isinstance(packet, VideoPacket)
            if self._packets:
                self._condition.notify()

    def _admits(self, packet: Packet) -> bool:
        fits = self._bytes + len(packet.payload) <= self._limit
        if not isinstance(packet, VideoPacket):
            return fits
        if self._leaving_out:
            self._leaving_out = not (fits and packet.kind is FrameKind.KEY)
            self._begun = self._begun or not self._leaving_out
        elif not fits:
            self._leaving_out = True
        return not self._leaving_out

    def get(self, timeout_s: float) -> Packet | None:
        """The next packet; None when none came in time or nothing will come any more (see ended)."""
        with self._condition:
            if not self._packets and not self._end.is_set():
                self._condition.wait(timeout_s)
            if not self._packets:
                return None
            packet = self._packets.popleft()
            self._bytes -= len(packet.payload)
            return packet

    def drain(self) -> list[Packet]:
        """Everything that waits, at once; for readers that come by now and then."""
        with self._condition:
            packets = list(self._packets)
            self._packets.clear()
            self._bytes = 0
            return packets

    def wait_for_end(self, timeout_s: float) -> bool:
        """True when end() has been called; for readers that come by now and then."""
        return self._end.wait(timeout_s)

    def end(self) -> None:
        """Nothing more will be put; the reader gets what is left."""
        with self._condition:
            self._end.set()
            self._condition.notify_all()

    @property
    def ended(self) -> bool:
        """True when end() was called and everything has been read."""
        with self._condition:
            return self._end.is_set() and not self._packets

    @property
    def waiting_bytes(self) -> int:
        """What the reader has not taken yet."""
        return self._bytes
