"""What the window needs of a page: when it comes and goes, and who answers Esc first."""

from PySide6.QtWidgets import QWidget

from director_app.gui.surroundings import Surroundings


class Page(QWidget):
    """Base of the four pages. The window calls; a page never starts a timer that runs while it is hidden."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.surroundings = surroundings

    def came(self) -> None:
        """The page is in front now."""

    def went(self) -> None:
        """Another page is in front now."""

    def end(self) -> None:
        """The window closes for good: ask every thread to end. Never waits. Idempotent."""

    def shut(self, deadline_s: float = 10.0) -> None:
        """After end(): join every thread. Idempotent. Raises TimeoutError, or what nobody had expected."""

    def refresh(self) -> None:
        """Ten times a second while the page is in front."""

    def escape(self) -> bool:
        """Esc: close the top thing of this page. False: there was none."""
        return False

    def rescale(self) -> None:
        """The text scale has changed; surroundings.scale says how large it is now."""
