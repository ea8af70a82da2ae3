"""The highlights of a session as a row of pictures, best first. Enter or a click plays one, or goes to it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QPainterPath
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from director_app.gui.models.session_clips import ClipRow
from director_app.gui.paint import CENTRE, Brush, veil
from director_app.gui.sessions.row_delegate import RowDelegate
from director_app.gui.sessions.rows import Index, Rows, said_of
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale

_GAP, _WORDS = 12, 44
_COLUMNS = ((840, 5), (560, 4), (0, 3))
"""From this width on, so many in a row."""

Still = Callable[[ClipRow, int, int], QImage | None]
"""Clip, width and height in pixels of the screen."""


class ClipRows(Rows[ClipRow]):
    """Clips of one session."""

    def place(self, row: ClipRow) -> Path:
        """No file: where it stands in the show."""
        return Path(f"{row.at_s}")

    def said(self, row: ClipRow, role: int) -> Any:
        """Words for people who see, hear, or point."""
        return said_of(role, row.title, row.spoken, row.why)


class _ClipDelegate(RowDelegate[ClipRow]):
    def __init__(self, scale: Scale, still: Still, parent: "ClipsRow") -> None:
        super().__init__(scale, parent)
        self._still, self._list = still, parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._list.cell()

    def draw(self, brush: Brush, row: ClipRow, area: QRect, state: QStyle.StateFlag) -> None:
        px = brush.scale.px
        box = QRectF(area.x(), area.y() + px(2), area.width() - px(_GAP), self._list.picture_height())
        self._picture(brush, box, row)
        plates = ((row.rank, box.x() + px(6), box.y() + px(6)), (row.length, 0.0, box.bottom() - px(26)))
        for words, left, top in plates:
            width = brush.width(words, Role.CAPTION) + px(12)
            plate = QRectF(left or box.right() - px(6) - width, top, width, px(20))
            brush.box(plate, veil(tokens.PLATE_VEIL), None, tokens.RADIUS_SMALL)
            brush.text(plate, words, Role.CAPTION, tokens.TEXT, CENTRE)
        if state & QStyle.StateFlag.State_MouseOver:
            brush.triangle(box.center().x() - px(6), box.center().y() - px(8), px(14), px(16), tokens.LIGHT)
        below = box.bottom() + px(4)
        brush.text(QRectF(box.x(), below, box.width(), px(20)), row.title, Role.BODY)
        brush.text(QRectF(box.x(), below + px(20), box.width(), px(16)), row.at, Role.CAPTION, tokens.TEXT_2)
        if state & QStyle.StateFlag.State_HasFocus and self._list.hasFocus():
            brush.focus_ring(box)

    def _picture(self, brush: Brush, box: QRectF, row: ClipRow) -> None:
        ratio = brush.painter.device().devicePixelRatio()
        image = self._still(row, round(box.width() * ratio), round(box.height() * ratio))
        if image is None:
            brush.box(box, tokens.RAISED, None, tokens.RADIUS_SMALL)
            return
        outline = QPainterPath()
        outline.addRoundedRect(box, tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
        brush.painter.setClipPath(outline)
        brush.painter.drawImage(box, image)
        brush.painter.setClipping(False)


class ClipsRow(QListView):
    """As high as its rows. opened: a ClipRow."""

    opened = Signal(object)

    def __init__(self, scale: Scale, still: Still) -> None:
        super().__init__()
        self._scale = scale
        self._width, self.columns = 1, 5
        self.rows = ClipRows(self)
        self.setModel(self.rows)
        self.setItemDelegate(_ClipDelegate(scale, still, self))
        self.setAccessibleName("Highlights")
        self.setMouseTracking(True)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._open)

    def show_rows(self, rows: Sequence[ClipRow]) -> None:
        """Other clips."""
        self.rows.show(rows)
        self.set_width(self._width)

    def set_width(self, width: int) -> None:
        """Chooses the columns; the height follows."""
        self._width = width
        self.columns = next(columns for least, columns in _COLUMNS if width >= self._scale.px(least))
        lines = -(-self.rows.rowCount() // self.columns)
        # A gap hangs on the right of each: the last one reaches out of the row, which must not break for it.
        self.setViewportMargins(0, 0, -self._scale.px(_GAP) - 2, 0)
        self.setFixedHeight(max(1, lines) * self.cell().height() + 1)
        self.setGridSize(self.cell())
        self.doItemsLayout()

    def cell(self) -> QSize:
        """One clip with its gap."""
        return QSize(self._cell_width(), self.picture_height() + self._scale.px(_WORDS + 4))

    def picture_height(self) -> int:
        """16:9."""
        return (self._cell_width() - self._scale.px(_GAP)) * 9 // 16

    def _cell_width(self) -> int:
        return (self._width + self._scale.px(_GAP)) // self.columns

    def repaint_all(self) -> None:
        """A picture has come."""
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by Tab stands on a clip at once."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.rows.index(0))
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what a click does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        row = self.rows.row(index)
        if row is not None:
            self.opened.emit(row)
