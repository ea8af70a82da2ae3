"""How far a job is, as one share and a time that is left. Must know nothing of what is made."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from director_app.post.render.progress import Progress, Stage

_COPIED: Mapping[Stage, tuple[float, float]] = {
    Stage.LISTENING: (0.0, 0.2),
    Stage.SOUND: (0.2, 0.6),
    Stage.COPYING: (0.6, 0.95),
    Stage.ENCODING: (0.6, 0.93),
    Stage.JOINING: (0.93, 0.97),
    Stage.CHECKING: (0.97, 1.0),
}
_ENCODED: Mapping[Stage, tuple[float, float]] = {
    Stage.LISTENING: (0.0, 0.02),
    Stage.SOUND: (0.02, 0.06),
    Stage.COPYING: (0.06, 0.1),
    Stage.ENCODING: (0.1, 0.95),
    Stage.JOINING: (0.95, 0.98),
    Stage.CHECKING: (0.98, 1.0),
}
"""Shares of the work on a film, from runs over ten minutes of three cameras."""

_OTHER: Mapping[Stage, tuple[float, float]] = dict.fromkeys(Stage, (0.0, 1.0))

ENCODED_WEIGHT = 20.0
"""A film that is encoded takes so much longer than one that is copied."""

_TELLS_LEFT_AFTER_S = 3.0


@dataclass(frozen=True, slots=True)
class JobProgress:
    """work: the file that is being made. what: the stage, for people. share: of the whole job, 0 to 1, never less.

    left_s: seconds, None while that cannot be said yet.
    """

    work: str
    what: str
    share: float
    left_s: float | None


@dataclass(frozen=True, slots=True)
class Weight:
    """How much work something is, in frames that are copied; bands: how its stages share it."""

    frames: float
    bands: Mapping[Stage, tuple[float, float]]

    @classmethod
    def copied(cls, frames: float) -> "Weight":
        """A film that is mostly copied."""
        return cls(max(1.0, frames), _COPIED)

    @classmethod
    def encoded(cls, frames: float) -> "Weight":
        """A film whose pictures are all encoded."""
        return cls(max(1.0, frames) * ENCODED_WEIGHT, _ENCODED)

    @classmethod
    def other(cls, frames: float) -> "Weight":
        """What is no film, and takes as long as copying so many frames."""
        return cls(max(1.0, frames), _OTHER)


class ProgressOfAll:
    """Adds up the progress of the works of a job; one thread."""

    def __init__(
        self,
        tell: Callable[[JobProgress], None],
        is_cancelled: Callable[[], bool],
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tell = tell
        self._is_cancelled = is_cancelled
        self._now_s = now_s
        self._began_s = now_s()
        self._all = 1.0
        self._done = 0.0
        self._kept = 0.0
        self._share = 0.0

    def plan(self, weights: float) -> None:
        """The sum of all works."""
        self._all = max(1.0, weights)

    def keep(self, weight: Weight) -> None:
        """A work that is there already; says nothing about how fast this computer is."""
        self._done += weight.frames
        self._kept += weight.frames

    def of(self, work: str, weight: Weight) -> Progress:
        """For the renderer: of one work, until finished()."""

        def tell(stage: Stage, done: int, of: int) -> None:
            begin, end = weight.bands[stage]
            self.at(work, stage.value, weight, begin + (end - begin) * done / max(1, of))

        return Progress(tell, self._is_cancelled)

    def at(self, work: str, what: str, weight: Weight, share: float) -> None:
        """Tells how much of one work is done, 0 to 1."""
        done = self._done + weight.frames * min(1.0, max(0.0, share))
        self._share = max(self._share, min(1.0, done / self._all))
        self._tell(JobProgress(work, what, self._share, self._left_s(done)))

    def finished(self, weight: Weight) -> None:
        """One work is done, or given up."""
        self._done += weight.frames

    def is_cancelled(self) -> bool:
        """Whether the job is no longer wanted."""
        return self._is_cancelled()

    def _left_s(self, done: float) -> float | None:
        took_s, made = self._now_s() - self._began_s, done - self._kept
        if took_s < _TELLS_LEFT_AFTER_S or made <= 0:
            return None
        return took_s / made * max(0.0, self._all - done)
