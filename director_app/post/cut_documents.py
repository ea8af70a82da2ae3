"""Lists of cuts as JSON, to be read and written by other programs. Cameras count from 0, "wide" shows everybody."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from director_app.core.canvas import Canvas, Slot
from director_app.core.sources import CameraId
from director_app.post.cutting import WIDE, AirShot, CutRun
from director_app.post.microphone_files import SoundWarning
from director_app.post.recut import LockedCut
from director_app.session.errors import SessionError
from director_app.session.faults import first_fault

SCHEMA = 1

_LATEST_S = 1_000_000.0
"""No show is eleven days long; larger numbers need not be counted in slots."""


class CutListError(SessionError):
    """A list of cuts that cannot be used; str() names the file."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class _Cut(_Part):
    t: float = Field(ge=0, le=_LATEST_S, allow_inf_nan=False)
    camera: Annotated[int, Field(ge=0)] | Literal["wide"]


class _Document(_Part):
    version: Literal[1] = Field(alias="schema")
    cuts: tuple[_Cut, ...] = Field(strict=False)


def cut_document(
    run: CutRun, mode: str, programme_delay_s: float, warnings: Sequence[SoundWarning]
) -> dict[str, Any]:
    """t: media time of the first picture of the new camera, seconds from the first sample."""
    return {
        "schema": SCHEMA,
        "mode": mode,
        "programme_delay_s": programme_delay_s,
        "start_camera": _camera(run.opening),
        "cuts": [_cut(run.canvas, shot) for shot in run.shots[1:]],
        "warnings": [
            {"kind": each.kind, "t": each.t_s, "mic": each.microphone, "sentence": each.sentence} for each in warnings
        ],
    }


def read_locked(path: Path, canvas: Canvas, cameras: int) -> list[LockedCut]:
    """The cuts of a document that must stay, in order. Raises CutListError."""
    try:
        content = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise CutListError(f"{path} cannot be read: {error.strerror or error}.") from None
    except (ValueError, RecursionError) as error:
        raise CutListError(f"{path} is no JSON: {error}.") from None
    try:
        document = _Document.model_validate(content)
    except ValidationError as error:
        place, what = first_fault(error)
        raise CutListError(f"{path} is no list of cuts, see {place or 'the file'}: {what}.") from None
    for cut in document.cuts:
        if cut.camera != WIDE and int(cut.camera) >= cameras:
            raise CutListError(
                f"{path} cuts to camera {cut.camera} at {cut.t:g} s, and there are {cameras}, counted from 0."
            )
    found = (LockedCut(Slot(round(cut.t * canvas.fps)), CameraId(str(cut.camera))) for cut in document.cuts)
    return sorted(found, key=lambda cut: cut.slot)


def _cut(canvas: Canvas, air: AirShot) -> dict[str, Any]:
    cut = air.cut
    return {
        "t": round(canvas.slot_time_s(air.shot.first), 6),
        "camera": _camera(air.shot.camera),
        "reason": None if cut is None else cut.reason,
        "cause": None if cut is None else cut.cause,
        "decided_t": None if cut is None else round(cut.at_s, 4),
        "evidence": [] if cut is None else [asdict(hearing) for hearing in cut.hearings],
        "blocked_by": [] if cut is None else [asdict(block) for block in cut.blocked_by],
    }


def _camera(camera: CameraId) -> int | str:
    return str(camera) if camera == WIDE else int(camera)
