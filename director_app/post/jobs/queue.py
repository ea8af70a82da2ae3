"""Jobs that wait on the disk, in the order in which they came; a restart finds them again.

Every job is a file, and its answer another one beside it. Must not run anything.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from director_app.post.jobs.order import (
    JobError,
    JobOrder,
    JobResult,
    JobState,
    read_job,
    read_result,
    result_path,
    write_job,
    write_result,
)
from director_app.session.atomic import write_atomically
from director_app.session.errors import FolderError
from director_app.session.lock import FolderLock

QUEUE_NAME = ".jobs"
"""In the folder of all sessions."""

_LOCK_NAME = "queue.lock"
_LAST_NAME = "last"
"""Holds the last number that was given: a job that was removed must not lend its number to another one."""

_KEPT_ANSWERS = 20


@dataclass(frozen=True, slots=True)
class QueuedJob:
    """One job. order: None where its file is damaged. result: None while it waits or runs."""

    number: int
    path: Path
    order: JobOrder | None
    result: JobResult | None

    @property
    def waits(self) -> bool:
        """Whether it is still to be done."""
        return self.order is not None and (self.result is None or self.result.state is JobState.TRY_AGAIN)


class JobQueue:
    """The jobs of one folder of sessions."""

    def __init__(self, sessions: Path) -> None:
        self._folder = sessions / QUEUE_NAME

    def add(self, order: JobOrder) -> int:
        """At the end; gives its number, which no job had before. The folders of the order are absolute.

        Raises FolderError.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FolderLock(self._folder / ".adding.lock", "Another program is adding a job just now. Try again."):
                number = max((each.number for each in self.jobs()), default=0)
                number = max(number, self._last()) + 1
                write_atomically(self._folder / _LAST_NAME, f"{number}\n")
                write_job(self._path(number), order)
        except OSError as error:
            reason = error.strerror or error
            raise FolderError(f"{self._folder} cannot be written: {reason}. Nothing will be rendered.") from None
        return number

    def jobs(self) -> list[QueuedJob]:
        """All of them, oldest first; those that are done, too, as long as they are kept."""
        return sorted(self._read(), key=lambda job: job.number)

    def answer(self, number: int, result: JobResult) -> None:
        """What became of a job. Raises OSError."""
        write_result(result_path(self._path(number)), result)

    def remove(self, number: int) -> None:
        """Forgets a job and its answer; what it made stays."""
        for path in (self._path(number), result_path(self._path(number))):
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def forget_old(self) -> None:
        """Keeps the last twenty that are done."""
        done = [job for job in self.jobs() if not job.waits]
        for job in done[:-_KEPT_ANSWERS]:
            self.remove(job.number)

    def lock(self) -> FolderLock:
        """Held by whoever runs the jobs. Raises InUseError or FolderError."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FolderError(f"{self._folder} cannot be made: {error.strerror or error}.") from None
        return FolderLock(self._folder / _LOCK_NAME, f"Another program is rendering the jobs in {self._folder}.")

    def _last(self) -> int:
        """0 where nobody knows."""
        with suppress(OSError, ValueError):
            return int((self._folder / _LAST_NAME).read_text("ascii"))
        return 0

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:06d}.json"

    def _read(self) -> Iterator[QueuedJob]:
        with suppress(OSError):
            for path in list(self._folder.iterdir()):
                if path.suffix == ".json" and path.stem.isdecimal():
                    yield _job(path)


def _job(path: Path) -> QueuedJob:
    result: JobResult | None = None
    with suppress(JobError):
        result = read_result(result_path(path))
    try:
        return QueuedJob(int(path.stem), path, read_job(path), result)
    except JobError as error:
        damaged = JobResult(state=JobState.REFUSED, problems=(str(error),))
        return QueuedJob(int(path.stem), path, None, result or damaged)
