"""One camera on Set up: its picture, number, name, whether it shows everybody, its source, and a little more."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from director_app.engine.monitors import Monitor
from director_app.gui.models import setup_edits as edits
from director_app.gui.models.setting_up import Edit
from director_app.gui.models.setup_cards import CardView
from director_app.gui.paint import CENTRE, RIGHT
from director_app.gui.setup.address import AddressField
from director_app.gui.setup.camera_more import CameraMore, row_of
from director_app.gui.setup.controls import (
    ChoiceList,
    ListEntry,
    OneLine,
    icon_button,
    label,
    name_field,
    set_text,
)
from director_app.gui.setup.preview import Preview
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale

_SHAPE = 16 / 9


class CameraCard(QFrame):
    """Every change goes to edit as what is done to the draft; show_view() says how things are."""

    def __init__(self, row: int, scale: Scale, monitor: Monitor, edit: Callable[[Edit], None]) -> None:
        """row: its place among the cameras, from 0."""
        super().__init__()
        self.setObjectName("panel")
        self._row, self._scale, self._edit = row, scale, edit
        self._view: CardView | None = None
        self.preview = Preview(scale, monitor)
        self.name = name_field(lambda text: edit(lambda draft: edits.rename_camera(draft, row, text)))
        self.wide = QRadioButton("Wide")
        self.source = ChoiceList(self._choose)
        self.address = AddressField()
        self.more: CameraMore | None = None
        self._make()

    def _make(self) -> None:
        px = self._scale.px
        self.wide.setAutoExclusive(False)
        self.wide.setToolTip("Shows everybody. Click again for none.")
        self.wide.clicked.connect(lambda: self._edit(lambda draft: edits.toggle_wide(draft, self._row)))
        self.address.editingFinished.connect(self._give_address)
        self._number = label(str(self._row + 1), "number")
        self._number.setFixedSize(px(32), px(32))
        self._number.setAlignment(CENTRE)
        self._form = OneLine(self._scale, Role.DETAIL)
        self._rate = OneLine(self._scale, Role.DETAIL, RIGHT)
        self._rate.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._trouble = label(role="warn", wraps=True)
        self._more_button = icon_button(self._scale, "settings", "More: turn, delay, move, remove", self._show_more)
        self._more_button.setCheckable(True)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self.preview)
        self._box.addLayout(self._controls(), 1)

    def _controls(self) -> QVBoxLayout:
        px = self._scale.px
        column = QVBoxLayout()
        column.setContentsMargins(px(12), px(12), px(12), px(8))
        column.setSpacing(px(8))
        column.addLayout(row_of(px(8), self._number, self.name, self.wide))
        column.addWidget(self.source)
        column.addWidget(self.address)
        column.addLayout(row_of(px(8), self._form, self._rate, self._more_button))
        column.addWidget(self._trouble)
        column.addStretch(1)
        self._controls_column = column
        return column

    @property
    def tab_order(self) -> tuple[QWidget, ...]:
        """Reading order."""
        controls = (self.name, self.wide, self.source, self.address, self._more_button)
        return controls if self.more is None else (*controls, *self.more.tab_order)

    def set_width(self, pixels: int, *, beside: bool) -> None:
        """beside: the picture stands beside the controls, for cards that are twice as wide."""
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self.setFixedWidth(pixels)
        width = min(round(pixels * 0.52), round(self._scale.px(156) * _SHAPE)) if beside else pixels
        self.preview.setFixedSize(width, round(width / _SHAPE))
        self._box.setAlignment(self.preview, Qt.AlignmentFlag.AlignTop)

    @property
    def form_words(self) -> str:
        """The format of its pictures."""
        return self._form.words

    @property
    def rate_words(self) -> str:
        """Its frame rate."""
        return self._rate.words

    @property
    def trouble_words(self) -> str:
        """What is wrong with it."""
        return self._trouble.text()

    def show_view(self, view: CardView, aspect: float) -> None:
        """aspect: width over height of the canvas."""
        self.preview.show_camera(view.camera, aspect, view.badge)
        self._form.say(view.form)
        self._rate.say(view.rate, tokens.WARN if view.rate_warns else tokens.TEXT_2)
        if view == self._view:
            return
        if self._view is None or view.spoken != self._view.spoken:
            self._say_names(view)
        self._view = view
        set_text(self.name, view.label)
        self.wide.setChecked(view.wide)
        self._show_source(view)
        self._trouble.setText(view.trouble)
        self._trouble.setVisible(bool(view.trouble))
        if self.more is not None:
            self.more.show_view(view)

    def _show_source(self, view: CardView) -> None:
        self.source.fill([ListEntry(each.words, each.hint) for each in view.choices.entries], view.choices.selected)
        self.address.setVisible(view.address is not None)
        if view.address is not None:
            self.address.set_address(view.address)

    def _say_names(self, view: CardView) -> None:
        who = f"camera {view.number}"
        self.setAccessibleName(view.spoken)
        self.preview.name(f"Picture of {view.spoken[0].lower()}{view.spoken[1:]}")
        self.name.setAccessibleName(f"Name of {who}")
        self.wide.setAccessibleName(f"{who.capitalize()} shows everybody")
        self.source.setAccessibleName(f"Source of {who}")
        self.address.setAccessibleName(f"Address of {who}")
        self._more_button.setAccessibleName(f"More of {who}")

    def _choose(self, place: int) -> None:
        if self._view is None or place == self._view.choices.selected:
            return
        source = self._view.choices.entries[place].source
        self._edit(lambda draft: edits.choose_camera(draft, self._row, source))
        if source.get("kind") == "stream":
            self.address.setFocus()

    def _give_address(self) -> None:
        address = self.address.address
        if self._view is not None and self._view.address is not None and address != self._view.address:
            source = {**self._view.choices.entries[self._view.choices.selected].source, "url": address}
            self._edit(lambda draft: edits.choose_camera(draft, self._row, source))

    def toggle_more(self) -> None:
        """What is rarely wanted comes or goes."""
        self._more_button.toggle()
        self._show_more()

    def _show_more(self) -> None:
        if self.more is None and self._view is not None:
            self.more = CameraMore(self._row, self._scale, self._edit)
            self._controls_column.insertWidget(self._controls_column.count() - 1, self.more)
            self.more.show_view(self._view)
            for before, after in pairwise(self.tab_order):
                QWidget.setTabOrder(before, after)
        if self.more is not None:
            self.more.setVisible(self._more_button.isChecked())
