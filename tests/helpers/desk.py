"""What a page of the desktop app stands in: a studio that says what the test says, and messages that are kept."""

from dataclasses import replace
from pathlib import Path

from director_app.engine.monitors import Monitor
from director_app.engine.studio import Studio
from director_app.engine.studio_state import Phase, StudioState
from director_app.gui.models.messages import Message
from director_app.gui.models.settings import SettingsFile
from director_app.gui.surroundings import PageName, Surroundings
from director_app.gui.theme.type import Scale
from director_app.session.show import Show


class QuietStudio(Studio):
    """Opens nothing; its state is what the test makes it."""

    def __init__(self, show: Show, sessions: Path) -> None:
        super().__init__(sessions)
        self.state = StudioState(0.0, Phase.READY, show, free_bytes=54_000_000_000)

    def look(self) -> StudioState:
        return self.state

    def monitor(self) -> Monitor:
        """Shows no picture, and needs no thread for it."""
        return Monitor(dict)

    def records_into(self, folder: Path | None) -> None:
        """None: nothing is recorded now."""
        phase = Phase.READY if folder is None else Phase.RECORDING
        self.state = replace(self.state, phase=phase, folder=folder)


class Desk:
    """Surroundings of a page, and what it has said and asked for."""

    def __init__(self, show: Show, sessions: Path, settings: Path, text_scale: float = 1.0) -> None:
        self.studio = QuietStudio(show.model_copy(update={"sessions": sessions}), sessions)
        self.said: list[Message] = []
        self.gone: list[PageName] = []
        self.surroundings = Surroundings(
            self.studio, SettingsFile(settings), Scale(text_scale), self.said.append, self.gone.append
        )
