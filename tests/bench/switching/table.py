"""Lines of the printed tables, at most 118 wide. Computes nothing but verdicts."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.switching.goals import NO_GOAL, Goal
from tests.bench.switching.pool import Pooled

WIDTH = 118
_NAME = 12


def heading(text: str) -> list[str]:
    """Above a table."""
    return ["", text, "=" * min(len(text), WIDTH)]


@dataclass(frozen=True, slots=True)
class Table:
    """with_interval: a column more, the 95 % interval of the mean Q."""

    with_interval: bool

    def head(self) -> list[str]:
        """Names of figures and goals."""
        return [
            f"{self._figure_names()[0]}{'goal:':>8}",
            f"{self._figure_names()[1]}{'Q':>8}{'right':>6}{'false':>6}",
        ]

    def line(self, name: str, pooled: Pooled, goal: Goal = NO_GOAL) -> str:
        """Figures, goals, verdict."""
        aims = f"{_shown(goal.quality, 8)}{_shown(goal.on_floor_pct, 6)}{_shown(goal.false_per_min, 6)}"
        return f"{self._figures(name, pooled)}{aims}  {verdict(pooled, goal)}".rstrip()

    def fault_head(self) -> list[str]:
        """The same where something is wrong with microphones."""
        first, second = self._figure_names()
        return [
            f"{first}{'earlier':>8}{'goal':>6}  warned of".rstrip(),
            f"{second}{'Q':>8}{'Q':>6}  gain control",
        ]

    def fault_line(self, name: str, pooled: Pooled, earlier: float | None, goal: Goal, warned: str) -> str:
        """Figures, what an earlier method reached, goal, in how many shows it was warned, verdict."""
        aims = f"{_shown(earlier, 8)}{_shown(goal.quality, 6)}  {warned:<14}"
        return f"{self._figures(name, pooled)}{aims}{verdict(pooled, goal)}".rstrip()

    def _figure_names(self) -> tuple[str, str]:
        interval = (f"{'95 % of':>11}", f"{'mean Q':>11}") if self.with_interval else ("", "")
        return (
            f"{'':{_NAME}}{'':>7}{interval[0]}{'right':>8}{'false':>7}{'latency s':>14}{'ping-pong':>10}{'worst':>7}",
            f"{'':{_NAME}}{'Q':>7}{interval[1]}{'%':>8}{'a min':>7}{'median':>8}{'p95':>6}{'a min':>10}{'Q':>7}",
        )

    def _figures(self, name: str, pooled: Pooled) -> str:
        interval = f"{pooled.quality_low:>6.1f}-{pooled.quality_high:<4.1f}" if self.with_interval else ""
        return (
            f"  {name:<{_NAME - 2}}{pooled.quality:>7.1f}{interval}{pooled.on_floor_pct:>8.1f}"
            f"{pooled.false_per_min:>7.2f}{pooled.latency_median_s:>8.2f}{pooled.latency_p95_s:>6.2f}"
            f"{pooled.ping_pongs_per_min:>10.2f}{pooled.worst_quality:>7.1f}"
        )


def verdict(pooled: Pooled, goal: Goal) -> str:
    """Of the figures as they are printed: ok, short and of what, or nothing where there is no goal."""
    if goal == NO_GOAL:
        return ""
    short = list(_short(pooled, goal))
    if not short:
        return "ok"
    if goal.floor is not None and round(pooled.quality, 1) >= goal.floor:
        return f"short, over {goal.floor:g}"
    return f"short: {' '.join(short)}"


def _short(pooled: Pooled, goal: Goal) -> Iterator[str]:
    if goal.quality is not None and round(pooled.quality, 1) < goal.quality:
        yield "Q"
    if goal.on_floor_pct is not None and round(pooled.on_floor_pct, 1) < goal.on_floor_pct:
        yield "right"
    if goal.false_per_min is not None and round(pooled.false_per_min, 2) > goal.false_per_min:
        yield "false"


def _shown(value: float | None, width: int) -> str:
    return f"{'' if value is None else f'{value:g}':>{width}}"
