"""What lies between the top bar and the foot of Set up: parts below each other, which scroll together."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from director_app.gui.theme.type import Scale


def stacked(scale: Scale, groups: Sequence[Sequence[QWidget]]) -> QWidget:
    """Parts of a group stand closer to each other than groups do."""
    px = scale.px
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(px(24), px(18), px(24), px(16))
    column.setSpacing(px(10))
    for index, group in enumerate(groups):
        if index:
            column.addSpacing(px(6))
        for part in group:
            column.addWidget(part)
    column.addStretch(1)
    return body


def scrolled(body: QWidget) -> QScrollArea:
    """Up and down only; whatever is in it has the focus, not the area itself."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(body)
    return scroll
