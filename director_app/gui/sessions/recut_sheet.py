"""The sheet that asks how to cut a show once more: another style, without a camera, or as an edited timeline says."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget

from director_app.core.styles import Style
from director_app.gui.models.render_choice import STYLES, TAKES, RecutChoice
from director_app.gui.models.session_words import camera_name
from director_app.gui.sessions.labels import OneLine
from director_app.gui.sessions.sheet import ChoiceBox, Sheet, labelled
from director_app.gui.theme import tokens
from director_app.gui.theme.type import Role, Scale
from director_app.post.choices import Takes
from director_app.session.manifest import Manifest

ChooseFile = Callable[[QWidget, Path, Callable[[Path], None]], None]
"""Parent, the folder to begin in, and who is told which file was chosen."""

_NOTE = "Makes recut.mp4, as loud and as large as Render was asked to last."
_FOLLOWS = "The timeline says which pictures come when. It must be one of this show."


class RecutSheet(Sheet):
    """Asks anew each time."""

    def __init__(self, scale: Scale, choose_file: ChooseFile) -> None:
        super().__init__(scale, "Re-cut", "Re-cut")
        self._choose_file = choose_file
        self._folder = Path()
        self._timeline: Path | None = None
        self.style_box = ChoiceBox("Style", self._changed)
        self.without = ChoiceBox("Leave out a camera", self._changed)
        self.takes = ChoiceBox("Takes", self._changed)
        self.follow = QPushButton("Follow an edited timeline…")
        self.follow.setProperty("kind", "small")
        self.follow.setAccessibleName("Follow an edited timeline, a file of OpenTimelineIO")
        self.follow.clicked.connect(self._ask_file)
        self.forget = QPushButton("Without it")
        self.forget.setProperty("kind", "small")
        self.forget.setAccessibleName("Do not follow a timeline")
        self.forget.clicked.connect(lambda: self.follow_timeline(None))
        self._file = OneLine(scale, Role.DETAIL, tokens.TEXT_2)
        self.exports = QCheckBox("Timelines of this cut for editors, too")
        self.exports.setAccessibleName("Timelines of this cut for editors, too")
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.follow, self.forget):
            row.addWidget(widget)
        row.addWidget(self._file, 1)
        boxes = (("Style", self.style_box), ("Leave out", self.without), ("Takes", self.takes))
        self.body.addLayout(labelled(boxes))
        self.body.addLayout(row)
        self.body.addWidget(self.exports, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_foot()

    def show_session(self, folder: Path, manifest: Manifest) -> None:
        """For this session."""
        self._folder = folder
        shown: dict[str | None, str] = {None: "Nobody"}
        if len(manifest.cameras) > 1:
            shown |= {each.id: camera_name(manifest, each.number) for each in manifest.cameras}
        self.style_box.offer(STYLES, None)
        self.without.offer(shown, None)
        self.takes.offer(TAKES, Takes.KEEP)
        self.exports.setChecked(False)
        self.follow_timeline(None)

    def follow_timeline(self, path: Path | None) -> None:
        """None: cut by rule."""
        # Before one of its buttons goes: the focus must not fall out of the sheet.
        if path is None and self.forget.hasFocus():
            self.follow.setFocus()
        self._timeline = path
        self._file.say("" if path is None else path.name)
        self.forget.setVisible(path is not None)
        for box in (self.style_box, self.without, self.takes):
            box.setEnabled(path is None)
            box.setToolTip("" if path is None else _FOLLOWS)
        self._changed()

    def choice(self) -> RecutChoice:
        """As it stands there."""
        style, without, takes = self.style_box.value(), self.without.value(), self.takes.value()
        return RecutChoice(
            style=style if isinstance(style, Style) else None,
            without=without if isinstance(without, str) else None,
            takes=takes if isinstance(takes, Takes) else Takes.KEEP,
            timeline=self._timeline,
            exports=self.exports.isChecked(),
        )

    def first(self) -> QWidget:
        """The style."""
        return self.style_box

    def _ask_file(self) -> None:
        self._choose_file(self, self._folder, self.follow_timeline)

    def _changed(self) -> None:
        self.note.setText(_NOTE if self._timeline is None else f"{_NOTE} {_FOLLOWS}")
