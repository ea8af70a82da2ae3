"""What `director render` was asked for, from the options as they were typed. Must load nothing that makes films."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from pydantic import ValidationError

from director_app.cli.outcome import BadInput
from director_app.core.styles import Style
from director_app.post.choices import Takes
from director_app.post.jobs.ledger import Replace
from director_app.post.jobs.order import Cards, JobOrder, Make, Names, QualityPart, RecutPart
from director_app.session.faults import first_fault

__all__ = [
    "Cards",
    "JobOrder",
    "Make",
    "Printed",
    "RenderOrder",
    "Replace",
    "film_size",
    "job_order",
    "names_wanted",
    "quality_part",
    "recut_part",
]

_SIZES = {"720p": (1280, 720), "1080p": (1920, 1080), "1440p": (2560, 1440), "2160p": (3840, 2160)}
_NAMES = {None: Names.SHOW, True: Names.ON, False: Names.OFF}


class Printed(Enum):
    """LINES: what was made, for people, on standard output; NEWS: the same on standard error.

    JSON: the result. PROGRESS: a line of JSON for each step, and the result as the last one.
    """

    LINES = "lines"
    NEWS = "news"
    JSON = "json"
    PROGRESS = "progress"


@dataclass(frozen=True, slots=True)
class RenderOrder:
    """What the command was asked for: an order, or a file that holds one. replace: what may be in the way."""

    order: JobOrder | Path
    replace: Replace
    printed: Printed


def job_order(**fields: object) -> JobOrder:
    """The order with these fields. Raises BadInput."""
    try:
        return JobOrder.model_validate(fields)
    except ValidationError as error:
        raise BadInput(_sentence(error)) from None


def recut_part(style: Style | None, without: tuple[str, ...], takes: Takes, timeline: Path | None) -> RecutPart:
    """How a recut is cut. Raises BadInput."""
    place = None if timeline is None else str(timeline.absolute())
    try:
        return RecutPart(style=style, without=without, takes=takes, timeline=place)
    except ValidationError as error:
        raise BadInput(_sentence(error)) from None


def quality_part(preset: str | None, crf: int | None) -> QualityPart | None:
    """None where nothing was asked for. Raises BadInput."""
    if preset is None and crf is None:
        return None
    try:
        return QualityPart(**{name: value for name, value in (("preset", preset), ("crf", crf)) if value is not None})
    except ValidationError as error:
        raise BadInput(_sentence(error)) from None


def names_wanted(typed: bool | None) -> Names:
    """Of --lower-thirds, --no-lower-thirds or neither."""
    return _NAMES[typed]


def film_size(words: str) -> tuple[int, int]:
    """Width and height in pixels. Raises BadInput."""
    if words in _SIZES:
        return _SIZES[words]
    width, _, height = words.partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise BadInput(f'"{words}" is no size. Write it like {", ".join(_SIZES)} or 1280x720.')
    return int(width), int(height)


def _sentence(error: ValidationError) -> str:
    place, what = first_fault(error)
    return f"{place}: {what}." if place else f"{what[:1].upper()}{what[1:]}."
