"""A program bus with two cameras whose encoders, and whose heads, are played by the test."""

import threading
from collections.abc import Iterable, Iterator

from PIL import Image

from director_app.core.canvas import Slot
from director_app.core.key_frames import KeyFrames
from director_app.core.sources import CameraId
from director_app.media.bus import BusHooks, ProgramBus, ProgramMaker
from director_app.media.dress import Dress
from director_app.media.head import begins_dressed
from director_app.media.head_maker import Head, HeadMaker, OnMade
from director_app.media.layer import layer_of
from director_app.media.on_air import CutHooks
from director_app.media.packet_queue import PacketQueue
from director_app.media.packets import FrameKind, VideoPacket
from tests.helpers.pictures import SMALL
from tests.helpers.wait import eventually

A, B = CameraId("a"), CameraId("b")
NAME = layer_of(Image.new("RGBA", (40, 20), (255, 255, 255, 255)), 100, 100, SMALL)
"""A white plate."""


class HandMadeHeads(HeadMaker):
    """Makes heads of hand-made packets, at once or when the test says so, and on the test's thread."""

    def __init__(self, slowly: bool = False) -> None:  # noqa: FBT001, FBT002 - a test's shorthand
        self.slowly = slowly
        self.heads: list[Head] = []
        self.waiting: list[tuple[Head, VideoPacket]] = []
        self.error: BaseException | None = None
        self.closed = False
        self._firsts: dict[Head, int] = {}

    @property
    def crashed(self) -> BaseException | None:
        return self.error

    def start(self, on_made: OnMade) -> None:
        self.on_made = on_made

    def begin(self, camera: CameraId, first: int, packets: Iterable[VideoPacket], dress: Dress | None = None) -> Head:
        head = Head(camera, first, dress)
        self.heads.append(head)
        for packet in packets:
            self.feed(head, packet)
        return head

    def feed(self, head: Head, packet: VideoPacket) -> None:
        if head.fed or head.failure is not None:
            return
        head.fed = head.ends(packet)
        if packet.slot >= self._begins(head, packet) and not head.fed:
            self.waiting.append((head, packet))
        if not self.slowly:
            self.make()

    def make(self, most: int = 1000) -> None:
        """What waits, up to so many packets."""
        waiting, self.waiting = self.waiting[:most], self.waiting[most:]
        for head, packet in waiting:
            kind = FrameKind.KEY if packet.slot == self._firsts[head] else FrameKind.DELTA
            mark = b"head %d of " if head.dress is None else b"name %d of "
            self.on_made(head, VideoPacket(head.camera, packet.slot, kind, mark % head.first + packet.payload))

    def _begins(self, head: Head, packet: VideoPacket) -> int:
        """Where the head begins, as the maker finds it."""
        if head.dress is not None and packet.slot == head.first - 1:
            self._firsts[head] = begins_dressed(head.first, packet)
        return self._firsts.setdefault(head, head.first)

    def fail(self, head: Head) -> None:
        """As the maker does it."""
        head.failure = "no encoder"
        self.waiting = [each for each in self.waiting if each[0] is not head]
        self.on_made(head, None)

    def drop(self, head: Head) -> None:
        head.dropped = head.fed = True
        self.waiting = [each for each in self.waiting if each[0] is not head]

    def close(self, deadline_s: float) -> None:
        self.closed = True


class Studio:
    """Two cameras whose encoders are played by the test."""

    def __init__(
        self, delay_slots: int, maker: ProgramMaker | None = None, heads: HandMadeHeads | None = None
    ) -> None:
        self.next_slot = 0
        self.delay_slots = delay_slots
        self.keys = {A: KeyFrames(60), B: KeyFrames(60)}
        self.asked: list[CameraId] = []
        self.moved: list[tuple[int, CameraId]] = []
        self.undressed: list[tuple[int, int]] = []
        self.failures: list[BaseException] = []
        cuts = CutHooks(
            self.ask_key,
            lambda camera, earliest, latest: self.keys[camera].for_cut(earliest, latest),
            lambda slot, camera: self.moved.append((slot, camera)),
            lambda first, slot: self.undressed.append((first, slot)),
        )
        hooks = BusHooks(cuts, self.failures.append)
        self.bus = ProgramBus(SMALL, (A, B), A, delay_slots, hooks, maker, heads)
        self.queue = self.bus.subscribe(10_000_000)
        self.bus.start()

    def ask_key(self, camera: CameraId) -> Slot:
        """Like the dispatch: the camera's next slot becomes a key frame."""
        self.asked.append(camera)
        return self.keys[camera].ask(self.next_slot)

    def cut(self, camera: CameraId, wanted: int) -> Slot:
        """A cut that is decided now."""
        return self.bus.cut(camera, wanted, self.next_slot)

    def name(self, camera: CameraId, first: int, length: int = 20) -> Dress:
        """A name over this camera."""
        dress = self.bus.dress(camera, first, length, NAME)
        assert dress is not None
        return dress

    def run(self, slots: int, cameras: tuple[CameraId, ...] = (A, B)) -> "Studio":
        """So many slots pass; key frames every 60 and where asked for."""
        for _ in range(slots):
            slot = self.next_slot
            self.next_slot += 1
            for camera in cameras:
                self.encode(camera, slot)
        return self

    def until_left(self, slot: int, what: str = "what is due") -> None:
        """Waits until everything before this slot has left the bus, and no more."""
        eventually(lambda: self.bus._on_air.next_slot == slot, 5.0, f"{what} has left")

    def keep_up(self) -> None:
        """Waits while the bus is far behind."""
        eventually(lambda: self.bus._on_air.next_slot > self.next_slot - 70, 5.0, "the bus keeps up")

    def lose(self, camera: CameraId, other: CameraId) -> list[VideoPacket]:
        """The camera on air fails; two slots and the delay later the program goes to the other one. All that left."""
        failed = self.next_slot
        self.bus.camera_failed(camera)
        self.run(5, cameras=(other,))
        self.until_left(self.next_slot - self.delay_slots)
        assert self.cut(other, failed + 2) == failed + 2
        return self.run(20, cameras=(other,)).program()

    def end_late(self, heads: HandMadeHeads) -> list[VideoPacket]:
        """The recording ends while heads are waited for, which are made a moment later."""
        later = threading.Timer(0.2, heads.make)
        later.start()
        program = self.program()
        later.join()
        return program

    def encode(self, camera: CameraId, slot: int) -> None:
        """One packet of one camera."""
        kind = FrameKind.KEY if self.keys[camera].pass_slot() else FrameKind.DELTA
        self.bus.offer(VideoPacket(camera, slot, kind, f"{camera}{slot}".encode()))

    def program(self) -> list[VideoPacket]:
        """Everything that left the bus, when it has been closed."""
        self.bus.close(5.0)
        return [packet for packet in drained(self.queue) if isinstance(packet, VideoPacket)]


def drained(queue: PacketQueue) -> Iterator[object]:
    """What waits in a queue that has ended."""
    while not queue.ended:
        packet = queue.get(1.0)
        if packet is not None:
            yield packet


def told(program: Iterable[VideoPacket]) -> str:
    """A letter a slot: the cameras' own packets as a and b, those of their heads as A and B, those with a name over
    them as N (of a) and M (of b), key frames marked."""
    return "".join(_letter(packet) + ("!" if packet.kind is FrameKind.KEY else "") for packet in program)


def _letter(packet: VideoPacket) -> str:
    if packet.payload.startswith(b"name"):
        return {A: "N", B: "M"}[packet.camera]
    return packet.camera.upper() if packet.payload.startswith(b"head") else packet.camera


def joins(before: VideoPacket | None, packet: VideoPacket) -> bool:
    """Whether a decoder that has seen `before` can show the packet."""
    if packet.kind is FrameKind.KEY or before is None:
        return packet.kind is FrameKind.KEY
    heads = [
        each.payload.split(b" of ")[0] if each.payload.startswith((b"head", b"name")) else b""
        for each in (before, packet)
    ]
    return before.camera == packet.camera and heads[0] == heads[1]
