"""What every page is given: the studio, the settings, the text scale, and the window's two services.

Pages never reach for the window or for each other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from director_app.engine.rendering import Rendering
from director_app.engine.studio import Studio
from director_app.gui.models.messages import Message
from director_app.gui.models.settings import SettingsFile
from director_app.gui.theme.type import Scale


class PageName(StrEnum):
    """The pages, in the order of Ctrl+1 to Ctrl+4."""

    DESK = "Desk"
    SETUP = "Set up"
    SESSIONS = "Sessions"
    DELIVERY = "Delivery"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """say: a message for the producer. go: another page. rendering: None where nothing can be rendered."""

    studio: Studio
    settings: SettingsFile
    scale: Scale
    say: Callable[[Message], None]
    go: Callable[[PageName], None]
    rendering: Rendering | None = None

    @property
    def sessions(self) -> Path:
        """The folder of all sessions."""
        return self.studio.sessions
