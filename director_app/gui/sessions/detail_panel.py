"""The right side of the page: one session with its picture, figures, highlights and files. It scrolls."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from director_app.engine.past_show import PastShow
from director_app.gui.models.session_clips import clip_rows, clips_summary
from director_app.gui.models.session_files import files_summary, made_rows, recorded_rows
from director_app.gui.models.session_score import figures, sentences
from director_app.gui.models.sessions import Action
from director_app.gui.sessions.clips_row import ClipsRow, Still
from director_app.gui.sessions.export_sheet import ExportSheet
from director_app.gui.sessions.files_list import FilesList
from director_app.gui.sessions.heading import Heading
from director_app.gui.sessions.job_bar import JobBar
from director_app.gui.sessions.labels import sentence_label
from director_app.gui.sessions.notice import NoticeBar
from director_app.gui.sessions.player import Player
from director_app.gui.sessions.recut_sheet import ChooseFile, RecutSheet
from director_app.gui.sessions.render_sheet import RenderSheet
from director_app.gui.sessions.score_card import ScoreCard
from director_app.gui.sessions.score_words import ScoreWords
from director_app.gui.sessions.section import Section
from director_app.gui.sessions.sheet import Sheet
from director_app.gui.theme.type import Scale

_MARGIN = 24
_GAP = 16
_BESIDE_FROM = 900
_PLAYER_SHARE = 0.54
_LEAST_CARD = 320


class DetailPanel(QScrollArea):
    """Lays itself out for its width; says nothing of a session by itself."""

    def __init__(self, scale: Scale, still: Still, choose_file: ChooseFile) -> None:
        """still: pictures of clips. choose_file: for a timeline to follow."""
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
        self.words = ScoreWords(scale)
        self.render_sheet = RenderSheet(scale)
        self.recut_sheet = RecutSheet(scale, choose_file)
        self.export_sheet = ExportSheet(scale)
        self.sheets: dict[Action, Sheet] = {
            Action.RENDER: self.render_sheet,
            Action.RECUT: self.recut_sheet,
            Action.EXPORT: self.export_sheet,
        }
        self.job = JobBar(scale)
        self.clips = ClipsRow(scale, still)
        self.made = FilesList(scale, "What was made of this session")
        self.files = FilesList(scale)
        self.problems = sentence_label("warn")
        self._clips = Section("Highlights", self.clips)
        self._made = Section("Made of it", self.made)
        self._files = Section("Files", self.problems, self.files)
        self._lay_out()

    def _lay_out(self) -> None:
        self.content = QWidget()
        self._whole = QVBoxLayout(self.content)
        self._show = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._show.addWidget(self.player, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._show.addWidget(self.card, 1)
        parts: tuple[QWidget | QBoxLayout, ...] = (
            self.heading,
            *self.sheets.values(),
            self.notice,
            self._show,
            self.job,
            self.words,
            self._clips,
            self._made,
            self._files,
        )
        for part in parts:
            if isinstance(part, QBoxLayout):
                self._whole.addLayout(part)
            else:
                self._whole.addWidget(part)
        self._whole.addStretch(1)
        self.setWidget(self.content)

    def show_show(self, show: PastShow | None) -> None:
        """None: it is still being looked into."""
        self.player.strip.show_show(show)
        self.player.picture.say((show.problem or "") if show else "")
        score = None if show is None else show.score
        self.card.show_figures(figures(show) if show else (), is_scored=score is not None)
        self.card.setVisible(show is None or show.figures is not None or score is not None)
        self.words.show_sentences(sentences(score))
        clips = () if show is None else show.clips
        self.clips.show_rows(clip_rows(clips))
        self._clips.show_if(clips_summary(clips) if clips else "")
        files = () if show is None else show.files
        made = [file for file in files if file.delivery is not None]
        self.made.show_rows(made_rows(made))
        self._made.show_if(files_summary(made) if made else "")
        recorded = [file for file in files if file.delivery is None]
        self.files.show_rows(recorded_rows(recorded))
        self._files.say(files_summary(recorded) if recorded else "")
        problems = [file.problem for file in recorded if file.problem]
        self.problems.setText("\n".join(problems))
        self.problems.setVisible(bool(problems))

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
        for listed in (self.clips, self.made, self.files):
            listed.set_width(content)
        for part in (self.heading, self.notice, self.words, self.job):
            part.rescale()
        for sheet in self.sheets.values():
            sheet.rescale()
            sheet.set_width(content)

    def _size_player(self, content: int, gap: int, direction: QBoxLayout.Direction) -> None:
        if direction is QBoxLayout.Direction.TopToBottom:
            self.player.set_width(content // 8 * 8)
            self.card.setFixedHeight(self.card.set_columns(3))
            return
        wide = min((content - gap) * _PLAYER_SHARE, content - gap - self._scale.px(_LEAST_CARD))
        self.player.set_width(int(wide) // 8 * 8)
        self.card.setFixedHeight(max(self.player.height(), self.card.set_columns(2)))
