"""Reads microphone files side by side, as a running show would hear them: 48 kHz, mono, 24 bit, in ticks of 20 ms.

Takes what is there: a file that is damaged or ends too early is told of and silent where nothing can be heard.
Streams: never holds more than a few seconds of sound. Must not pace.
"""

import math
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from numpy.typing import NDArray

from director_app.capture.errors import SourceNotFoundError, SourceUnusableError
from director_app.capture.sound_file import SHORTFALL_S, TELLS_LENGTH, refuse_rate
from director_app.core.canvas import BLOCK_SAMPLES, SAMPLE_RATE
from director_app.media.sound.packets import Pcm24, SoundTick, to_pcm24
from director_app.media.sound.pieces import Pieces

TICKS_AT_ONCE = 100
"""Two seconds; a multiple of what the analysis takes in one piece."""

_LEAST_GAP_S = 0.05
_MOST_GAP_S = 3600.0
_PIECE_S = 0.25

Mono = NDArray[np.float32]
"""Shape (samples,), full scale 1.0, at the file's rate."""

Decoded = NDArray[Any]
"""Pcm24 from files at 48 kHz, Mono from all others."""


@dataclass(frozen=True, slots=True)
class SoundWarning:
    """Something that people should know of a microphone. kind: for scripts; t_s: media time; microphone: from 0,
    None: all of them."""

    kind: str
    t_s: float
    microphone: int | None
    sentence: str


class MicrophoneFile:
    """One pass over the sound of one file. Owner of the open file."""

    def __init__(self, path: Path) -> None:
        """Raises SourceError with a sentence when nothing can be heard in it."""
        self.path = path
        self._shortfall: str | None = None
        self._damaged_at: int | None = None
        self._was_loud = False
        self.samples = 0
        self._container = _open(path)
        try:
            if not self._container.streams.audio:
                raise SourceUnusableError(f"The file {path} holds no sound. Choose another file.")
            self._stream: AudioStream = self._container.streams.audio[0]
            refuse_rate(path, self._stream.rate or 0)
            decoded = _gathered(self._decoded(), round(_PIECE_S * self._stream.rate))
            self._pieces = Pieces(self._resampled(decoded))
            if self._pieces.is_over:
                raise SourceUnusableError(f"The file {path} holds no samples. Choose another file.")
        except BaseException:  # whatever it was, the file does not stay open; raised again
            self._container.close()
            raise

    def read(self, count: int) -> Pcm24:
        """The next samples at 48 kHz; fewer only at the end."""
        parts = self._pieces.take(count)
        sound = np.concatenate(parts) if parts else np.zeros(0, np.int32)
        self.samples += len(sound)
        self._was_loud = self._was_loud or bool(sound.any())
        return sound

    def warnings(self, microphone: int) -> list[SoundWarning]:
        """What was wrong with it; known when it has been read to its end."""
        found: list[SoundWarning] = []
        if self._damaged_at is not None:
            at_s = self._damaged_at / self._stream.rate
            sentence = f"{self.path} is damaged at {at_s:.1f} s: what cannot be decoded is silent."
            found.append(SoundWarning("damaged", round(at_s, 3), microphone, sentence))
        if (missing := self._missing()) is not None:
            end_s = self.samples / SAMPLE_RATE
            sentence = (
                f"{self.path} is truncated: its sound ends after {end_s:.1f} s{missing}. What is there is used."
            )
            found.append(SoundWarning("truncated", round(end_s, 3), microphone, sentence))
        if not self._was_loud:
            found.append(
                SoundWarning("silent", 0.0, microphone, f"{self.path} is silent from its beginning to its end.")
            )
        return found

    def close(self) -> None:
        """Idempotent."""
        self._container.close()

    def _missing(self) -> str | None:
        """How much sound the header had promised; None if it is there."""
        if (part := _missing_of_wave(self.path)) is not None:
            return f", {part:.0%} of the file is missing"
        stream = self._stream
        if stream.duration is None or stream.time_base is None or self._container.format.name not in TELLS_LENGTH:
            return None
        expected_s = float(stream.duration * stream.time_base)
        if self.samples / SAMPLE_RATE >= expected_s - SHORTFALL_S:
            return None
        return f" of {expected_s:.1f} s"

    def _decoded(self) -> Iterator[Decoded]:
        """Everything that can be decoded, in its place by the file's own time stamps."""
        position, origin = 0, None
        is_ready = self._stream.rate == SAMPLE_RATE
        for frame in self._frames():
            sound = _pcm24(frame) if is_ready else _mono(frame)
            if frame.pts is not None and frame.time_base is not None:
                stamp = round(frame.pts * frame.time_base * self._stream.rate)
                origin = stamp - position if origin is None else origin
                gap = stamp - origin - position
                if _LEAST_GAP_S < gap / self._stream.rate < _MOST_GAP_S:
                    self._damaged_at = position if self._damaged_at is None else self._damaged_at
                    yield from _silence(gap, sound.dtype)
                    position += gap
            position += len(sound)
            yield sound

    def _frames(self) -> Iterator[AudioFrame]:
        """What can be decoded; what is lost in between shows in the time stamps."""
        try:
            for packet in self._container.demux(self._stream):
                with suppress(av.FFmpegError):
                    yield from packet.decode()
        except av.FFmpegError:
            return

    def _resampled(self, sound: Iterator[Decoded]) -> Iterator[Pcm24]:
        rate = self._stream.rate
        if rate == SAMPLE_RATE:
            yield from sound
            return
        resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)
        for piece in sound:
            frame = AudioFrame.from_ndarray(np.nan_to_num(piece, posinf=0.0, neginf=0.0)[None], "flt", "mono")
            frame.rate = rate
            yield from _samples(resampler.resample(frame))
        yield from _samples(resampler.resample(None))


class MicrophoneFiles:
    """Several files that begin together; the shorter ones are followed by silence."""

    def __init__(self, files: Sequence[MicrophoneFile]) -> None:
        self._files = tuple(files)
        self.end_sample = 0

    def ticks(self) -> Iterator[tuple[SoundTick, ...]]:
        """All sound in order, some ticks at a time; the last tick may hold less than 20 ms."""
        while True:
            parts = [file.read(TICKS_AT_ONCE * BLOCK_SAMPLES) for file in self._files]
            count = max(map(len, parts), default=0)
            if not count:
                return
            ticks = math.ceil(count / BLOCK_SAMPLES)
            samples = np.zeros((len(parts), ticks * BLOCK_SAMPLES), np.int32)
            for row, part in enumerate(parts):
                samples[row, : len(part)] = part
            first, self.end_sample = self.end_sample, self.end_sample + count
            yield tuple(_tick(samples, first, index, self.end_sample) for index in range(ticks))

    def lengths(self) -> list[int]:
        """Samples of each file at 48 kHz; known when they have been read to their end."""
        return [file.samples for file in self._files]

    def warnings(self) -> list[SoundWarning]:
        """What was wrong with the files; known when they have been read to their end."""
        return [warning for number, file in enumerate(self._files) for warning in file.warnings(number)]


@contextmanager
def open_microphone_files(paths: Sequence[Path]) -> Iterator[MicrophoneFiles]:
    """Raises SourceError for the first file in which nothing can be heard; closes all of them in any case."""
    opened: list[MicrophoneFile] = []
    try:
        for path in paths:
            opened.append(MicrophoneFile(path))
        yield MicrophoneFiles(opened)
    finally:
        for file in opened:
            file.close()


def _tick(samples: Pcm24, first_sample: int, index: int, end_sample: int) -> SoundTick:
    start = first_sample + index * BLOCK_SAMPLES
    own = samples[:, index * BLOCK_SAMPLES : (index + 1) * BLOCK_SAMPLES]
    return SoundTick(start // BLOCK_SAMPLES, start, own, min(BLOCK_SAMPLES, end_sample - start), (0,) * len(samples))


def _open(path: Path) -> av.container.InputContainer:
    if not path.exists():
        raise SourceNotFoundError(f"There is no file {path}. Check the path.")
    if not path.is_file():
        raise SourceUnusableError(f"{path} is no file. Name a sound file.")
    try:
        with path.open("rb") as file:
            is_empty = not file.read(1)
    except OSError as error:
        raise SourceUnusableError(f"The file {path} cannot be read: {error.strerror or error}.") from None
    if is_empty:
        raise SourceUnusableError(f"The file {path} is empty. Choose another file.")
    try:
        # An absolute path and no protocol but files: what is named is read, and nothing else.
        return av.open(str(path.resolve()), options={"protocol_whitelist": "file"})
    except (OSError, av.FFmpegError):
        raise SourceUnusableError(f"The file {path} is no sound or video file. Choose another file.") from None


def _missing_of_wave(path: Path) -> float | None:
    """FFmpeg shortens a WAV to what there is without a word, so its header is asked here (format: RIFF, 1991)."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            mark, declared = struct.unpack("<4sI", file.read(8))
    except (OSError, struct.error):
        return None
    # Recorders that could not seek back leave 0 or all ones.
    if mark != b"RIFF" or declared >= 0xFFFFFF00 or size >= declared + 8:
        return None
    return float((declared + 8 - size) / (declared + 8))


def _mono(frame: AudioFrame) -> Mono:
    """The mean of all channels."""
    raw = frame.to_ndarray()
    kind, size = raw.dtype.kind, raw.dtype.itemsize
    sound: NDArray[Any] = raw.astype(np.float64 if size > 4 else np.float32, copy=False)
    if kind != "f":
        # Unsigned samples of 8 bit are silent at 128.
        sound = (sound - (128 if kind == "u" else 0)) * (2.0 ** (1 - 8 * size))
    channels = len(frame.layout.channels)
    if channels > 1:
        sound = sound.mean(axis=0) if frame.format.is_planar else sound.reshape(-1, channels).mean(axis=1)
    return np.asarray(sound.reshape(-1), np.float32)


def _pcm24(frame: AudioFrame) -> Pcm24:
    """The same in 24 bit; most files hold whole numbers, which need no detour."""
    raw = frame.to_ndarray()
    if len(frame.layout.channels) > 1 or raw.dtype.kind != "i" or raw.dtype.itemsize > 4:
        return to_pcm24(_mono(frame))
    whole: Pcm24 = raw.reshape(-1).astype(np.int32, copy=False)
    return whole >> 8 if raw.dtype.itemsize == 4 else whole << 8


def _silence(samples: int, dtype: np.dtype[Any]) -> Iterator[Decoded]:
    while samples > 0:
        piece = min(samples, SAMPLE_RATE)
        yield np.zeros(piece, dtype)
        samples -= piece


def _gathered(sound: Iterator[Decoded], least: int) -> Iterator[Decoded]:
    """The same in larger pieces: numpy's cost per call outweighs its cost per sample."""
    parts: list[Decoded] = []
    count = 0
    for part in sound:
        parts.append(part)
        count += len(part)
        if count >= least:
            yield np.concatenate(parts)
            parts, count = [], 0
    if count:
        yield np.concatenate(parts)


def _samples(frames: Sequence[AudioFrame]) -> Iterator[Pcm24]:
    for frame in frames:
        yield to_pcm24(np.asarray(frame.to_ndarray(), np.float32).reshape(-1))
