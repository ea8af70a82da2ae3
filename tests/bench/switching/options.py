"""What can be asked of the bench: the command line, checked, and nothing run."""

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.switching.levels import LEVELS, PROMISED
from tests.bench.switching.program import MODES, Mode
from tests.bench.switching.show_run import STAND_INS
from tests.bench.switching.sound import SAMPLE_RATE
from tests.bench.switching.truth import OWN_DATA

_SETS = ("dev", "sim", "robust")
_MODES = {mode.name: mode for mode in MODES}


@dataclass(frozen=True, slots=True)
class Options:
    """See parse() for the words."""

    sets: Sequence[str]
    shows: int
    levels: Sequence[str]
    modes: Sequence[Mode]
    seed: int
    data: Path
    keep: Path | None
    out: Path | None
    bootstrap: bool
    compare: bool
    check_causal: bool
    cost: bool
    jobs: int
    sample_rate: int
    stand_in: str | None


def parse(arguments: Sequence[str], description: str | None) -> Options:
    """Ends the program with a sentence where they are wrong."""
    given = _parser(description).parse_args(arguments)
    return Options(
        sets=_SETS if given.set == "all" else (given.set,),
        shows=given.n,
        levels=given.levels,
        modes=[_MODES[name] for name in given.modes],
        seed=given.seed,
        data=given.data,
        keep=given.keep,
        out=given.json,
        bootstrap=given.bootstrap,
        compare=given.compare,
        check_causal=given.check_causal,
        cost=given.cost,
        jobs=given.jobs,
        sample_rate=given.rate,
        stand_in=given.stand_in,
    )


def _parser(description: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.switching", description=description)
    add, switch = parser.add_argument, argparse.BooleanOptionalAction
    add("--set", choices=[*_SETS, "all"], default="all", help="dev: real turn-taking; sim: simulated; robust: faults")
    add("--n", type=_count, default=24, help="so many shows of each set at most; 24")
    add("--levels", type=_some_of(LEVELS), default=PROMISED, help=f"of {', '.join(LEVELS)}; {','.join(PROMISED)}")
    add("--modes", type=_some_of(_MODES), default=tuple(_MODES), help=f"of {', '.join(_MODES)}; all")
    add("--seed", type=int, default=7, help="of the simulated shows; 7")
    add("--data", type=Path, default=OWN_DATA, help="a folder with excerpts.json and voices/ in place of the own")
    add("--keep", type=Path, help="leave the made shows in this folder: 30 MB each")
    add("--json", type=Path, help="write everything there, per show")
    add("--bootstrap", action="store_true", help="print the 95 %% interval of each mean Q")
    add("--compare", action=switch, default=True, help="other methods on the same shows")
    add("--check-causal", action=switch, default=True, help="cut every eighth show off and look whether cuts change")
    add("--cost", action=switch, default=True, help="measure CPU and speed at the end")
    add("--jobs", type=_count, default=2, help="processes at a time; 2")
    add("--rate", type=int, choices=[SAMPLE_RATE, 3 * SAMPLE_RATE], default=SAMPLE_RATE, help="of the files, Hz")
    add("--stand-in", choices=STAND_INS, help="cuts by the truth instead of the program, to try the bench itself")
    return parser


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError("one at least")
    return count


def _some_of(known: Iterable[str]) -> Callable[[str], tuple[str, ...]]:
    """A list with commas of known words, in the known order."""
    order = tuple(known)

    def words(text: str) -> tuple[str, ...]:
        given = text.split(",")
        if not set(given) <= set(order):
            raise argparse.ArgumentTypeError(f"choose from {','.join(order)}")
        return tuple(word for word in order if word in given)

    return words
