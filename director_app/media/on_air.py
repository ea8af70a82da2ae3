"""Which packet is the program's in every slot: the cut list, the cameras' packets and the heads of shots together.

Knows no threads and no time: the program bus asks and tells under its lock. A camera comes on air with a key frame of
its own or with a head, whatever was promised; until then the camera before stays.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from director_app.core.canvas import Canvas, Slot
from director_app.core.cut_list import CutList
from director_app.core.sources import CameraId
from director_app.media.camera_packets import CameraPackets
from director_app.media.dress import Dress
from director_app.media.head import SHORTEST_HEAD, begins_dressed
from director_app.media.head_maker import Head, HeadMaker
from director_app.media.layer import Layer
from director_app.media.packets import FrameKind, VideoPacket

HEAD_PATIENCE_S = 1.0
"""How far behind its schedule the program waits for a head to begin; then the cut falls on the key frame."""

NAME_PATIENCE_S = 1.0
"""The same for what is encoded more slowly than it is shown: it ends before pictures have to be left out."""

_HANGS_S = 5.0
"""The same inside a head, where giving up leaves pictures out."""


@dataclass(frozen=True, slots=True)
class CutHooks:
    """Whom a cut asks and tells. ask_key: makes a camera's next slot a key frame.

    key_for_cut: (camera, earliest, latest) -> the camera's first key frame from `earliest` on, one being asked for at
    `latest` if none lies before.

    moved: (slot, camera): from this slot on another camera than decided is on air, because neither key frame nor
    head came; called with the bus's lock held.

    undressed: (first, slot): what was to lie over the program from slot first on is not seen from this slot on,
    because it could not be made; called with the bus's lock held.
    """

    ask_key: Callable[[CameraId], object]
    key_for_cut: Callable[[CameraId, int, int], Slot]
    moved: Callable[[Slot, CameraId], None] = lambda _slot, _camera: None
    undressed: Callable[[Slot, Slot], None] = lambda _first, _slot: None


class OnAir:
    """The choice for each slot, from `next_slot` on, and the owner of the heads that wait."""

    def __init__(
        self,
        cameras: Sequence[CameraId],
        opening: CameraId,
        hooks: CutHooks,
        maker: HeadMaker | None,
        *,
        joins_anywhere: bool,
    ) -> None:
        """maker: of heads; without one, cuts wait for key frames. joins_anywhere: packets need not fit together."""
        self._packets = {camera: CameraPackets() for camera in cameras}
        self._hooks = hooks
        self._maker = maker
        self._joins_anywhere = joins_anywhere
        self._failed: set[CameraId] = set()
        self._cuts = CutList(opening)
        self._showing = opening
        self._head: Head | None = None
        self._begged: CameraId | None = None
        self._planned: dict[int, Head | None] = {}
        """Every cut that waits, by slot, with its head if it has one."""
        self._promised: tuple[int, Slot] | None = None
        self._dressed: list[Head] = []
        """Heads with something over them, in order, that have not begun yet."""
        self._worn: Dress | None = None
        self.next_slot = 0

    def add(self, packet: VideoPacket) -> None:
        """One packet of one camera, in slot order within each camera."""
        self._packets[packet.camera].add(packet)
        if self._maker is not None:
            for head in (*self._planned.values(), *self._dressed, self._head):
                if head is not None and head.camera == packet.camera:
                    self._maker.feed(head, packet)

    def fail(self, camera: CameraId) -> None:
        """No more packets will come from this camera."""
        self._failed.add(camera)

    def keep(self, head: Head, packet: VideoPacket | None) -> None:
        """One packet of a head, from its maker; None: it has failed."""
        if packet is None and head.dress is not None and head is self._head:
            # What lies under a name goes on with the camera's next key frame: let that be soon.
            self._hooks.ask_key(head.camera)
        if packet is not None and not head.dropped:
            head.made[packet.slot] = packet

    def cut(self, camera: CameraId, wanted: int, latest: int) -> Slot:
        """Puts the camera on air from the wanted slot on; returns the slot. See ProgramBus.cut."""
        earliest = Slot(max(wanted, self.next_slot))
        slot, head = self._join(camera, earliest, latest)
        self._cuts.cut(slot, camera)
        for first in [first for first in self._planned if first >= slot]:
            self._drop(self._planned.pop(first))
        self._planned[slot] = head
        return slot

    def dress(self, camera: CameraId, wanted: int, length: int, layer: Layer, canvas: Canvas) -> Dress | None:
        """Lays something over the camera's pictures while it is on air; None where that cannot be. See ProgramBus."""
        first = self._apart(camera, max(wanted, self.next_slot))
        dress = Dress(camera, first, first + length, layer, canvas)
        if self._joins_anywhere:
            self._dressed.append(Head(camera, first, dress))
            return dress
        kept = self._packets[camera]
        # The slot before may have left, and been let go because the first one is a key frame.
        packets = kept.for_head(max(0, first - 1)) or kept.for_head(first)
        if self._maker is None or self._maker.crashed is not None or not packets:
            return None
        dress.end = self._hooks.key_for_cut(camera, dress.end, dress.end)
        self._dressed.append(self._maker.begin(camera, first, packets, dress))
        return dress

    def _apart(self, camera: CameraId, first: int) -> int:
        """This slot, or the first one after it in which a head may follow: no two key frames in a row, and no two
        names that begin together, which no line of the log could tell apart."""
        heads = [each for each in (*self._planned.values(), *self._dressed, self._head) if each is not None]
        begun = {head.first for head in heads if head.camera == camera}
        named = {head.first for head in heads if head.dress is not None}
        while first - 1 in begun or first in named:
            first += 1
        return first

    def undress(self, dress: Dress, wanted: int) -> Slot:
        """Ends it before its time; returns the first slot over which it does not lie."""
        end = max(wanted, self.next_slot, dress.first + SHORTEST_HEAD)
        if end < dress.end:
            dress.end = end if self._joins_anywhere else self._hooks.key_for_cut(dress.camera, end, end)
        return Slot(dress.end)

    def head_end(self, slot: int) -> Slot | None:
        """Where the head ends that the last cut, at this slot, was promised."""
        return self._promised[1] if self._promised is not None and self._promised[0] == slot else None

    def _join(self, camera: CameraId, slot: Slot, latest: int) -> tuple[Slot, Head | None]:
        self._promised = None
        if self._joins_anywhere:
            return slot, None
        if self._maker is None or self._maker.crashed is not None or camera in self._failed:
            return self._hooks.key_for_cut(camera, slot, latest), None
        if self._before(slot) == camera:
            return slot, None
        end = self._hooks.key_for_cut(camera, slot, latest)
        if slot < end < slot + SHORTEST_HEAD:
            end = self._hooks.key_for_cut(camera, slot + SHORTEST_HEAD, slot + SHORTEST_HEAD)
        packets = self._packets[camera].for_head(slot)
        if end == slot or not packets:
            return end, None
        self._promised = slot, end
        return slot, self._maker.begin(camera, slot, packets)

    def _before(self, slot: int) -> CameraId:
        """Who is on air just before this slot."""
        return self._showing if slot <= self.next_slot else self._cuts.on_air(slot - 1)

    def is_decided(self, behind_s: float, *, is_last: bool) -> bool:
        """Whether everything that the choice for the next slot may depend on has come.

        behind_s: how far the program is behind its schedule. is_last: no more packets will come from any camera.
        """
        slot = self.next_slot
        wanted = self._cuts.on_air(slot)
        if not self._has_answered(wanted, slot, is_last=is_last):
            return False
        dressed = None if self._joins_anywhere else self._dressed_at(slot, wanted)
        if dressed is not None and (slot in dressed.made or behind_s < HEAD_PATIENCE_S):
            return slot in dressed.made
        if wanted == self._showing or self._joins_anywhere:
            return self._goes_on(slot, behind_s)
        packet = self._packets[wanted].at(slot)
        if packet is not None:
            if packet.kind is FrameKind.KEY:
                return True
            head = self._head_at(slot, wanted)
            if head is not None and (slot in head.made or behind_s < HEAD_PATIENCE_S):
                return slot in head.made
        return self._has_answered(self._showing, slot, is_last=is_last) and self._goes_on(slot, behind_s)

    def _has_answered(self, camera: CameraId, slot: int, *, is_last: bool) -> bool:
        """Whether this camera's packet of the slot is there, or will never be."""
        return self._packets[camera].newest >= slot or camera in self._failed or is_last

    def _goes_on(self, slot: int, behind_s: float) -> bool:
        """Whether the camera on air has its packet of this slot, inside a head too, or will never have it."""
        head, own = self._head, self._packets[self._showing].at(slot)
        if head is None or own is None or head.ends(own) or slot in head.made:
            return True
        if behind_s >= NAME_PATIENCE_S:
            self._shorten(head)
        return head.dropped or head.failure is not None or behind_s >= _HANGS_S or head.ends(own)

    def _shorten(self, head: Head) -> None:
        """What lies over the program ends with the camera's next key frame, at which its own packets go on."""
        if head.dress is None or head.dropped or head.failure is not None:
            return
        before = head.dress.end
        if (end := self.undress(head.dress, self.next_slot)) < before:
            self._hooks.undressed(Slot(head.dress.first), end)

    def _head_at(self, slot: int, camera: CameraId) -> Head | None:
        """The head that begins at this slot and may still come."""
        head = self._planned.get(slot)
        return head if head is not None and head.camera == camera and head.failure is None else None

    def _dressed_at(self, slot: int, camera: CameraId) -> Head | None:
        """The dressed head that begins at this slot and may still come."""
        packets = self._packets[camera]
        if packets.at(slot) is None:
            return None
        for head in self._dressed:
            may_come = head.camera == camera and head.failure is None
            if may_come and begins_dressed(head.first, packets.at(head.first - 1)) == slot:
                return head
        return None

    def take(self) -> VideoPacket | None:
        """The packet of the next slot; None where there is none."""
        slot = self.next_slot
        packet = self._packet_of(slot)
        self._pass_dressed(slot)
        self.next_slot = slot + 1
        late = self._planned.pop(slot, None)
        if late is not self._head:
            self._drop(late)
        for kept in self._packets.values():
            kept.forget_before(slot + 1)
        return packet

    def _packet_of(self, slot: int) -> VideoPacket | None:
        wanted = self._cuts.on_air(slot)
        packet = self._packets[wanted].at(slot)
        dressed = None if self._joins_anywhere else self._dressed_at(slot, wanted)
        if dressed is not None and slot in dressed.made:
            self._dressed.remove(dressed)
            self._come_on(wanted, slot, dressed)
            return dressed.made.pop(slot)
        if wanted == self._showing or self._joins_anywhere:
            self._showing, self._begged = wanted, None
            return self._own(slot)
        if packet is not None and packet.kind is FrameKind.KEY:
            self._come_on(wanted, slot, None)
            return packet
        head = self._head_at(slot, wanted)
        if head is not None and slot in head.made:
            self._come_on(wanted, slot, head)
            return head.made.pop(slot)
        return self._stay(slot, wanted)

    def _come_on(self, camera: CameraId, slot: int, head: Head | None) -> None:
        if self._begged == camera:
            self._hooks.moved(Slot(slot), camera)
        self._drop(self._head)
        self._showing, self._begged, self._head = camera, None, head

    def _stay(self, slot: int, wanted: CameraId) -> VideoPacket | None:
        """Neither key frame nor head came: the camera before stays on air until a key frame does."""
        if self._begged != wanted or slot in self._planned:
            self._hooks.moved(Slot(slot), self._showing)
        # Where a head was planned, the key frame at its end has been asked for.
        if self._begged != wanted and self._planned.get(slot) is None and wanted not in self._failed:
            self._hooks.ask_key(wanted)
        self._begged = wanted
        return self._own(slot)

    def _own(self, slot: int) -> VideoPacket | None:
        """The packet of the camera that is on air already: its own, or its head's while that lasts."""
        head, own = self._head, self._packets[self._showing].at(slot)
        if head is None or (own is not None and head.ends(own)):
            if head is not None and head.dress is not None and not head.dropped:
                self._drop(head)
                self._tell_undressed(head, slot)
            self._head = None
            return own
        made = head.made.pop(slot, None)
        if made is None and not head.dropped:
            # What follows a gap cannot be decoded: nothing more of this head.
            self._drop(head)
            self._tell_undressed(head, slot)
        return made

    def _pass_dressed(self, slot: int) -> None:
        """This slot has been chosen: what was to begin with it, or before, does so now or never."""
        if self._worn is not None and (self._worn.camera != self._showing or slot >= self._worn.end):
            self._worn = None
        while self._dressed and self._dressed[0].first <= slot:
            head = self._dressed.pop(0)
            is_shown = head.first == slot and head.camera == self._showing
            if self._joins_anywhere:
                self._worn = head.dress if is_shown else self._worn
                continue
            self._drop(head)
            if is_shown:
                self._tell_undressed(head, slot)

    def _tell_undressed(self, head: Head, slot: int) -> None:
        if head.dress is not None and slot < head.dress.end:
            self._hooks.undressed(Slot(head.dress.first), Slot(slot))

    def _drop(self, head: Head | None) -> None:
        if head is not None and self._maker is not None:
            self._maker.drop(head)
            head.made.clear()

    def end(self) -> None:
        """Nothing is wanted any more: what waits is let go, or memory would fill for hours."""
        for head in (*self._planned.values(), *self._dressed, self._head):
            self._drop(head)
        self._planned.clear()
        self._dressed.clear()
        self._packets = {camera: CameraPackets() for camera in self._packets}
        self._maker = None

    @property
    def worn(self) -> Dress | None:
        """What lies over the slot that was taken last, where whoever encodes the program has to draw it."""
        return self._worn

    @property
    def waiting(self) -> int:
        """Packets that are kept."""
        return sum(len(kept) for kept in self._packets.values())
