"""The program bus with hand-made packets: order, delay, cuts on key frames, failures, slow readers."""

import pytest

from director_app.media.bus import Routed
from director_app.media.dress import Dress
from director_app.media.packets import FrameKind, VideoPacket
from director_app.media.sound.packets import SoundPacket
from tests.helpers.pictures import SMALL
from tests.helpers.studio import A, B, Studio, drained
from tests.helpers.wait import eventually


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
        def make(self, packet: VideoPacket, worn: Dress | None = None) -> tuple[VideoPacket, ...]:
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
