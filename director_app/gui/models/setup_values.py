"""The few values of a show that Set up offers, or what its file says instead; how long the disk lasts. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from director_app.engine.session_files import reserve_bytes
from director_app.gui.models.setup import Draft
from director_app.gui.models.words import spoken
from director_app.session.errors import FolderError
from director_app.session.library import free_bytes
from director_app.session.show import CanvasTable, DirectingTable, Show

_Value = TypeVar("_Value")

CANVASES: tuple[tuple[int, int, float], ...] = ((1280, 720, 30.0), (1920, 1080, 30.0))
DELAYS_S = (0.0, 0.5, 1.0)
STYLES = ("calm", "normal", "lively")
STYLE_HINTS = {
    "calm": "Fewer, surer cuts.",
    "normal": "Cuts as people expect them.",
    "lively": "Early cuts, listeners, wide shots.",
}
DELAY_HINT = "Cuts meet the first word. 0 for screens in the room."


@dataclass(frozen=True, slots=True)
class Segments(Generic[_Value]):
    """Values side by side, with their words; selected: the place of the present one."""

    words: tuple[str, ...]
    values: tuple[_Value, ...]
    selected: int


def canvases(draft: Draft) -> Segments[tuple[int, int, float]]:
    """Values are (width, height, frames per second)."""
    usual = CanvasTable()
    now: tuple[int, int, float] = (
        draft.canvas.get("width", usual.width),
        draft.canvas.get("height", usual.height),
        float(draft.canvas.get("fps", usual.fps)),
    )
    return _segments(CANVASES, now, lambda value: canvas_words(*value))


def delays(draft: Draft) -> Segments[float]:
    """Values are seconds."""
    now = float(draft.directing.get("programme_delay_s", DirectingTable().programme_delay_s))
    return _segments(DELAYS_S, now, lambda seconds: "0" if seconds == 0 else f"{_tenths(seconds)} s")


def styles(draft: Draft) -> Segments[str]:
    """Values are those of the show file."""
    now = str(draft.directing.get("style", DirectingTable().style))
    return Segments(STYLES, STYLES, STYLES.index(now))


def canvas_words(width: int, height: int, fps: float) -> str:
    """1080p30; what is not 16:9 in full."""
    return f"{height}p{fps:g}" if width * 9 == height * 16 else f"{width} × {height}, {fps:g}"


def disk_free(folder: Path) -> int | None:
    """Bytes on the disk of a folder that need not exist yet; None if that cannot be told."""
    existing = next((each for each in (folder, *folder.parents) if each.is_dir()), None)
    try:
        return None if existing is None else free_bytes(existing)
    except FolderError:
        return None


def room_words(free: int | None, show: Show) -> str:
    """How long a recording can last: 6 h 12 min left."""
    if free is None:
        return ""
    rate = show.recording.maxrate_mbit * 1e6 / 8 * (len(show.camera) + 1)
    return f"{spoken(max(0.0, free - reserve_bytes(show, 0.0)) / rate)} left"


def shown_path(path: Path) -> str:
    """With ~ for the home folder."""
    home = Path.home()
    return str(Path("~") / path.relative_to(home)) if path.is_relative_to(home) else str(path)


def typed_path(text: str) -> Path | None:
    """What somebody wrote; None for nothing."""
    written = text.strip()
    try:
        return Path(written).expanduser().absolute() if written else None
    except RuntimeError:
        # ~somebody who has no home here
        return Path(written).absolute()


def _segments(offered: tuple[_Value, ...], now: _Value, words: Callable[[_Value], str]) -> Segments[_Value]:
    values = offered if now in offered else (*offered, now)
    return Segments(tuple(words(value) for value in values), values, values.index(now))


def _tenths(seconds: float) -> str:
    return f"{seconds:.1f}" if round(seconds, 1) == seconds else f"{seconds:g}"
