"""`director sound-check`: everybody speaks in turn, and people learn what is wrong with their microphones.

What was found is kept for the shows to come, which begin with it; they run well without it.
"""

import platform
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from director_app.cli.cut import STDOUT, check_writable, write_json
from director_app.cli.outcome import BadInput, ExitCode, news, results, tell_error
from director_app.cli.preflight import check_microphones
from director_app.cli.sound_check_text import check_display, document, finding_line, picture
from director_app.core.verdict import Verdict
from director_app.engine.checking import Microphones
from director_app.session.errors import FolderError
from director_app.session.manifest import PriorPart
from director_app.session.show import DemoMicrophoneTable, FileMicrophoneTable, MicrophoneTable, Show
from director_app.session.sound_checks import (
    USED_FOR,
    CheckedDevice,
    KeptCheck,
    default_file,
    device_key,
    keep_check,
    prior_for,
    read_checks,
)
from director_app.speech.sound_check import SoundCheck, measure
from director_app.speech.sound_check_course import Course, GuidedCourse, OverheardCourse, people
from director_app.speech.sound_findings import Finding, Place, findings, may_be_kept


@dataclass(frozen=True, slots=True)
class CheckOrder:
    """while_talking: nobody is asked; what people say to each other is listened to."""

    show: Show
    while_talking: bool
    out: Path | None


def sound_check(order: CheckOrder) -> ExitCode:
    """Asks, listens, prints and keeps. Raises BadInput, SourceError or SessionError before anything is written."""
    show = order.show
    if not show.microphone:
        raise BadInput(f'"{show.title}" has no microphones. Add one to the show file: [[microphone]].')
    check_writable(order.out, [table.path for table in show.microphone if isinstance(table, FileMicrophoneTable)])
    check_microphones(show)
    try:
        check = _listen(order)
    except KeyboardInterrupt:
        news.print("Stopped. Nothing was kept.", markup=False)
        return ExitCode.PROBLEMS
    found = findings(check, [_place(table) for table in show.microphone], platform.system())
    console = news if order.out == STDOUT else results
    for each in found:
        console.print(finding_line(each))
    if len(show.microphone) > 1:
        console.print("\nWho is heard where (rows speak):")
        console.print(picture(check, _labels(show)))
    kept = _keep(show, check, found)
    write_json(order.out, document(show, check, found, kept=kept))
    bad = any(each.verdict is Verdict.BAD for each in found)
    return ExitCode.PROBLEMS if bad or not kept else ExitCode.DONE


def kept_prior(show: Show) -> PriorPart | None:
    """What a sound check of today has found of a show's microphones; says that it is used, or why it cannot be."""
    kept = read_checks(default_file())
    if kept.problem is not None:
        news.print(kept.problem, style="yellow", markup=False)
    prior = prior_for(kept.checks, [device_key(table) for table in show.microphone], datetime.now(UTC))
    if prior is not None:
        when = prior.checked_at.astimezone().strftime("%H:%M")
        news.print(f"The sound check of {when} is used.", style="dim", markup=False)
    return prior


def _listen(order: CheckOrder) -> SoundCheck:
    """Raises SourceError, with everything closed."""
    labels = _labels(order.show)
    persons = people(labels)
    guided = not order.while_talking and not all(
        isinstance(table, DemoMicrophoneTable) for table in order.show.microphone
    )
    course: Course = GuidedCourse(persons) if guided else OverheardCourse(persons)
    with closing(Microphones(order.show)) as microphones:
        microphones.open()
        with closing(check_display(labels, guided=guided)) as display:
            for ticks in microphones.ticks():
                display.follow(course)
                if course.is_over:
                    break
                if ticks:
                    course.hear(np.concatenate([tick.samples for tick in ticks], axis=1))
    return measure(course.sound(), persons)


def _keep(show: Show, check: SoundCheck, found: Sequence[Finding]) -> bool:
    """Whether shows can use it; says why not."""
    if not may_be_kept(found):
        news.print("The result is not kept: mend what is bad, then check again.", style="yellow", markup=False)
        return False
    devices = tuple(
        CheckedDevice(
            key=device_key(table),
            label=table.label,
            offset_db=round(float(check.offsets_db[row]), 2),
            own_db=round(float(check.own_db[row]), 2),
            noise_db=round(float(check.noise_db[row]), 2),
        )
        for row, table in enumerate(show.microphone)
    )
    bleed_db = tuple(tuple(round(float(each), 2) for each in row) for row in check.bleed_db)
    try:
        keep_check(default_file(), KeptCheck(at=datetime.now(UTC), devices=devices, bleed_db=bleed_db))
    except FolderError as error:
        tell_error(error)
        return False
    hours = USED_FOR.total_seconds() / 3600
    news.print(f"Shows with these microphones begin with it for {hours:.0f} hours.", style="dim", markup=False)
    return True


def _place(table: MicrophoneTable) -> Place:
    return Place(table.label, table.camera, device_key(table))


def _labels(show: Show) -> list[str]:
    return [table.label for table in show.microphone]
