"""What key frames cost that are asked for in case a cut comes: bytes and picture quality of the ISO, maxrate on."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from director_app.capture.demo import DEMO_LENGTH_S, DEMO_PEOPLE, DemoPerson, demo_microphone_file, demo_truth
from director_app.capture.demo_pictures import DemoPictures
from director_app.core.canvas import Canvas
from director_app.core.decisions import KeyFrameWish
from director_app.core.key_frames import KeyFrames
from director_app.core.sound_batch import sound_batch
from director_app.core.sources import CameraId
from director_app.core.styles import Style, rules
from director_app.media.encoder import EncoderSettings, VideoEncoder
from director_app.media.packets import FrameKind, VideoPacket
from director_app.post.cutting import DryShow, ProgramSettings, heard_in, table
from director_app.post.microphone_files import open_microphone_files
from tests.bench.row import Row, at_most, shown

_CANVAS = Canvas(1280, 720, Fraction(30))
_DELAY_S = 1.0
_SLOTS = round(DEMO_LENGTH_S * _CANVAS.fps)
_NOISES = {"drawn": 0.0, "camera": 3.0}
"""Standard deviation of the luma noise: none, and that of a webcam in a room, which brings the rate to its limit."""


@dataclass(frozen=True, slots=True)
class _Encoded:
    """An ISO: how large, how many key frames, and how near to the source pictures it is."""

    size: int
    keys: int
    psnr_db: float
    worst_second_db: float


def rows(folder: Path) -> Iterator[Row]:
    """The demo's first camera for a minute at 720p30, with the key frames of its lively show and without."""
    del folder
    asked, cuts = _asked(DEMO_PEOPLE.index("ana"))
    for name, noise in _NOISES.items():
        without, with_wishes = (_encode("ana", noise, each) for each in (cuts, asked | cuts))
        more = 100 * (with_wishes.size / without.size - 1)
        keys = f"{without.keys} and {with_wishes.keys} key frames a minute"
        rate = f"{without.size * 8 / DEMO_LENGTH_S / 1e6:.2f} Mbit/s"
        yield shown(f"idr-bytes-{name}", more, "%", f"more bytes; {rate}, {keys}")
        lost = without.psnr_db - with_wishes.psnr_db
        yield at_most(f"idr-psnr-{name}", lost, "dB", 0.5, f"lost of {without.psnr_db:.1f} dB")
        lost = without.worst_second_db - with_wishes.worst_second_db
        yield shown(
            f"idr-psnr-worst-{name}", lost, "dB", f"the same in the worst second, {without.worst_second_db:.1f} dB"
        )


def _asked(camera: int) -> tuple[set[int], set[int]]:
    """Slots of this camera that a lively show asks for in case, and those that its cuts need."""
    show = DryShow(table(DEMO_PEOPLE), rules(Style.LIVELY, _DELAY_S), ProgramSettings(_DELAY_S, canvas=_CANVAS))
    wanted = CameraId(str(camera))
    with open_microphone_files([demo_microphone_file(who) for who in DEMO_PEOPLE]) as files:
        for heard in heard_in(files.ticks(), [microphone.id for microphone in table(DEMO_PEOPLE).microphones]):
            show.follow(heard)
    wishes = (each for each in show.decisions if isinstance(each, KeyFrameWish) and wanted in each.cameras)
    return (
        {-int(-(each.at_s + sound_batch(_DELAY_S).latency_s) * _CANVAS.fps // 1) for each in wishes},
        {int(each.slot) for each in show.placed if each.cut.target == wanted},
    )


def _encode(who: DemoPerson, noise: float, asked: set[int]) -> _Encoded:
    settings = EncoderSettings(_CANVAS, preset="superfast")
    keys = KeyFrames(settings.period_slots)
    for slot in asked:
        keys.ask(slot)
    pictures = _Pictures(who, noise)
    errors: list[float] = []
    size = count = 0
    with VideoEncoder(settings) as encoder:
        decoder = _decoder(encoder.parameter_sets)
        for slot in range(_SLOTS):
            picture = pictures.at(slot)
            kind = FrameKind.KEY if keys.pass_slot() else FrameKind.DELTA
            count += kind is FrameKind.KEY
            for packet in encoder.encode(CameraId(who), slot, picture, kind):
                size += len(packet.payload)
                errors.append(_mean_square(decoder, packet, picture))
    per_second = np.array(errors[: len(errors) // 30 * 30]).reshape(-1, 30).mean(axis=1)
    return _Encoded(size, count, _psnr_db(float(np.mean(errors))), _psnr_db(float(per_second.max())))


class _Pictures:
    """The demo's pictures as a sensor would give them; the same every time."""

    def __init__(self, who: DemoPerson, noise: float) -> None:
        self._demo = DemoPictures(who, (_CANVAS.width, _CANVAS.height), demo_truth())
        random = np.random.default_rng(3)
        shape = (_CANVAS.height + 64, _CANVAS.width + 64)
        self._noise = np.rint(random.normal(0, noise, shape)).astype(np.int16)
        self._moves = random.integers(0, 64, (_SLOTS, 2))

    def at(self, slot: int) -> NDArray[np.uint8]:
        """I420, shape (height * 3 / 2, width)."""
        picture = self._demo.show(slot / float(_CANVAS.fps)).copy()
        down, right = self._moves[slot]
        grain = self._noise[down : down + _CANVAS.height, right : right + _CANVAS.width]
        luma = picture[: _CANVAS.height]
        luma[:] = np.clip(luma.astype(np.int16) + grain, 16, 235).astype(np.uint8)
        return picture


def _decoder(parameter_sets: bytes) -> av.VideoCodecContext:
    context = av.CodecContext.create("h264", "r")
    assert isinstance(context, av.VideoCodecContext)
    context.extradata = parameter_sets
    context.thread_count = 1
    context.flags |= av.codec.context.Flags.low_delay
    return context


def _mean_square(decoder: av.VideoCodecContext, packet: VideoPacket, picture: NDArray[np.uint8]) -> float:
    """Mean squared error of the luma."""
    (frame,) = decoder.decode(av.Packet(packet.payload))
    luma = np.asarray(frame.to_ndarray(format="yuv420p"), np.uint8)[: _CANVAS.height]
    apart = luma.astype(np.float32) - picture[: _CANVAS.height]
    return float(np.mean(apart * apart))


def _psnr_db(mean_square: float) -> float:
    return float(10 * np.log10(255.0**2 / max(mean_square, 1e-9)))
