"""`director replay`: a recorded show directed once more, beside what it was."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from director_app.cli.cut import STDOUT, check_writable, checked_shot_s, write_json
from director_app.cli.outcome import BadInput, ExitCode, news, results
from director_app.core.canvas import Canvas, timecode
from director_app.core.cut_list import Shot
from director_app.core.rules import SwitchRules
from director_app.core.sources import Cast
from director_app.core.styles import Style
from director_app.post.other_ways import changed_rules, with_delay
from director_app.post.recorded_show import RecordedShow, read_recorded_show
from director_app.post.replay import Replayed, replay
from director_app.post.replay_differences import differences, late_cuts

_NEAR_S = 2.0


@dataclass(frozen=True, slots=True)
class Changes:
    """Settings that are not to be those of the show; None leaves them."""

    programme_delay_s: float | None = None
    style: Style | None = None
    minimum_shot_s: float | None = None

    @property
    def are_none(self) -> bool:
        """Whether everything is to be as it was."""
        return self == Changes()


@dataclass(frozen=True, slots=True)
class _Line:
    """One change of picture on both sides; either may lack it."""

    before: Shot | None
    after: Shot | None

    @property
    def mark(self) -> str:
        """What became of it."""
        if self.before is None or self.after is None:
            return "new" if self.before is None else "gone"
        return "" if self.before.first == self.after.first else "moved"


def replay_session(folder: Path, changes: Changes, out: Path | None) -> ExitCode:
    """Prints both lists of cuts. Raises SessionError or BadInput before anything is written."""
    check_writable(out, folder.iterdir() if folder.is_dir() else ())
    show = read_recorded_show(folder)
    rules, settings = show.rules, show.settings
    if not changes.are_none:
        rules = _changed(show, changes)
        settings = with_delay(settings, rules.programme_delay_s)
    again = replay(show, rules, settings)
    found = differences(show, again)
    lines = list(_side_by_side(show, again))
    console = news if out == STDOUT else results
    console.print(_table(show, again, lines), soft_wrap=False)
    for sentence in _summary(show, changes, found, lines):
        console.print(sentence, markup=False)
    write_json(out, _document(show, rules, again, found, lines))
    return ExitCode.PROBLEMS if changes.are_none and found else ExitCode.DONE


def _changed(show: RecordedShow, changes: Changes) -> SwitchRules:
    """Raises BadInput for numbers that cannot be."""
    try:
        return changed_rules(show, changes.style, changes.programme_delay_s, checked_shot_s(changes.minimum_shot_s))
    except ValueError as error:
        raise BadInput(str(error)) from None


def _summary(show: RecordedShow, changes: Changes, found: Sequence[str], lines: Sequence[_Line]) -> list[str]:
    changed = sum(bool(line.mark) for line in lines)
    if not changes.are_none:
        return [f"{changed} of {len(lines)} changes of picture would have been different."]
    lost: list[str] = []
    if math.isfinite(show.logged_until_s):
        at = timecode(show.logged_until_s)
        lost = [f"After {at} a crash took the lines of the log: only what was before is compared."]
    if found:
        return ["The same settings do not give the same decisions:", *found, *lost]
    late = late_cuts(show)
    kept_up = "" if not late else f" The engine was late for {late} of them, which may have moved them."
    return [f"The same settings give the same {len(show.cuts)} decisions.{kept_up}", *lost]


def _side_by_side(show: RecordedShow, again: Replayed) -> Iterator[_Line]:
    """Shots of both sides that belong together: the same camera, nearly the same time."""
    canvas = show.settings.canvas
    end = show.manifest.slots or canvas.slot_at(again.end_s)
    before, after = list(show.air.shots(end)), list(again.air.shots(end))
    while before or after:
        if before and after and _belong_together(canvas, before[0], after[0]):
            yield _Line(before.pop(0), after.pop(0))
        elif not after or (before and before[0].first <= after[0].first):
            yield _Line(before.pop(0), None)
        else:
            yield _Line(None, after.pop(0))


def _belong_together(canvas: Canvas, before: Shot, after: Shot) -> bool:
    return before.camera == after.camera and abs(before.first - after.first) <= _NEAR_S * canvas.fps


def _table(show: RecordedShow, again: Replayed, lines: Sequence[_Line]) -> Table:
    reasons_before = {cut.slot: cut.reason for cut in show.cuts}
    reasons_after = {int(cut.slot): cut.cut.reason for cut in again.placed}
    table = Table("", "recorded", "", "replayed", "", "why", box=None, pad_edge=False)
    styles = {"": "", "moved": "yellow", "new": "green", "gone": "red"}
    for line in lines:
        shot = line.after or line.before
        assert shot is not None
        reasons = reasons_before if line.after is None else reasons_after
        why = reasons.get(shot.first, "The show opens." if shot.first == 0 else "")
        cells = [line.mark, *_cells(show, line.before), *_cells(show, line.after), why]
        table.add_row(*(Text(cell, styles[line.mark]) for cell in cells))
    return table


def _cells(show: RecordedShow, shot: Shot | None) -> tuple[str, str]:
    if shot is None:
        return "", ""
    when = timecode(show.settings.canvas.slot_time_s(shot.first)).removeprefix("00:")
    return when, show.cast.camera(shot.camera).title


def _document(
    show: RecordedShow, rules: SwitchRules, again: Replayed, found: Sequence[str], lines: Sequence[_Line]
) -> dict[str, Any]:
    canvas = show.settings.canvas
    return {
        "schema": 1,
        "session": show.manifest.id,
        "rules": asdict(rules),
        "same_decisions": not found,
        "differences": list(found),
        "changes_of_picture": [
            {
                "what": line.mark or "same",
                "recorded": _point(canvas, line.before, show.cast),
                "replayed": _point(canvas, line.after, show.cast),
            }
            for line in lines
        ],
        "decisions": [
            {
                "decided_t": round(placed.cut.at_s, 4),
                "t": round(canvas.slot_time_s(placed.slot), 6),
                "camera": placed.cut.target,
                "reason": placed.cut.reason,
            }
            for placed in again.placed
        ],
    }


def _point(canvas: Canvas, shot: Shot | None, cast: Cast) -> dict[str, Any] | None:
    if shot is None:
        return None
    return {"t": round(canvas.slot_time_s(shot.first), 6), "camera": cast.camera(shot.camera).id}
