"""`director cut`: the director over microphone files, without a camera. Says where it would cut, and why."""

import json
import math
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from director_app.cli.outcome import BadInput, news, results
from director_app.core.canvas import SAMPLE_RATE, timecode
from director_app.core.decisions import Cut, Hearing
from director_app.core.evidence import SILENCE_DB
from director_app.core.rules import SwitchRules
from director_app.core.sources import Cast
from director_app.core.styles import Style, rules
from director_app.post.choices import Mode
from director_app.post.cut_documents import cut_document, read_locked
from director_app.post.cutting import CutRun, ProgramSettings, dry_cut_list, live_cuts, run_of, table
from director_app.post.microphone_files import MicrophoneFiles, SoundWarning, open_microphone_files
from director_app.post.recut import LockedCut, offline_cuts
from director_app.session.atomic import write_atomically
from director_app.speech import gain_control_advice

STDOUT = Path("-")


class Explain(StrEnum):
    """Whether people want to read the cuts."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class CutOrder:
    """What the command was asked for."""

    microphones: Sequence[Path]
    mode: Mode
    rules: SwitchRules
    settings: ProgramSettings
    locked: Path | None
    explain: Explain
    out: Path | None


def checked_rules(style: Style, delay_s: float, minimum_shot_s: float | None) -> SwitchRules:
    """Raises BadInput for numbers that cannot be."""
    try:
        return rules(style, delay_s, minimum_shot_s=checked_shot_s(minimum_shot_s))
    except ValueError as error:
        raise BadInput(str(error)) from None


def checked_shot_s(seconds: float | None) -> float | None:
    """Raises BadInput for what is no length at all; what is too short, the rules refuse."""
    if seconds is not None and not (math.isfinite(seconds) and seconds <= 60):
        raise BadInput(f"A minimum shot of {seconds:g} s cannot be: use 1.5 to 60 s.")
    return seconds


def cut(order: CutOrder) -> None:
    """Reads, cuts, prints and writes. Raises BadInput, SourceError or SessionError before anything is written."""
    if not order.microphones:
        raise BadInput("Name at least one microphone file: director cut --mic FILE")
    if order.locked is not None and order.mode is Mode.LIVE:
        raise BadInput("Cuts can be locked with --mode offline only.")
    check_writable(order.out, order.microphones)
    cast = table(labels(order.microphones))
    locked = []
    if order.locked is not None:
        locked = read_locked(order.locked, order.settings.canvas, len(order.microphones))
    with open_microphone_files(order.microphones) as files:
        run = _run(order, files, cast, locked)
        warnings = [*files.warnings(), *heard_warnings(run)]
    tell_warnings(warnings)
    document = cut_document(run, order.mode, order.settings.programme_delay_s, warnings)
    if order.explain is Explain.YES or order.out is None:
        console = news if order.out == STDOUT else results
        for line in explanation(run, cast):
            console.print(line, markup=False)
    write_json(order.out, document)


def _run(order: CutOrder, files: MicrophoneFiles, cast: Cast, locked: Sequence[LockedCut]) -> CutRun:
    if order.mode is Mode.LIVE:
        return live_cuts(files.ticks(), cast, order.rules, order.settings)
    recut = offline_cuts(files.ticks(), cast, order.rules, order.settings, locked)
    length_s = files.end_sample / SAMPLE_RATE
    run = run_of(dry_cut_list(recut.placed), recut.placed, order.settings.canvas, length_s)
    return replace(run, gain_control_s=recut.gain_control_s)


def heard_warnings(run: CutRun) -> list[SoundWarning]:
    """What the analysis noticed in the sound."""
    if run.gain_control_s is None:
        return []
    sentence = gain_control_advice.warning((), platform.system())
    return [SoundWarning("gain_control", round(run.gain_control_s, 3), None, sentence)]


def labels(paths: Sequence[Path]) -> list[str]:
    """How sentences name the person at each microphone: by its file, with a number where two have the same name."""
    stems = [path.stem for path in paths]
    return [stem if stems.count(stem) == 1 else f"{stem} ({number})" for number, stem in enumerate(stems)]


def tell_warnings(warnings: Sequence[SoundWarning]) -> None:
    """For people, on standard error."""
    for warning in warnings:
        news.print(warning.sentence, style="yellow", markup=False)


def check_writable(out: Path | None, inputs: Iterable[Path] = ()) -> None:
    """Raises BadInput before any work is done for a file that cannot be written anyway, or is one of the inputs."""
    if out is None or out == STDOUT:
        return
    try:
        if out.is_dir():
            raise BadInput(f"{out} is a folder. Name a file.")
        if not out.absolute().parent.is_dir():
            raise BadInput(f"There is no folder {out.absolute().parent} to write {out.name} into.")
        if out.exists() and any(path.exists() and path.samefile(out) for path in inputs):
            raise BadInput(f"{out} is read here; writing JSON into it would destroy it. Name another file.")
    except OSError as error:
        raise BadInput(f"{out} cannot be written: {error.strerror or error}.") from None


def write_json(out: Path | None, document: dict[str, Any]) -> None:
    """Whole or not at all, but for pipes and devices, which are written to and stay. Raises BadInput."""
    if out is None:
        return
    text = json.dumps(document, ensure_ascii=False, indent=1)
    if out == STDOUT:
        results.print(text, markup=False)
        return
    try:
        # Replacing a file replaces whatever bears its name: a link, a pipe, /dev/null.
        target = out.resolve()
        if target.exists() and not target.is_file():
            target.write_text(text + "\n", "utf-8")
        else:
            write_atomically(target, text + "\n")
    except OSError as error:
        raise BadInput(f"{out} cannot be written: {error.strerror or error}.") from None


def explanation(run: CutRun, cast: Cast) -> list[str]:
    """One line a shot, and under it what was known when it was decided."""
    lines = []
    for air in run.shots:
        camera = cast.camera(air.shot.camera)
        reason = "The show opens." if air.cut is None else air.cut.reason
        lines.append(
            f"{timecode(run.canvas.slot_time_s(air.shot.first))}  {_title(camera.id, camera.label)}  {reason}"
        )
        if air.cut is not None:
            lines += [f"            {line}" for line in _known(air.cut, cast)]
    count = max(0, len(run.shots) - 1)
    lines.append(f"{count} {'cut' if count == 1 else 'cuts'} in {timecode(run.length_s)}.")
    return lines


def _known(cut: Cut, cast: Cast) -> list[str]:
    heard = [
        f"{cast.microphone(each.microphone).label}: spoke {each.spoke_s:.1f} s{_levels(each)}"
        for each in cut.hearings
        if each.spoke_s
    ]
    waited = [f"waited {block.waited_s:.1f} s for: {block.rule}" for block in cut.blocked_by]
    return [f"decided at {cut.at_s:.2f} s; {'; '.join([*heard, *waited])}".rstrip("; ")]


def _levels(hearing: Hearing) -> str:
    """Nothing where no level was noted: a plan for a whole show has no single moment."""
    if hearing.level_db <= SILENCE_DB:
        return ""
    return f", {hearing.level_db:.0f} dB, margin {hearing.margin_db:+.0f} dB"


def _title(camera: str, label: str) -> str:
    return label if camera == label.lower() else f"{camera} {label}"
