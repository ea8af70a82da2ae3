"""The line under a running show: time, who is on air and why, meters, trouble, disk. Draws only."""

from rich.cells import cell_len, set_cell_size
from rich.console import Group
from rich.text import Text

from director_app.cli.duration import spoken
from director_app.core.canvas import timecode
from director_app.core.decisions import Mode
from director_app.core.sources import Cast, SourceState
from director_app.engine.state import Snapshot, Urgency

_METER = "▁▂▃▄▅▆▇█"
_METER_FLOOR_DB = -60.0
_KEYS = "1-9 take  w wide  space auto/manual  h hold  n name  m marker  q stop"
_NAME = 20
"""Cells of a label: a line has room for more than a name."""
_MODE_STYLE = {Mode.AUTO: "bold blue", Mode.HOLD: "bold white", Mode.MANUAL: "bold white"}


def status(snapshot: Snapshot, cast: Cast) -> Group:
    """All lines for a terminal."""
    steady = [_program(snapshot, cast), _meters(snapshot, cast), Text(_health(snapshot))]
    for line in steady:
        # A line that wraps would push the others up and down as it changes.
        line.no_wrap, line.overflow = True, "ellipsis"
    troubles = [notice.text for notice in snapshot.notices if notice.urgency is Urgency.TROUBLE]
    told = [Text(f"! {text}", "yellow") for text in troubles]
    if snapshot.director.refusal:
        told.append(Text(snapshot.director.refusal, "yellow"))
    return Group(*steady, *told, Text(_KEYS, "dim", no_wrap=True, overflow="ellipsis"))


def short(label: str) -> str:
    """As much of a label as fits beside others."""
    return label if cell_len(label) <= _NAME else set_cell_size(label, _NAME - 1).rstrip() + "…"


def level_bar(level_db: float) -> str:
    """One cell that is as full as a microphone is loud."""
    share = (level_db - _METER_FLOOR_DB) / -_METER_FLOOR_DB
    return _METER[max(0, min(len(_METER) - 1, int(share * len(_METER))))]


def plain_status(snapshot: Snapshot, cast: Cast) -> str:
    """One line for logs and pipes."""
    return f"{_program(snapshot, cast).plain}  {_health(snapshot)}"


def _program(snapshot: Snapshot, cast: Cast) -> Text:
    program = snapshot.director.program
    on_air = cast.camera(program.on_air)
    return Text.assemble(
        ("● REC ", "bold red"),
        f"{timecode(snapshot.t_s)}  ",
        (_mode(snapshot), _MODE_STYLE[program.mode]),
        "  on air ",
        (short(on_air.title), "bold"),
        f"  {program.reason}",
    )


def _mode(snapshot: Snapshot) -> str:
    program = snapshot.director.program
    if program.mode is Mode.HOLD and program.hold_until_s is not None:
        return f"HOLD {max(0.0, program.hold_until_s - snapshot.t_s):.0f}"
    return program.mode.name


def _meters(snapshot: Snapshot, cast: Cast) -> Text:
    line = Text()
    for microphone in cast.microphones:
        state = snapshot.microphones.get(microphone.id, SourceState.OPENING)
        meter = snapshot.director.meters.get(microphone.id)
        if state is not SourceState.OK or meter is None:
            line.append(f"{short(microphone.label)} no sound  ", "yellow")
            continue
        style = "bold cyan" if meter.speaks else "dim"
        line.append(f"{short(microphone.label)} {level_bar(meter.level_db)}  ", style)
    return line


def _health(snapshot: Snapshot) -> str:
    left = "" if snapshot.disk.left_s is None else f"  disk full in {spoken(snapshot.disk.left_s)}"
    return f"frames repeated {snapshot.frames_repeated}{left}"
