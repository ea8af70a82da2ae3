"""The files of a past session for windows: what was recorded, what was made of it, and what else lies there.

Reads only. Files and folders may go while this looks; nothing here raises for it.
"""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from director_app.engine.past_sessions import PastSession, PastState
from director_app.session.event_log import AGGREGATE_NAME, LOG_NAME
from director_app.session.lock import SESSION_LOCK
from director_app.session.manifest import FILE_NAME, DeliveryPart, FilePart, FileRole, Manifest

PROGRAM_NAME = "program.mp4"
_UNFINISHED = (".part", ".tmp")


@dataclass(frozen=True, slots=True)
class FileFound:
    """One file of the session. bytes: None if it is missing. label: whose it is. problem: a sentence.

    lost_s: seconds in which its camera gave no pictures. delivery: what is known of a file that was made of the
    recordings and is complete.
    """

    path: Path
    role: FileRole | None = None
    label: str = ""
    length_s: float | None = None
    bytes: int | None = None
    problem: str | None = None
    lost_s: float = 0.0
    delivery: DeliveryPart | None = None


def files_of(session: PastSession, lost_s: Mapping[int, float]) -> tuple[FileFound, ...]:
    """First what was recorded, then what was made of it, both as the manifest names them, then what else lies there.

    lost_s: by number of the camera.
    """
    sizes = _sizes(session.folder)
    manifest = session.manifest
    if manifest is None:
        return _others(session.folder, sizes)
    recorded = _recorded(session, manifest, sizes, lost_s)
    made = _made(session.folder, manifest, sizes)
    told = {file.path.name for file in (*recorded, *made)}
    rest = {name: size for name, size in sizes.items() if name not in told}
    return (*recorded, *made, *_others(session.folder, rest))


def _recorded(
    session: PastSession, manifest: Manifest, sizes: Mapping[str, int], lost_s: Mapping[int, float]
) -> tuple[FileFound, ...]:
    labels = {camera.id: camera.label for camera in manifest.cameras}
    labels |= {microphone.id: microphone.label for microphone in manifest.microphones}
    lost = {camera.id: lost_s.get(camera.number, 0.0) for camera in manifest.cameras}
    parts = sorted(manifest.files, key=lambda part: part.role is FileRole.EVENTS)
    return tuple(
        FileFound(
            path=session.folder / part.name,
            role=part.role,
            label=labels.get(part.source or "", ""),
            length_s=part.duration_s,
            bytes=sizes.get(part.name),
            problem=_problem(session, part, sizes.get(part.name)),
            lost_s=lost.get(part.source or "", 0.0) if part.role is FileRole.ISO else 0.0,
        )
        for part in parts
    )


def _made(folder: Path, manifest: Manifest, sizes: Mapping[str, int]) -> tuple[FileFound, ...]:
    """One that is being made, or was changed since, is left to the rest; one that has gone is not told of."""
    canvas = manifest.canvas.canvas()
    return tuple(
        FileFound(
            path=folder / part.name,
            length_s=None if part.slots is None else canvas.slot_time_s(part.slots),
            bytes=sizes[part.name],
            delivery=part,
        )
        for part in manifest.deliveries
        if part.bytes is not None and sizes.get(part.name) == part.bytes
    )


def _others(folder: Path, sizes: Mapping[str, int]) -> tuple[FileFound, ...]:
    return tuple(FileFound(folder / name, bytes=sizes[name]) for name in sorted(sizes, key=_rank))


def _problem(session: PastSession, part: FilePart, size: int | None) -> str | None:
    if part.problem is not None or session.state is PastState.RECORDING:
        return part.problem
    if size is None:
        return f"{part.name} is missing."
    return f"{part.name} is empty." if size == 0 else None


def _rank(name: str) -> tuple[int, str]:
    """The program first, what only programs read last."""
    order = (AGGREGATE_NAME, LOG_NAME, FILE_NAME)
    return (order.index(name) if name in order else -2 if name == PROGRAM_NAME else -1), name


def _sizes(folder: Path) -> dict[str, int]:
    """Bytes by name of what people may open."""
    sizes: dict[str, int] = {}
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            with contextlib.suppress(OSError):
                if file.is_file() and _is_for_people(file.name):
                    sizes[file.name] = file.stat().st_size
    return sizes


def _is_for_people(name: str) -> bool:
    return not name.startswith(".") and name != SESSION_LOCK and not name.endswith(_UNFINISHED)
