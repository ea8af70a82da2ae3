"""`director` as it is, which also says how far its recording has come: run as a script by tests of kill -9."""

import random
import sys
from collections.abc import Iterator

# In the place of this folder, whose modules would stand before packages of the same names.
sys.path.pop(0)
sys.path.insert(0, "")
from director_app.cli import commands, record
from director_app.cli.outcome import news
from director_app.cli.run import ShowRun
from director_app.core.events import Take
from tests.helpers.shows import backdate

_TAKE_EVERY = 7
"""Looks between two takes, a tenth of a second each: not in step with fragments or key frames."""


def _moments() -> Iterator[float]:
    """How long before each take its cut is wanted, seconds: so that cuts have heads where there is a delay."""
    random_ = random.Random(3)
    while True:
        yield random_.uniform(0.0, 0.9)


class ReportingRun(ShowRun):
    """Prints `slots N` at every look, and takes the cameras in turn."""

    _looks = 0

    def _over(self) -> bool:
        over = super()._over()
        recording = self._engine._recording
        if recording is not None and recording.pictures.clock is not None:
            news.print("slots", recording.pictures.clock.next_slot)
            if self._looks == 0:
                backdate(recording, _moments())
            self._looks += 1
            if self._looks % _TAKE_EVERY == 0:
                cameras = self._cast.cameras
                self._engine.tell(Take(cameras[self._looks // _TAKE_EVERY % len(cameras)].id))
        return over


if __name__ == "__main__":
    vars(record)["ShowRun"] = ReportingRun
    commands.main()
