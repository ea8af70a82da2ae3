"""Writes a film: pictures, sound, chapters and title into one MP4 whose index stands first, so that it plays at once.

Room for the index is kept at the beginning, because moving a whole film afterwards would write it twice. Must not
know where pictures and sound come from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.stream import Stream
from av.video.stream import VideoStream

from director_app.core.canvas import SAMPLE_RATE
from director_app.media.closed_on_leaving import ClosedOnLeaving
from director_app.media.mp4_reader import AvPacket
from director_app.media.recorded_file import RecordedFile
from director_app.post.render.order import Chapter
from director_app.post.render.sound_file import AAC_FRAME

_SAMPLE_TIME = Fraction(1, SAMPLE_RATE)

_OF_A_PICTURE = 44
"""Bytes of index at most: size, chunk place and run (stsz, co64, stsc), time (stts, ctts), key frame (stss)."""

_OF_A_SOUND_PACKET = 32
_OF_A_CHAPTER = 400
_OF_THE_REST = 65_536


@dataclass(frozen=True, slots=True)
class Picture:
    """One encoded picture, units with their lengths before them. shown, decoded: when, in frames of the film."""

    payload: bytes
    is_key: bool
    shown: int
    decoded: int


def index_bytes(frames: int, samples: int, chapters: int) -> int:
    """The most that the index of such a film takes."""
    packets = samples // AAC_FRAME + 3
    return _OF_THE_REST + frames * _OF_A_PICTURE + packets * _OF_A_SOUND_PACKET + chapters * _OF_A_CHAPTER


class FilmFile(ClosedOnLeaving):
    """One film being written. video and sound are templates; frames: of the whole film."""

    def __init__(
        self,
        path: Path,
        video: VideoStream,
        sound: AudioStream,
        fps: Fraction,
        frames: int,
        title: str,
        chapters: Sequence[Chapter],
    ) -> None:
        """Raises OSError."""
        self._frame_time = 1 / fps
        self.frames = 0
        samples = round(frames * SAMPLE_RATE / fps)
        room = index_bytes(frames, samples, len(chapters))
        self._file = RecordedFile(path)
        try:
            self._container = av.open(self._file, "w", format="mp4", options={"moov_size": str(room)})
            self._declare(video, sound, title, chapters, frames)
        except BaseException:  # whatever it was, the file does not stay open; raised again
            self._file.close()
            raise

    def _declare(
        self, video: VideoStream, sound: AudioStream, title: str, chapters: Sequence[Chapter], frames: int
    ) -> None:
        self._video = self._container.add_stream_from_template(video)
        if video.codec_context.name == "hevc":
            # Apple's players know HEVC by this mark only.
            self._video.codec_context.codec_tag = "hvc1"
        self._sound = self._container.add_stream_from_template(sound)
        self._container.metadata["title"] = title
        ends = [*(chapter.frame for chapter in chapters[1:]), frames]
        self._container.set_chapters(
            [
                {
                    "id": number,
                    "start": chapter.frame,
                    "end": end,
                    "time_base": self._frame_time,
                    "metadata": {"title": chapter.name},
                }
                for number, (chapter, end) in enumerate(zip(chapters, ends, strict=True), 1)
            ]
        )

    @property
    def size(self) -> int:
        """Bytes so far."""
        return self._file.size

    def write_picture(self, picture: Picture) -> None:
        """The next picture, in the order of decoding. Raises OSError."""
        packet: AvPacket = av.Packet(picture.payload)
        packet.pts, packet.dts = picture.shown, picture.decoded
        packet.duration, packet.time_base = 1, self._frame_time
        packet.is_keyframe = picture.is_key
        self.frames += 1
        self._mux(packet, self._video)

    def write_sound(self, sound: AvPacket) -> None:
        """The next packet of the sound file. Raises OSError."""
        packet: AvPacket = av.Packet(bytes(sound))
        packet.pts, packet.dts, packet.duration = sound.pts, sound.dts, sound.duration
        packet.time_base, packet.is_keyframe = sound.time_base or _SAMPLE_TIME, True
        self._mux(packet, self._sound)

    def finish(self) -> None:
        """Writes the index. Raises OSError."""
        try:
            self._container.close()
        except av.FFmpegError as error:
            raise self._file.error or error from None
        if self._file.error is not None:
            raise self._file.error
        self._file.close()

    def close(self) -> None:
        """Whatever was written is left as it is. Idempotent."""
        try:
            self._container.close()
        except (OSError, av.FFmpegError):
            # Only after another error that is on its way already.
            pass
        finally:
            self._file.close()

    def _mux(self, packet: AvPacket, stream: Stream) -> None:
        packet.stream = stream
        try:
            self._container.mux_one(packet)
        except av.FFmpegError as error:
            raise self._file.error or error from None
        if self._file.error is not None:
            raise self._file.error
