"""How a row of any of the page's lists is painted: what Qt gives, as a row, a brush and an area. Draws nothing."""

from typing import Generic

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from director_app.gui.paint import Brush
from director_app.gui.sessions.rows import Index, Row, Rows
from director_app.gui.theme.type import Scale


class RowDelegate(QStyledItemDelegate, Generic[Row]):
    """Subclasses paint one row in draw()."""

    def __init__(self, scale: Scale, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scale = scale

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """As Qt asks for it; nothing for an index of nothing."""
        model = index.model()
        row = model.row(index) if isinstance(model, Rows) else None
        if row is None:
            return
        painter.save()
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        self.draw(Brush(painter, self._scale), row, area, state)
        painter.restore()

    def draw(self, brush: Brush, row: Row, area: QRect, state: QStyle.StateFlag) -> None:
        """Everything that is seen of a row."""
        raise NotImplementedError
