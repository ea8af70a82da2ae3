"""`director render`: films, sound, pictures and timelines of a session, with their progress. Decides nothing."""

import json
import threading
from dataclasses import asdict
from types import TracebackType
from typing import Self

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from director_app.cli.outcome import BadInput, ExitCode, ToldOnce, news, results, screen
from director_app.cli.render_order import Printed, RenderOrder
from director_app.cli.signals import call_at_ending_signals, ignore_ending_signals
from director_app.core.canvas import timecode
from director_app.post.jobs.order import (
    JobOrder,
    JobResult,
    JobState,
    MadePart,
    read_job,
    result_path,
    write_result,
)
from director_app.post.jobs.progress import JobProgress
from director_app.post.jobs.run import run_job
from director_app.session.errors import SessionError

_PLAIN_STEP = 0.1


_EXIT = {
    JobState.DONE: ExitCode.DONE,
    JobState.PROBLEMS: ExitCode.PROBLEMS,
    JobState.TRY_AGAIN: ExitCode.TRY_AGAIN,
    JobState.REFUSED: ExitCode.BAD_INPUT,
}


def render(asked: RenderOrder) -> ExitCode:
    """Runs the job. Raises BadInput or SessionError for one that cannot be begun; its result says so, too."""
    cancelled = threading.Event()
    call_at_ending_signals(cancelled.set)
    try:
        result = _result(asked, cancelled)
    finally:
        ignore_ending_signals()
    _print(result, asked.printed)
    return _EXIT[result.state]


def _result(asked: RenderOrder, cancelled: threading.Event) -> JobResult:
    if isinstance(asked.order, JobOrder):
        return _run(asked.order, asked, cancelled)
    answer = result_path(asked.order)
    try:
        try:
            result = _run(read_job(asked.order), asked, cancelled)
        except SessionError as error:
            if asked.order.is_file():
                write_result(answer, JobResult(state=JobState.REFUSED, problems=(str(error),)))
            raise
        write_result(answer, result)
    except OSError as error:
        raise BadInput(f"{answer} cannot be written: {error.strerror or error}.") from None
    return result


def _run(order: JobOrder, asked: RenderOrder, cancelled: threading.Event) -> JobResult:
    with _Shown(asked.printed) as shown:
        return run_job(order, asked.replace, shown.tell, cancelled.is_set)


class _Shown:
    """A bar in a terminal; elsewhere a line for every new file and every tenth of the job; for programs, JSON."""

    def __init__(self, printed: Printed) -> None:
        self._printed = printed
        self._bar: Progress | None = None
        self._work = ""
        self._told = -1.0
        self._fault = ToldOnce("The progress cannot be shown; the work goes on.")

    def __enter__(self) -> Self:
        if screen.is_terminal and self._printed is not Printed.PROGRESS:
            left = TextColumn("{task.fields[left]}")
            columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), left)
            self._bar = Progress(*columns, console=screen, transient=True)
            self._task = self._bar.add_task("", total=1.0, left="")
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def tell(self, progress: JobProgress) -> None:
        """The present; never raises."""
        try:
            self._show(progress)
        except (OSError, ValueError) as error:
            self._fault.tell(error)

    def _show(self, progress: JobProgress) -> None:
        if self._printed is Printed.PROGRESS:
            _print_line({"progress": asdict(progress)})
            return
        words = f"{progress.work}: {progress.what}" if progress.work else progress.what
        left = "" if progress.left_s is None else f"{timecode(progress.left_s)[:-2]} left"
        if self._bar is not None:
            self._bar.update(self._task, description=words, completed=progress.share, left=left)
        elif progress.work != self._work or progress.share >= self._told + _PLAIN_STEP:
            self._work, self._told = progress.work, progress.share
            news.print(f"{progress.share:4.0%}  {words}  {left}".rstrip(), style="dim", markup=False)


def _print_line(content: object) -> None:
    print(json.dumps(content, ensure_ascii=False), flush=True)


def _print(result: JobResult, printed: Printed) -> None:
    if printed is Printed.PROGRESS:
        _print_line({"result": result.model_dump(mode="json")})
        return
    if printed is Printed.JSON:
        results.print_json(result.model_dump_json())
        return
    console = news if printed is Printed.NEWS else results
    for part in result.made:
        console.print(_line(part), markup=False)
        for warning in part.facts.get("warnings", ()):
            news.print(f"{part.name}: {warning}", style="yellow", markup=False)
    for note in result.notes:
        news.print(note, style="yellow", markup=False)
    for problem in result.problems:
        news.print(problem, style="red", markup=False)
    if result.state is JobState.TRY_AGAIN:
        news.print("It is not complete. The same command goes on where this one ended.", markup=False)


def _line(part: MadePart) -> str:
    """master.mp4  smart: pictures are copied ...  -16.0 LUFS, -1.8 dBTP."""
    facts = part.facts
    said = [part.name]
    if part.kept:
        said.append("was made before and is as it was")
    elif "way" in facts:
        said.append(f"{facts['way']}: {facts['why']}")
    loudness = facts.get("loudness")
    if loudness and loudness["lufs"] is not None:
        said.append(f"{loudness['lufs']:.1f} LUFS, {loudness['true_peak_db']:.1f} dBTP")
    return "  ".join(said)
