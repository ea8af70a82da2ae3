"""The list of past sessions: which are shown, which is chosen, and what can be done with one. Holds no Qt."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from director_app.engine.past_sessions import PastSession, PastState
from director_app.gui.models.session_words import MONTHS, Tag, Tone, day, one_line, row_detail, tags
from director_app.gui.models.words import counted, size, spoken
from director_app.session.show import Show

ALL_STATES = "All states"


class Action(StrEnum):
    """What a producer can do with a session."""

    PLAY = "Play"
    OPEN_FOLDER = "Open folder"
    RENAME = "Rename"
    DELETE = "Delete"
    RECOVER = "Recover"
    RENDER = "Render"
    RECUT = "Re-cut"
    EXPORT = "Export timeline"
    SCORE = "Work out the score"


RENDERS = frozenset({Action.RENDER, Action.RECUT, Action.EXPORT, Action.SCORE})
"""What the renderer does."""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One row as it is painted."""

    session: PastSession
    title: str
    detail: str
    tags: tuple[Tag, ...]

    @property
    def spoken(self) -> str:
        """For people who hear the window."""
        return ", ".join([self.title, self.detail, *(tag.words for tag in self.tags)])


class SessionList:
    """All sessions, what of them is wanted, and the one that is chosen. now: local, with its zone. One thread."""

    def __init__(self) -> None:
        self._all: tuple[PastSession, ...] = ()
        self._now = datetime.now().astimezone()
        self.text = ""
        self.state: PastState | None = None
        self.chosen: Path | None = None
        self.problem: str | None = None
        self.has_looked = False
        self._recovering: frozenset[Path] = frozenset()
        self._chips: Mapping[Path, Tag] = {}
        self._rows: tuple[SessionRow, ...] | None = None

    def show(self, sessions: Sequence[PastSession], now: datetime) -> None:
        """What was found now. The chosen one stays chosen; if it has gone, the next one in its place is."""
        before = [each.folder for each in self._wanted()]
        if tuple(sessions) != self._all or now.date() != self._now.date():
            self._rows = None
        self._all, self._now, self.problem, self.has_looked = tuple(sessions), now, None, True
        self._choose_near(before)

    def fail(self, problem: str) -> None:
        """The folder cannot be read; problem is a sentence."""
        self._all, self.problem, self.has_looked, self.chosen = (), problem, True, None
        self._rows = None

    def recover(self, folders: Collection[Path]) -> None:
        """These are being recovered now, and no others."""
        self._recovering, self._rows = frozenset(folders), None

    def render(self, chips: Mapping[Path, Tag]) -> None:
        """What the renderer does for whom now, by folder; nothing for the others."""
        if chips != self._chips:
            self._chips, self._rows = dict(chips), None

    def want(self, text: str, state: PastState | None) -> None:
        """Only sessions in which every word of the text occurs, and only in this state if one is given."""
        before = [each.folder for each in self._wanted()]
        self.text, self.state, self._rows = text, state, None
        self._choose_near(before)

    def choose(self, folder: Path | None) -> None:
        """Another one; unknown ones are passed over."""
        if folder is None or any(each.folder == folder for each in self._wanted()):
            self.chosen = folder

    def rows(self) -> tuple[SessionRow, ...]:
        """What is shown, newest first; the very same tuple for as long as nothing has changed."""
        if self._rows is None:
            self._rows = tuple(
                SessionRow(each, one_line(each.title), row_detail(each, self._now), self._tags(each))
                for each in self._wanted()
            )
        return self._rows

    def _tags(self, session: PastSession) -> tuple[Tag, ...]:
        if session.folder in self._recovering:
            return (Tag("recovering", Tone.AUTO),)
        chip = self._chips.get(session.folder.absolute())
        return tags(session) if chip is None else (*tags(session), chip)

    def chosen_session(self) -> PastSession | None:
        """As it was found last."""
        return next((each for each in self._wanted() if each.folder == self.chosen), None)

    def sentence(self) -> str:
        """What stands in place of the list; "" while there are rows, or nobody has looked yet."""
        if self.problem is not None:
            return self.problem
        if not self.has_looked or self._wanted():
            return ""
        if self._all:
            return f"No session matches. Clear the search, or choose {ALL_STATES}."
        return "No sessions yet. Press R on the desk to record the first one."

    def summary(self) -> str:
        """7 sessions, 51.8 GB."""
        if not self._all:
            return ""
        return f"{counted(len(self._all), 'session', 'sessions')}, {size(sum(each.bytes for each in self._all))}"

    def _wanted(self) -> list[PastSession]:
        words = self.text.casefold().split()
        return [
            each
            for each in self._all
            if self.state in {None, each.state} and all(word in self._found_by(each) for word in words)
        ]

    def _found_by(self, session: PastSession) -> str:
        """Everything that a search looks through: title, names, dates in several spellings."""
        manifest = session.manifest
        if manifest is None:
            return f"{session.title} {session.state}".casefold()
        began = manifest.created_at.astimezone(self._now.tzinfo)
        names = [each.label for each in manifest.cameras] + [each.label for each in manifest.microphones]
        dates = f"{day(began, self._now)} {began:%H:%M} {began:%Y-%m-%d} {_LONG_MONTHS[began.month - 1]} "
        dates += f"{began.day} {MONTHS[began.month - 1]} {began.year}"
        return " ".join([one_line(session.title), *names, dates]).casefold()

    def _choose_near(self, before: Sequence[Path]) -> None:
        now = [each.folder for each in self._wanted()]
        if self.chosen in now:
            return
        place = before.index(self.chosen) if self.chosen in before else 0
        self.chosen = now[min(place, len(now) - 1)] if now else None


_LONG_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


_NOT_NOW = {
    PastState.RECORDING: "This session is being recorded. Stop the recording first.",
    PastState.IN_USE: "This session is still written to by a recovery or another program. Wait until that has ended.",
}


def refusal(action: Action, session: PastSession, recording: Path | None) -> str | None:
    """Why this cannot be done with this session now, a sentence; None: it can. recording: what is recorded now."""
    if action in {Action.RENAME, Action.DELETE} and session.state in _NOT_NOW:
        return _NOT_NOW[session.state]
    if action is Action.RENAME and session.manifest is None:
        return "The title stands in the manifest, which is damaged."
    if action is Action.RECOVER:
        if session.state is not PastState.INTERRUPTED:
            return "There is nothing to recover."
        if recording is not None:
            return "A show is being recorded, and recovering would slow it down. Recover when it has ended."
    return _not_rendered(session) if action in RENDERS else None


_NOT_RENDERED = {
    **_NOT_NOW,
    PastState.INTERRUPTED: "This recording was interrupted. Recover it first.",
    PastState.DAMAGED: "The manifest of this session is damaged. Put back a copy of it first.",
}


def _not_rendered(session: PastSession) -> str | None:
    if session.is_empty:
        return "Nothing was recorded."
    return _NOT_RENDERED.get(session.state)


def trash_question(session: PastSession) -> str:
    """With the size, so that nobody deletes an evening by mistake."""
    return f'Move "{one_line(session.title)}" with its {size(session.bytes)} to the trash?'


def free_words(free_bytes: int | None, show: Show) -> str:
    """54 GB free, 5 h 12 min: how long a recording of this show fits; "" while nobody knows."""
    if free_bytes is None:
        return ""
    bits_per_s = show.recording.maxrate_mbit * 1e6 * (len(show.camera) + 1)
    free = f"{free_bytes / 1e9:.0f} GB" if free_bytes >= 10e9 else size(free_bytes)
    return f"{free} free, {spoken(free_bytes * 8 / bits_per_s)}"
