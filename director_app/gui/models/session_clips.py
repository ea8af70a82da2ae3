"""The highlights of a past session as cards, best first. Holds no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from director_app.engine.past_clips import PastClip
from director_app.gui.models.session_words import one_line
from director_app.gui.models.words import length

_SETTLED_S = 3.0
"""Key frames come every two seconds: at this time after its beginning a clip's own picture is there."""


@dataclass(frozen=True, slots=True)
class ClipRow:
    """One card. at_s, picture_s: of the show. file: a film of its own, None without one. why: a sentence or two."""

    rank: str
    title: str
    at: str
    length: str
    at_s: float
    picture_s: float
    why: str
    file: Path | None

    @property
    def spoken(self) -> str:
        """For people who hear the window."""
        film = "has a film" if self.file is not None else "no film of its own"
        return f"{self.rank}, {self.title}, at {self.at}, {self.length} long, {film}"


def clip_rows(clips: Sequence[PastClip]) -> tuple[ClipRow, ...]:
    """In the given order."""
    return tuple(
        ClipRow(
            rank=str(clip.rank),
            title=one_line(clip.title),
            at=length(clip.first_s),
            length=length(clip.length_s),
            at_s=clip.first_s,
            picture_s=min(clip.first_s + _SETTLED_S, (clip.first_s + clip.end_s) / 2),
            why=one_line(clip.why) if clip.why else "",
            file=clip.file,
        )
        for clip in clips
    )


def clips_summary(clips: Sequence[PastClip]) -> str:
    """5 found, best first, 8:41 together."""
    together = length(sum(clip.length_s for clip in clips))
    return f"{len(clips)} found, best first, {together} together" if len(clips) > 1 else f"1 found, {together} long"
