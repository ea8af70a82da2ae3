"""What a job is asked for and what it answers, as JSON. Must know nothing of how anything is made.

A job file stands anywhere; the folders it names count from its own.
"""

import json
import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from director_app.core.styles import Style
from director_app.post.choices import Takes
from director_app.post.render.order import Delivery, EncodedBy, LoudnessTarget, Missing, Quality, VideoCodec, Way
from director_app.session.atomic import write_atomically
from director_app.session.errors import SessionError
from director_app.session.faults import first_fault

_LONGEST_JOB_FILE = 1_000_000


class JobError(SessionError):
    """A job file that cannot be used, or a job that cannot be begun; str() names the file and the place in it."""


class Make(StrEnum):
    """What can be made of a session. VERTICAL, SQUARE: the highlights (and the clips, if they are made) as 9:16 and
    1:1 that follow whoever speaks. SOUND: every microphone and the mix. STILLS: contact sheet, poster, thumbnails and
    waveforms. SCORE: the score card.
    """

    MASTER = "master"
    RECUT = "recut"
    HIGHLIGHTS = "highlights"
    CLIPS = "clips"
    VERTICAL = "vertical"
    SQUARE = "square"
    CAMERAS = "cameras"
    SOUND = "sound"
    STILLS = "stills"
    TIMELINES = "timelines"
    SCORE = "score"


def _names_a_place(value: str) -> str:
    """Half a surrogate or a NUL can stand in JSON and in no path."""
    try:
        os.fsencode(value)
    except ValueError:
        raise ValueError("this is no path") from None
    if "\0" in value:
        raise ValueError("this is no path")
    return value


Place = Annotated[str, AfterValidator(_names_a_place)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


PRESETS = (
    "ultrafast",
    "superfast",
    "veryfast",
    "faster",
    "fast",
    "medium",
    "slow",
    "slower",
    "veryslow",
    "placebo",
)
"""Of x264 and x265 alike, from fast and large to slow and small."""


def _is_a_preset(value: str) -> str:
    if value not in PRESETS:
        raise ValueError(f"there is no such preset; use one of {', '.join(PRESETS)}")
    return value


class QualityPart(_Part):
    """preset: x264's or x265's name. crf: constant rate factor."""

    preset: Annotated[str, AfterValidator(_is_a_preset)] = "veryfast"
    crf: int = Field(default=22, ge=0, le=51)


class RecutPart(_Part):
    """How a recut is cut. timeline: an edited OpenTimelineIO file to follow instead."""

    style: Style | None = None
    without: tuple[str, ...] = ()
    takes: Takes = Takes.KEEP
    timeline: Place | None = None

    @model_validator(mode="after")
    def _is_one_of_both(self) -> "RecutPart":
        if self.timeline is not None and (self.style is not None or self.without):
            raise ValueError("a recut follows a timeline, or has a style and people left out, not both")
        return self


class Names(StrEnum):
    """Whether films show who somebody is, at his first long turn. SHOW: as the show file said."""

    ON = "on"
    OFF = "off"
    SHOW = "show"


class Cards(StrEnum):
    """What stands before each of the best moments. TITLES: a card with its title and the show's."""

    NONE = "none"
    TITLES = "titles"


class JobOrder(_Part):
    """One job. out: folder for what is made; None: the session's own. size: width and height in pixels.

    lower_thirds: not in cameras' own films. cards: in highlights, clips and narrow films.
    """

    schema_version: Literal[1] = 1
    session: Place
    out: Place | None = None
    make: tuple[Make, ...] = Field(min_length=1)
    loudness: LoudnessTarget = LoudnessTarget.TALK
    size: tuple[int, int] | None = None
    codec: VideoCodec = VideoCodec.H264
    quality: QualityPart | None = None
    encoded_by: EncodedBy = EncodedBy.SOFTWARE
    way: Way | None = None
    missing: Missing = Missing.REFUSE
    recut: RecutPart = RecutPart()
    lower_thirds: Names = Names.SHOW
    cards: Cards = Cards.NONE

    @model_validator(mode="after")
    def _has_a_size_that_can_be(self) -> "JobOrder":
        if self.size is not None and any(side % 2 or not 64 <= side <= 7680 for side in self.size):
            raise ValueError(f"a film of {self.size[0]}x{self.size[1]} cannot be: use even sizes from 64 to 7680")
        return self

    def delivery(self) -> Delivery:
        """As the renderer wants it."""
        quality = None if self.quality is None else Quality(self.quality.preset, self.quality.crf)
        return Delivery(self.size, self.codec, quality, self.encoded_by, self.loudness)


class JobState(StrEnum):
    """What became of a job. PROBLEMS: something of it could not be made, and would not be made another time."""

    DONE = "done"
    PROBLEMS = "problems"
    TRY_AGAIN = "try-again"
    REFUSED = "refused"


class MadePart(_Part):
    """One file that was made, or was there already: `kept`. facts: as they stand in the session's manifest."""

    name: str
    make: Make
    kept: bool = False
    facts: dict[str, Any] = Field(default_factory=dict)


class JobResult(_Part):
    """The answer. problems: a sentence for everything that could not be made. notes: what else people should know."""

    schema_version: Literal[1] = 1
    state: JobState
    made: tuple[MadePart, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def read_job(path: Path) -> JobOrder:
    """The job of a file; the folders in it made absolute. Raises JobError."""
    order = _read(path, JobOrder)
    beside = path.absolute().parent
    recut = order.recut
    if recut.timeline is not None:
        recut = recut.model_copy(update={"timeline": str(beside / recut.timeline)})
    out = None if order.out is None else str(beside / order.out)
    return order.model_copy(update={"session": str(beside / order.session), "out": out, "recut": recut})


def write_job(path: Path, order: JobOrder) -> None:
    """Whole or not at all. Raises OSError."""
    write_atomically(path, order.model_dump_json(indent=1) + "\n")


def result_path(job: Path) -> Path:
    """Where the answer to a job file stands: beside it."""
    return job.with_name(f"{job.stem}.result.json")


def write_result(path: Path, result: JobResult) -> None:
    """Whole or not at all. Raises OSError."""
    write_atomically(path, result.model_dump_json(indent=1) + "\n")


def read_result(path: Path) -> JobResult:
    """Raises JobError."""
    return _read(path, JobResult)


_Model = TypeVar("_Model", bound=_Part)


def _read(path: Path, model: type[_Model]) -> _Model:
    try:
        if path.stat().st_size > _LONGEST_JOB_FILE:
            raise JobError(f"{path} is too large for a job file.")
        content = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise JobError(f"{path} cannot be read: {error.strerror or error}.") from None
    except (ValueError, RecursionError) as error:
        raise JobError(f"{path} is no JSON: {error}.") from None
    try:
        return model.model_validate(content)
    except ValidationError as error:
        place, what = first_fault(error)
        raise JobError(f"{path} is wrong at {place or 'the file'}: {what}.") from None
