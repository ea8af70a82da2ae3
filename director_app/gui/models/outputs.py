"""What is being written: the recording as a whole and each of its files. No Qt."""

from collections import deque
from dataclasses import dataclass

from director_app.engine.studio_state import Phase, StudioState
from director_app.gui.models.words import counted, rate, size, spoken
from director_app.session.show import Show

_RATE_OVER_S = 5.0
_POINTS = 60


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file of the recording."""

    name: str
    size: str


@dataclass(frozen=True, slots=True)
class OutputsView:
    """title, text: of the recording. rate: Mbit/s in words, "" while not recording. points: of its graph, 0 to 1."""

    title: str
    text: str
    rate: str
    points: tuple[float, ...]
    files: tuple[FileRow, ...]


class Outputs:
    """Remembers how fast the files grow. One thread."""

    def __init__(self) -> None:
        self._sizes: deque[tuple[float, int]] = deque()
        self._rates: deque[float] = deque(maxlen=_POINTS)

    def look(self, state: StudioState) -> OutputsView:
        """What to show now; call it about ten times a second."""
        what = contents(state.show)
        if state.snapshot is None:
            self._sizes.clear()
            self._rates.clear()
            title = "Recording: ready" if state.phase is Phase.READY else "Recording"
            left = room_s(state.show, state.free_bytes)
            return OutputsView(title, f"{what}. {left} fit." if left else f"{what}.", "", (), ())
        files = state.snapshot.file_bytes
        bits = self._rate(state.now_s, sum(files.values()))
        most = max(self._rates, default=0.0) or 1.0
        rows = tuple(FileRow(name, size(count)) for name, count in files.items())
        return OutputsView("Recording", what, rate(bits), tuple(each / most for each in self._rates), rows)

    def _rate(self, now_s: float, written: int) -> float:
        """Bits per second over the last seconds."""
        if self._sizes and written < self._sizes[-1][1]:
            self._sizes.clear()
        self._sizes.append((now_s, written))
        while now_s - self._sizes[0][0] > _RATE_OVER_S:
            self._sizes.popleft()
        first_s, first = self._sizes[0]
        bits = (written - first) * 8 / (now_s - first_s) if now_s > first_s else 0.0
        self._rates.append(bits)
        return bits


def contents(show: Show) -> str:
    """4 ISO, program, 3 microphones."""
    microphones = counted(len(show.microphone), "microphone", "microphones") if show.microphone else "no microphone"
    return f"{len(show.camera)} ISO, program, {microphones}"


def room_s(show: Show, free_bytes: int | None) -> str:
    """How long a recording fits on the disk, in words; "" when nobody knows."""
    if free_bytes is None:
        return ""
    return spoken(free_bytes * 8 / (show.recording.maxrate_mbit * 1e6 * (len(show.camera) + 1)))
