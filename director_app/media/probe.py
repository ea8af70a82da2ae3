"""What this machine's encoders can do, found out by encoding: never by asking a list of features."""

import time
from contextlib import ExitStack
from dataclasses import dataclass, replace

import cv2
import numpy as np

from director_app.core.sources import CameraId
from director_app.media.encoder import EncoderError, EncoderSettings, VideoEncoder
from director_app.media.frame import I420
from director_app.media.packets import FrameKind, VideoPacket

FRAMES = 10
_ASKED = 5
_PROBE = CameraId("probe")


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """cpu_s: CPU-seconds of one frame. answers_at_once: every picture gave its packet before the next.

    obeys_keys: exactly the asked frames are key frames. problem: why it cannot be used at all.
    """

    cpu_s: float = 0.0
    answers_at_once: bool = False
    obeys_keys: bool = False
    problem: str | None = None


def probe(settings: EncoderSettings, at_once: int = 1) -> ProbeResult:
    """Encodes ten frames of noise and movement on this thread, with so many encoders open at the same time.

    Drivers of graphics cards open only so many, and tell nobody how many.
    """
    try:
        with ExitStack() as stack:
            encoders = [stack.enter_context(VideoEncoder(settings)) for _ in range(at_once)]
            return _measure(encoders[0], _pictures(settings))
    except EncoderError as error:
        return ProbeResult(problem=str(error))


def _measure(encoder: VideoEncoder, pictures: list[I420]) -> ProbeResult:
    packets: list[VideoPacket] = []
    at_once = True
    started = time.thread_time()
    for slot, picture in enumerate(pictures):
        kind = FrameKind.KEY if slot in {0, _ASKED} else FrameKind.DELTA
        packets += encoder.encode(_PROBE, slot, picture, kind)
        at_once = at_once and len(packets) == slot + 1
    cpu_s = (time.thread_time() - started) / len(pictures)
    packets += encoder.flush(_PROBE)
    keys = {packet.slot for packet in packets if packet.kind is FrameKind.KEY}
    return ProbeResult(cpu_s, at_once, keys == {0, _ASKED})


def _pictures(settings: EncoderSettings) -> list[I420]:
    """A textured picture in which a third moves, about as hard to encode as a person who talks."""
    width, height = settings.canvas.width, settings.canvas.height
    random = np.random.default_rng(1)
    coarse = random.integers(60, 180, (height // 8, width // 8), np.uint8)
    still = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    pictures = []
    for index in range(FRAMES):
        picture = np.full((height * 3 // 2, width), 128, np.uint8)
        picture[:height] = still
        middle = slice(width // 3, 2 * width // 3)
        picture[:height, middle] = np.roll(still[:, middle], index * 6, axis=1)
        picture[:height] += random.integers(0, 6, (height, width), np.uint8)
        pictures.append(picture)
    return pictures


def affordable_preset(settings: EncoderSettings, cameras: int, cores: int) -> str:
    """superfast where encoding all cameras with it fits into half the cores, else ultrafast."""
    result = probe(replace(settings, preset="superfast"))
    load = result.cpu_s * float(settings.canvas.fps) * cameras
    return "superfast" if result.problem is None and load <= cores / 2 else "ultrafast"
