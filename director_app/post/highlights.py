"""Finds the best moments of a recorded session. Changes nothing in it, and renders nothing.

The choice is core's; this module hears the session with hindsight and reads its log.
"""

from dataclasses import dataclass
from pathlib import Path

from director_app.core.highlight_material import Material
from director_app.core.highlight_rules import HighlightRules
from director_app.core.highlights import Highlights, highlights
from director_app.post.cuts import recorded_cuts
from director_app.post.logged_facts import logged_facts
from director_app.post.lower_thirds import people_of
from director_app.post.session_talk import (
    ClosedSession,
    Hear,
    HeardFrom,
    SessionTalk,
    read_closed_session,
    talk_of_session,
)


@dataclass(frozen=True, slots=True)
class SessionHighlights:
    """found: clips as ranges of the show's slots. problems: what could not be heard, as sentences."""

    found: Highlights
    heard_from: HeardFrom
    problems: tuple[str, ...]


def session_highlights(
    folder: Path, rules: HighlightRules | None = None, hear: Hear = lambda _share: None
) -> SessionHighlights:
    """Takes half a minute for an hour. Raises ManifestError or NotClosedError."""
    session = read_closed_session(folder)
    heard = talk_of_session(session, hear)
    return SessionHighlights(highlights(material_of(session, heard), rules), heard.heard_from, heard.problems)


def material_of(session: ClosedSession, heard: SessionTalk) -> Material:
    """What the choice is made from."""
    facts = logged_facts(session.manifest, session.events, session.length_s)
    return Material(
        talk=heard.talk,
        shots=recorded_cuts(session.manifest, session.events).shots(session.length),
        names={microphone: person.name for microphone, person in people_of(session.manifest).items()},
        markers=facts.markers,
        wrong_cuts=facts.wrong_cuts,
        out_of_use=facts.out_of_use,
    )
