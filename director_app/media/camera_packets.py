"""What the program bus keeps of one camera: enough to show, and to decode, every slot that has not left yet.

Must not know what is on air.
"""

from collections import deque

from director_app.media.packets import FrameKind, VideoPacket


class CameraPackets:
    """One camera's packets from its last key frame at or before the next slot to leave: a GOP and the delay."""

    def __init__(self) -> None:
        self._packets: deque[VideoPacket] = deque()
        self._by_slot: dict[int, VideoPacket] = {}
        self._keys: deque[int] = deque()
        self.newest = -1

    def add(self, packet: VideoPacket) -> None:
        """The next one."""
        self._packets.append(packet)
        self._by_slot[packet.slot] = packet
        self.newest = packet.slot
        if packet.kind is FrameKind.KEY:
            self._keys.append(packet.slot)

    def at(self, slot: int) -> VideoPacket | None:
        """The packet of this slot."""
        return self._by_slot.get(slot)

    def for_head(self, slot: int) -> list[VideoPacket]:
        """Everything from the last key frame at or before the slot on; nothing if there is none."""
        first = max((key for key in self._keys if key <= slot), default=None)
        return [] if first is None else [packet for packet in self._packets if packet.slot >= first]

    def forget_before(self, slot: int) -> None:
        """Lets go what no picture from this slot on needs."""
        while len(self._keys) > 1 and self._keys[1] <= slot:
            self._keys.popleft()
        first = min(self._keys[0], slot) if self._keys else slot
        while self._packets and self._packets[0].slot < first:
            del self._by_slot[self._packets.popleft().slot]

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._packets)
