"""How a meter moves: the level as the engine has it, the peak held, CLIP shown for a while. No Qt."""

from dataclasses import dataclass

from director_app.engine.sound_levels import FALL_DB_S, SoundLevel

LOWEST_DB = -60.0
HIGH_DB = -6.0
TICKS_DB = (-40.0, -20.0, -6.0)
_HELD_S = 1.5
_CLIP_S = 2.0
_SILENT_S = 5.0


@dataclass(frozen=True, slots=True)
class MeterView:
    """level, peak: share of the scale from -60 to 0 dBFS, 0 to 1. words: what stands beside it."""

    level: float
    peak: float
    words: str
    high: bool = False
    clipped: bool = False
    silent: bool = False


class Meter:
    """Times are arguments, seconds of time.perf_counter()."""

    def __init__(self) -> None:
        self._peak_db = LOWEST_DB
        self._peak_s = 0.0

    def look(self, level: SoundLevel, now_s: float) -> MeterView:
        """What to draw now."""
        fallen = self._peak_db - FALL_DB_S * max(0.0, now_s - self._peak_s - _HELD_S)
        if level.level_db >= fallen:
            self._peak_db, self._peak_s = level.level_db, now_s
            fallen = level.level_db
        clipped = level.clipped_s is not None and now_s - level.clipped_s < _CLIP_S
        silent = level.heard_s is None or now_s - level.heard_s >= _SILENT_S
        return MeterView(
            _share(level.level_db),
            _share(fallen),
            _words(level.level_db, clipped=clipped, silent=silent),
            level.level_db > HIGH_DB,
            clipped,
            silent,
        )


def _share(db: float) -> float:
    return max(0.0, min(1.0, 1 - db / LOWEST_DB))


def _words(db: float, *, clipped: bool, silent: bool) -> str:
    if clipped:
        return "CLIP"
    if silent:
        return "no sound"
    return f"\u2212{abs(db):.0f}" if LOWEST_DB < db < -0.5 else ("0" if db >= -0.5 else "")
