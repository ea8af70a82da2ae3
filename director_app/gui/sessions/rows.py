"""Rows of a list as Qt asks for them, of past sessions and of their files alike. Must not know what a row says."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from director_app.gui.plain import plain_tooltip

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")


class Rows(QAbstractListModel, Generic[Row]):
    """The rows that are wanted now. Subclasses know where a row's session or file lies, and what it says."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    def place(self, row: Row) -> Path:
        """What makes it the same row although it says something else."""
        raise NotImplementedError

    def said(self, row: Row, role: int) -> Any:
        """Words for people who see, hear, or point; None for nothing."""
        raise NotImplementedError

    @property
    def shown(self) -> Sequence[Row]:
        """In the order of the list."""
        return self._rows

    def show(self, rows: Sequence[Row]) -> None:
        """Same rows in the same order: only what has changed is painted anew."""
        if rows is self._rows:
            return
        if [self.place(row) for row in rows] != [self.place(row) for row in self._rows]:
            self.beginResetModel()
            self._rows = tuple(rows)
            self.endResetModel()
            return
        before, self._rows = self._rows, tuple(rows)
        for number, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(number), self.index(number))

    def row(self, index: Index) -> Row | None:
        """None for an index of nothing."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def rowCount(self, parent: Index | None = None) -> int:
        """A list has no rows within rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As Qt asks for it."""
        row = self.row(index)
        return None if row is None else self.said(row, role)


def said_of(role: int, shown: str, spoken: str, pointed_at: str) -> Any:
    """One row's words for people who see it, hear it, or point at it."""
    if role == Qt.ItemDataRole.DisplayRole:
        return shown
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return spoken
    return plain_tooltip(pointed_at) if role == Qt.ItemDataRole.ToolTipRole else None
