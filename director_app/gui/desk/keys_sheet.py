"""The sheet of keys over the desk. The show goes on and every key works while it is open."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from director_app.gui.desk.painted import Painted
from director_app.gui.models.director import ProgramView
from director_app.gui.models.keymap import Keymap
from director_app.gui.paint import CENTRE, LEFT, Brush, veil
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale

WIDTH = 1152
_HEIGHT = 552


@dataclass(frozen=True, slots=True)
class _Line:
    """command: whose keys are shown; of a numbered one the first is named and the last stands beside it."""

    command: str
    title: str
    text: str = ""


_LARGE = (
    _Line("take 1", "Take a camera", "At once, then holds"),
    _Line("take wide", "Take wide", "Everybody in picture"),
    _Line("take next", "Take the next", "The green one"),
    _Line("auto or manual", "Auto on, off", "In a hold: auto at once"),
    _Line("hold", "Hold, stay", "Each press: anew from now"),
    _Line("record or ask to stop", "Record", "Again: asks to stop"),
)
_COLUMNS = (
    (
        "Record",
        (
            _Line("yes, stop recording", "Yes, stop recording"),
            _Line("marker", "Marker here"),
            _Line("name", "Name on air, on and off"),
            _Line("program window", "Program in a window of its own"),
            _Line("help", "Help"),
        ),
    ),
    (
        "More cuts, more care",
        (
            _Line("choose 1", "Make it the next"),
            _Line("take previous", "Back to the last camera"),
            _Line("first problem", "Go to the first problem"),
            _Line("message action", "Do what a message offers"),
            _Line("lock or unlock keys", "Lock or unlock the keys"),
        ),
    ),
    (
        "Window",
        (
            _Line("page Desk", "The pages"),
            _Line("full screen", "Full screen"),
            _Line("larger text", "Larger text, and smaller"),
            _Line("close", "Close, cancel, back"),
            _Line("quit", "Quit, not while recording"),
            _Line("keys", "This page"),
        ),
    ),
)


class KeysSheet(Painted):
    """Covers the desk above the transport, which stays bright."""

    background = ""

    def __init__(self, scale: Scale, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(scale, parent)
        self._keymap, self._cameras = keymap, 9
        self._program: ProgramView | None = None
        self.name("Keys. The show goes on, and every key works while this page is open.")
        self.hide()

    def show_program(self, view: ProgramView, cameras: int) -> None:
        """Who is on air stays in sight."""
        if (view, cameras) != (self._program, self._cameras):
            self._program, self._cameras = view, cameras
            self.update()

    def draw(self, brush: Brush) -> None:
        """A scrim over what was there, and the sheet."""
        px = self.scale.px
        brush.painter.fillRect(self.rect(), veil(tokens.KEYS_SCRIM))
        width, height = min(px(WIDTH), self.width() - 64), min(px(_HEIGHT), self.height() - 24)
        sheet = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        brush.box(sheet, tokens.PANEL, tokens.EDGE, tokens.RADIUS_DIALOG)
        inner = sheet.adjusted(px(32), px(24), -px(32), -px(20))
        self._draw_header(brush, inner)
        self._draw_large(brush, inner)
        line = inner.y() + px(182)
        brush.line(inner.x(), line, inner.right(), line, tokens.LINE)
        self._draw_columns(brush, inner)
        foot = QRectF(inner.x(), inner.bottom() - px(20), inner.width(), px(20))
        words = "Left hand alone: 1–4, W, E, S, Space. Right hand alone: the numeric pad, Enter for the next."
        extra = f" {self._keymap.problems[0]}" if self._keymap.problems else ""
        brush.text(foot, words + extra, Role.DETAIL, tokens.TEXT_2)

    def _draw_header(self, brush: Brush, inner: QRectF) -> None:
        px = self.scale.px
        title = brush.text(QRectF(inner.x(), inner.y(), px(100), px(28)), "Keys", Role.TITLE)
        cap = brush.key_cap_width("Esc")
        x = inner.right() - cap
        brush.key_cap(x, inner.y() + px(4), "Esc")
        x -= brush.width("Close", Role.DETAIL) + px(8)
        brush.text(QRectF(x, inner.y(), px(80), px(28)), "Close", Role.DETAIL, tokens.TEXT_2)
        if self._program is not None and self._program.on_air:
            x = self._draw_on_air(brush, self._program, x - px(32), inner.y() + px(4))
        words = "The show goes on, and every key works while this page is open."
        room = QRectF(inner.x() + title + px(16), inner.y(), x - inner.x() - title - px(24), px(28))
        brush.text(room, words, Role.DETAIL, tokens.TEXT_2)

    def _draw_on_air(self, brush: Brush, program: ProgramView, right: float, y: float) -> float:
        px = self.scale.px
        label = min(px(160), brush.width(program.label, Role.STRONG))
        x = right - label
        brush.text(QRectF(x, y, label + 2, px(20)), program.label, Role.STRONG)
        x -= px(28)
        brush.number(QRectF(x, y, px(20), px(20)), program.number, tokens.AIR, tokens.WHITE)
        x -= brush.width("ON AIR", Role.FLAG) + px(22)
        brush.flag(x, y, "ON AIR", tokens.AIR, tokens.WHITE)
        return x

    def _draw_large(self, brush: Brush, inner: QRectF) -> None:
        px, width = self.scale.px, inner.width() / len(_LARGE)
        for index, line in enumerate(_LARGE):
            x, y = inner.x() + index * width, inner.y() + px(52)
            self._draw_keys(brush, line.command, x, y, px(44), Role.TITLE)
            room = QRectF(x, y + px(56), width - px(8), px(24))
            brush.text(room, line.title, Role.TITLE)
            brush.text(room.translated(0, px(26)), line.text, Role.DETAIL, tokens.TEXT_2)

    def _draw_columns(self, brush: Brush, inner: QRectF) -> None:
        px, width = self.scale.px, inner.width() / len(_COLUMNS)
        for index, (title, lines) in enumerate(_COLUMNS):
            x, y = inner.x() + index * width, inner.y() + px(202)
            brush.text(QRectF(x, y, width, px(20)), title, Role.CAPTION, tokens.TEXT_2)
            for row, line in enumerate(lines, 1):
                top = y + row * px(40) - px(8)
                self._draw_keys(brush, line.command, x, top, px(28), Role.DETAIL)
                brush.text(QRectF(x + px(150), top, width - px(154), px(28)), line.title, Role.BODY)

    def _draw_keys(self, brush: Brush, command: str, x: float, y: float, height: float, role: Role) -> None:
        """Keys of a command; of a numbered one the first and the last."""
        px, words = self.scale.px, command.rpartition(" ")
        keys = list(self._keymap.keys_of(command))
        join = "or" if height > px(30) else ""
        if words[2] == "1":
            keys, join = [*keys[:1], *self._keymap.keys_of(f"{words[0]} {self._cameras}")[:1]], "–"
        if command == "page Desk":
            keys, join = [*keys[:1], *self._keymap.keys_of("page Sessions")[:1]], "–"
        if not keys:
            brush.text(QRectF(x, y, px(140), height), "no key", role, tokens.TEXT_3)
        for index, key in enumerate(keys[:2] if join or not keys or "+" not in keys[0] else keys[:1]):
            parts = key.split("+") if not key.endswith("++") else [*key[:-2].split("+"), "+"]
            if index:
                brush.text(QRectF(x, y, px(24), height), join, Role.DETAIL, tokens.TEXT_2, CENTRE)
                x += px(24) if join else px(2)
                parts = parts[-1:] if join == "–" else parts
            for part in parts:
                x += self._draw_cap(brush, part, QRectF(x, y, 0, height), role) + px(6)

    def _draw_cap(self, brush: Brush, word: str, at: QRectF, role: Role) -> float:
        width = max(at.height(), brush.width(word, role) + self.scale.px(18))
        area = QRectF(at.x(), at.y(), width, at.height())
        brush.box(area, tokens.PRESSED, tokens.CONTROL, tokens.RADIUS_SMALL)
        brush.text(area, word, role, tokens.TEXT, CENTRE if word else LEFT)
        return width
