"""What is being written, or, while something is wrong, what needs the producer and what the app handles."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from director_app.gui.desk.painted import Painted, presses
from director_app.gui.models.outputs import OutputsView
from director_app.gui.models.problems import Problem, headline
from director_app.gui.paint import RIGHT, Brush
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale


class OutputsPanel(Painted):
    """Fills what is left of the right column. A click on a problem, or Enter, tells it in full: told carries it."""

    told = Signal(object)
    background = tokens.WINDOW

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(scale, parent)
        self.compact = False
        self._view: OutputsView | None = None
        self._problems: tuple[Problem, ...] = ()
        self._chosen = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_view(self, view: OutputsView, problems: tuple[Problem, ...]) -> None:
        """Repaints only what is new."""
        if view == self._view and problems == self._problems:
            return
        self._view, self._problems = view, problems
        self._chosen = min(self._chosen, max(0, len(problems) - 1))
        told = ". ".join(f"{each.title} {each.text}" for each in problems)
        self.name(f"Outputs. {view.title}. {view.text}" if not problems else f"{headline(problems)}. {told}")
        self.update()

    def focus_first_problem(self) -> bool:
        """G: False when nothing is wrong."""
        if not self._problems:
            return False
        self._chosen = 0
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.update()
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tells the problem that was hit."""
        for index, (problem, area) in enumerate(self._rows()):
            if area.contains(event.position()):
                self._chosen = index
                self.told.emit(problem)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose a problem, Enter tells it."""
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self._problems:
            by = -1 if event.key() == Qt.Key.Key_Up else 1
            self._chosen = max(0, min(len(self._problems) - 1, self._chosen + by))
            self.update()
        elif presses(event) and self._problems:
            self.told.emit(self._problems[self._chosen])
        else:
            super().keyPressEvent(event)

    def _header(self) -> QRectF:
        return QRectF(0, 0, self.width(), self.scale.px(0 if self.compact and not self._problems else 34))

    def _rows(self) -> list[tuple[Problem, QRectF]]:
        """Problems that have room; the chosen one is always among them."""
        height = self.scale.px(30 if self.compact else 38)
        top = self._header().bottom()
        room = max(1, int((self.height() - top) // height))
        first = max(0, self._chosen - room + 1)
        shown = self._problems[first : first + room]
        return [
            (problem, QRectF(0, top + index * height, self.width(), height)) for index, problem in enumerate(shown)
        ]

    def draw(self, brush: Brush) -> None:
        """Outputs, or problems."""
        brush.box(self.rect(), tokens.PANEL, None, tokens.RADIUS)
        if self._view is None:
            return
        if self._problems:
            self._draw_problems(brush, self._view)
        else:
            self._draw_outputs(brush, self._view)
        if self.hasFocus():
            brush.focus_ring(self.rect().adjusted(1, 1, -1, -1))

    def _draw_problems(self, brush: Brush, view: OutputsView) -> None:
        px, header = self.scale.px, self._header()
        line = header.adjusted(px(12), 0, -px(12), 0)
        brush.text(line, headline(self._problems), Role.STRONG, tokens.WARN)
        well = "recording well" if view.rate else "nothing is lost"
        width = brush.width(well, Role.DETAIL)
        brush.icon("check", line.right() - width - px(22), line.center().y() - px(8), tokens.TEXT_2)
        brush.text(line, well, Role.DETAIL, tokens.TEXT_2, RIGHT)
        for index, (problem, row) in enumerate(self._rows()):
            self._draw_problem(brush, problem, row)
            if self.hasFocus() and index == min(self._chosen, len(self._rows()) - 1):
                brush.box(row.adjusted(2, 1, -2, -1), None, tokens.LIGHT, tokens.RADIUS_SMALL, 1)

    def _draw_problem(self, brush: Brush, problem: Problem, row: QRectF) -> None:
        px, painter = self.scale.px, brush.painter
        if problem.needs_producer:
            painter.fillRect(row, QColor(tokens.WARN_TINT))
            painter.fillRect(QRectF(row.x(), row.y(), 3, row.height()), QColor(tokens.WARN))
        brush.line(row.x(), row.bottom(), row.right(), row.bottom(), tokens.LINE)
        brush.icon(problem.icon, px(12), row.center().y() - px(8), tokens.WARN)
        text = QRectF(px(38), row.y(), self.width() - px(50), row.height())
        if self.compact or not problem.text:
            brush.text(text, problem.title, Role.STRONG)
            return
        half = row.height() / 2
        brush.text(text.adjusted(0, px(1), 0, -half), problem.title, Role.STRONG)
        brush.text(text.adjusted(0, half - px(2), 0, -px(1)), problem.text, Role.DETAIL, tokens.TEXT_2)

    def _draw_outputs(self, brush: Brush, view: OutputsView) -> None:
        px, header = self.scale.px, self._header()
        if header.height():
            line = header.adjusted(px(12), 0, -px(12), 0)
            brush.text(line, "Outputs", Role.STRONG)
            self._draw_wellness(brush, view, line)
            brush.line(0, header.bottom(), self.width(), header.bottom(), tokens.LINE)
        row = QRectF(0, header.bottom(), self.width(), px(40 if not self.compact else 36))
        self._draw_recording(brush, view, row)
        self._draw_files(brush, view, row.bottom())

    def _draw_wellness(self, brush: Brush, view: OutputsView, line: QRectF) -> None:
        px, words = self.scale.px, "all well" if view.rate else "nothing leaves this laptop"
        if view.rate:
            x = line.right() - brush.width(words, Role.DETAIL) - px(22)
            brush.icon("check", x, line.center().y() - px(8), tokens.TEXT_2)
        brush.text(line, words, Role.DETAIL, tokens.TEXT_2 if view.rate else tokens.TEXT_3, RIGHT)

    def _draw_recording(self, brush: Brush, view: OutputsView, row: QRectF) -> None:
        px = self.scale.px
        brush.icon("disk", px(12), row.center().y() - px(8), tokens.TEXT_2)
        line = row.adjusted(px(38), 0, -px(12), 0)
        title = brush.text(line, view.title, Role.BODY)
        right = line.right()
        if view.rate:
            brush.text(line, view.rate, Role.BODY, align=RIGHT)
            right -= px(84)
            if not self.compact and row.width() > px(420):
                right -= px(80)
                _graph(brush, QRectF(right + px(8), row.center().y() - px(7), px(64), px(14)), view.points)
        left = line.x() + max(title + px(14), px(92) if view.rate else 0)
        brush.text(QRectF(left, row.y(), right - left, row.height()), view.text, Role.DETAIL, tokens.TEXT_2)

    def _draw_files(self, brush: Brush, view: OutputsView, top: float) -> None:
        """Every file and how it grows, in two columns, as far as there is room."""
        px = self.scale.px
        height, half = px(22), self.width() / 2
        rows = int((self.height() - top - px(4)) // height)
        for index, file in enumerate(view.files[: rows * 2]):
            column, row = divmod(index, rows)
            line = QRectF(column * half + px(38 if column == 0 else 12), top + row * height, half - px(50), height)
            if column == 1:
                line.setRight(self.width() - px(12))
            brush.text(line.adjusted(0, 0, -px(64), 0), file.name, Role.DETAIL, tokens.TEXT_3)
            brush.text(line, file.size, Role.DETAIL, tokens.TEXT_2, RIGHT)


def _graph(brush: Brush, area: QRectF, points: tuple[float, ...]) -> None:
    """How the rate was; newest at the right."""
    brush.line(area.x(), area.bottom(), area.right(), area.bottom(), tokens.EDGE)
    if len(points) < 2:
        return
    path = QPainterPath()
    for index, point in enumerate(points):
        at = QPointF(
            area.x() + index / (len(points) - 1) * area.width(), area.bottom() - 3 - point * (area.height() - 5)
        )
        path.moveTo(at) if index == 0 else path.lineTo(at)
    brush.painter.setPen(QPen(QColor(tokens.TEXT_3), 1))
    brush.painter.setBrush(Qt.BrushStyle.NoBrush)
    brush.painter.drawPath(path)
