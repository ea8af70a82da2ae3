"""How far a film is, for whoever waits for it, and whether it is still wanted. Must know nothing of files."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from director_app.post.render.errors import RenderCancelledError


class Stage(StrEnum):
    """What is being done; the value is for people."""

    LISTENING = "measuring the sound"
    SOUND = "encoding the sound"
    COPYING = "copying pictures"
    ENCODING = "encoding pictures"
    JOINING = "joining pictures and sound"
    CHECKING = "checking the film"
    WAVEFORMS = "drawing waveforms"
    SCORING = "directing it again for the score"


def _nobody(stage: Stage, done: int, of: int) -> None:
    """Nobody wants to know."""


def _wanted() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Progress:
    """tell: called often with the stage, what of it is done and all of it: slots, or samples where it is sound.

    is_cancelled: asked as often.
    """

    tell: Callable[[Stage, int, int], None] = _nobody
    is_cancelled: Callable[[], bool] = _wanted

    def at(self, stage: Stage, done: int, of: int) -> None:
        """Tells. Raises RenderCancelledError when the film is no longer wanted."""
        if self.is_cancelled():
            raise RenderCancelledError("The film was cancelled; nothing was left of it.")
        self.tell(stage, min(done, of), of)
