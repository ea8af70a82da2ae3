"""The one sound check that runs on Set up, and what the last one said as long as it holds. No Qt."""

from collections.abc import Callable

from director_app.engine.sound_checking import CheckNow, RunningCheck, Stage
from director_app.engine.studio import Studio
from director_app.engine.studio_state import Phase, StudioState
from director_app.gui.models.setup import same_microphones
from director_app.session.show import Show


class SoundCheckSeat:
    """Owner of at most one running check. One thread; close() in any case."""

    def __init__(self, studio: Studio, kept: Callable[[], None]) -> None:
        """kept: whom to tell that a result has been kept, so that the next recording begins with it."""
        self._studio, self._kept = studio, kept
        self._check: RunningCheck | None = None
        self._show: Show | None = None
        self._ending: list[RunningCheck] = []
        self._told = False

    @property
    def is_running(self) -> bool:
        """Whether somebody is being listened to."""
        return self._check is not None and self._check.look().stage is Stage.LISTENING

    def can_start(self, show: Show | None, state: StudioState) -> bool:
        """Whether the studio has just the microphones of this show."""
        lines = self._studio.microphone_lines()
        return (
            show is not None
            and bool(show.microphone)
            and state.phase is Phase.READY
            and same_microphones(show, state.show)
            and [line.id for line in lines] == [table.id for table in show.microphone]
        )

    def start(self, show: Show, state: StudioState) -> bool:
        """Begins anew. False: the microphones are not open yet."""
        if not self.can_start(show, state):
            return False
        self.drop()
        self._show, self._told = show, False
        self._check = RunningCheck(show, self._studio.microphone_lines())
        self._check.start()
        return True

    def stop(self) -> None:
        """Ends a running check without a result; what an ended one has said stays. Never waits."""
        if self.is_running:
            self.drop()

    def drop(self) -> None:
        """Forgets the check, running or not. Never waits."""
        if self._check is not None:
            self._check.stop()
            self._ending = [*(each for each in self._ending if not each.has_ended), self._check]
            self._check = None

    def look(self, show: Show | None) -> CheckNow | None:
        """The present of the check, if it says something of this show."""
        if self._check is None or self._show is None:
            return None
        if show is not None and not same_microphones(show, self._show):
            self.drop()
            return None
        now = self._check.look()
        if now.stage is Stage.DONE and not self._told:
            self._told = True
            if now.result is not None and now.result.may_be_kept:
                self._kept()
        return now

    def close(self, deadline_s: float = 10.0) -> None:
        """Joins. Idempotent. Raises what nobody had expected."""
        self.drop()
        ending, self._ending = self._ending, []
        for check in ending:
            check.close(deadline_s)
