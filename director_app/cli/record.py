"""`director run` and `director demo`: a show from what a crash has left before it to what is made of it after it."""

import threading
import traceback
from pathlib import Path

from director_app.cli.finish import finish_session, recover_all, recover_before_show, render_after
from director_app.cli.outcome import ExitCode, is_expected, news, results, tell_error
from director_app.cli.run import ShowRun
from director_app.cli.signals import call_at_ending_signals, ignore_ending_signals, obey_ending_signals
from director_app.cli.sound_check import kept_prior
from director_app.session.library import SessionEntry, default_sessions_folder, ensure_folder, interrupted_sessions
from director_app.session.show import Show


def record_show(show: Show, sessions: Path | None, seconds: float | None) -> ExitCode:
    """Recovers, records, finishes and makes what the show wants. seconds: None is until somebody stops it.

    Raises expected errors for as long as nothing is recorded.
    """
    where = ensure_folder(sessions or show.sessions or default_sessions_folder())
    asked_to_stop = threading.Event()
    call_at_ending_signals(asked_to_stop.set)
    try:
        show_run = ShowRun(show, where, seconds, asked_to_stop, kept_prior(show))
        code, waiting = _recorded(show_run, where)
        # From here on a signal means: leave out what can be left out.
        asked_to_stop.clear()
        if show_run.folder is not None:
            finish_session(show_run.folder, lambda: not asked_to_stop.is_set())
            if not asked_to_stop.is_set():
                render_after(show, show_run.folder)
            results.print(str(show_run.folder), markup=False)
    finally:
        ignore_ending_signals()
    if waiting:
        obey_ending_signals()
        recover_all(waiting)
    return code


def _recorded(show_run: ShowRun, where: Path) -> tuple[ExitCode, list[SessionEntry]]:
    """Recovers what a crash has left and records; gives what is still to be recovered after the show.

    Raises expected errors for as long as nothing is recorded; a recording is finished whatever ended it.
    """
    waiting: list[SessionEntry] = []
    try:
        with show_run.opened():
            waiting = recover_before_show(interrupted_sessions(where))
            return show_run.run(), waiting
    except Exception as error:  # the program's outer edge: the recording is closed, people are told
        if not is_expected(error):
            return _unexpected(error, show_run.folder), waiting
        if show_run.folder is None:
            raise
        tell_error(error)
        return ExitCode.PROBLEMS, waiting


def _unexpected(error: Exception, folder: Path | None) -> ExitCode:
    kept = "Nothing had been recorded." if folder is None else f"What was recorded is in {folder}."
    news.print(
        f"The show ended by a fault of this program: {error or type(error).__name__}. {kept} "
        "Please report the lines below.",
        style="red",
        markup=False,
    )
    news.print("".join(traceback.format_exception(error)), style="dim", markup=False)
    return ExitCode.PROBLEMS
