"""The reason of the cut under the mouse, above its lane."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF
from PySide6.QtWidgets import QWidget

from director_app.core.canvas import timecode
from director_app.gui.desk.painted import Painted
from director_app.gui.models.timeline import Mark, MarkKind
from director_app.gui.paint import RIGHT, Brush
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale

_COLOURS = {MarkKind.AUTO_CUT: tokens.AUTO, MarkKind.LOST: tokens.WARN, MarkKind.OTHER_TROUBLE: tokens.WARN}
WIDTH = 376


class CutTooltip(Painted):
    """Never takes the mouse or the focus."""

    background = tokens.PANEL

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(scale, parent)
        self._mark: Mark | None = None
        self.hide()

    def show_mark(self, mark: Mark | None) -> None:
        """None: nothing is to be told."""
        self._mark = mark
        if mark is None:
            self.hide()
            return
        lines = 1 + len([line for line in self._lines(mark) if line])
        self.resize(self.scale.px(WIDTH), self.scale.px(16 + 22 * lines))
        self.show()
        self.update()

    def go_with_focus_of(self, panel: QWidget) -> None:
        """What was chosen by keys is chosen no longer when that panel has lost the focus."""
        panel.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """To the panel it is as if the mouse had left."""
        if event.type() is QEvent.Type.FocusOut:
            QCoreApplication.sendEvent(watched, QEvent(QEvent.Type.Leave))
        return super().eventFilter(watched, event)

    def _lines(self, mark: Mark) -> tuple[str, str]:
        hint = "Marked as wrong." if mark.wrong else "Click the cut if it was wrong." if mark.slot is not None else ""
        return mark.text, " ".join(part for part in (mark.passed_over, hint) if part)

    def draw(self, brush: Brush) -> None:
        """Cut, time, reason, who was passed over."""
        mark, px = self._mark, self.scale.px
        if mark is None:
            return
        brush.box(self.rect(), tokens.RAISED, tokens.CONTROL, tokens.RADIUS_SMALL)
        line = QRectF(px(12), px(8), self.width() - px(24), px(22))
        brush.lamp(line.x(), line.center().y() - 4, 8, _COLOURS.get(mark.kind, tokens.WHITE))
        brush.text(line, timecode(mark.t_s), Role.CAPTION, tokens.TEXT_2, RIGHT)
        brush.text(line.adjusted(px(18), 0, -px(80), 0), mark.title, Role.STRONG)
        for words, colour in zip(self._lines(mark), (tokens.TEXT, tokens.TEXT_2), strict=True):
            if words:
                line.translate(0, px(22))
                brush.text(line, words, Role.DETAIL, colour)
