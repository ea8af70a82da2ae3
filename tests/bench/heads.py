"""What the head of a shot costs and how good it is: 1080p, a person before a wall, with a sensor's noise."""

import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from statistics import mean

import av
import cv2
import numpy as np

from director_app.core.canvas import Canvas
from director_app.core.sources import CameraId
from director_app.media.encoder import EncoderSettings, VideoEncoder
from director_app.media.frame import I420
from director_app.media.head import HeadEncoder
from director_app.media.packets import FrameKind, VideoPacket
from director_app.post.heads import psnr_db
from tests.bench.row import Row, at_most, shown

_SETTINGS = EncoderSettings(Canvas(1920, 1080, Fraction(30)))
_CAMERA = CameraId("camera")
_PERIOD = _SETTINGS.period_slots
_HEADS = ((1, 1), (1, 15), (30, 15), (30, 30), (59, 15))
"""(slots since the key frame before, length)."""

_TYPICAL = (30, 15)


def rows(_: Path) -> Iterator[Row]:
    """CPU by distance and length on one thread, and the quality of all of them."""
    filmed = list(pictures(_PERIOD * 2))
    packets, sets = _encoded(filmed)
    iso = _decoded(packets, sets)
    worse: list[float] = []
    apart: list[float] = []
    for since, length in _HEADS:
        first, end = since, since + length
        made, first_ms, all_ms = _head(packets[:end], sets, first)
        heads = _decoded(made, sets)
        real, given = iso[first:end], filmed[first:end]
        worse += [psnr_db(one, two) - psnr_db(three, two) for one, two, three in zip(real, given, heads, strict=True)]
        apart += [psnr_db(one, two) for one, two in zip(real, heads, strict=True)]
        more = sum(len(each.payload) for each in made) - sum(len(each.payload) for each in packets[first:end])
        remark = f"first packet after {first_ms:.0f} ms, {more / 1000:+.0f} kB against the ISO"
        name = f"head-{since}-{length}"
        if (since, length) == _TYPICAL:
            yield at_most(
                name, all_ms, "ms CPU", 240, f"{remark}; at 5 cuts a minute {all_ms * 5 / 600:.2f} % of a core"
            )
        else:
            yield shown(name, all_ms, "ms CPU", remark)
    yield at_most(
        "head-worse", mean(worse), "dB", 1.0, f"than the ISO against what was filmed, worst {max(worse):.1f}"
    )
    yield shown("head-against-iso", mean(apart), "dB", f"worst {min(apart):.1f}")


def _head(packets: list[VideoPacket], sets: bytes, first: int) -> tuple[list[VideoPacket], float, float]:
    """The head, and ms of CPU to its first packet and to its last."""
    began_s = time.thread_time()
    first_s: float | None = None
    made: list[VideoPacket] = []
    with HeadEncoder(_SETTINGS, sets, _CAMERA, first) as head:
        for packet in packets:
            made += head.take(packet)
            if made and first_s is None:
                first_s = time.thread_time() - began_s
    return made, 1000 * (first_s or 0.0), 1000 * (time.thread_time() - began_s)


def _encoded(pictures: list[I420]) -> tuple[list[VideoPacket], bytes]:
    packets: list[VideoPacket] = []
    with VideoEncoder(_SETTINGS) as encoder:
        for slot, picture in enumerate(pictures):
            kind = FrameKind.KEY if slot % _PERIOD == 0 else FrameKind.DELTA
            packets += encoder.encode(_CAMERA, slot, picture, kind)
        return packets, encoder.parameter_sets


def _decoded(packets: list[VideoPacket], sets: bytes) -> list[I420]:
    context = av.CodecContext.create("h264", "r")
    context.extradata = sets
    frames = [frame for packet in packets for frame in context.decode(av.Packet(packet.payload))]
    return [np.asarray(frame.to_ndarray(format="yuv420p"), np.uint8) for frame in frames + context.decode(None)]


def pictures(count: int) -> Iterator[I420]:
    """About 5 Mbit/s with the settings of a show."""
    width, height = _SETTINGS.canvas.width, _SETTINGS.canvas.height
    random = np.random.default_rng(1)
    wall, face = (_texture(random, width, height, grain) for grain in (24, 16))
    inside = np.zeros((height, width), np.uint8)
    cv2.ellipse(inside, (width // 2, height * 6 // 10), (width // 6, height * 4 // 10), 0, 0, 360, 1, -1)
    grain = [(2.5 * random.standard_normal((height, width))).astype(np.int8) for _ in range(8)]
    for number in range(count):
        move = np.array(
            [[1, 0.01 * np.sin(number * 0.3), 16 * np.sin(number * 0.13)], [0, 1, 10 * np.sin(number * 0.21)]]
        )
        moved, shape = (cv2.warpAffine(each, move, (width, height)) for each in (face, inside))
        luma = np.where(shape, moved, wall).astype(np.int16) + np.roll(
            grain[number % 8], 37 * number % height, axis=0
        )
        picture = np.full((height * 3 // 2, width), 120, np.uint8)
        picture[:height] = np.clip(luma, 16, 235)
        yield picture


def _texture(random: np.random.Generator, width: int, height: int, grain: int) -> I420:
    coarse = random.integers(40, 190, (height // grain, width // grain)).astype(np.uint8)
    fine = random.integers(0, 30, (height // 3, width // 3)).astype(np.uint8)
    one, other = (cv2.resize(each, (width, height), interpolation=cv2.INTER_CUBIC) for each in (coarse, fine))
    return np.asarray(cv2.add(one, other), np.uint8)
