"""The last cuts in words, where a grid of tiles has a cell left over: time, camera, reason."""

from PySide6.QtCore import QRectF

from director_app.gui.desk.painted import Painted
from director_app.gui.models.timeline import Mark, MarkKind
from director_app.gui.models.words import length
from director_app.gui.paint import Brush
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role


class LastCuts(Painted):
    """Newest on top, as many as there is room for."""

    _cuts: tuple[Mark, ...] = ()

    def show_cuts(self, cuts: tuple[Mark, ...]) -> None:
        """Oldest first. Repaints only what is new."""
        if cuts == self._cuts:
            return
        self._cuts = cuts
        self.name("The last cuts: " + " ".join(f"{cut.title}: {cut.text}" for cut in reversed(cuts[-5:])))
        self.update()

    def draw(self, brush: Brush) -> None:
        """Two lines a cut."""
        px = self.scale.px
        brush.box(self.rect(), tokens.PANEL, tokens.EDGE, tokens.RADIUS_SMALL)
        brush.text(QRectF(px(12), px(8), self.width() - px(24), px(20)), "Last cuts", Role.STRONG)
        if not self._cuts:
            line = QRectF(px(12), px(32), self.width() - px(24), px(20))
            brush.text(line, "None yet.", Role.DETAIL, tokens.TEXT_3)
            return
        top, height = px(34), px(40)
        room = max(1, (self.height() - top) // height)
        for index, cut in enumerate(reversed(self._cuts[-room:])):
            line = QRectF(px(12), top + index * height, self.width() - px(24), px(20))
            colour = tokens.WHITE if cut.kind is MarkKind.TAKE else tokens.AUTO
            brush.lamp(line.x(), line.center().y() - px(4), px(8), colour)
            title = f"{length(cut.t_s)}  {cut.title.partition(': ')[2]}"
            brush.text(line.adjusted(px(16), 0, 0, 0), title, Role.DETAIL)
            brush.text(line.adjusted(px(16), px(17), 0, px(17)), cut.text, Role.CAPTION, tokens.TEXT_2)
