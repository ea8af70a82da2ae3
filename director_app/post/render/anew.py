"""Pictures of a recording decoded, changed and encoded anew, so that they stand beside the camera's own packets.

As heads are (media/head), but as long as is needed: key frames lie where the recording has them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from director_app.media.decoder import DecoderError, VideoDecoder
from director_app.media.encoder import EncoderError, EncoderSettings, VideoEncoder
from director_app.media.frame import I420
from director_app.media.head import SHORTEST_HEAD, HeadError
from director_app.media.nal import to_annex_b, to_length_prefixed
from director_app.media.packets import FrameKind, VideoPacket
from director_app.post.render.recorded_heads import Coded
from director_app.post.render.source import Iso

Paint = Callable[[int, I420], None]
"""Changes the picture of a slot in place."""


@dataclass(frozen=True, slots=True)
class _Decoded:
    slot: int
    is_key: bool
    picture: I420


def encoded_anew(settings: EncoderSettings, iso: Iso, first: int, end: int, paint: Paint) -> Iterator[Coded]:
    """Every slot from first up to end, as an MP4 has it; the first is a key frame. Raises HeadError."""
    try:
        with VideoEncoder(settings) as encoder:
            key: int | None = None
            for each in _decoded(iso, first, end):
                paint(each.slot, each.picture)
                if key is None or (each.is_key and each.slot >= key + SHORTEST_HEAD):
                    key = each.slot
                kind = FrameKind.KEY if key == each.slot else FrameKind.DELTA
                for packet in encoder.encode(iso.camera.id, each.slot, each.picture, kind):
                    yield to_length_prefixed(packet.payload), packet.kind is FrameKind.KEY
    except EncoderError as error:
        raise HeadError(str(error)) from error


def decoded_picture(iso: Iso, slot: int) -> I420:
    """One picture of a recording. Raises HeadError."""
    return next(_decoded(iso, slot, slot + 1)).picture


def _decoded(iso: Iso, first: int, end: int) -> Iterator[_Decoded]:
    """Every slot from first up to end. Raises HeadError where one is missing or torn."""
    decoder, wanted = VideoDecoder(iso.parameter_sets), first
    try:
        for slot, packet in iso.reader.from_key(first):
            if slot >= end:
                break
            is_key = bool(packet.is_keyframe)
            kind = FrameKind.KEY if is_key else FrameKind.DELTA
            frame = decoder.decode(VideoPacket(iso.camera.id, slot, kind, to_annex_b(bytes(packet))))
            if slot < first:
                continue
            if slot != wanted or frame is None:
                break
            wanted += 1
            yield _Decoded(slot, is_key, np.ascontiguousarray(frame.to_ndarray(format="yuv420p"), np.uint8))
    except (DecoderError, ValueError) as error:
        raise HeadError(str(error)) from error
    if wanted < end:
        raise HeadError(f"Slot {wanted} has no picture.")
