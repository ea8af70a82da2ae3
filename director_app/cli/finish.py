"""What happens to a session after its recording: hashes and a picture to look at; and recovery, with news."""

from pathlib import Path

from director_app.cli.outcome import news
from director_app.core.canvas import timecode
from director_app.post.finish import add_hashes, add_overview
from director_app.post.recover import recover_session


def finish_session(folder: Path) -> None:
    """Hashes every file and draws overview.png. Ctrl-C leaves that out and nothing else."""
    try:
        with news.status("Hashing the files and drawing the overview ..."):
            add_overview(folder)
            add_hashes(folder)
    except KeyboardInterrupt:
        news.print("The hashes were left out; the recording is complete.", style="yellow", markup=False)


def recover_with_news(folder: Path) -> None:
    """Recovers one session and says what came of it."""
    with news.status(f"Recovering {folder.name} ..."):
        outcome = recover_session(folder)
    news.print(
        f"Recovered {outcome.title}: {timecode(outcome.duration_s)} of program and all cameras. {folder}",
        markup=False,
    )
    for problem in outcome.problems:
        news.print(problem, style="yellow", markup=False)
    finish_session(folder)
