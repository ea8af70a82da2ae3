"""Whether a film's packets can be copied or every picture must be encoded: a rule, and the reason as a sentence.

Pure: decides from facts that others have found, and opens no file.
"""

from dataclasses import dataclass

from director_app.post.render.errors import RenderError
from director_app.post.render.order import Delivery, EncodedBy, VideoCodec, Way


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found in the recordings.

    recorded_size: (width, height). unequal: titles of cameras whose packets cannot stand beside the first one's.
    heads: how many shots begin off a key frame. head_trouble: why pictures cannot be encoded to match; None if they
    can. lacking: slots for which there is no picture. names, cards: how many there are.
    """

    recorded_size: tuple[int, int]
    unequal: tuple[str, ...] = ()
    heads: int = 0
    head_trouble: str | None = None
    lacking: int = 0
    names: int = 0
    cards: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """why: a sentence. can_be_copied: whether the smart way would do, be it only as the source of the full one."""

    way: Way
    why: str
    can_be_copied: bool


def choose(delivery: Delivery, facts: Facts, forced: Way | None = None) -> Choice:
    """Raises RenderError when packets are to be copied that cannot be."""
    obstacle = _obstacle(facts)
    wish = _wish(delivery, facts)
    if forced is Way.SMART and (obstacle or wish):
        raise RenderError(f"This film cannot be made by copying. {wish or obstacle} Leave the way to the program.")
    if forced is Way.FULL:
        return Choice(Way.FULL, wish or "Every picture is encoded, as was asked for.", obstacle is None)
    if wish or obstacle:
        return Choice(Way.FULL, wish or obstacle or "", obstacle is None)
    return Choice(Way.SMART, _copied(facts), can_be_copied=True)


def _wish(delivery: Delivery, facts: Facts) -> str | None:
    """What was asked for that no recording has."""
    width, height = facts.recorded_size
    if delivery.crop is not None:
        return "Every picture is encoded: the film shows a part of them that follows whoever speaks."
    if delivery.size is not None and delivery.size != facts.recorded_size:
        wanted = f"{delivery.size[0]} x {delivery.size[1]}"
        return f"Every picture is encoded: the film is to be {wanted}, the recording is {width} x {height}."
    if delivery.codec is not VideoCodec.H264:
        return f"Every picture is encoded: the film is to be {delivery.codec.people_call_it}, the recording is H.264."
    if delivery.quality is not None:
        quality = delivery.quality
        return f"Every picture is encoded: {quality.preset} at crf {quality.crf} was asked for."
    if delivery.encoded_by is EncodedBy.HARDWARE:
        return "Every picture is encoded: the graphics unit's encoder was asked for."
    return None


def _obstacle(facts: Facts) -> str | None:
    """Why packets cannot be joined."""
    if facts.unequal:
        names = ", ".join(facts.unequal)
        return f"Every picture is encoded: packets of {names} cannot stand beside those of the other cameras."
    if facts.head_trouble is not None and (facts.heads or facts.lacking):
        return f"Every picture is encoded, because the first pictures of shots cannot be: {facts.head_trouble}"
    if facts.head_trouble is not None and (facts.names or facts.cards):
        return f"Every picture is encoded, because those with a name or title cannot be: {facts.head_trouble}"
    return None


def _copied(facts: Facts) -> str:
    anew = []
    if facts.heads:
        anew.append("the beginning of one shot" if facts.heads == 1 else f"the beginnings of {facts.heads} shots")
    if facts.names:
        anew.append(f"the pictures with {_counted(facts.names, 'name')}")
    if facts.cards:
        anew.append(_counted(facts.cards, "title card"))
    if not anew:
        return "All pictures are copied: every shot begins with a key frame."
    verb = "is" if anew in (["the beginning of one shot"], ["one title card"]) else "are"
    listed = " and ".join([", ".join(anew[:-1]), anew[-1]] if len(anew) > 1 else anew)
    return f"Pictures are copied; only {listed} {verb} encoded anew."


def _counted(count: int, what: str) -> str:
    return f"one {what}" if count == 1 else f"{count} {what}s"
