"""Names in the films of a recorded session: whose, when and how they look, from its manifest and who spoke when.

Changes nothing in the session. Must not draw.
"""

from director_app.core.edits import Edit
from director_app.core.lower_thirds import Look, LowerThirds, Once, Person, Side, lower_thirds
from director_app.core.sources import MicrophoneId
from director_app.post.session_talk import ClosedSession, SessionTalk
from director_app.session.manifest import Manifest, TitlesPart


def wants_names(manifest: Manifest) -> bool:
    """Whether the show file asked for them."""
    return _titles(manifest).lower_thirds


def look_of(manifest: Manifest) -> Look:
    """How names look, and the line on title cards."""
    titles = _titles(manifest)
    red, green, blue = bytes.fromhex(titles.colour.removeprefix("#"))
    return Look(Side(titles.position), (red, green, blue))


def names_in(session: ClosedSession, heard: SessionTalk, edit: Edit, once: Once) -> LowerThirds:
    """Every name that appears in a film of this edit."""
    manifest, floor = session.manifest, (heard.talk.periods, heard.talk.turns)
    seconds = _titles(manifest).seconds
    shown = lower_thirds(edit, manifest.cast(), people_of(manifest), floor, session.canvas, seconds, once)
    return LowerThirds(look_of(manifest), shown)


def people_of(manifest: Manifest) -> dict[MicrophoneId, Person]:
    """Who speaks into each microphone, as viewers read it; its label where nobody is named."""
    people = {MicrophoneId(each.id): Person(each.label) for each in manifest.microphones}
    named = {MicrophoneId(each.microphone): Person(each.name, each.role) for each in _titles(manifest).people}
    return people | named


def _titles(manifest: Manifest) -> TitlesPart:
    return manifest.titles or TitlesPart()
