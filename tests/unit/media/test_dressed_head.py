"""Names over real x264 packets, judged by decoded pictures: the plate in its slots, the right picture in every slot,
hardly worse than the camera's own, and both joins clean."""

from collections.abc import Sequence
from dataclasses import replace

import av
import numpy as np
import pytest
from PIL import Image

from director_app.core.sources import CameraId
from director_app.media.dress import Dress
from director_app.media.encoder import EncoderSettings, VideoEncoder
from director_app.media.frame import I420
from director_app.media.head import HeadEncoder
from director_app.media.layer import Layer, layer_of
from director_app.media.packets import FrameKind, VideoPacket
from director_app.media.program_encoder import TranscodedProgram
from director_app.media.strip import Strip, read_strip
from tests.helpers.pictures import SMALL, marked_picture

A = CameraId("a")
SETTINGS = EncoderSettings(SMALL)
FIRST, END, SLOTS = 20, 60, 75
LEFT, TOP, WIDTH, HEIGHT = 32, 200, 200, 60
VISIBLY_WORSE_DB = 38.0


def plate() -> Layer:
    """White, opaque."""
    return layer_of(Image.new("RGBA", (WIDTH, HEIGHT), (255, 255, 255, 255)), LEFT, TOP, SMALL)


def own_packets(keys: set[int]) -> tuple[list[VideoPacket], bytes]:
    packets: list[VideoPacket] = []
    with VideoEncoder(SETTINGS) as encoder:
        for slot in range(SLOTS):
            kind = FrameKind.KEY if slot in keys else FrameKind.DELTA
            packets += encoder.encode(A, slot, marked_picture(SMALL, 1, slot), kind)
        return packets, encoder.parameter_sets


def pictures(packets: Sequence[VideoPacket], sets: bytes) -> list[I420]:
    """Decoded by a decoder that forgives nothing."""
    context = av.CodecContext.create("h264", "r")
    context.extradata, context.thread_count = sets, 1
    context.options = {"err_detect": "explode"}
    frames = [frame for packet in packets for frame in context.decode(av.Packet(packet.payload))]
    frames += context.decode(None)
    return [np.ascontiguousarray(frame.to_ndarray(format="yuv420p"), np.uint8)[: SMALL.height] for frame in frames]


def psnr_db(one: I420, other: I420) -> float:
    error = float(np.mean(np.square(one.astype(np.float64) - other)))
    return float(10 * np.log10(255**2 / max(error, 1e-9)))


@pytest.mark.parametrize(
    ("keys", "begins", "inner"),
    [
        ({0, END}, FIRST, []),
        ({0, FIRST - 1, FIRST + 10, END}, FIRST - 1, [FIRST + 10]),
        ({0, FIRST, FIRST + 1, END - 1, END}, FIRST, []),
        ({0, FIRST + 1, FIRST + 2, FIRST + 20, END - 2, END}, FIRST, [FIRST + 2, FIRST + 20, END - 2]),
    ],
    ids=["one group", "after a key frame", "key frames at both ends", "many key frames"],
)
def test_the_plate_lies_over_its_slots_and_all_else_is_the_cameras(
    keys: set[int], begins: int, inner: list[int]
) -> None:
    own, sets = own_packets(keys)
    made: list[VideoPacket] = []
    with HeadEncoder(SETTINGS, sets, A, FIRST, dress=Dress(A, FIRST, END, plate(), SMALL)) as head:
        for packet in own:
            made += head.take(packet)
        assert head.ended
    assert [packet.slot for packet in made] == list(range(begins, END))
    assert [packet.slot for packet in made if packet.kind is FrameKind.KEY] == [begins, *inner]
    program = [*own[:begins], *made, *own[END:]]
    shown, real = pictures(program, sets), pictures(own, sets)
    assert [read_strip(each) for each in (_tall(each) for each in shown)] == [Strip(1, slot) for slot in range(SLOTS)]
    inside = np.zeros(shown[0].shape, bool)
    inside[TOP : TOP + HEIGHT, LEFT : LEFT + WIDTH] = True
    for slot, (one, other) in enumerate(zip(shown, real, strict=True)):
        if slot < begins or slot >= END:
            assert np.array_equal(one, other)
        assert psnr_db(one[~inside], other[~inside]) > VISIBLY_WORSE_DB
        if FIRST + 10 <= slot < END - 10:
            assert float(one[inside].mean()) > 220
        elif not FIRST <= slot < END:
            assert psnr_db(one[inside], other[inside]) > VISIBLY_WORSE_DB


def _tall(luma: I420) -> I420:
    """With planes of colour under it, as a strip is read from."""
    return np.concatenate([luma, np.full((luma.shape[0] // 2, luma.shape[1]), 128, np.uint8)])


def test_a_name_that_is_to_go_fades_before_its_end() -> None:
    own, sets = own_packets({0, 40})
    dress = Dress(A, FIRST, END, plate(), SMALL)
    made: list[VideoPacket] = []
    with HeadEncoder(SETTINGS, sets, A, FIRST, dress=dress) as head:
        for packet in own:
            if packet.slot == 31:
                dress.end = 40
            made += head.take(packet)
    assert [packet.slot for packet in made] == list(range(FIRST, 40))
    shown = pictures([*own[:FIRST], *made], sets)
    bright = [float(each[TOP : TOP + HEIGHT, LEFT : LEFT + WIDTH].mean()) for each in shown]
    assert bright[30] > 220
    assert sorted(bright[31:40], reverse=True) == bright[31:40]


def test_a_program_with_an_encoder_of_its_own_bears_the_plate_too() -> None:
    own, sets = own_packets({0})
    program = TranscodedProgram(replace(SETTINGS, preset="superfast"), {A: sets})
    dress = Dress(A, FIRST, END, plate(), SMALL)
    made: list[VideoPacket] = []
    for packet in own:
        program.see(packet)
        made += program.make(packet, dress if FIRST <= packet.slot < END else None)
    shown = pictures(made, program.encoder.parameter_sets)
    program.close()
    bright = [float(each[TOP : TOP + HEIGHT, LEFT : LEFT + WIDTH].mean()) > 220 for each in shown]
    assert bright[FIRST + 10 : END - 10] == [True] * (END - FIRST - 20)
    assert not any(bright[:FIRST] + bright[END:])
