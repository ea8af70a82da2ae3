"""Runs one set of shows after the other and prints each as it is done. Decides neither figures nor goals."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import numpy as np

from tests.bench.switching import cost, orders
from tests.bench.switching.cost import Cost
from tests.bench.switching.options import Options
from tests.bench.switching.orders import Order
from tests.bench.switching.program import Mode, ask
from tests.bench.switching.progress import Progress, say
from tests.bench.switching.report import Report
from tests.bench.switching.show_run import Bench, ShowResult, run_show, write_show
from tests.bench.switching.sound import SAMPLE_RATE
from tests.bench.switching.table import Table
from tests.bench.switching.truth import Excerpt
from tests.bench.switching.voices import VoiceFiles
from tests.bench.switching.workers import in_parallel

_ONLY_DEV = "key-frames"
"""A mode that is only a comparison, and slow enough to be measured once."""


@dataclass
class Measurement:
    """results: by set, in the order of the orders; folder: for what is deleted in the end."""

    options: Options
    excerpts: Sequence[Excerpt]
    voices: Sequence[VoiceFiles]
    folder: Path
    results: dict[str, list[ShowResult]] = field(default_factory=dict)
    costs: list[Cost] = field(default_factory=list)

    def run(self) -> Iterator[str]:
        """The lines of the tables; raises ProgramError."""
        if self.options.stand_in is not None:
            yield f"# no program: cuts by the truth ({self.options.stand_in}), to try the bench itself"
        self._probe()
        for name in self.options.sets:
            self.results[name] = self._measured(name, self._orders(name))
            yield from self._report(name)
        if self.options.cost and self.options.stand_in is None:
            say("cost: one run at a time")
            self.costs = cost.measure(self.excerpts, self.voices, self.options.modes, self.folder)
            yield from cost.table(self.costs)

    def _probe(self) -> None:
        """A program that is not there is told of before a minute is spent on making shows."""
        if self.options.stand_in is None:
            silence = write_show(self.folder / "probe", np.zeros((2, SAMPLE_RATE), np.float32), SAMPLE_RATE)
            for mode in self.options.modes:
                ask(silence, mode)

    def _orders(self, name: str) -> list[Order]:
        if name == "sim":
            return orders.simulated(self.options.shows, self.options.seed, self.options.levels)
        if name == "robust":
            return orders.faulty(self.excerpts)
        return orders.real(self.excerpts, self.options.levels)

    def _modes(self, name: str) -> list[Mode]:
        return [mode for mode in self.options.modes if name == "dev" or mode.name != _ONLY_DEV]

    def _measured(self, name: str, wanted: Sequence[Order]) -> list[ShowResult]:
        bench = Bench(
            voices=self.voices,
            modes=self._modes(name),
            folder=self.options.keep or self.folder,
            keep=self.options.keep is not None,
            sample_rate=self.options.sample_rate,
            compare=self.options.compare and name == "dev",
            stand_in=self.options.stand_in,
        )
        if not self.options.check_causal:
            wanted = [replace(each, check_causal=False) for each in wanted]
        progress = Progress(name, len(wanted))
        done: dict[str, ShowResult] = {}
        for result in in_parallel(partial(run_show, bench), wanted, self.options.jobs):
            progress.step(result)
            done[result.order.name] = result
        return [done[each.name] for each in wanted]

    def _report(self, name: str) -> Iterator[str]:
        report = Report(self._modes(name), Table(self.options.bootstrap))
        if name == "sim":
            return report.simulated(self.results[name], self.options.seed)
        if name == "robust":
            return report.faulty(self.results[name])
        return report.real(self.results[name])
