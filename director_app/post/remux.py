"""Writes packets of recorded files into a new ordinary MP4 that then replaces an old one. Decodes nothing."""

import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
from av.audio.stream import AudioStream

from director_app.core.canvas import SAMPLE_RATE
from director_app.media.mp4_reader import AvPacket, Mp4Reader, UnreadableError

PART = ".part"
"""Ends the names of files that are not complete yet."""


def interleaved(
    pictures: Iterator[tuple[int, AvPacket]], sound: Iterator[tuple[int, AvPacket]], fps: Fraction
) -> Iterator[AvPacket]:
    """Pictures with the sound of their time between them; no sound beyond the last picture."""
    ahead = next(sound, None)
    for slot, packet in pictures:
        while ahead is not None and ahead[0] < (slot + 1) * SAMPLE_RATE / fps:
            yield ahead[1]
            ahead = next(sound, None)
        yield packet


def write_part(
    path: Path, template: Mp4Reader, sound: tuple[AudioStream, ...], packets: Iterator[AvPacket]
) -> tuple[Path, int]:
    """A complete MP4 beside path, and its length in slots; renaming it to path puts it in place.

    sound: which of the template's tracks the file has. Raises OSError, av.FFmpegError or UnreadableError, and leaves
    nothing then.
    """
    part = path.with_name(path.name + PART)
    try:
        slots = _write(part, template, sound, packets)
        if slots == 0:
            raise UnreadableError(f"{path.name} holds no pictures.")
        with part.open("rb") as file:
            os.fsync(file.fileno())
    except BaseException:  # whatever it was, no part of a file stays; raised again
        part.unlink(missing_ok=True)
        raise
    return part, slots


def _write(part: Path, template: Mp4Reader, sound: tuple[AudioStream, ...], packets: Iterator[AvPacket]) -> int:
    slots = 0
    with av.open(str(part), "w", format="mp4") as container:
        video = container.add_stream_from_template(template.video)
        tracks = {stream.index: container.add_stream_from_template(stream) for stream in sound}
        for stream in sound:
            tracks[stream.index].metadata.update(stream.metadata)
        for packet in packets:
            is_picture = isinstance(packet.stream, av.VideoStream)
            track = video if is_picture else tracks.get(packet.stream.index)
            if track is None:
                continue
            copy = av.Packet(bytes(packet))
            copy.pts, copy.dts, copy.duration = packet.pts, packet.dts, packet.duration
            copy.time_base, copy.is_keyframe = packet.time_base, packet.is_keyframe
            copy.stream = track
            if is_picture:
                slots = template.slot_of(packet) + 1
            container.mux_one(copy)
    return slots
