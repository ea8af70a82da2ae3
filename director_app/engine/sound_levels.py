"""How loud each microphone is now, whether or not anything is recorded. For meters only; decides nothing."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from director_app.core.sources import MicrophoneId
from director_app.engine.sound import MicrophoneLine
from director_app.media.sound.block import SoundBlock

LOWEST_DB = -100.0
FALL_DB_S = 20.0
"""A peak programme meter falls by 20 dB in 1.7 s (IEC 60268-10, type I); round, and close to it."""

_CLIP = 0.999


@dataclass(frozen=True, slots=True)
class SoundLevel:
    """level_db: dBFS of the loudest sample, falling slowly. Times are perf_counter seconds, None for never.

    clipped_s: of the last clipped sample. heard_s: of the last sample that was not digital zero.
    """

    level_db: float = LOWEST_DB
    clipped_s: float | None = None
    heard_s: float | None = None


class LevelWatch:
    """Listens to one line. look() may be called by any thread."""

    def __init__(self, line: MicrophoneLine) -> None:
        self._line = line
        self._last_s = time.perf_counter()
        self._level = SoundLevel(heard_s=self._last_s)
        line.feed.add_listener(self._hear)

    def look(self, now_s: float) -> SoundLevel:
        """The level at this moment of time.perf_counter()."""
        level, since_s = self._level, now_s - self._last_s
        return SoundLevel(max(LOWEST_DB, level.level_db - FALL_DB_S * since_s), level.clipped_s, level.heard_s)

    def close(self) -> None:
        """Listens no more. Idempotent."""
        self._line.feed.remove_listener(self._hear)

    def _hear(self, block: SoundBlock) -> None:
        if not len(block.samples):
            return
        now_s = time.perf_counter()
        before = self.look(now_s)
        channel = min(self._line.channel, block.samples.shape[1] - 1)
        peak = float(np.abs(block.samples[:, channel]).max())
        peak_db = 20 * math.log10(peak) if peak > 0 else LOWEST_DB
        self._level = SoundLevel(
            level_db=max(before.level_db, peak_db),
            clipped_s=now_s if peak >= _CLIP else before.clipped_s,
            heard_s=now_s if peak > 0 else before.heard_s,
        )
        self._last_s = now_s


class SoundLevels:
    """All microphones of a show."""

    def __init__(self, lines: Sequence[MicrophoneLine]) -> None:
        self._watches = {line.id: LevelWatch(line) for line in lines}

    def look(self) -> dict[MicrophoneId, SoundLevel]:
        """Every level now."""
        now_s = time.perf_counter()
        return {microphone: watch.look(now_s) for microphone, watch in self._watches.items()}

    def close(self) -> None:
        """Listens no more. Idempotent."""
        for watch in self._watches.values():
            watch.close()
