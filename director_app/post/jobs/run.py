"""Does a job: one file after the other, what is there already left as it is, and tells what became of it.

Must not end a process or print. Whoever runs it decides what a signal means.
"""

import errno
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from director_app.capture.errors import SourceError
from director_app.post.jobs.ledger import Ledger, Replace
from director_app.post.jobs.order import JobError, JobOrder, JobResult, JobState, MadePart
from director_app.post.jobs.progress import JobProgress, ProgressOfAll, Weight
from director_app.post.jobs.work import Done, Work
from director_app.post.jobs.works import Works
from director_app.post.logged_facts import log_problem
from director_app.post.render.errors import DiskFullError, RenderCancelledError
from director_app.post.render.parts import unwritable
from director_app.post.session_talk import ClosedSession, read_closed_session
from director_app.session.errors import InUseError, SessionError
from director_app.session.manifest import DeliveryPart

_HEARING = "hearing who speaks when"

_LASTING = {errno.EROFS, errno.EACCES, errno.EPERM}
"""What keeps a folder from being written until somebody changes that; a full or slow disk may be better soon."""


@dataclass(slots=True)
class _Answer:
    """What has come of the job so far."""

    made: list[MadePart] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def result(self, state: JobState) -> JobResult:
        return JobResult(state=state, made=tuple(self.made), notes=tuple(self.notes), problems=tuple(self.problems))


def run_job(
    order: JobOrder,
    replace: Replace = Replace.OWN,
    tell: Callable[[JobProgress], None] = lambda _progress: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> JobResult:
    """Makes what was ordered. The folders of the order are absolute.

    is_cancelled: asked often; the result is then TRY_AGAIN, and the next run goes on where this one ended. Raises
    SessionError for a job that cannot be begun; then nothing was made.
    """
    session = read_closed_session(Path(order.session))
    out = Path(order.out) if order.out is not None else session.folder
    if not out.is_dir():
        raise JobError(f"There is no folder {out} to make files in.")
    progress = ProgressOfAll(tell, is_cancelled)
    works, ledger = _planned(order, session, out, replace, progress), Ledger(session.folder, out)
    answer = _Answer(notes=[*filter(None, [log_problem(session.events)]), *works.notes])
    for work in works.all:
        ledger.refuse_strangers(work.name, replace, work.knows)
    for work in works.all:
        state = _make(work, ledger, out, progress, answer)
        if state is not None:
            return answer.result(state)
    return answer.result(JobState.PROBLEMS if answer.problems else JobState.DONE)


@dataclass(frozen=True, slots=True)
class _Plan:
    all: Sequence[Work]
    notes: Sequence[str]


def _planned(order: JobOrder, session: ClosedSession, out: Path, replace: Replace, progress: ProgressOfAll) -> _Plan:
    """Everything that can be refused is, before anything is made."""
    hearing = Weight.copied(session.length / 4)

    def hear(share: float) -> None:
        if progress.is_cancelled():
            raise RenderCancelledError("The job was cancelled while the sound was heard; nothing was made.")
        progress.at("", _HEARING, hearing, share)

    progress.plan(5 * hearing.frames)
    works = Works(order, session, out, replace, hear)
    every = list(works.all())
    progress.plan(hearing.frames + sum(work.weight.frames for work in every))
    progress.finished(hearing)
    return _Plan(every, works.notes)


def _make(work: Work, ledger: Ledger, out: Path, progress: ProgressOfAll, answer: _Answer) -> JobState | None:
    """One file. A state that is returned ends the job: what comes after would fail in the same way."""
    if (before := ledger.made(work.name, work.order)) is not None:
        progress.keep(work.weight)
        answer.made.append(MadePart(name=work.name, make=work.make, kept=True, facts=before.facts))
        return None
    if progress.is_cancelled():
        return JobState.TRY_AGAIN
    try:
        ledger.begin(work.name, work.make, work.order)
        done = _done(work, out, progress)
        ledger.finish(
            DeliveryPart(
                name=work.name,
                make=work.make,
                order=work.order,
                made_at=datetime.now(UTC),
                bytes=done.bytes,
                slots=done.slots,
                facts=done.facts,
            )
        )
    except RenderCancelledError:
        return JobState.TRY_AGAIN
    except (DiskFullError, InUseError) as error:
        answer.problems.append(str(error))
        return JobState.TRY_AGAIN
    except (SessionError, SourceError) as error:
        answer.problems.append(str(error))
    except OSError as error:
        answer.problems.append(f"{work.name} could not be noted in {out}: {error.strerror or error}.")
        return JobState.PROBLEMS if error.errno in _LASTING else JobState.TRY_AGAIN
    else:
        answer.made.append(MadePart(name=work.name, make=work.make, facts=done.facts))
    progress.finished(work.weight)
    return None


def _done(work: Work, out: Path, progress: ProgressOfAll) -> Done:
    """What the system says of the file itself is no fault of the ledger. Raises SessionError or SourceError."""
    try:
        return work.run(progress.of(work.name, work.weight))
    except OSError as error:
        raise unwritable(out / work.name, error) from None
