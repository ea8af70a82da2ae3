"""What a job wants to be drawn into its films: names at long turns, title cards before clips. It draws nothing."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from itertools import accumulate

from director_app.core.edits import Edit, with_leads
from director_app.core.highlights import Clip
from director_app.core.lower_thirds import LowerThirds, Once
from director_app.post.jobs.order import Cards, JobOrder, Names
from director_app.post.lower_thirds import look_of, names_in, wants_names
from director_app.post.render.order import Card, Chapter, FilmOrder
from director_app.post.session_talk import ClosedSession, SessionTalk

CARD_S = 2.0
"""A title card stays so long."""

_NOBODY = (
    "No names are shown: nobody is seen on a camera of his own for nearly five seconds of one turn. A camera is "
    "somebody's own if it belongs to one microphone and is not the wide one."
)


class Dressing:
    """Of all films of one job."""

    def __init__(
        self, order: JobOrder, session: ClosedSession, hear: Callable[[], SessionTalk], notes: list[str]
    ) -> None:
        """hear: who spoke when; asked only where names are wanted. notes: gets what people should know."""
        self._session, self._hear, self._notes = session, hear, notes
        self._has_names = order.lower_thirds is Names.ON or (
            order.lower_thirds is Names.SHOW and wants_names(session.manifest)
        )
        self._has_cards = order.cards is Cards.TITLES

    def with_room(self, edit: Edit) -> Edit:
        """An edit of clips with frames for their cards, if there are to be any."""
        return with_leads(edit, self._session.canvas.slot_from(CARD_S)) if self._has_cards else edit

    def cards(self, clips: Sequence[Clip]) -> tuple[Card, ...]:
        """One for each of them, or none at all."""
        show, colour = self._session.manifest.title, look_of(self._session.manifest).colour
        return tuple(Card(clip.title, show, colour) for clip in clips if self._has_cards)

    def names(self, edit: Edit, once: Once) -> LowerThirds | None:
        """None where none are wanted."""
        if not self._has_names:
            return None
        names = names_in(self._session, self._hear(), edit, once)
        if once is Once.FILM and not names.shown and _NOBODY not in self._notes:
            self._notes.append(_NOBODY)
        return names


def clip_chapters(edit: Edit, clips: Sequence[Clip]) -> tuple[Chapter, ...]:
    """One for each clip, from its card on; an edit has a stretch for each."""
    firsts = accumulate((each.lead + len(each) for each in edit.stretches), initial=0)
    return tuple(Chapter(frame, clip.title) for frame, clip in zip(firsts, clips, strict=False))


def dressing_of(film: FilmOrder) -> tuple[object, ...]:
    """For fingerprints: what is drawn into it."""
    return None if film.names is None else asdict(film.names), [asdict(card) for card in film.cards]
