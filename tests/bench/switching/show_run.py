"""One show from its making to its scores, in a process of its own: made once, cut in every mode, then gone."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.switching.causal import is_causal
from tests.bench.switching.cut_list import Cut
from tests.bench.switching.faults import with_fault
from tests.bench.switching.generate import at_rate, make_show
from tests.bench.switching.ideal import follower, oracle
from tests.bench.switching.orders import Order
from tests.bench.switching.program import Answer, Mode, Warned, ask
from tests.bench.switching.reference import Reference, reference
from tests.bench.switching.score import Score, score
from tests.bench.switching.simple_methods import loudest_microphone, voice_detectors
from tests.bench.switching.sound import Samples, write_wav
from tests.bench.switching.truth import Truth, as_json
from tests.bench.switching.voices import VoiceFiles

FOLLOWER_LATE_S = 0.3
STAND_INS = ("oracle", "follower")
COMPARED = ("loudest microphone", "voice detector", "follower", "oracle")


@dataclass(frozen=True, slots=True)
class Bench:
    """What is the same for all shows. stand_in: cuts instead of the program, to try the bench itself."""

    voices: Sequence[VoiceFiles]
    modes: Sequence[Mode]
    folder: Path
    keep: bool = False
    sample_rate: int = 16_000
    compare: bool = False
    stand_in: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A show cut in one way; is_causal is None where it was not looked at."""

    score: Score
    warnings: tuple[Warned, ...] = ()
    wall_s: float = 0.0
    cpu_s: float = 0.0
    is_causal: bool | None = None


@dataclass(frozen=True, slots=True)
class ShowResult:
    """runs: by mode; compared: by method."""

    order: Order
    microphones: int
    runs: dict[str, Run]
    compared: dict[str, Run] = field(default_factory=dict)


def run_show(bench: Bench, order: Order) -> ShowResult:
    """Raises ProgramError."""
    tracks, truth = with_fault(order.fault, *make_show(order.excerpt, order.level, order.seed, bench.voices))
    known = reference(truth)
    folder = bench.folder / "audio" / order.name
    try:
        microphones = write_show(folder, at_rate(tracks, bench.sample_rate), bench.sample_rate)
        runs = {mode.name: _run(bench, order, mode, microphones, truth, known) for mode in bench.modes}
    finally:
        if not bench.keep:
            shutil.rmtree(folder, ignore_errors=True)
    if bench.keep:
        _write_truth(bench.folder / "truth" / f"{order.name}.json", order, truth)
    compared = _compared(tracks, truth, known) if bench.compare else {}
    return ShowResult(order, len(tracks), runs, compared)


def write_show(folder: Path, tracks: Samples, sample_rate: int) -> list[Path]:
    """mic0.wav ... in a new folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"mic{index}.wav" for index in range(len(tracks))]
    for path, track in zip(paths, tracks, strict=True):
        write_wav(path, track, sample_rate)
    return paths


def _write_truth(path: Path, order: Order, truth: Truth) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**as_json(truth), "id": order.excerpt.name}))


def _run(bench: Bench, order: Order, mode: Mode, microphones: Sequence[Path], truth: Truth, known: Reference) -> Run:
    if bench.stand_in is not None:
        return Run(score(truth, _ideal(bench.stand_in, known), known=known))
    got = ask(microphones, mode)
    causal = is_causal(microphones, mode, got) if order.check_causal and mode.is_live else None
    return Run(_scored(got, truth, known), got.warnings, got.wall_s, got.cpu_s, causal)


def _scored(got: Answer, truth: Truth, known: Reference) -> Score:
    return score(truth, got.cuts, got.start, known)


def _ideal(name: str, known: Reference) -> list[Cut]:
    return oracle(known) if name == "oracle" else follower(known, FOLLOWER_LATE_S)


def _compared(tracks: Samples, truth: Truth, known: Reference) -> dict[str, Run]:
    cut_lists = (
        loudest_microphone(tracks),
        voice_detectors(tracks),
        follower(known, FOLLOWER_LATE_S),
        oracle(known),
    )
    return {name: Run(score(truth, cuts, known=known)) for name, cuts in zip(COMPARED, cut_lists, strict=True)}
