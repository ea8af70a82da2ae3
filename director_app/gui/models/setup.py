"""A show that is being set up: whatever somebody has typed so far, what is wrong with it, and the show it would be.

A draft may hold what no show may. It goes through the same examination as a show file. No Qt.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from director_app.gui.models.words import short
from director_app.session.show import Show
from director_app.session.show_file import ShowFault, examine_show

Fields = Mapping[str, Any]
"""Keys and values of a table, as a show file has them."""

MOST_CAMERAS = 9
MOST_MICROPHONES = 16

_CAMERA_FIELDS = frozenset({"id", "label", "wide", "rotation", "offset_ms"})
_MICROPHONE_FIELDS = frozenset({"id", "label", "camera", "channel", "offset_ms"})


@dataclass(frozen=True, slots=True)
class CameraDraft:
    """source: its kind, and what belongs to that kind. rotation: degrees clockwise."""

    id: str
    label: str
    source: Fields
    wide: bool = False
    rotation: int = 0
    offset_ms: float = 0.0

    @property
    def kind(self) -> str:
        """device, stream, file, synthetic or demo."""
        return str(self.source.get("kind", ""))

    def table(self) -> dict[str, Any]:
        """As a show file has it."""
        return {
            "id": self.id,
            "label": self.label,
            "wide": self.wide,
            "rotation": self.rotation,
            "offset_ms": self.offset_ms,
            **self.source,
        }


@dataclass(frozen=True, slots=True)
class MicrophoneDraft:
    """camera: the id of the one that shows whoever speaks here. channel: from 1."""

    id: str
    label: str
    camera: str
    source: Fields
    channel: int = 1
    offset_ms: float = 0.0

    @property
    def kind(self) -> str:
        """device, file, synthetic or demo."""
        return str(self.source.get("kind", ""))

    def table(self) -> dict[str, Any]:
        """As a show file has it."""
        return {
            "id": self.id,
            "label": self.label,
            "camera": self.camera,
            "channel": self.channel,
            "offset_ms": self.offset_ms,
            **self.source,
        }


@dataclass(frozen=True, slots=True)
class Draft:
    """canvas, recording, directing: the tables of these names. sessions: None for the usual folder.

    others: tables by name that Set up does not show; they stay as they are.
    """

    title: str
    cameras: tuple[CameraDraft, ...]
    microphones: tuple[MicrophoneDraft, ...] = ()
    sessions: Path | None = None
    canvas: Fields = field(default_factory=dict)
    recording: Fields = field(default_factory=dict)
    directing: Fields = field(default_factory=dict)
    others: Mapping[str, Fields] = field(default_factory=dict)

    def content(self) -> dict[str, Any]:
        """As a TOML parser would give it."""
        top: dict[str, Any] = {} if self.sessions is None else {"sessions": self.sessions}
        others = {name: dict(table) for name, table in self.others.items()}
        return (
            top
            | others
            | {
                "title": self.title,
                "canvas": dict(self.canvas),
                "recording": dict(self.recording),
                "directing": dict(self.directing),
                "camera": [camera.table() for camera in self.cameras],
                "microphone": [microphone.table() for microphone in self.microphones],
            }
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """camera, microphone: its row, None where another thing is at fault. sentence: names it, and says what to do."""

    sentence: str
    camera: int | None = None
    microphone: int | None = None


_SHOWN = {"title", "sessions", "canvas", "recording", "directing", "camera", "microphone"}
_OTHERS = tuple(name for name in Show.model_fields if name not in _SHOWN)


def draft_of(show: Show) -> Draft:
    """To go on from a show."""
    return Draft(
        title=show.title,
        sessions=show.sessions,
        canvas=_fields(show.canvas),
        recording=_fields(show.recording),
        directing=_fields(show.directing),
        others={name: getattr(show, name).model_dump(mode="json") for name in _OTHERS},
        cameras=tuple(
            CameraDraft(
                table.id, table.label, _fields(table, _CAMERA_FIELDS), table.wide, table.rotation, table.offset_ms
            )
            for table in show.camera
        ),
        microphones=tuple(
            MicrophoneDraft(
                table.id,
                table.label,
                table.camera,
                _fields(table, _MICROPHONE_FIELDS),
                table.channel,
                table.offset_ms,
            )
            for table in show.microphone
        ),
    )


def examine(draft: Draft) -> tuple[Show | None, tuple[Fault, ...]]:
    """The show that a draft would be, or what keeps it from being one."""
    show, faults = examine_show(draft.content())
    return show, tuple(_fault(draft, each) for each in faults)


def doubled_cameras(draft: Draft) -> list[tuple[int, int]]:
    """Rows of cameras that ask for one and the same device, which opens once only."""
    devices = [(camera.source.get("device") if camera.kind == "device" else None) for camera in draft.cameras]
    first = {device: row for row, device in reversed(list(enumerate(devices))) if device is not None}
    return [(first[device], row) for row, device in enumerate(devices) if device and first[device] != row]


def camera_name(draft: Draft, row: int) -> str:
    """Number and name: "2 Ben"."""
    label = short(draft.cameras[row].label.strip())
    return str(row + 1) if label == f"Camera {row + 1}" else f"{row + 1} {label}".strip()


def microphone_name(draft: Draft, row: int) -> str:
    """Number and name: "2 Ben"."""
    return f"{row + 1} {short(draft.microphones[row].label.strip())}".strip()


def same_sources(one: Show, other: Show) -> bool:
    """Whether cameras and microphones run on unchanged from one show to the other; names do not matter to them."""
    return _sources(one) == _sources(other)


def same_microphones(one: Show, other: Show) -> bool:
    """Whether what a sound check says of one show's microphones holds for the other's."""
    return [_unnamed(table) for table in one.microphone] == [_unnamed(table) for table in other.microphone]


def _sources(show: Show) -> object:
    cameras = [_unnamed(table.model_copy(update={"wide": False})) for table in show.camera]
    return show.canvas, cameras, [_unnamed(table) for table in show.microphone]


def _unnamed(table: BaseModel) -> BaseModel:
    return table.model_copy(update={"label": "-"})


def _fields(table: BaseModel, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    return {key: value for key, value in table if key not in without and value is not None}


def _fault(draft: Draft, fault: ShowFault) -> Fault:
    sentence = fault.sentence[0].upper() + fault.sentence[1:]
    if fault.table == "camera" and fault.row is not None:
        return Fault(_of_source("Camera", camera_name(draft, fault.row), fault, sentence), camera=fault.row)
    if fault.table == "microphone" and fault.row is not None:
        name = microphone_name(draft, fault.row)
        return Fault(_of_source("Microphone", name, fault, sentence), microphone=fault.row)
    if fault.table == "title":
        return Fault(f"The show title cannot be used. {sentence}")
    if fault.table == "camera":
        return Fault("The show has no camera. Add one.")
    place = f"{fault.place[0].upper()}{fault.place[1:]}: " if fault.table else ""
    return Fault(f"{place}{sentence}")


def _of_source(what: str, name: str, fault: ShowFault, sentence: str) -> str:
    if fault.key == "label" and "empty" in fault.sentence:
        return f"{what} {name} has no name. Write at least one letter."
    if fault.key == "url" and '""' in fault.sentence:
        return f"{what} {name} has no address. Write it like rtsp://192.168.1.20:554/stream."
    return f"{what} {name}: {sentence}"


def numbered(names: Sequence[str]) -> list[str]:
    """Equal names told apart: "Logi Brio", "Logi Brio (2)"."""
    seen: dict[str, int] = {}
    told = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        told.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return told
