"""`director sound-check`: everybody speaks in turn, and people learn what is wrong with their microphones.

What was found is kept for the shows to come, which begin with it; they run well without it.
"""

import threading
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from director_app.cli.cut import STDOUT, check_writable, write_json
from director_app.cli.outcome import BadInput, ExitCode, news, results, tell_error
from director_app.cli.preflight import check_microphones
from director_app.cli.signals import call_at_ending_signals, ignore_ending_signals, obey_ending_signals
from director_app.cli.sound_check_text import check_display, document, finding_line, picture
from director_app.core.verdict import Verdict
from director_app.engine import sound_checking
from director_app.engine.checking import Microphones
from director_app.engine.sound_checking import Asking, CheckResult, asking_of, course_of, keep_result, result_of
from director_app.session.errors import FolderError
from director_app.session.manifest import PriorPart
from director_app.session.show import FileMicrophoneTable, Show


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
    asked_to_stop = threading.Event()
    # Not by KeyboardInterrupt: where it is raised in a callback of the interpreter it is lost, and people wait.
    call_at_ending_signals(asked_to_stop.set)
    try:
        result = _listen(order, asked_to_stop)
    finally:
        obey_ending_signals()
    if result is None:
        ignore_ending_signals()
        news.print("Stopped. Nothing was kept.", markup=False)
        return ExitCode.PROBLEMS
    check, found = result.check, result.found
    console = news if order.out == STDOUT else results
    for each in found:
        console.print(finding_line(each))
    if len(show.microphone) > 1:
        console.print("\nWho is heard where (rows speak):")
        console.print(picture(check, _labels(show)))
    kept = _keep(show, result)
    write_json(order.out, document(show, check, found, kept=kept))
    bad = any(each.verdict is Verdict.BAD for each in found)
    return ExitCode.PROBLEMS if bad or not kept else ExitCode.DONE


def kept_prior(show: Show) -> PriorPart | None:
    """What a sound check of today has found of a show's microphones; says that it is used, or why it cannot be."""
    prior, problem = sound_checking.kept_prior(show)
    if problem is not None:
        news.print(problem, style="yellow", markup=False)
    if prior is not None:
        when = prior.checked_at.astimezone().strftime("%H:%M")
        news.print(f"The sound check of {when} is used.", style="dim", markup=False)
    return prior


def _listen(order: CheckOrder, asked_to_stop: threading.Event) -> CheckResult | None:
    """None when it was stopped before everybody was heard. Raises SourceError, with everything closed."""
    asking = Asking.AT_WILL if order.while_talking else asking_of(order.show)
    guided = asking is Asking.IN_TURN
    course = course_of(order.show, asking)
    with closing(Microphones(order.show)) as microphones:
        microphones.open(lambda: not asked_to_stop.is_set())
        with closing(check_display(_labels(order.show), guided=guided)) as display:
            for ticks in microphones.ticks():
                if asked_to_stop.is_set():
                    return None
                display.follow(course)
                if course.is_over:
                    break
                if ticks:
                    course.hear(np.concatenate([tick.samples for tick in ticks], axis=1))
    return result_of(order.show, course)


def _keep(show: Show, result: CheckResult) -> bool:
    """Whether shows can use it; says why not."""
    if not result.may_be_kept:
        news.print("The result is not kept: mend what is bad, then check again.", style="yellow", markup=False)
        return False
    try:
        sentence = keep_result(show, result)
    except FolderError as error:
        tell_error(error)
        return False
    news.print(sentence, style="dim", markup=False)
    return True


def _labels(show: Show) -> list[str]:
    return [table.label for table in show.microphone]
