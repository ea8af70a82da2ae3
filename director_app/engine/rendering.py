"""Renders the jobs of a folder of sessions while nobody records: one at a time, in a child, gently.

A recording that begins ends the child, and the job goes on after it: films are never worth a picture of a show.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from director_app.engine.render_child import RenderChild
from director_app.post.jobs.after_show import after_show
from director_app.post.jobs.order import JobOrder, JobResult, JobState
from director_app.post.jobs.progress import JobProgress
from director_app.post.jobs.queue import JobQueue, QueuedJob
from director_app.session.errors import FolderError, InUseError, SessionError
from director_app.session.show import AfterTable

_POLL_S = 0.2
_IDLE_S = 1.0


class RenderPhase(StrEnum):
    """WAITING: its turn comes. HELD: it could not go on, and is tried again at the next start or when asked."""

    WAITING = "waiting"
    RUNNING = "running"
    HELD = "held"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class RenderNow:
    """One job as it is now. order: None where its file is damaged. progress: while it runs. result: once it ended."""

    number: int
    order: JobOrder | None
    phase: RenderPhase
    progress: JobProgress | None = None
    result: JobResult | None = None


class Rendering:
    """Owner of one thread and of the child that renders. Everything but close() returns at once."""

    def __init__(self, sessions: Path, is_busy: Callable[[], bool]) -> None:
        """is_busy: whether a show is recorded, during which nothing is rendered."""
        self._queue = JobQueue(sessions)
        self._is_busy = is_busy
        self._stop, self._look = threading.Event(), threading.Event()
        self._lock = threading.Lock()
        self._held: set[int] = set()
        self._cancelled: set[int] = set()
        self._running: tuple[int, RenderChild] | None = None
        self._problem: str | None = None
        self._in_the_way: str | None = None
        """Another program at work on the same folder: a problem for as long as something waits for it."""
        self._thread = threading.Thread(target=self._run, name="rendering")

    def start(self) -> None:
        """Jobs that an earlier run has left are gone on with."""
        self._thread.start()

    def add(self, order: JobOrder) -> int:
        """Its number. The folders of the order are absolute. Raises FolderError or InUseError."""
        number = self._queue.add(order)
        self._look.set()
        return number

    def follow(self, after: AfterTable, folder: Path) -> None:
        """What a show file wants to be made of the recording in this folder; nothing, for most. Never raises."""
        order = after_show(after, folder)
        try:
            if order is not None:
                self.add(order)
        except SessionError as error:
            self._problem = str(error)

    def cancel(self, number: int) -> None:
        """Forgets a job that waits, ends one that runs; what was complete is kept."""
        with self._lock:
            running = self._running
            self._cancelled.add(number)
        if running is not None and running[0] == number:
            running[1].ask_to_end()
        else:
            self._queue.remove(number)

    def again(self, number: int) -> None:
        """Tries a job that is held once more."""
        self._held.discard(number)
        self._look.set()

    def look(self) -> tuple[RenderNow, ...]:
        """All jobs, oldest first. Reads the disk."""
        with self._lock:
            running = self._running
        return tuple(self._now(job, running) for job in self._queue.jobs() if job.number not in self._cancelled)

    @property
    def problem(self) -> str | None:
        """Why nothing can be rendered at all, as a sentence."""
        return self._in_the_way or self._problem

    def break_off(self) -> None:
        """Asks thread and child to end; returns at once."""
        self._stop.set()
        self._look.set()

    def close(self, deadline_s: float = 30.0) -> None:
        """Ends the child, whose job goes on another time, and joins. Idempotent."""
        self.break_off()
        if self._thread.ident is not None:
            self._thread.join(deadline_s)
            if self._thread.is_alive():
                raise TimeoutError(f"The renderer did not end within {deadline_s:g} s.")

    def _now(self, job: QueuedJob, running: tuple[int, RenderChild] | None) -> RenderNow:
        if running is not None and running[0] == job.number:
            return RenderNow(job.number, job.order, RenderPhase.RUNNING, running[1].heard().progress)
        if not job.waits:
            return RenderNow(job.number, job.order, RenderPhase.DONE, result=job.result)
        phase = RenderPhase.HELD if job.number in self._held else RenderPhase.WAITING
        return RenderNow(job.number, job.order, phase, result=job.result)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._look.wait(_IDLE_S)
            self._look.clear()
            if self._is_busy() or self._stop.is_set():
                continue
            job = next((each for each in self._queue.jobs() if each.waits and each.number not in self._held), None)
            if job is None:
                # Whoever was in the way may have done what waited.
                self._in_the_way = None
                continue
            try:
                with self._queue.lock():
                    self._in_the_way = self._problem = None
                    self._render(job)
                    self._queue.forget_old()
            except InUseError as error:
                # It is looked at again at the next tick.
                self._in_the_way = str(error)
            except (SessionError, OSError) as error:
                self._problem = str(error)

    def _render(self, job: QueuedJob) -> None:
        child = RenderChild(job.path)
        with self._lock:
            self._running = (job.number, child)
        try:
            result = self._watched(child)
        finally:
            child.close()
            with self._lock:
                self._running = None
        if result is not None:
            self._answer(job, result)
        if job.number in self._cancelled:
            self._queue.remove(job.number)

    def _answer(self, job: QueuedJob, result: JobResult) -> None:
        """Raises FolderError. A disk that takes no answer takes none a second later: the job is held."""
        if result.state is JobState.TRY_AGAIN:
            self._held.add(job.number)
        try:
            self._queue.answer(job.number, result)
        except OSError as error:
            self._held.add(job.number)
            raise FolderError(
                f"What became of job {job.number} cannot be written into {job.path.parent}: "
                f"{error.strerror or error}. What it made is kept; it is tried again at the next start."
            ) from None

    def _watched(self, child: RenderChild) -> JobResult | None:
        """What became of the job; None: it was broken off for a recording, or for the end of the program."""
        while (result := child.ended()) is None:
            if self._stop.wait(_POLL_S) or self._is_busy():
                return None
        return result
