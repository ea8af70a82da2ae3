"""What a sound check of the last hours has found of the microphones that are being set up: asked for and remembered.

Reads in somebody else's thread, because a disk may be slow. Decides nothing. Holds no Qt.
"""

from collections.abc import Callable
from functools import partial

from director_app.engine.sound_checking import KeptFigures, kept_figures
from director_app.gui.models.setup import same_microphones
from director_app.session.show import Show

Ask = Callable[[Callable[[], KeptFigures | None], Callable[[KeptFigures | None], None]], None]
"""Does the first thing elsewhere, and the second one here with what came of it."""


class KeptCheck:
    """One thread."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._show: Show | None = None
        self._figures: KeptFigures | None = None

    def forget(self) -> None:
        """Another check may have been kept meanwhile: look() asks again."""
        self._show = None

    def look(self, show: Show | None) -> KeptFigures | None:
        """Of this show's microphones, if it is known already; asks for it if not."""
        if show is None or not show.microphone:
            return None
        if self._show is None or not same_microphones(show, self._show):
            self._show, self._figures = show, None
            self._ask(partial(kept_figures, show), partial(self._found, show))
        return self._figures

    def _found(self, show: Show, figures: KeptFigures | None) -> None:
        if show is self._show:
            self._figures = figures
