"""`director export`: a session as timelines for editors."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from director_app.cli.outcome import BadInput, ExitCode, news, results
from director_app.post.timelines.export import Exported, Replacing, export_session, missing_files
from director_app.post.timelines.formats import Format


class Report(Enum):
    """How what was written is told."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What the command was asked for. formats: as typed; None: all. out: None is the session's folder."""

    session: Path
    formats: str | None
    out: Path | None
    replacing: Replacing
    report: Report


def export(order: ExportOrder) -> ExitCode:
    """Writes and tells. Raises BadInput or SessionError before anything is written."""
    forms = formats_of(order.formats)
    exported = export_session(order.session, forms, order.out, order.replacing)
    problems = [*exported.timeline.problems, *missing_files(order.session, exported.timeline)]
    for problem in problems:
        news.print(problem, style="yellow", markup=False)
    if order.report is Report.JSON:
        results.print(json.dumps(_document(exported, problems), ensure_ascii=False, indent=1), markup=False)
    else:
        for path in exported.files.values():
            results.print(str(path), markup=False)
    return ExitCode.PROBLEMS if problems else ExitCode.DONE


def formats_of(typed: str | None) -> Sequence[Format]:
    """Raises BadInput for a name that is none."""
    if typed is None:
        return tuple(Format)
    names = [name.strip().lower() for name in typed.split(",") if name.strip()]
    known = ", ".join(Format)
    if not names:
        raise BadInput(f"Name at least one format with --to: {known}.")
    unknown = [name for name in names if name not in set(Format)]
    if unknown:
        raise BadInput(f'There is no format "{unknown[0]}". Name some of these with --to: {known}.')
    return [Format(name) for name in names]


def _document(exported: Exported, problems: Sequence[str]) -> dict[str, Any]:
    timeline, fps = exported.timeline, exported.timeline.canvas.fps
    return {
        "schema": 1,
        "session": exported.manifest.id,
        "frames": timeline.length,
        "fps": [fps.numerator, fps.denominator],
        "shots": len(timeline.program.clips),
        "markers": len(timeline.markers),
        "files": [{"format": form.value, "path": str(path)} for form, path in exported.files.items()],
        "problems": list(problems),
    }
