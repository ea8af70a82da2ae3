"""The cards of all cameras: four in a row, three for five and six, two and wide where the page is narrow."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtWidgets import QGridLayout, QWidget

from director_app.engine.monitors import Monitor
from director_app.gui.models.setting_up import Edit
from director_app.gui.models.setup import Draft
from director_app.gui.models.setup_cards import CardView
from director_app.gui.setup.camera_card import CameraCard
from director_app.gui.theme.type import Scale

_GAP = 16
_AT_ONCE = 2
"""Cards that are made in one go: making all of a large show would be felt."""


class CameraRow(QWidget):
    """Cards are kept as long as there is a camera at their place."""

    def __init__(self, scale: Scale, monitor: Callable[[], Monitor], edit: Callable[[Edit], None]) -> None:
        super().__init__()
        self._scale, self._monitor, self._edit = scale, monitor, edit
        self.cards: list[CameraCard] = []
        self._arranged: tuple[int, int, bool] | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(scale.px(_GAP))

    def show_views(self, views: Sequence[CardView], aspect: float) -> None:
        """One a card; of many new ones some come with the next call. aspect: width over height of the canvas."""
        while len(self.cards) > len(views):
            gone = self.cards.pop()
            gone.hide()
            gone.deleteLater()
        for _ in range(min(_AT_ONCE, len(views) - len(self.cards))):
            self.cards.append(CameraCard(len(self.cards), self._scale, self._monitor(), self._edit))
        for card, view in zip(self.cards, views, strict=False):
            card.show_view(view, aspect)

    def is_behind(self, draft: Draft) -> bool:
        """Whether cards are still to come."""
        return len(self.cards) < len(draft.cameras)

    def pull(self) -> None:
        """Fetches the newest pictures."""
        for card in self.cards:
            card.preview.pull()

    def arrange(self, width: int, *, narrow: bool) -> None:
        """width: pixels there are."""
        count = len(self.cards)
        if (width, count, narrow) == self._arranged:
            return
        self._arranged = (width, count, narrow)
        columns = _columns(count, narrow=narrow)
        gap = self._scale.px(_GAP)
        each = (width - (columns - 1) * gap) // columns
        for place, card in enumerate(self.cards):
            card.set_width(each, beside=narrow)
            self._grid.addWidget(card, place // columns, place % columns)
            card.show()
        for column in range(6):
            self._grid.setColumnStretch(column, 1 if column >= columns else 0)
        order = [widget for card in self.cards for widget in card.tab_order]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)


def _columns(count: int, *, narrow: bool) -> int:
    if narrow:
        return 2
    return 3 if count in {5, 6, 9} else 4
