"""The left side of the page: search, state, the list, and how much there is and fits."""

from pathlib import Path

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QListView,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from director_app.engine.past_sessions import PastState
from director_app.gui.models.sessions import ALL_STATES, SessionList
from director_app.gui.paint import RIGHT, Brush
from director_app.gui.sessions.labels import OneLine, sentence_label
from director_app.gui.sessions.list_rows import SessionDelegate, SessionRows, Thumbnail
from director_app.gui.sessions.search_field import SearchField
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale

WIDE, NARROW = 424, 320
_NARROW_UNDER = 1300
_HEADER, _FOOTER, _MARGIN, _STATES = 56, 44, 16, 112


def list_width(page_width: int, scale: Scale) -> int:
    """424, or 320 on a page under 1300 wide, at 100 % text scale."""
    return scale.px(WIDE if page_width / scale.factor >= _NARROW_UNDER else NARROW)


class ListPanel(QWidget):
    """Shows a SessionList. chosen: another row; opened: Enter or a double click; deleted, renamed: Del and F2."""

    wanted = Signal()
    chosen = Signal()
    opened = Signal()
    deleted = Signal()
    renamed = Signal()

    def __init__(self, scale: Scale, sessions: SessionList, thumbnail: Thumbnail) -> None:
        super().__init__()
        self._scale, self._sessions = scale, sessions
        self.search = SearchField(scale)
        self.search.textChanged.connect(self._want)
        self.states = self._make_states()
        self.rows = SessionRows(self)
        self.view = self._make_view(thumbnail)
        self.sentence = sentence_label("body")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.summary = OneLine(scale, Role.DETAIL, tokens.TEXT_2)
        self.free = OneLine(scale, Role.DETAIL, tokens.TEXT_2, RIGHT)
        self._lay_out()
        self.rescale()

    def _make_states(self) -> QComboBox:
        states = QComboBox()
        states.setAccessibleName("Which sessions to show")
        states.addItem(ALL_STATES, None)
        for state in PastState:
            states.addItem(state.value.removesuffix(" now").capitalize(), state)
        states.currentIndexChanged.connect(self._want)
        return states

    def _make_view(self, thumbnail: Thumbnail) -> QListView:
        view = QListView()
        view.setAccessibleName("Sessions")
        view.setModel(self.rows)
        view.setItemDelegate(SessionDelegate(self._scale, thumbnail, view))
        view.setMouseTracking(True)
        view.setUniformItemSizes(True)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.selectionModel().currentChanged.connect(self._choose)
        view.activated.connect(self._open)
        for key, signal in ((QKeySequence(Qt.Key.Key_Delete), self.deleted), (QKeySequence("F2"), self.renamed)):
            action = QAction(view)
            action.setShortcut(key)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(signal)
            view.addAction(action)
        view.installEventFilter(self)
        return view

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 1, 0)
        whole.setSpacing(0)
        self._header = QWidget()
        header = QHBoxLayout(self._header)
        header.setSpacing(8)
        header.addWidget(self.search, 1)
        header.addWidget(self.states)
        middle = QWidget()
        self._stack = QStackedLayout(middle)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.sentence)
        self._footer = QWidget()
        footer = QHBoxLayout(self._footer)
        footer.addWidget(self.summary)
        footer.addWidget(self.free)
        whole.addWidget(self._header)
        whole.addWidget(middle, 1)
        whole.addWidget(self._footer)

    def rescale(self) -> None:
        """After another text scale."""
        px = self._scale.px
        self.search.rescale()
        self._header.setFixedHeight(px(_HEADER))
        self._footer.setFixedHeight(px(_FOOTER))
        margin = px(_MARGIN)
        for part in (self._header, self._footer):
            layout = part.layout()
            assert layout is not None
            layout.setContentsMargins(margin, 0, margin, 0)
        self.sentence.setContentsMargins(margin, margin, margin, margin)
        self.states.setFixedWidth(px(_STATES))
        self.view.doItemsLayout()

    def show_sessions(self) -> None:
        """What the list says now."""
        rows = self._sessions.rows()
        self.rows.show(rows)
        self._select()
        self.sentence.setText(self._sessions.sentence())
        self.sentence.setAccessibleName(self._sessions.sentence())
        self._stack.setCurrentIndex(1 if self._sessions.sentence() else 0)
        self.summary.say(self._sessions.summary())

    def repaint_row(self, folder: Path) -> None:
        """Its picture has come."""
        for number, row in enumerate(self.rows.shown):
            if row.session.folder == folder:
                self.view.update(self.rows.index(number))

    def _select(self) -> None:
        number = next(
            (at for at, row in enumerate(self._sessions.rows()) if row.session.folder == self._sessions.chosen), -1
        )
        index = self.rows.index(number) if number >= 0 else QModelIndex()
        if index != self.view.currentIndex():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.view.selectionModel().setCurrentIndex(index, flag)

    def _want(self) -> None:
        self._sessions.want(self.search.text(), self.states.currentData())
        self.show_sessions()
        self.wanted.emit()

    def _choose(self, index: QModelIndex) -> None:
        row = self.rows.row(index)
        if row is not None and row.session.folder != self._sessions.chosen:
            self._sessions.choose(row.session.folder)
            self.chosen.emit()

    def _open(self, _index: QModelIndex) -> None:
        self.opened.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The focus ring of the list stands on its row, which Qt does not paint anew by itself."""
        if watched is self.view and event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.view.viewport().update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Panel, and the hairlines between its parts."""
        painter = QPainter(self)
        brush = Brush(painter, self._scale)
        brush.box(self.rect(), tokens.PANEL)
        right, header, footer = self.width() - 0.5, self._header.height() - 0.5, self._footer.y() + 0.5
        brush.line(right, 0, right, self.height(), tokens.LINE)
        brush.line(0, header, right, header, tokens.LINE)
        brush.line(0, footer, right, footer, tokens.LINE)
        painter.end()
