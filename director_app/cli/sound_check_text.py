"""What a sound check prints: whom it asks, live meters, findings, and who is heard where. Draws only."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from rich.console import Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from director_app.cli.outcome import news, screen
from director_app.cli.status_line import level_bar, short
from director_app.cli.verdict_line import verdict_line
from director_app.session.show import Show
from director_app.speech.check_sound import NOBODY
from director_app.speech.sound_check import SoundCheck
from director_app.speech.sound_check_course import ENOUGH_S, LONGEST_TURN_S, QUIET_S, Course
from director_app.speech.sound_findings import Finding

_BLOCKS = "░▒▓█"
_WEAKEST_DB = -32.0


class CheckDisplay(Protocol):
    """One way to show a sound check while it goes on."""

    def follow(self, course: Course) -> None:
        """The present."""

    def close(self) -> None:
        """Nothing is shown any more. Idempotent."""


def request(course: Course, labels: Sequence[str], *, guided: bool) -> str:
    """What people shall do now."""
    if not guided:
        most_s = LONGEST_TURN_S * len(labels)
        return f"Talk as you like: everybody for {ENOUGH_S:.0f} seconds at least, {most_s:.0f} in all at most."
    if course.asked == NOBODY:
        return f"Please be quiet for {QUIET_S:.0f} seconds."
    return f"{labels[course.asked]}, please speak for {ENOUGH_S:.0f} seconds."


class PlainCheck:
    """For logs and pipes: a line for each request."""

    def __init__(self, labels: Sequence[str], *, guided: bool) -> None:
        self._labels, self._guided = labels, guided
        self._told = ""

    def follow(self, course: Course) -> None:
        """See CheckDisplay."""
        wanted = request(course, self._labels, guided=self._guided)
        if not course.is_over and wanted != self._told:
            self._told = wanted
            news.print(wanted, markup=False)

    def close(self) -> None:
        """See CheckDisplay."""


class LiveCheck:
    """In a terminal: the request, and under it a meter and the seconds heard of everybody."""

    def __init__(self, labels: Sequence[str], *, guided: bool) -> None:
        self._labels, self._guided = labels, guided
        self._live = Live(console=screen, auto_refresh=False, transient=True)
        self._live.start()

    def follow(self, course: Course) -> None:
        """See CheckDisplay."""
        lines = [Text(request(course, self._labels, guided=self._guided), "bold")]
        lines += [self._line(course, row) for row in range(len(self._labels))]
        self._live.update(Group(*lines), refresh=True)

    def close(self) -> None:
        """See CheckDisplay."""
        self._live.stop()

    def _line(self, course: Course, row: int) -> Text:
        heard_s = min(float(course.heard_s[row]), ENOUGH_S)
        style = "bold cyan" if row == course.asked else "dim"
        done = "ok" if heard_s >= ENOUGH_S else f"{heard_s:.0f} s"
        return Text(f"  {level_bar(float(course.levels[row]))} {short(self._labels[row]):<20} {done}", style)


def check_display(labels: Sequence[str], *, guided: bool) -> CheckDisplay:
    """What suits standard error."""
    return LiveCheck(labels, guided=guided) if screen.is_terminal else PlainCheck(labels, guided=guided)


def finding_line(finding: Finding) -> Text:
    """A mark and the sentence."""
    return verdict_line(finding.verdict, finding.sentence)


def picture(check: SoundCheck, labels: Sequence[str]) -> Table:
    """Who is heard where: rows speak, columns hear; dB against the speaker's own microphone."""
    table = Table("dB", box=None, pad_edge=False)
    for label in labels:
        table.add_column(Text(f"in {short(label)}'s"))
    for row, label in enumerate(labels):
        cells = [_cell(check, row, column) for column in range(len(labels))]
        table.add_row(Text(short(label), "bold"), *cells)
    return table


def _cell(check: SoundCheck, talker: int, microphone: int) -> Text:
    bleed_db = float(check.bleed_db[talker, microphone])
    if not np.isfinite(bleed_db):
        return Text("?", "dim")
    if talker == microphone:
        return Text(f"{_BLOCKS[-1] * 2}   0", "cyan")
    share = 1 - bleed_db / _WEAKEST_DB
    block = _BLOCKS[int(share * (len(_BLOCKS) - 1))] if share > 0 else " "
    return Text(f"{block * 2} {bleed_db:3.0f}", "yellow" if bleed_db > -6 else "")


def document(show: Show, check: SoundCheck, found: Sequence[Finding], *, kept: bool) -> dict[str, Any]:
    """For scripts; what is not known is null."""
    ids = [table.id for table in show.microphone]
    return {
        "schema": 1,
        "kept": kept,
        "microphones": [
            {
                "id": table.id,
                "label": table.label,
                "heard_s": _number(check.spoke_s[row]),
                "level_db": _number(check.own_db[row]),
                "noise_db": _number(check.noise_db[row]),
                "over_noise_db": _number(check.over_noise_db[row]),
                "offset_db": _number(check.offsets_db[row]),
                "clipped": _number(check.clipped[row], 6),
            }
            for row, table in enumerate(show.microphone)
        ],
        "bleed_db": [[_number(value) for value in row] for row in check.bleed_db],
        "findings": [
            {
                "what": finding.what.value,
                "verdict": finding.verdict.value,
                "microphones": [ids[row] for row in finding.microphones],
                "sentence": finding.sentence,
            }
            for finding in found
        ],
    }


def _number(value: Any, digits: int = 1) -> float | None:
    return round(float(value), digits) if np.isfinite(value) else None
