"""Heads with real x264, judged by decoded pictures: the right camera and slot in each, hardly worse than the ISO."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from director_app.core.sources import CameraId
from director_app.media.dress import Dress
from director_app.media.encoder import EncoderError, EncoderSettings, VideoEncoder
from director_app.media.head import HeadEncoder, HeadError
from director_app.media.head_maker import Head, HeadMaker
from director_app.media.layer import Layer
from director_app.media.mp4_reader import AvPacket, Mp4Reader
from director_app.media.nal import parameter_sets_of, same_parameter_sets, to_annex_b, to_length_prefixed, units_of
from director_app.media.packets import FrameKind, VideoPacket
from director_app.media.strip import Strip, read_strip
from tests.helpers.pictures import SMALL, marked_picture
from tests.helpers.wait import eventually

A, B = CameraId("a"), CameraId("b")
INDEX = {A: 1, B: 2}
KEYS = {A: {0, 30, 43, 60}, B: {0, 30, 46, 60}}
SLOTS = 80
SETTINGS = EncoderSettings(SMALL)
VISIBLY_WORSE_DB = 38.0
"""Of a head's picture against the ISO's."""


def encoded(camera: CameraId, settings: EncoderSettings = SETTINGS) -> tuple[list[VideoPacket], bytes]:
    """A camera's packets and parameter sets."""
    packets: list[VideoPacket] = []
    with VideoEncoder(settings) as encoder:
        for slot in range(SLOTS):
            kind = FrameKind.KEY if slot in KEYS[camera] else FrameKind.DELTA
            packets += encoder.encode(camera, slot, marked_picture(settings.canvas, INDEX[camera], slot), kind)
        return packets, encoder.parameter_sets


@pytest.fixture(scope="module")
def cameras() -> dict[CameraId, list[VideoPacket]]:
    """Both cameras' packets."""
    return {camera: encoded(camera)[0] for camera in (A, B)}


@pytest.fixture(scope="module")
def sets() -> bytes:
    """The parameter sets of both."""
    with VideoEncoder(SETTINGS) as encoder:
        return encoder.parameter_sets


def pictures(packets: Sequence[VideoPacket], sets: bytes) -> list[NDArray[np.uint8]]:
    """Decoded by a decoder that forgives nothing."""
    context = av.CodecContext.create("h264", "r")
    context.extradata, context.thread_count = sets, 1
    context.options = {"err_detect": "explode"}
    frames = [frame for packet in packets for frame in context.decode(av.Packet(packet.payload))]
    frames += context.decode(None)
    return [np.asarray(frame.to_ndarray(format="yuv420p"), np.uint8) for frame in frames]


def psnr_db(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    error = float(np.mean(np.square(one.astype(np.float64) - other)))
    return float(10 * np.log10(255**2 / max(error, 1e-9)))


def head_of(packets: Sequence[VideoPacket], sets: bytes, first: int) -> list[VideoPacket]:
    """The head of a shot that begins at this slot, fed from the last key frame before it."""
    start = max(packet.slot for packet in packets if packet.kind is FrameKind.KEY and packet.slot <= first)
    made: list[VideoPacket] = []
    with HeadEncoder(SETTINGS, sets, packets[0].camera, first) as head:
        for packet in packets[start:]:
            made += head.take(packet)
            if head.ended:
                break
    return made


def program(
    cameras: dict[CameraId, list[VideoPacket]], sets: bytes, cuts: Sequence[tuple[int, CameraId]]
) -> list[VideoPacket]:
    """What the bus would make of these cuts, opening on A: heads where the camera has no key frame."""
    made = list(cameras[A])
    for slot, camera in cuts:
        own = cameras[camera]
        head = [] if own[slot].kind is FrameKind.KEY else head_of(own, sets, slot)
        made = [*made[:slot], *head, *own[slot + len(head) :]]
    return made


@pytest.mark.parametrize(
    "cuts",
    [
        [(37, B)],
        [(1, B)],
        [(59, B)],
        [(30, B)],
        [(31, B), (44, A), (45, B)],
        [(20, B), (25, A), (26, B), (27, A), (70, B)],
    ],
    ids=["into a GOP", "at once", "before a key frame", "on a key frame", "quickly", "back and forth"],
)
def test_every_picture_is_that_of_the_wanted_camera_and_slot(
    cuts: Sequence[tuple[int, CameraId]], cameras: dict[CameraId, list[VideoPacket]], sets: bytes
) -> None:
    packets = program(cameras, sets, cuts)
    isos = {camera: pictures(own, sets) for camera, own in cameras.items()}
    on_air = [next((camera for slot, camera in reversed(cuts) if slot <= each), A) for each in range(SLOTS)]
    shown = pictures(packets, sets)
    assert [packet.slot for packet in packets] == list(range(SLOTS))
    assert [read_strip(each) for each in shown] == [Strip(INDEX[who], slot) for slot, who in enumerate(on_air)]
    assert all(packets[slot].kind is FrameKind.KEY for slot, _ in cuts)
    for slot, who in enumerate(on_air):
        if packets[slot] is cameras[who][slot]:
            assert np.array_equal(shown[slot], isos[who][slot])
        else:
            assert psnr_db(shown[slot], isos[who][slot]) > VISIBLY_WORSE_DB


def test_a_head_gives_each_packet_at_once_and_ends_at_a_key_frame_that_is_not_the_next(
    cameras: dict[CameraId, list[VideoPacket]], sets: bytes
) -> None:
    with HeadEncoder(SETTINGS, sets, B, 45) as head:
        slots = [[packet.slot for packet in head.take(each)] for each in cameras[B][30:64]]
        assert head.ended
    assert slots == [[]] * 15 + [[slot] for slot in range(45, 60)] + [[]] * 4


def test_no_head_stands_beside_packets_of_another_kind(sets: bytes) -> None:
    with pytest.raises(HeadError, match="cannot stand beside"):
        HeadEncoder(replace(SETTINGS, preset="superfast"), sets, B, 5)
    with pytest.raises(HeadError, match="cannot be opened"):
        HeadEncoder(replace(SETTINGS, codec="h264_nvenc"), sets, B, 5)


def test_a_head_without_a_key_frame_to_begin_from_says_so(
    cameras: dict[CameraId, list[VideoPacket]], sets: bytes
) -> None:
    with HeadEncoder(SETTINGS, sets, B, 45) as head, pytest.raises(HeadError, match="lot 45 "):
        head.take(cameras[B][45])


def test_packets_keep_their_content_between_encoder_and_mp4(
    tmp_path: Path, cameras: dict[CameraId, list[VideoPacket]], sets: bytes
) -> None:
    path = tmp_path / "a.mp4"
    with VideoEncoder(SETTINGS) as encoder, av.open(str(path), "w") as container:
        stream = container.add_stream_from_template(encoder.stream)
        for packet in cameras[A]:
            muxed: AvPacket = av.Packet(packet.payload)
            muxed.pts = muxed.dts = packet.slot
            muxed.time_base, muxed.stream = Fraction(1, 30), stream
            container.mux_one(muxed)
    with Mp4Reader(path) as reader:
        assert same_parameter_sets(parameter_sets_of(reader.parameter_sets()), sets)
        found = [bytes(packet) for _, packet in reader.video_packets()]
    assert found == [to_length_prefixed(packet.payload) for packet in cameras[A]]
    assert [units_of(to_annex_b(each)) for each in found] == [units_of(packet.payload) for packet in cameras[A]]
    with pytest.raises(ValueError, match="torn"):
        to_annex_b(found[0][:-1])
    with pytest.raises(ValueError, match="understood"):
        parameter_sets_of(sets)


class Kitchen:
    """A head maker and what came out of it."""

    def __init__(self, sets: bytes, encoder: type[VideoEncoder] = VideoEncoder) -> None:
        self.made: list[VideoPacket] = []
        self.failed: list[Head] = []
        self.maker = HeadMaker(SETTINGS, sets, encoder)
        self.maker.start(self._put)

    def _put(self, head: Head, packet: VideoPacket | None) -> None:
        if packet is None:
            self.failed.append(head)
        else:
            self.made.append(packet)


def test_the_maker_makes_several_heads_as_their_packets_come(
    cameras: dict[CameraId, list[VideoPacket]], sets: bytes
) -> None:
    kitchen = Kitchen(sets)
    one = kitchen.maker.begin(A, 33, cameras[A][30:36])
    other = kitchen.maker.begin(B, 35, cameras[B][30:36])
    for slot in range(36, 50):
        kitchen.maker.feed(one, cameras[A][slot])
        kitchen.maker.feed(other, cameras[B][slot])
    kitchen.maker.close(10.0)
    assert [packet.slot for packet in kitchen.made if packet.camera == A] == list(range(33, 43))
    assert [packet.slot for packet in kitchen.made if packet.camera == B] == list(range(35, 46))
    assert (one.fed, other.fed, kitchen.failed) == (True, True, [])


def test_a_head_that_was_dropped_costs_nothing_more(cameras: dict[CameraId, list[VideoPacket]], sets: bytes) -> None:
    gate, entered = threading.Event(), threading.Event()

    class SlowEncoder(VideoEncoder):
        def encode_frame(
            self, camera: CameraId, slot: int, frame: av.VideoFrame, kind: FrameKind
        ) -> list[VideoPacket]:
            entered.set()
            gate.wait(10.0)
            return super().encode_frame(camera, slot, frame, kind)

    kitchen = Kitchen(sets, SlowEncoder)
    head = kitchen.maker.begin(B, 31, cameras[B][30:46])
    assert entered.wait(10.0)
    kitchen.maker.drop(head)
    kitchen.maker.drop(head)
    gate.set()
    kitchen.maker.close(10.0)
    assert [packet.slot for packet in kitchen.made] == [31]


def test_an_encoder_that_fails_costs_its_head_only(cameras: dict[CameraId, list[VideoPacket]], sets: bytes) -> None:
    class FailingEncoder(VideoEncoder):
        def encode_frame(
            self, camera: CameraId, slot: int, frame: av.VideoFrame, kind: FrameKind
        ) -> list[VideoPacket]:
            if camera == A and slot == 35:
                raise EncoderError("out of order.")
            return super().encode_frame(camera, slot, frame, kind)

    kitchen = Kitchen(sets, FailingEncoder)
    head = kitchen.maker.begin(A, 33, cameras[A][30:50])
    kitchen.maker.begin(B, 40, cameras[B][30:50])
    kitchen.maker.close(10.0)
    assert [packet.slot for packet in kitchen.made] == [33, 34, *range(40, 46)]
    assert (head.failure, kitchen.failed) == ("out of order.", [head])


def test_a_name_that_cannot_be_drawn_costs_its_head_only(
    cameras: dict[CameraId, list[VideoPacket]], sets: bytes
) -> None:
    class TornLayer:
        def paint(self, _picture: object, _opacity: float) -> None:
            raise IndexError("no such row")

    kitchen = Kitchen(sets)
    dress = Dress(A, 33, 60, cast(Layer, TornLayer()), SETTINGS.canvas)
    head = kitchen.maker.begin(A, 33, cameras[A][30:50], dress)
    kitchen.maker.begin(B, 40, cameras[B][30:50])
    kitchen.maker.close(10.0)
    assert [packet.slot for packet in kitchen.made] == [*range(40, 46)]
    assert (head.failure, kitchen.failed) == ("Slot 33 cannot be drawn over: no such row", [head])


def test_a_maker_that_crashes_tells_whoever_waits(cameras: dict[CameraId, list[VideoPacket]], sets: bytes) -> None:
    class BrokenEncoder(VideoEncoder):
        def encode_frame(
            self, camera: CameraId, slot: int, frame: av.VideoFrame, kind: FrameKind
        ) -> list[VideoPacket]:
            raise MemoryError("none left")

    kitchen = Kitchen(sets, BrokenEncoder)
    heads = [kitchen.maker.begin(camera, 33, cameras[camera][30:50]) for camera in (A, B)]
    eventually(lambda: kitchen.maker.crashed, 10.0, "the crash")
    later = kitchen.maker.begin(A, 40, cameras[A][30:50])
    with pytest.raises(MemoryError, match="none left"):
        kitchen.maker.close(10.0)
    assert all("none left" in (head.failure or "") for head in (*heads, later))


def test_a_maker_that_cannot_make_heads_says_so_at_once() -> None:
    with VideoEncoder(replace(SETTINGS, preset="superfast")) as other, pytest.raises(HeadError):
        HeadMaker(SETTINGS, other.parameter_sets)


def test_pictures_are_not_touched_by_encoding_them_again(
    cameras: dict[CameraId, list[VideoPacket]], sets: bytes
) -> None:
    """Decoded pictures go to the encoder as they are; the same buffers serve later pictures."""
    one, other = head_of(cameras[B], sets, 31), head_of(cameras[B], sets, 31)
    assert [packet.payload for packet in one] == [packet.payload for packet in other]
