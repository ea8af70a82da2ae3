"""Encoders with real x264: packets of different cameras join, failing encoders lose no slot."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from director_app.core.sources import CameraId
from director_app.media.camera_encoder import CameraEncoder
from director_app.media.encoder import EncoderError, EncoderSettings, VideoEncoder
from director_app.media.frame import I420, Frame, FramePool
from director_app.media.packets import FrameKind, VideoPacket
from director_app.media.probe import probe
from director_app.media.program_encoder import TranscodedProgram
from tests.helpers.pictures import SMALL, marked_picture

A, B = CameraId("a"), CameraId("b")
SETTINGS = EncoderSettings(SMALL)


def kind_of(slot: int) -> FrameKind:
    """A key frame every ten slots."""
    return FrameKind.KEY if slot % 10 == 0 else FrameKind.DELTA


def test_every_picture_gives_its_packet_at_once_and_keys_are_where_they_were_asked_for() -> None:
    with VideoEncoder(SETTINGS) as encoder:
        for slot in range(25):
            packets = encoder.encode(A, slot, marked_picture(SMALL, 1, slot), kind_of(slot))
            assert [(packet.slot, packet.kind) for packet in packets] == [(slot, kind_of(slot))]
        assert encoder.flush(A) == []


def test_parameter_sets_do_not_depend_on_quality_or_rate() -> None:
    with (
        VideoEncoder(SETTINGS) as one,
        VideoEncoder(replace(SETTINGS, crf=30)) as other,
        VideoEncoder(replace(SETTINGS, preset="superfast")) as different,
    ):
        assert one.parameter_sets == other.parameter_sets
        assert one.parameter_sets != different.parameter_sets


def test_an_encoder_that_does_not_exist_says_so() -> None:
    with pytest.raises(EncoderError, match="h264_nvenc cannot be opened"):
        VideoEncoder(replace(SETTINGS, codec="h264_nvenc"))


def test_the_probe_accepts_x264_and_tells_why_others_fail() -> None:
    good = probe(SETTINGS)
    assert (good.problem, good.answers_at_once, good.obeys_keys) == (None, True, True)
    assert good.cpu_s > 0
    assert "cannot be opened" in (probe(replace(SETTINGS, codec="h264_qsv")).problem or "")


class FailingEncoder(VideoEncoder):
    """Raises at the given slots, each once."""

    failures: set[int]

    def encode(self, camera: CameraId, slot: int, picture: I420, kind: FrameKind) -> list[VideoPacket]:
        """Like an encoder whose driver gives up."""
        if slot in self.failures:
            self.failures.discard(slot)
            raise EncoderError(f"driver lost at {slot}.")
        return super().encode(camera, slot, picture, kind)


class BrokenEncoder(VideoEncoder):
    """Never encodes anything."""

    def encode(self, camera: CameraId, slot: int, picture: I420, kind: FrameKind) -> list[VideoPacket]:
        """Like an encoder whose driver is gone for good."""
        raise EncoderError("driver gone.")


def frame_of(pool: FramePool, number: int) -> Frame:
    """A marked picture on loan."""
    frame = pool.lend()
    np.copyto(frame.picture, marked_picture(SMALL, 1, number))
    return frame


def test_an_encoder_that_raises_is_opened_anew_and_no_slot_is_missing() -> None:
    FailingEncoder.failures = {7, 8}
    packets: list[VideoPacket] = []
    failed: list[str] = []
    pool = FramePool(SMALL)
    encoder = CameraEncoder(A, SETTINGS, packets.append, lambda _, why: failed.append(why), FailingEncoder)
    encoder.start()
    for slot in range(20):
        encoder.offer(slot, frame_of(pool, slot), kind_of(slot))
    encoder.close(10.0)
    assert [packet.slot for packet in packets] == list(range(20))
    assert {packet.slot for packet in packets if packet.kind is FrameKind.KEY} == {0, 7, 8, 10}
    assert (encoder.reopened, failed) == (2, [])


def test_an_encoder_that_is_gone_for_good_gives_the_camera_up_with_the_reason() -> None:
    failed: list[tuple[CameraId, str]] = []
    encoder = CameraEncoder(A, SETTINGS, lambda _: None, lambda who, why: failed.append((who, why)), BrokenEncoder)
    encoder.start()
    pool = FramePool(SMALL)
    for slot in range(5):
        encoder.offer(slot, frame_of(pool, slot), FrameKind.DELTA)
    encoder.close(10.0)
    assert failed == [(A, "driver gone.")]
    assert encoder.failed


def test_an_overloaded_encoder_repeats_pictures_and_keeps_every_slot() -> None:
    gate = threading.Event()
    packets: list[VideoPacket] = []

    class SlowEncoder(VideoEncoder):
        def encode(self, camera: CameraId, slot: int, picture: I420, kind: FrameKind) -> list[VideoPacket]:
            gate.wait(10.0)
            return super().encode(camera, slot, picture, kind)

    encoder = CameraEncoder(A, SETTINGS, packets.append, lambda *_: None, SlowEncoder)
    encoder.start()
    pool = FramePool(SMALL)
    for slot in range(60):
        encoder.offer(slot, frame_of(pool, slot), kind_of(slot))
    made = pool.made
    gate.set()
    encoder.close(10.0)
    assert [packet.slot for packet in packets] == list(range(60))
    assert 28 <= encoder.overloaded <= 31
    assert made <= 33


def test_the_fallback_program_cuts_anywhere_and_keeps_every_slot() -> None:
    with VideoEncoder(SETTINGS) as one, VideoEncoder(replace(SETTINGS, preset="superfast")) as other:
        program = TranscodedProgram(SETTINGS, {A: one.parameter_sets, B: other.parameter_sets})
        made: list[VideoPacket] = []
        for slot in range(40):
            kind = FrameKind.KEY if slot % 30 == 0 else FrameKind.DELTA
            for camera, encoder, index in ((A, one, 1), (B, other, 2)):
                for packet in encoder.encode(camera, slot, marked_picture(SMALL, index, slot), kind):
                    program.see(packet)
                    if camera == (A if slot < 17 else B):
                        made += program.make(packet)
        program.close()
    assert [packet.slot for packet in made] == list(range(40))
    assert {packet.slot for packet in made if packet.kind is FrameKind.KEY} == {0, 17}
