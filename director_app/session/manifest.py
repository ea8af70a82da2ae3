"""manifest.json: what a session holds. The only module that knows how it is written; replaced atomically."""

import json
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from director_app.core.canvas import FRAME_RATES, Canvas
from director_app.core.cuts_fall import CutsFall
from director_app.core.sources import Camera, CameraId, Cast, Microphone, MicrophoneId
from director_app.session.atomic import write_atomically
from director_app.session.errors import ManifestError
from director_app.session.faults import first_fault
from director_app.session.lock import change_lock

SCHEMA_VERSION = 1
FILE_NAME = "manifest.json"

_CHANGE_LOCK = ".manifest.lock"

BareName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$", max_length=200)]
"""A file of the folder itself: what a manifest names may be rewritten, so it must never point outside."""


_UNTOUCHED = "The recordings beside it were not touched; put back a copy of the manifest, or play them as they are."


class SessionState(StrEnum):
    """RECORDING stays in the manifest of a show that crashed, until it is recovered."""

    RECORDING = "recording"
    CLOSED = "closed"
    RECOVERED = "recovered"


class FileRole(StrEnum):
    """What a file of the session is."""

    PROGRAM = "program"
    ISO = "iso"
    MICROPHONE = "microphone"
    EVENTS = "events"
    OVERVIEW = "overview"


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class CanvasPart(_Part):
    """Program size and rate; the rate as numerator and denominator, because 29.97 is no number."""

    width: int
    height: int
    fps: tuple[int, int]

    @field_validator("fps")
    @classmethod
    def _is_a_rate(cls, value: tuple[int, int]) -> tuple[int, int]:
        if value[1] <= 0 or Fraction(*value) not in FRAME_RATES:
            raise ValueError(f"{value[0]}/{value[1]} frames per second cannot be")
        return value

    def canvas(self) -> Canvas:
        """As the rest of the program knows it."""
        return Canvas(self.width, self.height, Fraction(*self.fps))


class CameraPart(_Part):
    """One camera as it was set up; source says what it was, without passwords."""

    id: str
    number: int
    label: str
    kind: str
    source: str
    wide: bool = False


class MicrophonePart(_Part):
    """One microphone as it was set up."""

    id: str
    label: str
    camera: str
    kind: str
    source: str
    channel: int = 1


class FilePart(_Part):
    """One file; what is not known yet (while recording, before hashing) is None.

    problem: why it is not whole, as a sentence; None for a good file.
    """

    name: BareName
    role: FileRole
    source: str | None = None
    bytes: int | None = None
    duration_s: float | None = None
    sha256: str | None = None
    problem: str | None = None


class DirectingPart(_Part):
    """What else decided where cuts fell: a replay needs it.

    style: as the show file named it. key_period_slots: a key frame at the latest every so many slots. cuts_fall:
    on key frames only where the first pictures of a shot could not be encoded anew. by_hand: rules that the show file
    named itself, which are kept when a replay asks for another style; None where that was not noted.
    """

    style: str
    key_period_slots: int = Field(ge=1)
    cuts_fall: CutsFall = CutsFall.KEY_FRAMES
    by_hand: tuple[str, ...] | None = None


class EncodingPart(_Part):
    """How every camera was encoded: whoever adds pictures to the program needs it. maxrate in bits per second."""

    codec: str
    preset: str
    crf: int
    maxrate: int


class PersonPart(_Part):
    """Who speaks into a microphone, as films show it. role: the second line, may be empty."""

    microphone: str
    name: str
    role: str = ""


class TitlesPart(_Part):
    """Names in films made of the session, as the show file said. lower_thirds: whether it wanted any.

    live: whether the program itself showed them without being asked. colour: of the line beside a name, #RRGGBB.
    seconds: how long a name stays.
    """

    lower_thirds: bool = False
    live: bool = False
    position: Literal["left", "right"] = "left"
    colour: str = Field(default="#5AA9FF", pattern=r"^#[0-9A-Fa-f]{6}$")
    seconds: float = Field(default=4.0, ge=1, le=60)
    people: tuple[PersonPart, ...] = ()


class PriorPart(_Part):
    """What a sound check had said of the microphones, in their order, when the show began: a replay needs it.

    offsets_db, own_db: for each microphone; bleed_db: [talker][microphone].
    """

    checked_at: datetime
    offsets_db: tuple[float, ...]
    bleed_db: tuple[tuple[float, ...], ...]
    own_db: tuple[float, ...]

    @model_validator(mode="after")
    def _belongs_together(self) -> Self:
        count = len(self.offsets_db)
        if len(self.own_db) != count or [len(row) for row in self.bleed_db] != [count] * count:
            raise ValueError("what a sound check said is not of the same microphones throughout")
        return self


class DeliveryPart(_Part):
    """A file that was made of the recordings and may be made again. make: what it is, as a job calls it.

    order: a fingerprint of what was asked for, and of what. bytes: None while it is being made. facts: how it was
    made and what was measured, by name.
    """

    name: BareName
    make: str
    order: str
    made_at: datetime
    bytes: int | None = None
    slots: int | None = None
    facts: dict[str, Any] = Field(default_factory=dict)


class Manifest(_Part):
    """Everything about a session that is not in its media files. Immutable: change by model_copy."""

    schema_version: Literal[1] = 1
    id: str
    title: str
    app_version: str
    state: SessionState
    created_at: datetime
    ended_at: datetime | None = None
    canvas: CanvasPart
    programme_delay_s: float = 0.0
    opening_camera: str
    slots: int | None = None
    cameras: tuple[CameraPart, ...]
    microphones: tuple[MicrophonePart, ...]
    files: tuple[FilePart, ...] = ()
    deliveries: tuple[DeliveryPart, ...] = ()
    rules: dict[str, Any] = Field(default_factory=dict)
    directing: DirectingPart | None = None
    encoding: EncodingPart | None = None
    prior: PriorPart | None = None
    titles: TitlesPart | None = None

    @model_validator(mode="after")
    def _belongs_together(self) -> Self:
        if self.opening_camera not in {camera.id for camera in self.cameras}:
            raise ValueError(f'the show opens on camera "{self.opening_camera}", which does not exist')
        if self.prior is not None and len(self.prior.offsets_db) != len(self.microphones):
            raise ValueError("its sound check was made with other microphones")
        return self

    def cast(self) -> Cast:
        """Cameras and microphones as the switcher knows them."""
        wide = next((CameraId(camera.id) for camera in self.cameras if camera.wide), None)
        return Cast(
            cameras=tuple(Camera(CameraId(each.id), each.number, each.label) for each in self.cameras),
            microphones=tuple(
                Microphone(MicrophoneId(each.id), each.label, CameraId(each.camera)) for each in self.microphones
            ),
            wide=wide,
        )

    def file(self, role: FileRole, source: str | None = None) -> FilePart | None:
        """The first file of this role, and of this source if one is named."""
        for part in self.files:
            if part.role is role and (source is None or part.source == source):
                return part
        return None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replaces the folder's manifest. Raises OSError."""
    write_atomically(folder / FILE_NAME, manifest.model_dump_json(indent=2) + "\n")


def change_manifest(folder: Path, change: Callable[[Manifest], Manifest]) -> Manifest:
    """Reads, changes and replaces the manifest while nobody else does. Raises ManifestError or OSError."""
    with change_lock(folder / _CHANGE_LOCK):
        changed = change(read_manifest(folder))
        write_manifest(folder, changed)
    return changed


def read_manifest(folder: Path) -> Manifest:
    """Raises ManifestError when there is none, it is damaged, or a newer program wrote it."""
    path = folder / FILE_NAME
    try:
        content = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise ManifestError(
            f"{folder} is no session: it has no {FILE_NAME}. List the sessions there are with: director sessions"
        ) from None
    except OSError as error:
        raise ManifestError(f"{path} cannot be read: {error.strerror or error}. {_UNTOUCHED}") from None
    except (ValueError, RecursionError) as error:
        raise ManifestError(f"{path} is damaged, it is no JSON: {error}. {_UNTOUCHED}") from None
    version = content.get("schema_version") if isinstance(content, dict) else None
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise ManifestError(
            f"{path} was written by a newer AI Director (schema {version}, this one knows {SCHEMA_VERSION}). "
            "Update the program to open this session."
        )
    try:
        return Manifest.model_validate(content)
    except ValidationError as error:
        place, what = first_fault(error)
        raise ManifestError(f"{path} is damaged at {place or 'the file'}: {what}. {_UNTOUCHED}") from None
