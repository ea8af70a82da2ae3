"""What the command costs: CPU and wall time of whole runs, one at a time, without starting the program."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.switching.causal import cut_off
from tests.bench.switching.generate import make_show
from tests.bench.switching.goals import CPU_MS, TIMES_REAL_TIME
from tests.bench.switching.orders import FIRST_SEED
from tests.bench.switching.program import Answer, Mode, ask
from tests.bench.switching.show_run import write_show
from tests.bench.switching.sound import SAMPLE_RATE
from tests.bench.switching.table import heading
from tests.bench.switching.truth import Excerpt
from tests.bench.switching.voices import VoiceFiles

SHOWS = 3
_LEVEL = "table"
_EMPTY_S = 1.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Beyond the cost of a one-second show."""

    mode: Mode
    microphone_s: float
    show_s: float
    cpu_s: float
    wall_s: float
    start_s: float

    @property
    def cpu_ms(self) -> float:
        """Per second of one microphone."""
        return 1000 * self.cpu_s / self.microphone_s

    @property
    def wall_ms(self) -> float:
        """Per second of one microphone."""
        return 1000 * self.wall_s / self.microphone_s

    @property
    def times_real_time(self) -> float:
        """Seconds of show per second."""
        return self.show_s / self.wall_s


def measure(
    excerpts: Sequence[Excerpt], voices: Sequence[VoiceFiles], modes: Sequence[Mode], folder: Path
) -> list[Cost]:
    """Some shows from all over the file; raises ProgramError."""
    shows = min(SHOWS, len(excerpts))
    totals = {mode.name: _Total() for mode in modes}
    for index in (k * len(excerpts) // shows for k in range(shows)):
        tracks, _ = make_show(excerpts[index], _LEVEL, FIRST_SEED + index, voices)
        whole = write_show(folder / f"cost-{index}", tracks, SAMPLE_RATE)
        empty_folder = folder / f"cost-{index}-empty"
        empty_folder.mkdir()
        empty = [cut_off(path, empty_folder, _EMPTY_S) for path in whole]
        for mode in modes:
            totals[mode.name].add(tracks.shape, ask(whole, mode), ask(empty, mode))
    return [totals[mode.name].cost(mode) for mode in modes]


@dataclass
class _Total:
    shows: int = 0
    microphone_s: float = 0.0
    show_s: float = 0.0
    cpu_s: float = 0.0
    wall_s: float = 0.0
    start_s: float = 0.0

    def add(self, shape: tuple[int, ...], whole: Answer, empty: Answer) -> None:
        seconds = shape[1] / SAMPLE_RATE - _EMPTY_S
        self.shows += 1
        self.show_s += seconds
        self.microphone_s += shape[0] * seconds
        self.cpu_s += whole.cpu_s - empty.cpu_s
        self.wall_s += whole.wall_s - empty.wall_s
        self.start_s += empty.wall_s

    def cost(self, mode: Mode) -> Cost:
        return Cost(mode, self.microphone_s, self.show_s, self.cpu_s, self.wall_s, self.start_s / self.shows)


def table(costs: Sequence[Cost]) -> Iterator[str]:
    """One line per mode."""
    yield from heading("cost per second of one microphone, one run at a time, start taken out")
    yield f"{'':<14}{'CPU ms':>8}{'wall ms':>9}{'x real time':>13}{'start s':>9}   goal"
    for cost in costs:
        yield _line(cost)


def _line(cost: Cost) -> str:
    goal_ms = CPU_MS["live" if cost.mode.is_live else "offline"]
    short = [name for name, bad in _misses(cost, goal_ms) if bad]
    verdict = f"short: {' '.join(short)}" if short else "ok"
    return (
        f"  {cost.mode.name:<12}{cost.cpu_ms:>8.2f}{cost.wall_ms:>9.2f}{cost.times_real_time:>13.0f}"
        f"{cost.start_s:>9.2f}"
        f"   {goal_ms:g} ms CPU, {TIMES_REAL_TIME:g} x  {verdict}"
    )


def _misses(cost: Cost, goal_ms: float) -> list[tuple[str, bool]]:
    return [("CPU", cost.cpu_ms > goal_ms), ("speed", cost.times_real_time < TIMES_REAL_TIME)]
