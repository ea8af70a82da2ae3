"""The right side of the page: one session with its picture, figures and files. It scrolls."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from director_app.engine.past_show import PastShow
from director_app.gui.models.session_words import figures, file_rows, files_summary
from director_app.gui.sessions.files_list import FilesList
from director_app.gui.sessions.heading import Heading
from director_app.gui.sessions.labels import sentence_label
from director_app.gui.sessions.notice import NoticeBar
from director_app.gui.sessions.player import Player
from director_app.gui.sessions.score_card import ScoreCard
from director_app.gui.theme.type import Scale

_MARGIN = 24
_GAP = 16
_BESIDE_FROM = 900
_PLAYER_SHARE = 0.54
_LEAST_CARD = 320


class DetailPanel(QScrollArea):
    """Lays itself out for its width; says nothing of a session by itself."""

    def __init__(self, scale: Scale) -> None:
        super().__init__()
        self._scale = scale
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Its parts have the focus; the frame around them has none.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.heading = Heading(scale)
        self.notice = NoticeBar(scale)
        self.player = Player(scale)
        self.card = ScoreCard(scale)
        self.files = FilesList(scale)
        self.problems = sentence_label("warn")
        self._summary = QLabel()
        self._summary.setProperty("role", "detail")
        self._lay_out()

    def _lay_out(self) -> None:
        self.content = QWidget()
        self._whole = QVBoxLayout(self.content)
        self._show = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._show.addWidget(self.player, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._show.addWidget(self.card, 1)
        title = QLabel("Files")
        title.setProperty("role", "strong")
        self._files_title = QHBoxLayout()
        self._files_title.setSpacing(12)
        self._files_title.addWidget(title)
        self._files_title.addWidget(self._summary, 1)
        self._whole.addWidget(self.heading)
        self._whole.addWidget(self.notice)
        self._whole.addLayout(self._show)
        self._whole.addLayout(self._files_title)
        self._whole.addWidget(self.problems)
        self._whole.addWidget(self.files)
        self._whole.addStretch(1)
        self.setWidget(self.content)

    def show_show(self, show: PastShow | None) -> None:
        """None: it is still being looked into."""
        self.player.strip.show_show(show)
        self.player.picture.say((show.problem or "") if show else "")
        self.card.show_figures(figures(show) if show else ())
        self.card.setVisible(show is None or show.figures is not None)
        files = () if show is None else show.files
        self.files.show_rows(file_rows(files))
        self._summary.setText(files_summary(files) if files else "")
        sentences = [] if show is None else [file.problem for file in show.files if file.problem]
        self.problems.setText("\n".join(sentences))
        self.problems.setVisible(bool(sentences))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A scroll bar takes its place from the margin, so that nothing else moves when it comes or goes."""
        super().resizeEvent(event)
        self._set_margins()

    def _set_margins(self) -> None:
        margin = self._scale.px(_MARGIN)
        bar = max(0, self.width() - self.viewport().width())
        self._whole.setContentsMargins(margin, margin - self._scale.px(4), max(0, margin - bar), margin)

    def lay_out(self, width: int) -> None:
        """For a panel of so many pixels."""
        px = self._scale.px
        margin, gap = px(_MARGIN), px(_GAP)
        self._set_margins()
        self._whole.setSpacing(px(14))
        self._show.setSpacing(gap)
        content = max(px(200), width - 2 * margin)
        beside = width >= px(_BESIDE_FROM)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._show.setDirection(direction)
        self.heading.set_direction(direction)
        self._size_player(content, gap, direction)
        self.files.set_width(content)
        for part in (self.heading, self.notice):
            part.rescale()

    def _size_player(self, content: int, gap: int, direction: QBoxLayout.Direction) -> None:
        if direction is QBoxLayout.Direction.TopToBottom:
            self.player.set_width(content // 8 * 8)
            self.card.setFixedHeight(self.card.set_columns(3))
            return
        wide = min((content - gap) * _PLAYER_SHARE, content - gap - self._scale.px(_LEAST_CARD))
        self.player.set_width(int(wide) // 8 * 8)
        self.card.setFixedHeight(max(self.player.height(), self.card.set_columns(2)))
