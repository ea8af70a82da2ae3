"""A renderer that renders nothing: its jobs are what the test says, and what it is asked for is kept."""

from pathlib import Path

from director_app.engine.rendering import Rendering, RenderNow, RenderPhase
from director_app.post.jobs.order import JobOrder
from director_app.session.errors import FolderError


class SaidRendering(Rendering):
    """Has no thread and no child. full: the disk takes no job."""

    def __init__(self, sessions: Path) -> None:
        super().__init__(sessions, lambda: False)
        self.jobs: tuple[RenderNow, ...] = ()
        self.cancelled: list[int] = []
        self.tried: list[int] = []
        self.full = False

    def add(self, order: JobOrder) -> int:
        """It waits."""
        if self.full:
            raise FolderError("The disk is full. Nothing will be rendered.")
        number = max((job.number for job in self.jobs), default=0) + 1
        self.jobs = (*self.jobs, RenderNow(number, order, RenderPhase.WAITING))
        return number

    def cancel(self, number: int) -> None:
        """Forgets it."""
        self.cancelled.append(number)
        self.jobs = tuple(job for job in self.jobs if job.number != number)

    def again(self, number: int) -> None:
        """Keeps that it was asked for."""
        self.tried.append(number)

    def look(self) -> tuple[RenderNow, ...]:
        """What the test has said."""
        return self.jobs
