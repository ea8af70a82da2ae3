"""The program bus with hand-made packets: order, delay, cuts on key frames and heads, failures, slow readers."""

import random
import threading
from collections.abc import Iterable, Iterator
from itertools import pairwise

import pytest

from director_app.core.canvas import Slot
from director_app.core.cut_list import CutList
from director_app.core.key_frames import KeyFrames
from director_app.core.sources import CameraId
from director_app.media.bus import BusHooks, ProgramBus, ProgramMaker, Routed
from director_app.media.head import SHORTEST_HEAD, ends_head
from director_app.media.head_maker import Head, HeadMaker, OnMade
from director_app.media.on_air import CutHooks
from director_app.media.packet_queue import PacketQueue
from director_app.media.packets import FrameKind, VideoPacket
from director_app.media.sound.packets import SoundPacket
from tests.helpers.pictures import SMALL
from tests.helpers.wait import eventually

A, B = CameraId("a"), CameraId("b")


class HandMadeHeads(HeadMaker):
    """Makes heads of hand-made packets, at once or when the test says so, and on the test's thread."""

    def __init__(self, slowly: bool = False) -> None:  # noqa: FBT001, FBT002 - a test's shorthand
        self.slowly = slowly
        self.heads: list[Head] = []
        self.waiting: list[tuple[Head, VideoPacket]] = []
        self.error: BaseException | None = None
        self.closed = False

    @property
    def crashed(self) -> BaseException | None:
        return self.error

    def start(self, on_made: OnMade) -> None:
        self.on_made = on_made

    def begin(self, camera: CameraId, first: int, packets: Iterable[VideoPacket]) -> Head:
        head = Head(camera, first)
        self.heads.append(head)
        for packet in packets:
            self.feed(head, packet)
        return head

    def feed(self, head: Head, packet: VideoPacket) -> None:
        if head.fed or head.failure is not None:
            return
        head.fed = ends_head(head.first, packet)
        if packet.slot >= head.first and not head.fed:
            self.waiting.append((head, packet))
        if not self.slowly:
            self.make()

    def make(self, most: int = 1000) -> None:
        """What waits, up to so many packets."""
        waiting, self.waiting = self.waiting[:most], self.waiting[most:]
        for head, packet in waiting:
            kind = FrameKind.KEY if packet.slot == head.first else FrameKind.DELTA
            self.on_made(
                head, VideoPacket(head.camera, packet.slot, kind, b"head %d of " % head.first + packet.payload)
            )

    def fail(self, head: Head) -> None:
        """As the maker does it."""
        head.failure = "no encoder"
        self.waiting.clear()
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
        self.keys = {A: KeyFrames(60), B: KeyFrames(60)}
        self.asked: list[CameraId] = []
        self.moved: list[tuple[int, CameraId]] = []
        self.failures: list[BaseException] = []
        cuts = CutHooks(
            self.ask_key,
            lambda camera, earliest, latest: self.keys[camera].for_cut(earliest, latest),
            lambda slot, camera: self.moved.append((slot, camera)),
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

    def run(self, slots: int, cameras: tuple[CameraId, ...] = (A, B)) -> "Studio":
        """So many slots pass; key frames every 60 and where asked for."""
        for _ in range(slots):
            slot = self.next_slot
            self.next_slot += 1
            for camera in cameras:
                self.encode(camera, slot)
        return self

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


@pytest.mark.parametrize("delay", [0, 7, 30])
def test_every_slot_leaves_once_in_order_from_the_opening_camera(delay: int) -> None:
    program = Studio(delay).run(100).program()
    assert [packet.slot for packet in program] == list(range(100))
    assert {packet.camera for packet in program} == {A}


@pytest.mark.parametrize("delay", [0, 7, 30])
def test_a_cut_falls_on_a_key_frame_of_its_camera_and_on_the_slot_it_promised(delay: int) -> None:
    studio = Studio(delay).run(40)
    slot = studio.cut(B, 39)
    program = studio.run(60).program()
    assert slot == 40
    assert [packet.camera for packet in program] == [A] * 40 + [B] * 60
    assert program[40].kind is FrameKind.KEY


def test_with_a_delay_a_cut_may_fall_in_the_past_of_the_room() -> None:
    studio = Studio(30).run(50)
    studio.ask_key(B)
    studio.run(10)
    slot = studio.cut(B, 45)
    assert slot == 50
    assert [packet.camera for packet in studio.run(40).program()] == [A] * 50 + [B] * 50


def test_a_newer_cut_replaces_one_that_has_not_left_yet() -> None:
    studio = Studio(30).run(40)
    studio.cut(B, 40)
    studio.run(5)
    studio.cut(A, 40)
    cameras = [packet.camera for packet in studio.run(40).program()]
    assert cameras[:40] == [A] * 40
    assert cameras[45:] == [A] * 40


def test_a_camera_that_encodes_late_is_waited_for() -> None:
    studio = Studio(0).run(20)
    studio.next_slot = 30
    for slot in range(20, 30):
        studio.encode(B, slot)
    for slot in range(20, 30):
        studio.encode(A, slot)
    program = studio.program()
    assert [packet.slot for packet in program] == list(range(30))
    assert {packet.camera for packet in program} == {A}


def test_slots_of_a_camera_that_failed_are_left_out_until_the_cut_away() -> None:
    studio = Studio(0).run(20)
    studio.bus.camera_failed(A)
    studio.run(3, cameras=(B,))
    slot = studio.cut(B, 21)
    program = studio.run(20, cameras=(B,)).program()
    assert slot == 23
    assert [packet.slot for packet in program] == [*range(20), *range(23, 43)]


def test_a_camera_comes_on_air_with_a_key_frame_only_whatever_was_promised() -> None:
    studio = Studio(0).run(20)
    slot = studio.cut(B, 20)
    studio.next_slot += 1
    for camera in (A, B):
        studio.keys[camera].pass_slot()
        studio.bus.offer(VideoPacket(camera, 20, FrameKind.DELTA, b"no key frame"))
    eventually(lambda: studio.asked, 5.0, "a key frame asked for anew")
    program = studio.run(21).program()
    assert slot == 20
    first = next(index for index, packet in enumerate(program) if packet.camera == B)
    assert program[first].kind is FrameKind.KEY
    assert [packet.slot for packet in program] == list(range(42))
    assert {packet.camera for packet in program[:first]} == {A}
    assert studio.moved == [(20, A), (first, B)]


def test_a_program_that_cannot_be_made_is_told_and_nothing_piles_up() -> None:
    class Broken(Routed):
        def make(self, packet: VideoPacket) -> tuple[VideoPacket, ...]:
            raise OSError("no encoder")

    studio = Studio(0, Broken()).run(200)
    with pytest.raises(OSError, match="no encoder"):
        studio.bus.close(5.0)
    assert [str(error) for error in studio.failures] == ["no encoder"]
    assert studio.queue.ended
    studio.run(50)
    assert studio.bus._on_air.waiting == 0


def test_a_late_reader_begins_with_a_key_frame() -> None:
    studio = Studio(0).run(30)
    late = studio.bus.subscribe(1_000_000)
    studio.run(60).program()
    packets = [packet for packet in drained(late) if isinstance(packet, VideoPacket)]
    assert packets[0].kind is FrameKind.KEY
    assert late.left_out == 0
    assert studio.bus.subscribe(1000).ended


def test_sound_leaves_with_the_pictures_of_its_time() -> None:
    studio = Studio(10)
    for index in range(100):
        studio.bus.offer_sound(SoundPacket("mix", index * 1024, 1024, b"s"))
    studio.run(40)
    studio.bus.close(5.0)
    packets = list(drained(studio.queue))
    assert sum(isinstance(packet, SoundPacket) for packet in packets) == 100
    pictures = 0
    for packet in packets:
        pictures += isinstance(packet, VideoPacket)
        if isinstance(packet, SoundPacket) and pictures < 40:
            assert packet.pts < SMALL.first_sample_of(pictures)


def test_a_reader_that_never_reads_keeps_nobody_waiting() -> None:
    studio = Studio(0)
    slow = studio.bus.subscribe(200)
    program = studio.run(300).program()
    assert len(program) == 300
    assert slow.left_out > 200


def test_an_unsubscribed_queue_ends() -> None:
    studio = Studio(0)
    other = studio.bus.subscribe(1000)
    studio.bus.unsubscribe(other)
    studio.run(5).program()
    assert other.ended


def told(program: list[VideoPacket]) -> str:
    """A letter a slot: the camera's own packets as a and b, those of its heads as A and B, key frames marked."""
    letters = [
        (packet.camera.upper() if packet.payload.startswith(b"head") else packet.camera)
        + ("!" if packet.kind is FrameKind.KEY else "")
        for packet in program
    ]
    return "".join(letters)


def test_with_heads_a_cut_falls_on_the_very_slot_that_was_wanted() -> None:
    heads = HandMadeHeads()
    studio = Studio(10, heads=heads).run(50)
    assert studio.cut(B, 45) == 45
    assert studio.bus.head_end(45) == 50
    program = studio.run(20).program()
    assert [packet.slot for packet in program] == list(range(70))
    assert told(program[40:55]) == "aaaaa" + "B!BBBB" + "b!bbbb"
    assert (studio.moved, studio.bus.skipped, heads.closed) == ([], 0, True)


def test_no_cut_falls_on_a_slot_that_has_left() -> None:
    studio = Studio(10, heads=HandMadeHeads()).run(50)
    eventually(lambda: studio.bus._on_air.next_slot == 40, 5.0, "everything due has left")
    assert studio.cut(B, 20) == 40
    assert told(studio.run(20).program()[38:53]) == "aa" + "B!BBBBBBBBB" + "b!bb"


def test_no_head_is_made_where_a_key_frame_lies_or_can_still_be() -> None:
    heads = HandMadeHeads()
    studio = Studio(30, heads=heads).run(70)
    assert studio.cut(B, 60) == 60
    assert studio.cut(A, 70) == 70
    assert studio.bus.head_end(70) is None
    assert told(studio.run(40).program()[58:72]) == "aa" + "b!bbbbbbbbb" + "a!a"
    assert heads.heads == []


def test_no_head_is_so_short_that_two_key_frames_meet() -> None:
    assert SHORTEST_HEAD == 2
    studio = Studio(30, heads=HandMadeHeads()).run(70)
    assert studio.cut(B, 59) == 59
    assert studio.bus.head_end(59) == 70 == studio.keys[B].for_cut(61, 61 + 9)
    program = studio.run(40).program()
    assert told(program[57:62]) == "aaB!BB"
    assert told(program[68:72]) == "BBb!b"


def test_cuts_in_quick_succession_each_have_their_head() -> None:
    studio = Studio(30, heads=HandMadeHeads()).run(50)
    assert [studio.cut(B, 30), studio.cut(A, 33), studio.cut(B, 34)] == [30, 33, 34]
    assert told(studio.run(30).program()[28:52]) == "aa" + "B!BB" + "A!" + "B!" + "B" * 15 + "b!b"


def test_a_cut_back_to_the_camera_before_needs_no_head() -> None:
    heads = HandMadeHeads(slowly=True)
    studio = Studio(30, heads=heads).run(50)
    studio.cut(B, 40)
    assert studio.cut(A, 35) == 35
    assert [head.dropped for head in heads.heads] == [True]
    assert told(studio.run(40).program()) == "a!" + "a" * 59 + "a!" + "a" * 29


def test_a_newer_cut_to_the_camera_that_comes_anyway_changes_nothing() -> None:
    studio = Studio(30, heads=HandMadeHeads()).run(50)
    studio.cut(B, 30)
    assert studio.cut(B, 35) == 35
    assert studio.bus.head_end(35) is None
    assert told(studio.run(40).program()[29:52]) == "a" + "B!" + "B" * 19 + "b!b"


def test_an_earlier_cut_replaces_one_whose_head_is_being_made() -> None:
    heads = HandMadeHeads(slowly=True)
    studio = Studio(30, heads=heads).run(50)
    studio.cut(B, 40)
    studio.cut(B, 30)
    heads.make()
    assert [(head.first, head.dropped) for head in heads.heads] == [(40, True), (30, False)]
    heads.slowly = False
    assert told(studio.run(30).program()[28:52]) == "aa" + "B!" + "B" * 19 + "b!b"


def test_a_slow_head_is_waited_for() -> None:
    heads = HandMadeHeads(slowly=True)
    studio = Studio(10, heads=heads).run(50)
    studio.cut(B, 45)
    studio.run(30)
    eventually(lambda: studio.bus._on_air.next_slot == 45, 5.0, "everything before the head has left")
    heads.make()
    assert told(studio.program()[43:53]) == "aa" + "B!BBBB" + "b!bb"
    assert studio.moved == []


def test_a_head_that_is_too_slow_leaves_the_cut_to_the_key_frame() -> None:
    heads = HandMadeHeads(slowly=True)
    studio = Studio(10, heads=heads).run(50)
    studio.cut(B, 45)
    studio.run(40)
    eventually(lambda: studio.moved, 5.0, "the cut has been moved")
    heads.make()
    assert told(studio.program()[43:53]) == "aaaaaaa" + "b!bb"
    assert studio.moved == [(45, A), (50, B)]
    assert studio.asked == [], "the key frame had been asked for at the cut"


def test_a_head_that_fails_before_it_begins_leaves_the_cut_to_the_key_frame() -> None:
    heads = HandMadeHeads(slowly=True)
    studio = Studio(10, heads=heads).run(50)
    studio.cut(B, 45)
    heads.fail(heads.heads[0])
    assert told(studio.run(20).program()[43:53]) == "aaaaaaa" + "b!bb"
    assert studio.moved == [(45, A), (50, B)]


def test_a_head_that_fails_half_way_leaves_out_what_cannot_be_decoded() -> None:
    heads = HandMadeHeads(slowly=True)
    studio = Studio(10, heads=heads).run(50)
    studio.cut(B, 45)
    heads.make(2)
    studio.run(10)
    eventually(lambda: studio.bus._on_air.next_slot == 47, 5.0, "half the head has left")
    heads.fail(heads.heads[0])
    program = studio.run(20).program()
    assert [packet.slot for packet in program] == [*range(47), *range(50, 80)]
    assert told(program[44:49]) == "aB!Bb!b"
    assert studio.bus.skipped == 3


def test_a_camera_that_fails_inside_its_head_leaves_the_rest_out_until_the_cut_away() -> None:
    studio = Studio(10, heads=HandMadeHeads()).run(50)
    studio.cut(B, 45)
    studio.bus.camera_failed(B)
    studio.run(5, cameras=(A,))
    eventually(lambda: studio.bus._on_air.next_slot == 45, 5.0, "what is due has left")
    assert studio.cut(A, 52) == 52
    program = studio.run(20, cameras=(A,)).program()
    assert [packet.slot for packet in program] == [*range(50), *range(52, 75)]
    assert told(program[44:55]) == "aB!BBBB" + "A!AAa!a"


def test_a_recording_that_ends_inside_a_head_has_every_slot() -> None:
    heads = HandMadeHeads(slowly=True)
    studio = Studio(10, heads=heads).run(50)
    studio.cut(B, 45)
    later = threading.Timer(0.2, heads.make)
    later.start()
    assert told(studio.program()[43:]) == "aa" + "B!BBBB"
    later.join()


def test_after_the_head_maker_has_crashed_cuts_wait_for_key_frames() -> None:
    heads = HandMadeHeads()
    studio = Studio(10, heads=heads).run(50)
    heads.error = MemoryError("none left")
    assert studio.cut(B, 45) == 50
    assert studio.bus.head_end(50) is None
    assert told(studio.run(20).program()[48:52]) == "aab!b"


def test_what_is_kept_of_a_camera_is_its_last_group_of_pictures_and_the_delay() -> None:
    studio = Studio(30, heads=HandMadeHeads()).run(1000)
    eventually(lambda: studio.bus._on_air.next_slot == 970, 5.0, "what is due has left")
    assert studio.bus._on_air.waiting == 2 * (1000 - 960)
    studio.program()


def joins(before: VideoPacket | None, packet: VideoPacket) -> bool:
    """Whether a decoder that has seen `before` can show the packet."""
    if packet.kind is FrameKind.KEY or before is None:
        return packet.kind is FrameKind.KEY
    kinds = [each.payload.split(b" of ")[0] if each.payload.startswith(b"head") else b"" for each in (before, packet)]
    return before.camera == packet.camera and kinds[0] == kinds[1]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_cut_and_however_heads_fare_every_packet_can_be_decoded(seed: int) -> None:
    """Random cuts in the last second, heads that are slow, late or fail, and a camera that ends."""
    random_ = random.Random(seed)
    heads = HandMadeHeads()
    studio = Studio(30, heads=heads)
    cuts = CutList(A)
    for _ in range(600):
        studio.run(1)
        if random_.random() < 0.1:
            camera = random_.choice((A, B))
            cuts.cut(studio.cut(camera, studio.next_slot - random_.randint(0, 35)), camera)
        if random_.random() < 0.05:
            heads.slowly = not heads.slowly
        if not heads.slowly or random_.random() < 0.1:
            heads.make(random_.randint(1, 60))
        if heads.waiting and random_.random() < 0.01:
            heads.fail(heads.waiting[0][0])
        if seed % 4 == 0 and studio.next_slot % 50 == 0:
            eventually(lambda: studio.bus._on_air.next_slot > studio.next_slot - 70, 5.0, "the bus keeps up")
    heads.slowly = False
    heads.make()
    program = studio.program()
    for slot, camera in studio.moved:
        cuts.correct(slot, camera)
    assert [packet.camera for packet in program] == [cuts.on_air(packet.slot) for packet in program]
    pairs = pairwise([None, *program])
    assert all(joins(before, packet) for before, packet in pairs if packet is not None)
    missing = set(range(600)) - {packet.slot for packet in program}
    assert len(missing) == studio.bus.skipped
    assert not missing or any(head.failure or head.dropped for head in heads.heads)
