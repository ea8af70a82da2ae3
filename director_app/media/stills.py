"""Single pictures of a recorded file, at its key frames only: one seek and one decoded frame each.

Reads whole files and such as a crash, or a running recording, has left open. Must not write.
"""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from director_app.media.closed_on_leaving import ClosedOnLeaving
from director_app.media.mp4_reader import UnreadableError

Bgra = NDArray[np.uint8]
"""Shape (height, width, 4), uint8, blue green red 255."""


@dataclass(frozen=True, slots=True)
class Still:
    """One picture. t_s: when it begins in the file, seconds."""

    pixels: Bgra
    t_s: float


class Stills(ClosedOnLeaving):
    """One file. One thread; close() in any case."""

    def __init__(self, path: Path) -> None:
        """Raises UnreadableError."""
        _check(path)
        try:
            self._container = av.open(str(path))
        except (OSError, av.FFmpegError) as error:
            raise UnreadableError(
                f"{path.name} cannot be read: {getattr(error, 'strerror', None) or error}."
            ) from None
        if not self._container.streams.video or not len(self._container.streams.video[0].index_entries):
            self._container.close()
            raise UnreadableError(f"{path.name} holds no pictures.")
        self._video = self._container.streams.video[0]
        self._tick_s = self._video.time_base or Fraction(1, 90_000)
        self._video.codec_context.skip_frame = "NONKEY"
        # More threads would decode ahead what nobody looks at.
        self._video.codec_context.thread_count = 1

    def key_times_s(self) -> tuple[float, ...]:
        """When the key frames begin, in order; from the file's index."""
        entries = self._video.index_entries
        return tuple(float(entry.timestamp * self._tick_s) for entry in entries if entry.is_keyframe)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of its pictures, pixels."""
        return self._video.width, self._video.height

    @property
    def end_s(self) -> float:
        """When the last picture begins."""
        entries = self._video.index_entries
        return float(entries[len(entries) - 1].timestamp * self._tick_s)

    def at(self, t_s: float, width: int, height: int) -> Still | None:
        """The key frame at t_s or before, scaled to so many pixels; None where the file is damaged."""
        try:
            self._container.seek(round(max(0.0, t_s) / self._tick_s), stream=self._video, backward=True)
            for frame in self._container.decode(self._video):
                scaled = frame.to_ndarray(format="bgra", width=width, height=height, interpolation="AREA")
                return Still(np.asarray(scaled, np.uint8), frame.time or 0.0)
        except (OSError, av.FFmpegError):
            return None
        return None

    def close(self) -> None:
        """Idempotent."""
        self._container.close()


def _check(path: Path) -> None:
    """libav's own messages would not tell a missing file from a damaged one. Raises UnreadableError."""
    try:
        size = path.stat().st_size
    except OSError as error:
        missing = isinstance(error, FileNotFoundError | NotADirectoryError)
        reason = "is missing" if missing else f"cannot be read: {error.strerror or error}"
        raise UnreadableError(f"{path.name} {reason}.") from None
    if not size:
        raise UnreadableError(f"{path.name} is empty.")
