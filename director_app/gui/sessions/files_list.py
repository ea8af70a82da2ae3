"""The files of a session, in two columns where there is room; each opens in the system's player."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from director_app.gui.models.session_files import FileRow, unfolded
from director_app.gui.models.session_words import Tag, Tone
from director_app.gui.paint import RIGHT, Brush
from director_app.gui.sessions.list_rows import paint_tag, tag_width
from director_app.gui.sessions.row_delegate import RowDelegate
from director_app.gui.sessions.rows import Index, Rows, said_of
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale

_ROW = 28
_GAP = 32
_TWO_FROM = 640


class FileRows(Rows[FileRow]):
    """Files of one session."""

    def place(self, row: FileRow) -> Path:
        """The file."""
        return row.path

    def said(self, row: FileRow, role: int) -> Any:
        """Words for people who see, hear, or point."""
        return said_of(role, row.words, row.spoken, row.problem)


class _FileDelegate(RowDelegate[FileRow]):
    def __init__(self, scale: Scale, parent: "FilesList") -> None:
        super().__init__(scale, parent)
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._list.cell()

    def draw(self, brush: Brush, row: FileRow, area: QRect, state: QStyle.StateFlag) -> None:
        px = brush.scale.px
        area = area.adjusted(0, 0, -px(_GAP) if self._list.columns > 1 else 0, 0)
        if state & QStyle.StateFlag.State_MouseOver:
            brush.box(area, tokens.RAISED)
        ground = area
        area = area.adjusted(px(28) if row.is_member else 0, 0, 0, 0)
        brush.icon(row.icon, area.x(), area.y() + px(6), tokens.TEXT_2)
        right = area.right() + 1
        brush.text(QRect(right - px(64), area.y(), px(64), area.height()), row.size, Role.BODY, tokens.TEXT, RIGHT)
        right -= px(76)
        brush.text(
            QRect(right - px(60), area.y(), px(60), area.height()), row.length, Role.BODY, tokens.TEXT_2, RIGHT
        )
        right -= px(72)
        if row.tag:
            tag = Tag(row.tag, Tone.WARN)
            width = tag_width(brush, tag)
            right -= width
            paint_tag(brush, right, area.y() + px(4), tag, width)
            right -= px(8)
        left = area.x() + px(28)
        left += brush.text(QRect(left, area.y(), right - left, area.height()), row.words, Role.BODY) + px(8)
        if row.members:
            brush.icon("chevron-down", left, area.y() + px(7), tokens.TEXT_2, 14)
            left += px(22)
        if right - left > px(24):
            brush.text(QRect(left, area.y(), right - left, area.height()), row.about, Role.DETAIL, tokens.TEXT_2)
        brush.line(ground.x(), ground.bottom() + 0.5, ground.right() + 1, ground.bottom() + 0.5, tokens.LINE)
        if state & QStyle.StateFlag.State_HasFocus and self._list.hasFocus():
            brush.focus_ring(ground.adjusted(0, 1, 0, -1))


class FilesList(QListView):
    """As high as its rows: the page scrolls, not the list. opened: Enter or a double click on a file.

    On a line that stands for several the same shows them below it, and takes them away again.
    """

    opened = Signal(object)

    def __init__(self, scale: Scale, name: str = "Files of this session") -> None:
        super().__init__()
        self._scale = scale
        self._folded: tuple[FileRow, ...] = ()
        self._unfolded: frozenset[Path] = frozenset()
        self.columns = 1
        self._width = 1
        self.rows = FileRows(self)
        self.setModel(self.rows)
        self.setItemDelegate(_FileDelegate(scale, self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.activated.connect(self._open)

    def show_rows(self, rows: Sequence[FileRow]) -> None:
        """Other files."""
        self._folded = tuple(rows)
        self.rows.show(unfolded(self._folded, self._unfolded))
        self.set_width(self._width)

    def set_width(self, width: int) -> None:
        """Chooses the columns; the height follows."""
        self._width = width
        self.columns = 2 if width >= self._scale.px(_TWO_FROM) else 1
        count = -(-self.rows.rowCount() // self.columns)
        self.setFixedHeight(max(1, count) * self.cell().height() + 1)
        self.setGridSize(self.cell())
        self.doItemsLayout()

    def cell(self) -> QSize:
        """One row in one column. A gap hangs on the right of each, so the last one reaches out of the list."""
        gap = self._scale.px(_GAP)
        width = (self._width + gap) // 2 if self.columns > 1 else self._width
        return QSize(width, self._scale.px(_ROW))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by Tab stands on a file at once."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.rows.index(0))
        self.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        row = self.rows.row(index)
        if row is None:
            return
        if not row.members:
            self.opened.emit(row.path)
            return
        self._unfolded ^= {row.path}
        self.show_rows(self._folded)
        self.setCurrentIndex(self.rows.index(self.rows.shown.index(row)))
