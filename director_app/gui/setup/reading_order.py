"""Tab goes through a page as it is read, however and whenever its controls came to be there."""

from collections.abc import Iterator
from itertools import pairwise
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QLayoutItem, QWidget


class ReadingOrder:
    """Knows which order it has made, and makes another only for other controls."""

    def __init__(self) -> None:
        self._made: list[QWidget] = []

    def follow(self, *parts: QWidget) -> None:
        """The controls within these, in the order of their layouts, are what Tab goes through."""
        wanted = [control for part in parts for control in _controls(part)]
        if wanted == self._made:
            return
        self._made = wanted
        for before, after in pairwise(wanted):
            QWidget.setTabOrder(before, after)


def _controls(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
        yield widget
    layout = widget.layout()
    if layout is not None:
        yield from _within(layout)


def _within(layout: QLayout) -> Iterator[QWidget]:
    for item in _items(layout):
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from _controls(widget)
        elif inner is not None:
            yield from _within(inner)


def _items(layout: QLayout) -> list[QLayoutItem]:
    """Of a grid by rows and columns, not by when a cell was filled."""
    items = [item for place in range(layout.count()) if (item := layout.itemAt(place)) is not None]
    if isinstance(layout, QGridLayout):
        at = {id(item): _row_and_column(layout, place) for place, item in enumerate(items)}
        items.sort(key=lambda item: at[id(item)])
    return items


def _row_and_column(grid: QGridLayout, place: int) -> tuple[int, int]:
    # A tuple of four, though its type says "object".
    row, column, _, _ = cast("tuple[int, int, int, int]", grid.getItemPosition(place))
    return row, column
