"""What happens while a show is set up: a draft is changed and seen at once, then used, or put back. No Qt.

The studio shows what is being chosen while nothing is recorded; the show in use is another thing, and comes back to
the studio whenever the page is left. Must not paint, ask for devices or touch files.
"""

from collections.abc import Callable
from pathlib import Path

from director_app.engine.studio import Studio
from director_app.engine.studio_state import Phase, StudioState
from director_app.gui.models.setup import CameraDraft, Draft, Fault, MicrophoneDraft, draft_of, examine, same_sources
from director_app.gui.models.setup_status import BUSY
from director_app.session.show import Show

Edit = Callable[[Draft], Draft]
"""What somebody does to a draft."""

_SETTLED_S = 0.3
"""Whoever turns a wheel over a list shall not open every camera on the way."""

_CAN_CHANGE = frozenset({Phase.READY, Phase.FAILED})


class SettingUp:
    """One thread. Times are those of StudioState. show: what the draft would be, None while it has faults."""

    def __init__(self, studio: Studio, usual: Callable[[], Path]) -> None:
        """usual: the folder of all sessions of shows that name none."""
        self._studio, self._usual = studio, usual
        self.in_use: Show = studio.look().show
        self._wished: Show = self.in_use
        self._edited_s: float | None = None
        self._take_up(draft_of(self.in_use))

    @property
    def is_changed(self) -> bool:
        """Whether the draft is another show than the one in use."""
        return self.show is None or self.show != self.in_use

    @property
    def is_seen(self) -> bool:
        """Whether the studio has the sources of the draft, or has been asked for them."""
        return self.show is not None and same_sources(self.show, self._wished)

    def seen(self) -> frozenset[str]:
        """Ids of those cameras and microphones of the draft that the studio has just so."""
        wished = draft_of(self._wished)
        return frozenset(
            [camera.id for camera in self.draft.cameras if _unnamed(camera) in map(_unnamed, wished.cameras)]
            + [each.id for each in self.draft.microphones if _unnamed(each) in map(_unnamed, wished.microphones)]
        )

    @property
    def folder(self) -> Path:
        """Where sessions of the draft go."""
        return self.draft.sessions or self._usual()

    def come(self, state: StudioState) -> None:
        """The page is in front. What has been used elsewhere meanwhile is in use; a draft begun before stays."""
        if state.show is not self._wished:
            untouched = not self.is_changed
            self.in_use = self._wished = state.show
            if untouched:
                self._take_up(draft_of(state.show))
        self._edited_s = state.now_s

    def leave(self) -> None:
        """Another page is in front: it sees what is in use."""
        if not same_sources(self._wished, self.in_use):
            self._wish(self.in_use)

    def edit(self, change: Edit, now_s: float) -> None:
        """A change of the draft; the studio follows when nothing has been changed for a moment."""
        self._take_up(change(self.draft))
        self._edited_s = now_s

    def put_back(self, now_s: float) -> None:
        """The draft is the show in use again."""
        self.edit(lambda _draft: draft_of(self.in_use), now_s)

    def use(self) -> bool:
        """The draft is the show in use from now on. False: it has faults."""
        if self.show is None:
            return False
        self.in_use = self.show
        self._wished = self.show
        self._studio.use(self.show, self.folder)
        return True

    def unsaved(self, saved: Show) -> Draft | None:
        """What would be lost at the end if the next start opens this show; None: nothing."""
        return None if self.show == saved else self.draft

    def again(self) -> None:
        """The studio takes up the same show anew: what a sound check has found is read then."""
        self._studio.use(self._wished)

    def follow(self, state: StudioState) -> None:
        """Shows the draft as soon as it can be shown; what is recorded is in use, whoever began it."""
        if state.phase in BUSY and state.show is self._wished:
            self.in_use = self._wished
        settled = self._edited_s is None or state.now_s - self._edited_s >= _SETTLED_S
        if settled and state.phase in _CAN_CHANGE and self.show is not None and not self.is_seen:
            self._edited_s = None
            self._wish(self.show)

    def _wish(self, show: Show) -> None:
        self._wished = show
        self._studio.use(show)

    def _take_up(self, draft: Draft) -> None:
        self.draft = draft
        self.show: Show | None
        self.faults: tuple[Fault, ...]
        self.show, self.faults = examine(draft)


def _unnamed(row: CameraDraft | MicrophoneDraft) -> object:
    """What its picture or sound depends on."""
    return {**row.table(), "label": "", "wide": False}
