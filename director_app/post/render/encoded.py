"""Encodes every picture of a film with ffmpeg, and reads the result as packets for the film's file."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from pathlib import Path

import av
from av.video.stream import VideoStream

from director_app.core.canvas import Canvas
from director_app.media.closed_on_leaving import ClosedOnLeaving
from director_app.post.render.child import run_ffmpeg
from director_app.post.render.decoded import DecodedPictures
from director_app.post.render.film_file import Picture
from director_app.post.render.graph import Piped, encode_command
from director_app.post.render.order import Delivery, EncodedBy
from director_app.post.render.tool import Ffmpeg, find_ffmpeg, hardware_encoder

_PIECE = 1 << 20


class FullEncoding:
    """How the pictures of one film are encoded. Found before anything is written."""

    def __init__(self, canvas: Canvas, delivery: Delivery) -> None:
        """Raises ToolError where there is no ffmpeg that can."""
        self._canvas, self._delivery = canvas, delivery
        self._ffmpeg: Ffmpeg = find_ffmpeg()
        self._hardware: str | None = None
        self.warning: str | None = None
        if delivery.encoded_by is EncodedBy.HARDWARE:
            self._hardware = hardware_encoder(self._ffmpeg, delivery.codec)
            if self._hardware is None:
                self.warning = (
                    f"This computer's graphics unit does not encode {delivery.codec.people_call_it} here: "
                    "the processor encoded the film."
                )

    def of_film(self, film: Path, output: Path, at_frame: Callable[[int], None]) -> None:
        """Encodes a film's pictures anew. Raises what run_ffmpeg raises."""
        run_ffmpeg(self._command(Piped.FILM, output), at_frame, partial(_content, film))

    def of_pictures(self, pictures: DecodedPictures, output: Path, at_frame: Callable[[int], None]) -> None:
        """The same of pictures that are decoded here."""
        command = self._command(Piped.PICTURES, output)
        run_ffmpeg(command, at_frame, lambda: (each.data for each in pictures.pictures()))

    def _command(self, source: Piped, output: Path) -> list[str]:
        return encode_command(self._ffmpeg.path, source, self._canvas, self._delivery, output, self._hardware)


def _content(film: Path) -> Iterator[bytes]:
    with film.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


class EncodedFile(ClosedOnLeaving):
    """What ffmpeg made, read again. `video` is a template for muxers."""

    def __init__(self, path: Path, fps: Fraction) -> None:
        """Raises OSError or av.FFmpegError."""
        self._container = av.open(str(path))
        self._fps = fps
        self.video: VideoStream = self._container.streams.video[0]

    def packets(self) -> Iterator[Picture]:
        """All pictures in the order of decoding."""
        for packet in self._container.demux(self.video):
            if packet.pts is None or packet.dts is None or packet.time_base is None or not packet.size:
                continue
            shown, decoded = (round(stamp * packet.time_base * self._fps) for stamp in (packet.pts, packet.dts))
            yield Picture(bytes(packet), bool(packet.is_keyframe), shown, decoded)

    def close(self) -> None:
        """Idempotent."""
        self._container.close()
