"""The queue before a slow disk or network."""

from director_app.core.sources import CameraId
from director_app.media.packet_queue import PacketQueue
from director_app.media.packets import FrameKind, Packet, VideoPacket
from director_app.media.sound.packets import SoundPacket


def picture(slot: int, kind: FrameKind = FrameKind.DELTA, size: int = 100) -> VideoPacket:
    """A packet of this size."""
    return VideoPacket(CameraId("a"), slot, kind, bytes(size))


def test_first_in_first_out() -> None:
    queue = PacketQueue(1000)
    for slot in range(3):
        queue.put(picture(slot, FrameKind.KEY))
    got = [queue.get(0.0) for _ in range(3)]
    assert [each.slot for each in got if isinstance(each, VideoPacket)] == [0, 1, 2]


def test_when_full_pictures_are_left_out_up_to_the_next_key_frame_that_fits() -> None:
    queue = PacketQueue(250)
    for slot in range(4):
        queue.put(picture(slot, FrameKind.DELTA if slot else FrameKind.KEY))
    queue.get(0.0)
    queue.put(picture(4))
    queue.put(picture(5, FrameKind.KEY))
    assert queue.left_out == 3
    rest = [queue.get(0.0), queue.get(0.0), queue.get(0.0)]
    assert [each.slot for each in rest if isinstance(each, VideoPacket)] == [1, 5]


def test_several_at_once_are_each_taken_or_left_out_as_they_would_be_alone() -> None:
    queue, alone = PacketQueue(250), PacketQueue(250)
    sound = SoundPacket("mix", 0, 1024, bytes(40))
    packets: list[Packet] = [picture(0, FrameKind.KEY), picture(1), picture(2), sound, picture(3)]
    queue.put(*packets)
    queue.put()
    for packet in packets:
        alone.put(packet)
    assert queue.left_out == alone.left_out == 2
    assert queue.drain() == alone.drain() == [packets[0], packets[1], packets[3]]


def test_sound_is_left_out_only_while_there_is_no_room() -> None:
    queue = PacketQueue(100)
    queue.put(picture(0, FrameKind.KEY))
    queue.put(SoundPacket("mix", 0, 1024, bytes(10)))
    queue.get(0.0)
    queue.put(SoundPacket("mix", 1024, 1024, bytes(10)))
    assert queue.left_out == 1
    assert queue.waiting_bytes == 10


def test_an_ended_queue_gives_the_rest_and_takes_nothing_more() -> None:
    queue = PacketQueue(1000)
    queue.put(picture(0, FrameKind.KEY))
    queue.end()
    queue.put(picture(1))
    assert [queue.ended, queue.get(0.0) is None, queue.ended, queue.get(0.0) is None] == [False, False, True, True]
