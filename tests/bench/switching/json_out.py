"""Everything that was measured, per show, for other programs to read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.bench.switching.cost import Cost
from tests.bench.switching.show_run import Run, ShowResult

_SCHEMA = 1


def write(path: Path, sets: Mapping[str, Sequence[ShowResult]], costs: Sequence[Cost]) -> None:
    """One row per show and way of cutting it."""
    rows = [row for name, results in sets.items() for result in results for row in _rows(name, result)]
    spent = [
        {
            "mode": cost.mode.name,
            "cpu_ms": cost.cpu_ms,
            "wall_ms": cost.wall_ms,
            "times_real_time": cost.times_real_time,
        }
        for cost in costs
    ]
    path.write_text(json.dumps({"schema": _SCHEMA, "shows": rows, "cost": spent}, indent=1) + "\n")


def _rows(set_name: str, result: ShowResult) -> list[dict[str, Any]]:
    show = {
        "set": set_name,
        "show": result.order.name,
        "excerpt": result.order.excerpt.name,
        "level": result.order.level,
        "seed": result.order.seed,
        "fault": result.order.fault.value,
        "microphones": result.microphones,
    }
    runs = [{**show, "mode": name, **_run(run)} for name, run in result.runs.items()]
    return runs + [{**show, "method": name, **_run(run)} for name, run in result.compared.items()]


def _run(run: Run) -> dict[str, Any]:
    per_minute = {
        "false_per_min": run.score.false_per_min,
        "cuts_per_min": run.score.cuts_per_min,
        "ping_pongs_per_min": run.score.ping_pongs_per_min,
    }
    return {
        "score": {**asdict(run.score), **per_minute},
        "warnings": [asdict(each) for each in run.warnings],
        "causal": run.is_causal,
        "wall_s": run.wall_s,
        "cpu_s": run.cpu_s,
    }
