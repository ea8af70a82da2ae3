"""From results to the printed tables. Runs nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.bench.switching.faults import Fault
from tests.bench.switching.goals import EARLIER, FAULTY, NO_GOAL, REAL, SIMULATED, WARNED_WITHIN_S, Goals
from tests.bench.switching.pool import pool
from tests.bench.switching.program import Mode
from tests.bench.switching.show_run import COMPARED, FOLLOWER_LATE_S, Run, ShowResult
from tests.bench.switching.table import Table, heading

GAIN_CONTROL = "gain_control"
_COMPARED_TITLES = {
    "loudest microphone": "for comparison: the loudest microphone, 1.5 s hold",
    "voice detector": "for comparison: a voice detector per microphone with hysteresis, 1.5 s hold",
    "follower": f"for comparison: the true floor, known {FOLLOWER_LATE_S:g} s late",
    "oracle": "for comparison: everything known beforehand",
}
_FAULT_TITLES = {
    Fault.GAIN_CONTROL: "automatic gain control on all microphones",
    Fault.SILENT_EXTRA: "an extra microphone, digitally silent",
    Fault.NOISE_EXTRA: "an extra microphone with nothing but noise",
    Fault.GAIN_TURNED: "every gain turned by 6 dB at minute 2, half of them up, half down",
    Fault.FAR: "omnis half a metre away in a live room: beyond what is promised",
}


@dataclass(frozen=True, slots=True)
class Report:
    """modes: in the order of the tables."""

    modes: Sequence[Mode]
    table: Table

    def real(self, results: Sequence[ShowResult]) -> Iterator[str]:
        """Real turn-taking: goals, comparisons, warnings nobody should get, looking ahead."""
        yield from heading(f"dev: {_shows(results)}, turn-taking of real talk")
        yield from self._by_mode(results, REAL)
        for method in COMPARED if results[0].compared else ():
            yield _COMPARED_TITLES[method]
            yield from self._by_level([(each.order.level, each.compared[method]) for each in results], method, {})
        yield ""
        yield from self._false_warnings(results)
        yield from self._causal(results)

    def simulated(self, results: Sequence[ShowResult], seed: int) -> Iterator[str]:
        """Fresh shows."""
        yield from heading(f"sim: {_shows(results)}, simulated turn-taking, seed {seed}")
        yield from self._by_mode(results, SIMULATED)

    def faulty(self, results: Sequence[ShowResult]) -> Iterator[str]:
        """Something is wrong with the microphones."""
        yield from heading(f"robust: {len(results) // len(_FAULT_TITLES)} shows of dev with each fault, at the table")
        yield from self.table.fault_head()
        for fault, title in _FAULT_TITLES.items():
            concerned = [each for each in results if each.order.fault is fault]
            yield title
            for mode in self.modes:
                yield self._fault_line(fault, mode, [each.runs[mode.name] for each in concerned])
        yield ""
        yield from self._warned(results)

    def _by_mode(self, results: Sequence[ShowResult], goals: Goals) -> Iterator[str]:
        yield from self.table.head()
        for mode in self.modes:
            yield mode.title
            yield from self._by_level(
                [(each.order.level, each.runs[mode.name]) for each in results], mode.name, goals
            )

    def _by_level(self, runs: Sequence[tuple[str, Run]], mode: str, goals: Goals) -> Iterator[str]:
        for level in dict.fromkeys(level for level, _ in runs):
            pooled = pool([run.score for at, run in runs if at == level])
            yield self.table.line(level, pooled, goals.get((mode, level), NO_GOAL))

    def _fault_line(self, fault: Fault, mode: Mode, runs: Sequence[Run]) -> str:
        times = [_warned_s(run) for run in runs if _warned(run)]
        known = [t_s for t_s in times if t_s is not None]
        warned = f"{len(times)}/{len(runs)}" + (f" {max(known):.1f} s" if known else "")
        pooled = pool([run.score for run in runs])
        key = (fault.value, mode.name)
        return self.table.fault_line(mode.name, pooled, EARLIER.get(key), FAULTY.get(key, NO_GOAL), warned)

    def _warned(self, results: Sequence[ShowResult]) -> Iterator[str]:
        runs = [
            each.runs[mode.name]
            for each in results
            if each.order.fault is Fault.GAIN_CONTROL
            for mode in self.modes
            if mode.name == "live"
        ]
        in_time = sum((t_s := _warned_s(run)) is not None and t_s <= WARNED_WITHIN_S for run in runs)
        if runs:
            yield (
                f"gain control is warned of live within {WARNED_WITHIN_S:g} s in {in_time} of {len(runs)} shows"
                f" (goal: all)  {_ok(in_time == len(runs))}"
            )

    def _false_warnings(self, results: Sequence[ShowResult]) -> Iterator[str]:
        by_level = {
            level: sum(
                any(_warned(run) for run in each.runs.values()) for each in results if each.order.level == level
            )
            for level in dict.fromkeys(each.order.level for each in results)
        }
        found = ", ".join(f"{level} {count}" for level, count in by_level.items())
        verdict = _ok(not any(by_level.values()))
        yield f"warned of gain control where there is none: {found} shows (goal: none)  {verdict}"

    def _causal(self, results: Sequence[ShowResult]) -> Iterator[str]:
        looked = {
            f"{each.order.name} ({name})": run.is_causal
            for each in results
            for name, run in each.runs.items()
            if run.is_causal is not None
        }
        if looked:
            ahead = [name for name, is_causal in looked.items() if not is_causal]
            found = f"{len(ahead)} of {len(looked)} runs look ahead  {_ok(not ahead)}"
            yield f"causal, shows cut off at two points: {found}"
            yield from (f"  {name} looks ahead" for name in ahead)


def _shows(results: Sequence[ShowResult]) -> str:
    minutes = results[0].order.excerpt.duration_s / 60
    levels = len({each.order.level for each in results})
    return f"{len(results) // levels} shows of {minutes:g} min at each level"


def _ok(good: bool) -> str:  # noqa: FBT001 - the very thing that is told
    return "ok" if good else "short"


def _warned(run: Run) -> bool:
    return any(each.kind == GAIN_CONTROL for each in run.warnings)


def _warned_s(run: Run) -> float | None:
    times = [each.t_s for each in run.warnings if each.kind == GAIN_CONTROL and each.t_s is not None]
    return min(times, default=None)
