"""The desk: puts its panels in place, pulls pictures and states, and hands clicks on as commands.

tick() is called thirty times a second by the window's one timer. Nothing here decides, and nothing waits.
"""

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from director_app.core.sources import CameraId
from director_app.engine.studio_state import Phase, StudioState
from director_app.gui.desk.cut_tooltip import CutTooltip
from director_app.gui.desk.director_panel import DirectorPanel
from director_app.gui.desk.keys_sheet import KeysSheet
from director_app.gui.desk.last_cuts import LastCuts
from director_app.gui.desk.outputs_panel import OutputsPanel
from director_app.gui.desk.picture import Picture
from director_app.gui.desk.program import ProgramBar, ProgramMonitor
from director_app.gui.desk.start_card import StartCard
from director_app.gui.desk.tile import CameraTile
from director_app.gui.desk.timeline_panel import TimelinePanel
from director_app.gui.desk.transport_bar import TransportBar
from director_app.gui.models.director import director_view, program_view
from director_app.gui.models.keymap import Keymap
from director_app.gui.models.layout import Area, DeskLayout, desk_layout, top_bar_above
from director_app.gui.models.messages import Message
from director_app.gui.models.outputs import Outputs
from director_app.gui.models.problems import Problem, problems_now
from director_app.gui.models.question import Question
from director_app.gui.models.tiles import Tiles, TileView
from director_app.gui.models.timeline import Mark, Timeline
from director_app.gui.models.transport import transport_view
from director_app.gui.page import Page
from director_app.gui.surroundings import Surroundings
from director_app.session.show import Show

_REFUSAL_S = 4.0
_MOST_AT_ONCE = 4


class DeskPage(Page):
    """commanded: the name of a command, from a click. solved: the cause of a problem that is over.

    The window's top bar lies above this page.
    """

    commanded = Signal(str)
    solved = Signal(str)

    def __init__(
        self,
        surroundings: Surroundings,
        keymap: Keymap,
        load: Callable[[], float | None],
        parent: QWidget | None = None,
    ) -> None:
        """load: how busy this computer is, 0 to 1."""
        super().__init__(surroundings, parent)
        scale = surroundings.scale
        self._load = load
        self.question = Question()
        self._outputs_model = Outputs()
        self._problems: tuple[Problem, ...] = ()
        self._ticks = 0
        self._said = ""
        self._said_until_s = 0.0
        self._told_aloud = ""
        self.standing_words = ""
        self._position = 0
        self._show: Show | None = None
        self._layout: DeskLayout | None = None
        self._program = ProgramMonitor(scale, Picture(surroundings.studio.monitor()), self)
        self._bar = ProgramBar(scale, self)
        self._tiles: list[CameraTile] = []
        self._director = DirectorPanel(scale, self)
        self._outputs = OutputsPanel(scale, self)
        self._timeline_panel = TimelinePanel(scale, self)
        self._last_cuts = LastCuts(scale, self)
        self._transport = TransportBar(scale, self)
        self._card = StartCard(scale, self)
        self.keys_sheet = KeysSheet(scale, keymap, self)
        self._tooltip = CutTooltip(scale, self)
        self._wire()
        self._take_up(surroundings.studio.look().show)

    def _wire(self) -> None:
        self._director.commanded.connect(self.commanded)
        self._transport.commanded.connect(self.commanded)
        self._card.started.connect(partial(self.commanded.emit, "record or ask to stop"))
        self._card.set_up.connect(partial(self.commanded.emit, "page Set up"))
        self._timeline_panel.wrong.connect(self._mark_wrong)
        self._timeline_panel.hovered.connect(self._show_tooltip)
        self._tooltip.go_with_focus_of(self._timeline_panel)
        self._outputs.told.connect(self._tell_problem)

    def _take_up(self, show: Show) -> None:
        """Another show: new tiles, new pictures, an empty timeline."""
        self._show, self._cast = show, show.cast()
        self._fps = float(show.canvas.canvas().fps)
        kinds = {CameraId(table.id): table.kind for table in show.camera}
        self._tiles_model = Tiles(self._cast, self._fps, {camera: str(kind) for camera, kind in kinds.items()})
        self._tile_views: tuple[TileView, ...] = ()
        self._timeline: Timeline | None = None
        self._position = 0
        for tile in self._tiles:
            tile.deleteLater()
        studio, scale = self.surroundings.studio, self.surroundings.scale
        self._program.picture = Picture(studio.monitor())
        self._tiles = [CameraTile(scale, Picture(studio.monitor()), self) for _ in self._cast.cameras]
        for tile in self._tiles:
            tile.taken.connect(self._take)
            tile.show()
        before: QWidget = self._program
        panels = (self._director, self._outputs, self._timeline_panel, self._transport, self._transport.marker_spot)
        for widget in (*self._card.buttons, *self._tiles, *panels):
            self.setTabOrder(before, widget)
            before = widget
        self._card.show_show(show)
        self._arrange()

    def _take(self, number: int) -> None:
        self.commanded.emit(f"take {number}")

    def say(self, words: str, now_s: float) -> None:
        """Why a key could not act: stands in the director's panel for a few seconds.

        standing_words: what stands there whenever nothing else is to be said.
        """
        self._said, self._said_until_s = words, now_s + _REFUSAL_S

    @property
    def has_card(self) -> bool:
        """Whether Enter starts the show: asked of the studio, because the card itself goes a moment later."""
        return self._card.isVisible() and _invites(self.surroundings.studio.look())

    def focus_first_problem(self) -> bool:
        """G: False when nothing is wrong."""
        return self._outputs.focus_first_problem()

    def escape(self) -> bool:
        """Closes the sheet of keys, else answers a question with no."""
        if self.keys_sheet.isVisible():
            self.keys_sheet.hide()
            return True
        return self.question.drop(time.perf_counter())

    def toast_room(self) -> Area:
        """Where a toast may stand, in the window: over the timeline, whose oldest part is at the left."""
        if self._layout is None:
            return Area(0, 0, self.width(), self.height())
        area, gap = self._layout.timeline, self.surroundings.scale.px(8)
        return Area(area.x + gap, area.y + gap, area.width - 2 * gap, area.height - 2 * gap)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts everything in place."""
        super().resizeEvent(event)
        self._arrange()

    def rescale(self) -> None:
        """Another text scale."""
        self._arrange()
        self.update()

    def _arrange(self) -> None:
        if not self.width():
            return
        factor, problems = self.surroundings.scale.factor, len(self._problems)
        # The page begins below the top bar, and the arithmetic is that of the whole window.
        top = top_bar_above(self.height(), factor)
        found = desk_layout(self.width(), self.height() + top, factor, len(self._cast.cameras), problems)
        self._layout = found
        for widget, area in self._places(found):
            widget.setGeometry(area.x, area.y - top, area.width, area.height)
        for tile in self._tiles:
            tile.strip_height = found.strip_height
        for panel in (self._director, self._outputs, self._timeline_panel):
            panel.compact = found.compact
        self._director.only_mode = found.compact and bool(problems)
        self._last_cuts.setVisible(found.last_cuts is not None)
        self._place_card(found, top)
        transport_top = found.transport.y - top
        self.keys_sheet.setGeometry(0, 0, self.width(), transport_top)
        self.keys_sheet.raise_()
        motion = self.surroundings.settings.now.reduced_motion
        self._director.digits_only = self._transport.digits_only = motion
        for child in (self._program, self._bar, self._director, self._outputs, self._timeline_panel, self._transport):
            child.update()

    def _places(self, found: DeskLayout) -> list[tuple[QWidget, Area]]:
        places: list[tuple[QWidget, Area]] = [
            (self._program, found.program),
            (self._bar, found.program_bar),
            (self._director, found.director),
            (self._outputs, found.outputs),
            (self._timeline_panel, found.timeline),
            (self._transport, found.transport),
            *zip(self._tiles, found.tiles, strict=True),
        ]
        if found.last_cuts is not None:
            places.append((self._last_cuts, found.last_cuts))
        return places

    def _place_card(self, found: DeskLayout, top: int) -> None:
        px = self.surroundings.scale.px
        program, height = found.program, px(130)
        left = program.x + px(28)
        self._card.setGeometry(left, program.bottom - top - height - px(28), program.width - px(56), height)
        self._card.raise_()

    def tick(self, state: StudioState) -> None:
        """Every thirtieth of a second: the program; every second time the tiles, by turns the rest."""
        self._ticks += 1
        if state.show is not self._show:
            self._take_up(state.show)
        program = None if state.snapshot is None else state.snapshot.director.program
        shown = program.on_air if program is not None else self._cast.opening
        self._program.show_camera(shown, program is not None)
        named = None if state.snapshot is None else state.snapshot.director.name
        self._program.show_name(None if named is None else named.image)
        if self._ticks % 2 == 0 or not self._tile_views:
            self._tile_views = self._tiles_model.look(state)
        now = self._tiles_now()
        for tile, view in zip(self._tiles[now], self._tile_views[now], strict=True):
            tile.show_view(view)
            tile.pull()
        # One after the other, so that no single tick keeps the keys waiting. What keys do is seen within a tenth of a
        # second; and the timeline moves by a pixel six times a second.
        match self._ticks % 6:
            case 0 | 3:
                self._tick_director(state)
            case 1:
                self._tick_outputs(state)
            case 5:
                self._tick_timeline(state)
            case _ if self._timeline_panel.is_stretched:
                self._timeline_panel.renew()

    def _tiles_now(self) -> slice:
        """Each tile every second time: together, because beginning to paint costs more than what is painted.

        Many of them in halves, so that no single tick keeps the keys waiting.
        """
        if len(self._tiles) > _MOST_AT_ONCE:
            return slice(self._ticks % 2, None, 2)
        return slice(None) if self._ticks % 2 == 0 else slice(0)

    def _tick_director(self, state: StudioState) -> None:
        words = self._words(state)
        view = program_view(state, self._cast)
        self._bar.show_view(view)
        self.keys_sheet.show_program(view, len(self._cast.cameras))
        self._director.show_view(director_view(state, self._cast, words))
        self._tell_where_there_is_room(words)

    def _tick_outputs(self, state: StudioState) -> None:
        problems = problems_now(state, self._cast)
        for cause in {each.cause for each in self._problems} - {each.cause for each in problems}:
            self.solved.emit(cause)
        if bool(problems) != bool(self._problems):
            self._problems = problems
            self._arrange()
        self._problems = problems
        if self._ticks % 18 == 1:
            self._outputs.show_view(self._outputs_model.look(state), problems)
        self._transport.show_view(transport_view(state, self.question, self._load()))
        invites = _invites(state)
        if invites != self._card.isVisible():
            self._card.setVisible(invites)

    def _words(self, state: StudioState) -> str:
        """Why the last key could not act, for a few seconds; after that what stands."""
        if state.now_s < self._said_until_s:
            return self._said
        snapshot = state.snapshot
        refused_s = None if snapshot is None else snapshot.director.refused_s
        if snapshot is not None and refused_s is not None and snapshot.t_s - refused_s < _REFUSAL_S:
            return snapshot.director.refusal or ""
        return self.standing_words

    def _tell_where_there_is_room(self, words: str) -> None:
        """The director's panel is one row of modes while a small window has problems to show."""
        if not self._director.only_mode:
            words = ""
        if words and words != self._told_aloud:
            self.surroundings.say(Message("refusal", words))
        self._told_aloud = words

    def _tick_timeline(self, state: StudioState) -> None:
        if state.phase is Phase.STARTING:
            self._timeline = None
        if state.snapshot is not None:
            if self._timeline is None:
                self._timeline = Timeline(self._cast, self._fps)
            self._position, events = self.surroundings.studio.events_since(self._position)
            self._timeline.feed(events)
            delay_s = state.show.directing.programme_delay_s
            self._timeline_panel.show_time(self._timeline, self._cast, state.snapshot.t_s, delay_s)
            self._last_cuts.show_cuts(tuple(self._timeline.cuts()[-8:]))
        elif self._timeline is None:
            self._timeline_panel.show_time(None, self._cast, 0.0, 0.0)

    def _mark_wrong(self, slot: int) -> None:
        self.surroundings.studio.mark_wrong_cut(slot)

    def _show_tooltip(self, mark: Mark | None) -> None:
        self._tooltip.show_mark(mark)
        x = self._timeline_panel.tooltip_x()
        if mark is None or x is None:
            return
        panel = self._timeline_panel.geometry()
        left = panel.x() + round(x) - self._tooltip.width() // 2
        left = max(panel.x(), min(left, panel.right() - self._tooltip.width()))
        self._tooltip.move(left, panel.y() - self._tooltip.height() + self.surroundings.scale.px(48))
        self._tooltip.raise_()

    def _tell_problem(self, problem: Problem) -> None:
        self.surroundings.say(Message(f"problem {problem.cause}", problem.title, problem.text, stays=True))


def _invites(state: StudioState) -> bool:
    """Before the first recording the start card says how to begin."""
    return state.phase in {Phase.READY, Phase.OPENING} and state.folder is None
