"""Small controls of Set up: labels by role, buttons with icons or a key cap, segments, lists that do not jump."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from director_app.gui.paint import LEFT, Brush
from director_app.gui.theme import tokens
from director_app.gui.theme.icons import icon
from director_app.gui.theme.type import Role, Scale

NAME_LENGTH = 200


def label(words: str = "", role: str = "", *, wraps: bool = False) -> QLabel:
    """role: as the style sheets know it. Never rich text: names may hold anything."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    if role:
        made.setProperty("role", role)
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Another role; costs a restyling only when it is new."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(scale: Scale, words: str, act: Callable[[], None], *, icon_name: str = "", hint: str = "") -> QPushButton:
    """A small one. hint: what it does, where its words do not say."""
    made = QPushButton(f" {words}" if icon_name else words)
    made.setAccessibleName(words)
    made.setProperty("kind", "small")
    made.clicked.connect(lambda _checked=False: act())
    if icon_name:
        made.setIcon(icon(icon_name, tokens.TEXT, scale.px(16)))
        made.setIconSize(QSize(scale.px(16), scale.px(16)))
    if hint:
        made.setToolTip(hint)
        made.setAccessibleDescription(hint)
    return made


def icon_button(scale: Scale, name: str, words: str, act: Callable[[], None]) -> QPushButton:
    """An icon alone; words: its name and tooltip."""
    made = QPushButton()
    made.setProperty("kind", "icon")
    made.setIcon(icon(name, tokens.TEXT_2, scale.px(16)))
    made.setIconSize(QSize(scale.px(16), scale.px(16)))
    made.setToolTip(words)
    made.setAccessibleName(words)
    made.clicked.connect(lambda _checked=False: act())
    return made


def name_field(changed: Callable[[str], None]) -> QLineEdit:
    """For names of any script; no longer than a show file takes."""
    made = QLineEdit()
    made.setMaxLength(NAME_LENGTH)
    made.textEdited.connect(changed)
    made.setMinimumWidth(40)
    return made


def set_text(field: QLineEdit, text: str) -> None:
    """Without moving the cursor of whoever is typing."""
    if field.text() != text and not field.hasFocus():
        field.setText(text)
        field.setCursorPosition(0)
    elif field.text() != text:
        place = field.cursorPosition()
        field.setText(text)
        field.setCursorPosition(place)


def rule() -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setObjectName("rule")
    made.setFixedHeight(1)
    return made


class OneLine(QWidget):
    """A line of text that gives way with an ellipsis; the whole of it as tooltip."""

    def __init__(self, scale: Scale, role: Role, align: Qt.AlignmentFlag = LEFT) -> None:
        super().__init__()
        self._scale, self._role, self._align = scale, role, align
        self._words, self._colour = "", tokens.TEXT_2
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, words: str, colour: str = tokens.TEXT_2, role: Role | None = None) -> None:
        """Another text; role: None for the one it has."""
        if (words, colour, role or self._role) != (self._words, self._colour, self._role):
            self._words, self._colour, self._role = words, colour, role or self._role
            self.setAccessibleName(words)
            self.setToolTip(words)
            self.updateGeometry()
            self.update()

    @property
    def words(self) -> str:
        """The whole text."""
        return self._words

    def sizeHint(self) -> QSize:
        """As wide as the text."""
        width = QFontMetrics(self._scale.font(self._role)).horizontalAdvance(self._words)
        return QSize(width + 2, self._scale.line(self._role))

    def minimumSizeHint(self) -> QSize:
        """Next to nothing."""
        return QSize(self._scale.px(24), self._scale.line(self._role))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text with its ellipsis."""
        painter = QPainter(self)
        Brush(painter, self._scale).text(self.rect(), self._words, self._role, self._colour, self._align)
        painter.end()


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One line of a list."""

    words: str
    hint: str = ""


class ChoiceList(QComboBox):
    """A list that is filled anew without a jump, never while it is open, and never turned by a passing wheel."""

    def __init__(self, chosen: Callable[[int], None]) -> None:
        super().__init__()
        self._entries: list[ListEntry] = []
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(16)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(chosen)

    def fill(self, entries: Sequence[ListEntry], selected: int) -> None:
        """Only what is new is touched."""
        if self.view().isVisible():
            return
        blocker = QSignalBlocker(self)
        if list(entries) != self._entries:
            self._entries = list(entries)
            self.clear()
            for place, entry in enumerate(entries):
                self.addItem(entry.words)
                self.setItemData(place, entry.hint or entry.words, Qt.ItemDataRole.ToolTipRole)
        if self.currentIndex() != selected:
            self.setCurrentIndex(selected)
        blocker.unblock()
        if entries:
            self.setToolTip(entries[selected].hint or entries[selected].words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """With an ellipsis where the words do not fit."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        area = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, area.width() - 4
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls the page."""
        event.ignore()


class Segmented(QFrame):
    """Values side by side, one of them chosen; arrow keys move within, Tab passes it in one step."""

    def __init__(self, name: str, chosen: Callable[[int], None]) -> None:
        super().__init__()
        self._name, self._chosen = name, chosen
        self._words: tuple[str, ...] = ()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.setObjectName("segments")
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def fill(self, words: Sequence[str], selected: int, hints: Sequence[str] = ()) -> None:
        """Only what is new is touched."""
        if tuple(words) != self._words:
            self._words = tuple(words)
            self._make(hints)
        chosen = self._group.button(selected)
        if chosen is not None and not chosen.isChecked():
            chosen.setChecked(True)
        # Tab comes to what is chosen, as Qt does it once an arrow key has been used.
        for place, button in enumerate(self._group.buttons()):
            is_entry = place == max(selected, 0)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_entry else Qt.FocusPolicy.ClickFocus)

    def _make(self, hints: Sequence[str]) -> None:
        for old in self._group.buttons():
            self._group.removeButton(old)
            old.hide()
            old.deleteLater()
        row = self.layout()
        assert row is not None
        for place, words in enumerate(self._words):
            made = QPushButton(words, self)
            made.setProperty("kind", "segment")
            made.setCheckable(True)
            made.setAccessibleName(f"{self._name} {words}")
            if place < len(hints):
                made.setToolTip(hints[place])
            made.clicked.connect(lambda _checked=False, place=place: self._chosen(place))
            made.installEventFilter(self)
            self._group.addButton(made, place)
            row.addWidget(made)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A moved selection chooses, as a click does."""
        handled = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyRelease and self._group.checkedId() >= 0 and watched is not None:
            focused = self.focusWidget()
            if focused is self._group.checkedButton():
                self._chosen(self._group.checkedId())
        return handled


class KeyedButton(QPushButton):
    """The page's one primary button, with the key that does the same."""

    def __init__(self, words: str, cap: str, scale: Scale, act: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("kind", "primary")
        self.setAccessibleName(f"{words}, {cap}")
        self._scale = scale
        row = QHBoxLayout(self)
        row.setContentsMargins(scale.px(12), 0, scale.px(8), 0)
        row.setSpacing(scale.px(8))
        self._cap = label(cap, "cap")
        self._cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for each in (label(words, "on-light"), self._cap):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(each, 0, Qt.AlignmentFlag.AlignVCenter)
        self.clicked.connect(lambda _checked=False: act())

    def sizeHint(self) -> QSize:
        """Wide enough for both."""
        row = self.layout()
        assert row is not None
        return QSize(row.sizeHint().width() + 4, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """It never gives way."""
        return self.sizeHint()
