"""A painted widget with several buttons, each of which Tab reaches: a stop. Must not know what a button does."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from director_app.gui.desk.painted import Painted
from director_app.gui.theme.type import Scale


class Stops(Painted):
    """Tab goes from stop to stop, and on to the next widget after the last one. `stop` has the ring."""

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(scale, parent)
        self.stop = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def stops(self) -> int:
        """How many there are now, at least one."""
        raise NotImplementedError

    def stopped(self) -> None:
        """Another stop has the ring, or none any more: whoever cannot see it is told."""

    def go_to(self, stop: int) -> bool:
        """Another stop. False: there is none of this number."""
        if not 0 <= stop < self.stops():
            return False
        self.stop = stop
        self.stopped()
        self.update()
        return True

    def leave_missing(self) -> None:
        """A button that had the ring may have gone."""
        if self.stop >= self.stops():
            self.go_to(self.stops() - 1)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's form
        """Tab and Shift+Tab."""
        return self.go_to(self.stop + (1 if forward else -1)) or super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes back by Shift+Tab comes to the last one."""
        if event.reason() is Qt.FocusReason.BacktabFocusReason:
            self.stop = self.stops() - 1
        elif event.reason() is Qt.FocusReason.TabFocusReason:
            self.stop = 0
        super().focusInEvent(event)
        self.stopped()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No stop has the ring."""
        super().focusOutEvent(event)
        self.stopped()
