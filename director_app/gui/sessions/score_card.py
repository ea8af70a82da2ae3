"""The figures of a show, two or three in a row; where nobody has worked out its score yet, a button that does."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from director_app.gui.models.session_score import Figure
from director_app.gui.paint import RIGHT, Brush
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale

_HEADER = 40
_CELL = 78
_MARGIN = 16


class ScoreCard(QWidget):
    """Says its figures to people who hear the window, too."""

    def __init__(self, scale: Scale) -> None:
        super().__init__()
        self._scale = scale
        self._figures: Sequence[Figure] = ()
        self._columns = 2
        self.score = QPushButton("Work out the score", self)
        self.score.setProperty("kind", "small")
        self.score.setAccessibleName("Work out the score of this session")

    def show_figures(self, figures: Sequence[Figure], *, is_scored: bool = False) -> None:
        """Nothing: the log says nothing of this show. is_scored: they come from a score that was worked out."""
        self._figures = figures
        spoken = [each.spoken for each in figures]
        self.setAccessibleName("Score card: " + "; ".join(spoken or ["nothing is known"]))
        self.score.setVisible(not is_scored)
        self.update()

    def allow_score(self, why_not: str | None) -> None:
        """A sentence why no score can be worked out now; None: it can."""
        self.score.setEnabled(why_not is None)
        self.score.setToolTip(why_not or "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button keeps its corner."""
        px, size = self._scale.px, self.score.sizeHint()
        self.score.setGeometry(
            self.width() - px(8) - size.width(), (px(_HEADER) - size.height()) // 2, *size.toTuple()
        )

    def set_columns(self, columns: int) -> int:
        """So many figures in a row; gives the least height for them, pixels."""
        self._columns = columns
        rows = -(-6 // columns)
        self.update()
        return self._scale.px(_HEADER + rows * _CELL)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Header, then cells with hairlines between."""
        painter = QPainter(self)
        brush, px = Brush(painter, self._scale), self._scale.px
        brush.box(self.rect(), tokens.PANEL, None, tokens.RADIUS)
        header = QRect(px(_MARGIN), 0, self.width() - 2 * px(_MARGIN), px(_HEADER))
        brush.text(header, "Score card", Role.STRONG)
        if not self.score.isVisible():
            brush.text(header, "live cut", Role.DETAIL, tokens.TEXT_2, RIGHT)
        brush.line(0, px(_HEADER) + 0.5, self.width(), px(_HEADER) + 0.5, tokens.LINE)
        if self._figures:
            self._paint_cells(brush)
        else:
            area = self.rect().adjusted(px(_MARGIN), px(_HEADER + 12), -px(_MARGIN), -px(12))
            painter.setFont(self._scale.font(Role.BODY))
            painter.setPen(QColor(tokens.TEXT_2))
            painter.drawText(area, int(Qt.TextFlag.TextWordWrap), "The log of this show is missing or empty.")
        painter.end()

    def _paint_cells(self, brush: Brush) -> None:
        top, rows = brush.scale.px(_HEADER) + 1, -(-len(self._figures) // self._columns)
        for number, figure in enumerate(self._figures):
            column, row = number % self._columns, number // self._columns
            left, right = (self.width() * each // self._columns for each in (column, column + 1))
            upper, lower = (top + (self.height() - top) * each // rows for each in (row, row + 1))
            if column:
                brush.line(left + 0.5, upper, left + 0.5, lower, tokens.LINE)
            if row:
                brush.line(left, upper + 0.5, right, upper + 0.5, tokens.LINE)
            self._paint_cell(brush, QRect(left, upper, right - left, lower - upper), figure)

    def _paint_cell(self, brush: Brush, cell: QRect, figure: Figure) -> None:
        px = brush.scale.px
        left, width = cell.x() + px(_MARGIN), cell.width() - 2 * px(_MARGIN)
        top = cell.y() + (cell.height() - px(60)) // 2
        brush.text(QRect(left, top, width, px(16)), figure.name, Role.CAPTION, tokens.TEXT_2)
        taken = brush.text(QRect(left, top + px(16), width, px(28)), figure.value, Role.TIMECODE)
        unit = QRect(left + taken + px(5), top + px(20), width - taken - px(5), px(24))
        brush.text(unit, figure.unit, Role.BODY, tokens.TEXT_2)
        brush.text(QRect(left, top + px(44), width, px(16)), figure.detail, Role.CAPTION, tokens.TEXT_2)
