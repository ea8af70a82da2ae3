"""The sheet that asks what to render: which films, how loud, how large."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from director_app.gui.models.render_choice import LOUDNESS, NAMES, OFFERED, SLOWER, RenderChoice, size_words, sizes
from director_app.gui.sessions.sheet import ChoiceBox, Sheet, labelled
from director_app.gui.theme.type import Scale
from director_app.post.jobs.order import Cards
from director_app.session.manifest import Manifest

_COLUMNS = 4
_WIDE = 560


class RenderSheet(Sheet):
    """Begins with what was chosen last."""

    def __init__(self, scale: Scale) -> None:
        super().__init__(scale, "Render", "Render")
        self.boxes = {make: QCheckBox(words) for make, (words, _) in OFFERED.items()}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        for make, box in self.boxes.items():
            box.setToolTip(OFFERED[make][1])
            box.setAccessibleName(f"{OFFERED[make][0]}: {OFFERED[make][1]}")
            box.toggled.connect(self._changed)
        self.loudness = ChoiceBox("Loudness", self._changed)
        self.size_box = ChoiceBox("Size", self._changed)
        self.body.addLayout(self._grid)
        self.set_width(_WIDE)
        self.names = ChoiceBox("Names", self._changed)
        self.cards = QCheckBox("A card with its title before each highlight")
        self.cards.setAccessibleName(self.cards.text())
        boxes = (("Loudness", self.loudness), ("Size", self.size_box), ("Names", self.names))
        self.body.addLayout(labelled(boxes))
        self.body.addWidget(self.cards, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_foot()

    def set_width(self, width: int) -> None:
        """Fewer boxes in a row on a narrow page."""
        columns = _COLUMNS if width >= self._scale.px(_WIDE) else _COLUMNS // 2
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for number, box in enumerate(self.boxes.values()):
            self._grid.addWidget(box, number // columns, number % columns, Qt.AlignmentFlag.AlignLeft)

    def show_choice(self, choice: RenderChoice, manifest: Manifest) -> None:
        """For this session."""
        for make, box in self.boxes.items():
            box.setChecked(make in choice.makes())
        self.loudness.offer({each.value: words for each, words in LOUDNESS.items()}, choice.loudness)
        self.size_box.offer({height: size_words(manifest, height) for height, _ in sizes(manifest)}, choice.height)
        self.names.offer({each.value: words for each, words in NAMES.items()}, choice.names)
        self.cards.setChecked(choice.cards == Cards.TITLES)
        self._changed()

    def choice(self) -> RenderChoice:
        """As it stands there."""
        height = self.size_box.value()
        return RenderChoice(
            make=tuple(make.value for make, box in self.boxes.items() if box.isChecked()),
            loudness=str(self.loudness.value()),
            height=height if isinstance(height, int) else None,
            names=str(self.names.value()),
            cards=(Cards.TITLES if self.cards.isChecked() else Cards.NONE).value,
        )

    def first(self) -> QWidget:
        """The first thing to make."""
        return next(iter(self.boxes.values()))

    def _changed(self) -> None:
        if not all(box.count() for box in (self.loudness, self.size_box, self.names)):
            return
        chosen = self.choice()
        self.allow(None if chosen.make else "Choose at least one thing to make.")
        self.note.setText(SLOWER if chosen.height is not None else "")
