"""The sound of a file as an endless or a finite row of samples. Must not pace: the microphone does."""

import struct
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from director_app.capture.errors import SourceNotFoundError, SourceUnusableError
from director_app.media.sound.pieces import Pieces

SHORTFALL_S = 0.5
"""A file whose sound ends this much before its header says is truncated."""

TELLS_LENGTH = ("flac", "mov,mp4,m4a,3gp,3g2,mj2", "caf", "w64", "aiff")
"""FFmpeg's names of formats whose headers know the length; for others, MP3 say, it is a guess."""


RATES_HZ = (1_000, 768_000)
"""Below there is no speech, above a damaged header."""


def refuse_rate(path: Path, rate: int) -> None:
    """Raises SourceUnusableError for a sample rate (Hz) at which nothing can have been recorded."""
    if not rate:
        raise SourceUnusableError(f"The file {path} holds no samples. Choose another file.")
    lowest, highest = RATES_HZ
    if not lowest <= rate <= highest:
        raise SourceUnusableError(f"The file {path} gives its sample rate as {rate} Hz. Choose another file.")


class SoundFile:
    """One pass over a file. rate and channels are the file's own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._container = _open(path)
        try:
            if not self._container.streams.audio:
                raise SourceUnusableError(f"The file {path} holds no sound. Choose another file.")
            self._stream: AudioStream = self._container.streams.audio[0]
            self.rate = self._stream.rate
            self.channels = self._stream.codec_context.channels
            refuse_rate(path, self.rate)
            self._pieces = Pieces(self._decode())
            if self._pieces.is_over:
                raise SourceUnusableError(f"The file {path} holds no samples. Choose another file.")
        except SourceUnusableError:
            self._container.close()
            raise

    def read(self, count: int) -> NDArray[np.float32]:
        """The next samples, shape (up to count, channels); fewer only at the end of the file."""
        parts = self._pieces.take(count)
        return np.concatenate(parts) if parts else np.zeros((0, self.channels), np.float32)

    def skip(self, count: int) -> int:
        """Pass over count samples; gives how many there were."""
        passed = 0
        while passed < count and (part := len(self.read(min(count - passed, 1 << 16)))):
            passed += part
        return passed

    def close(self) -> None:
        """Idempotent."""
        self._container.close()

    def _decode(self) -> Iterator[NDArray[np.float32]]:
        resampler = av.AudioResampler(format="flt", layout=self._stream.layout, rate=self.rate)
        try:
            for frame in self._container.decode(self._stream):
                for sound in resampler.resample(frame):
                    yield _samples(sound, self.channels)
            for sound in resampler.resample(None):
                yield _samples(sound, self.channels)
        except av.error.FFmpegError as error:
            raise SourceUnusableError(
                f"The file {self.path} is damaged ({error.strerror}). Choose another file."
            ) from error


def check_sound_file(path: Path) -> None:
    """Raises SourceError for a file that is missing, holds no sound or ends before its header says."""
    SoundFile(path).close()
    _check_wave_size(path)
    with _open(path) as container:
        stream = container.streams.audio[0]
        if stream.duration is None or stream.time_base is None or container.format.name not in TELLS_LENGTH:
            return
        expected_s = float(stream.duration * stream.time_base)
        begin_s = float((stream.start_time or 0) * stream.time_base)
        end_s = _last_end_s(container, stream, begin_s + expected_s)
    if end_s is not None and end_s < begin_s + expected_s - SHORTFALL_S:
        raise SourceUnusableError(
            f"The file {path} is truncated: its sound ends after {end_s - begin_s:.1f} s of {expected_s:.1f} s. "
            "Choose another file."
        )


def _check_wave_size(path: Path) -> None:
    """FFmpeg shortens a WAV to what there is without a word, so its header is asked here (format: RIFF, 1991)."""
    size = path.stat().st_size
    with path.open("rb") as file:
        mark, declared = struct.unpack("<4sI", file.read(8))
    # Recorders that could not seek back leave 0 or all ones.
    if mark == b"RIFF" and declared < 0xFFFFFF00 and size < declared + 8:
        missing = (declared + 8 - size) / (declared + 8)
        raise SourceUnusableError(
            f"The file {path} is truncated: {missing:.0%} of it is missing. Choose another file."
        )


def _last_end_s(container: InputContainer, stream: AudioStream, expected_s: float) -> float | None:
    """Where the last packet ends; looks only at the last seconds where the file can be searched."""
    assert stream.time_base is not None
    end = None
    try:
        container.seek(max(0, int((expected_s - 2) / stream.time_base)), stream=stream)
        for packet in container.demux(stream):
            if packet.pts is not None:
                end = packet.pts + (packet.duration or 0)
    except av.error.FFmpegError:
        return None if end is None else float(end * stream.time_base)
    return 0.0 if end is None else float(end * stream.time_base)


def _open(path: Path) -> InputContainer:
    if not path.is_file():
        raise SourceNotFoundError(f"There is no file {path}. Check the path.")
    try:
        return av.open(str(path))
    except (av.error.FFmpegError, OSError) as error:
        raise SourceUnusableError(f"The file {path} is no sound or video file. Choose another file.") from error


def _samples(frame: AudioFrame, channels: int) -> NDArray[np.float32]:
    return frame.to_ndarray().astype(np.float32, copy=False).reshape(-1, channels)
