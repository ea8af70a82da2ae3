"""Heads in recorded files: whether their pictures are the camera's, whose they are, and how to make one again."""

from collections.abc import Iterable, Iterator, Mapping

import av
import numpy as np

from director_app.core.named_spans import Box
from director_app.core.sources import CameraId
from director_app.media.decoder import DecoderError, VideoDecoder
from director_app.media.encoder import SOFTWARE_CODEC, EncoderSettings
from director_app.media.frame import I420
from director_app.media.head import HeadEncoder, HeadError
from director_app.media.layer import chroma_planes
from director_app.media.mp4_reader import AvPacket, Mp4Reader
from director_app.media.nal import parameter_sets_of, to_annex_b, to_length_prefixed
from director_app.media.packets import FrameKind, VideoPacket
from director_app.post.cuts import RecordedHead
from director_app.session.manifest import Manifest

SAME_PICTURE_DB = 26.0
"""A head's picture is at least this near to its camera's, all planes. Measured: 35 dB and more from 0.5 to 60 Mbit/s;
pictures of different cameras are 10 to 21 dB apart."""


def encoder_settings(manifest: Manifest) -> EncoderSettings:
    """How the cameras of a session were encoded. Raises HeadError where heads cannot be made."""
    part = manifest.encoding
    if part is None or part.codec != SOFTWARE_CODEC:
        raise HeadError("This session's encoder makes no heads.")
    return EncoderSettings(manifest.canvas.canvas(), part.codec, part.preset, part.crf, part.maxrate)


def head_again(
    settings: EncoderSettings, iso: Mp4Reader, camera: CameraId, first: int, end: int
) -> list[tuple[int, AvPacket]]:
    """(slot, packet) of the head that begins at slot first, as it stands in an MP4; up to slot end at most.

    Raises HeadError.
    """
    try:
        sets = parameter_sets_of(iso.parameter_sets())
        with HeadEncoder(settings, sets, camera, first) as head:
            made: list[VideoPacket] = []
            for packet in _camera_packets(iso, camera, first, end):
                made += head.take(packet)
                if head.ended:
                    break
    except ValueError as error:
        raise HeadError(str(error)) from error
    return [(packet.slot, _mp4_packet(packet, iso)) for packet in made]


def wrong_pictures(
    program: Mp4Reader, isos: Mapping[CameraId, Mp4Reader], heads: Iterable[RecordedHead]
) -> Iterator[int]:
    """Slots of heads whose picture is not their camera's, but for a name. Decodes as much of both files, one picture
    at a time."""
    for head in heads:
        if head.camera not in isos:
            yield from range(head.first, head.end)
            continue
        real = _decoded(isos[head.camera], head.camera, head.first, head.end)
        for slot, shown in _decoded(program, head.camera, head.first, head.end):
            picture = next((each for at, each in real if at == slot), None)
            if picture is None or psnr_db(*_without(head.named, shown, picture)) < SAME_PICTURE_DB:
                yield slot


def _without(box: Box | None, *pictures: I420) -> Iterator[I420]:
    """The pictures with grey in this part of them."""
    for picture in pictures:
        if box is not None:
            left, top, width, height = box
            picture[: picture.shape[0] * 2 // 3][top : top + height, left : left + width] = 128
            for plane in chroma_planes(picture):
                plane[top // 2 : (top + height) // 2, left // 2 : (left + width) // 2] = 128
        yield picture


def camera_at(program: Mp4Reader, isos: Mapping[CameraId, Mp4Reader], slot: int) -> CameraId | None:
    """Whose picture the program shows in this slot, which must be a key frame; None if nobody's."""
    nearness: dict[CameraId, float] = {}
    for _, shown in _decoded(program, CameraId("program"), slot, slot + 1):
        for camera, iso in isos.items():
            for _, picture in _decoded(iso, camera, slot, slot + 1):
                nearness[camera] = psnr_db(shown, picture)
    best = max(nearness, key=lambda camera: nearness[camera], default=None)
    return best if best is not None and nearness[best] >= SAME_PICTURE_DB else None


def psnr_db(one: I420, other: I420) -> float:
    """Peak signal-to-noise ratio of two pictures of the same shape; 99 for equal ones."""
    error = float(np.mean(np.square(one.astype(np.int16) - other, dtype=np.float32)))
    return 99.0 if error == 0 else float(10 * np.log10(255**2 / error))


def _decoded(reader: Mp4Reader, camera: CameraId, first: int, end: int) -> Iterator[tuple[int, I420]]:
    """(slot, picture) of every picture that can be decoded; another one ends it."""
    decoder = VideoDecoder(parameter_sets_of(reader.parameter_sets()))
    try:
        for packet in _camera_packets(reader, camera, first, end):
            frame = decoder.decode(packet)
            if packet.slot >= first and frame is not None:
                yield packet.slot, np.ascontiguousarray(frame.to_ndarray(format="yuv420p"), np.uint8)
    except (DecoderError, ValueError):
        return


def _camera_packets(reader: Mp4Reader, camera: CameraId, first: int, end: int) -> Iterator[VideoPacket]:
    """From the last key frame at or before slot first, as the encoder gave them. Raises ValueError for a torn one."""
    for slot, packet in reader.from_key(first):
        if slot >= end:
            return
        kind = FrameKind.KEY if packet.is_keyframe else FrameKind.DELTA
        yield VideoPacket(camera, slot, kind, to_annex_b(bytes(packet)))


def _mp4_packet(packet: VideoPacket, beside: Mp4Reader) -> AvPacket:
    """The packet as if it had been read from that file."""
    video = beside.video
    assert video.time_base is not None
    made: AvPacket = av.Packet(to_length_prefixed(packet.payload))
    made.stream, made.time_base = video, video.time_base
    made.pts = made.dts = beside.pts_of(packet.slot)
    made.duration = beside.pts_of(packet.slot + 1) - made.pts
    made.is_keyframe = packet.kind is FrameKind.KEY
    return made
