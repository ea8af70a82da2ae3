"""What happens to a session after its recording: hashes and a picture to look at; and recovery, with news.

Nothing here may end a command: the recording is complete before, and safe whatever happens.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from director_app.cli.outcome import BadInput, news
from director_app.cli.render import render
from director_app.cli.render_order import Printed, RenderOrder, Replace
from director_app.core.canvas import timecode
from director_app.post.finish import add_hashes, add_overview
from director_app.post.jobs.after_show import after_show
from director_app.post.jobs.queue import JobQueue
from director_app.post.recover import recover_session
from director_app.session.errors import SessionError
from director_app.session.hashing import HashingStopped
from director_app.session.library import SessionEntry
from director_app.session.show import Show

QUICK_BYTES = 500_000_000
"""A session of this size is recovered in seconds; a larger one does not keep a new show waiting."""


def finish_session(folder: Path, keep_going: Callable[[], bool] = lambda: True) -> None:
    """Draws overview.png and hashes every file, unless keep_going() says no. Never raises."""
    with news.status("Hashing the files and drawing the overview ..."):
        try:
            add_overview(folder)
        except Exception as error:  # noqa: BLE001 - a drawing, made of files that a fault may have left in any state
            news.print(f"The overview could not be drawn: {error}. The recording is complete.", markup=False)
        try:
            add_hashes(folder, keep_going)
        except HashingStopped:
            news.print("The hashes were left out; the recording is complete.", style="yellow", markup=False)
        except (OSError, SessionError) as error:
            news.print(f"The files could not be hashed: {error}. The recording is complete.", markup=False)


def render_after(show: Show, folder: Path) -> None:
    """Makes what the show file wants to be made by itself. Never raises; what is not complete waits for the desk."""
    order = after_show(show.after, folder)
    if order is None:
        return
    try:
        queue = JobQueue(folder.parent)
        number = queue.add(order)
        with queue.lock():
            # Not there any more where somebody has cancelled it at the desk.
            for job in [each for each in queue.jobs() if each.number == number]:
                render(RenderOrder(job.path, Replace.OWN, Printed.NEWS))
            queue.forget_old()
    except (SessionError, BadInput) as error:
        news.print(f"{error} The recording is complete.", style="yellow", markup=False)


def recover_with_news(folder: Path) -> None:
    """Recovers one session and says what came of it. Raises SessionError."""
    with news.status(f"Recovering {folder.name} ..."):
        outcome = recover_session(folder)
    if outcome is None:
        news.print("There is nothing to recover: this session was closed.", markup=False)
        return
    news.print(f"Recovered {outcome.title}: {timecode(outcome.duration_s)}. {folder}", markup=False)
    for problem in outcome.problems:
        news.print(problem, style="yellow", markup=False)
    finish_session(folder)


def recover_before_show(entries: Sequence[SessionEntry]) -> list[SessionEntry]:
    """Recovers what a crash left, if that is quick; gives the rest, for after the show. Never raises."""
    large = [entry for entry in entries if entry.size > QUICK_BYTES]
    for entry in large:
        news.print(f"{entry.folder.name} was interrupted; it is recovered after this show.", markup=False)
    recover_all([entry for entry in entries if entry not in large])
    return large


def recover_all(entries: Sequence[SessionEntry]) -> None:
    """Recovers one after the other; one that cannot be is told of and left alone."""
    for entry in entries:
        try:
            recover_with_news(entry.folder)
        except SessionError as error:
            news.print(str(error), style="yellow", markup=False)
        except Exception as error:  # noqa: BLE001 - an old session, however damaged, must not keep a new show from starting
            news.print(
                f"{entry.folder} could not be recovered: {error}. It was left as it is.", style="yellow", markup=False
            )
