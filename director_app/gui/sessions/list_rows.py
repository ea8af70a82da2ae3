"""Rows of the list of sessions: the model that Qt asks, and the strokes of one row."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainterPath
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from director_app.engine.past_sessions import PastSession
from director_app.gui.models.session_words import Tag, Tone
from director_app.gui.models.sessions import SessionRow
from director_app.gui.paint import Brush
from director_app.gui.sessions.row_delegate import RowDelegate
from director_app.gui.sessions.rows import Index, Rows
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale

ROW = 88
PICTURE, SMALL_PICTURE = (112, 63), (80, 45)
_SMALL_UNDER = 400
_LEFT, _TOP, _GAP = 16, 12, 12

Thumbnail = Callable[[PastSession, int, int], QImage | None]
"""Session, width and height in pixels of the screen."""


class SessionRows(Rows[SessionRow]):
    """Past sessions."""

    def place(self, row: SessionRow) -> Path:
        """Its folder."""
        return row.session.folder

    def said(self, row: SessionRow, role: int) -> Any:
        """Words for people who see or hear."""
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class SessionDelegate(RowDelegate[SessionRow]):
    """Paints one row, 88 high at 100 % text scale."""

    def __init__(self, scale: Scale, thumbnail: Thumbnail, parent: QObject | None = None) -> None:
        super().__init__(scale, parent)
        self._thumbnail = thumbnail

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the list."""
        return QSize(0, self._scale.px(ROW))

    def draw(self, brush: Brush, row: SessionRow, area: QRect, state: QStyle.StateFlag) -> None:
        """Picture, title, date and length and size, tags."""
        px = brush.scale.px
        self._ground(brush, area, state)
        picture = SMALL_PICTURE if area.width() < px(_SMALL_UNDER) else PICTURE
        box = QRectF(area.x() + px(_LEFT), area.y() + px(_TOP), px(picture[0]), px(picture[1]))
        self._picture(brush, box, row)
        left = round(box.right()) + px(_GAP)
        width = area.right() - left - px(8)
        top = area.y() + px(13)
        brush.text(QRect(left, top, width, px(20)), row.title, Role.STRONG)
        brush.text(QRect(left, top + px(20), width, px(16)), row.detail, Role.DETAIL, tokens.TEXT_2)
        self._tags(brush, QRect(left, top + px(42), width, px(20)), row.tags)

    def _ground(self, brush: Brush, area: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            brush.box(area, tokens.RAISED)
            brush.box(QRect(area.x(), area.y(), 3, area.height()), tokens.LIGHT)
        elif state & QStyle.StateFlag.State_MouseOver:
            brush.box(area, tokens.RAISED)
        brush.line(area.x(), area.bottom() + 0.5, area.right() + 1, area.bottom() + 0.5, tokens.LINE)
        focused = state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Selected
        if focused:
            brush.focus_ring(area.adjusted(2, 2, -2, -2))

    def _picture(self, brush: Brush, box: QRectF, row: SessionRow) -> None:
        ratio = brush.painter.device().devicePixelRatio()
        image = self._thumbnail(row.session, round(box.width() * ratio), round(box.height() * ratio))
        if image is None:
            brush.box(box, tokens.LINE, None, tokens.RADIUS_SMALL)
            size = self._scale.px(20)
            brush.icon("film", box.center().x() - size / 2, box.center().y() - size / 2, tokens.CONTROL, 20)
            return
        outline = QPainterPath()
        outline.addRoundedRect(box, tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
        brush.painter.setClipPath(outline)
        brush.painter.drawImage(box, image)
        brush.painter.setClipping(False)

    def _tags(self, brush: Brush, area: QRect, tags: Sequence[Tag]) -> None:
        """What does not fit is left out, trouble last; one always stands."""
        shown, gap = list(tags), self._scale.px(4)
        while len(shown) > 1 and sum(tag_width(brush, tag) + gap for tag in shown) > area.width() + gap:
            plain = next((tag for tag in shown if tag.tone is Tone.PLAIN), shown[-1])
            shown.remove(plain)
        left = area.x()
        for tag in shown:
            width = tag_width(brush, tag)
            paint_tag(brush, left, area.y(), tag, min(width, area.right() - left))
            left += width + gap


_LOOKS = {
    Tone.PLAIN: (tokens.PRESSED, tokens.TEXT_2, ""),
    Tone.AUTO: (tokens.AUTO_TINT, tokens.AUTO, ""),
    Tone.WARN: (tokens.WARN_TINT, tokens.WARN, "warning"),
    Tone.AIR: (tokens.AIR_TINT, tokens.AIR_LINE, "dot"),
}


def tag_width(brush: Brush, tag: Tag) -> int:
    """Pixels that paint_tag takes."""
    mark = brush.scale.px(18) if _LOOKS[tag.tone][2] else 0
    return brush.width(tag.words, Role.CAPTION) + 2 * brush.scale.px(8) + mark


def paint_tag(brush: Brush, x: int, y: int, tag: Tag, width: int) -> None:
    """A box of 20 pixels' height; trouble and recording have a shape beside their colour."""
    fill, ink, mark = _LOOKS[tag.tone]
    px = brush.scale.px
    brush.box(QRectF(x, y, width, px(20)), fill, None, tokens.RADIUS_SMALL)
    left = x + px(8)
    if mark == "dot":
        brush.lamp(left, y + px(6), px(8), ink)
    elif mark:
        brush.icon(mark, left - px(1), y + px(3), ink, 14)
    left += px(18) if mark else 0
    brush.text(QRectF(left, y, x + width - px(6) - left, px(20)), tag.words, Role.CAPTION, ink)
