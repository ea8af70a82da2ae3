"""Shows as words, for timelines that need no file: three cameras, two microphones, cuts at slots that are named."""

from collections.abc import Sequence
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from director_app.core.canvas import FRAME_RATES, Canvas, Slot
from director_app.core.cut_list import Shot
from director_app.core.edits import Edit, Stretch
from director_app.core.sources import CameraId
from director_app.session.event_log import EventRecord
from director_app.session.manifest import (
    CameraPart,
    CanvasPart,
    FilePart,
    FileRole,
    Manifest,
    MicrophonePart,
    SessionState,
)

SESSION = "0b7c1f52-3f2e-4d8a-9d6e-2f6f4f1f0a11"

LONG_CUTS = ((1, "b"), (1798, "c"), (1799, "a"), (1800, "b"), (1801, "a"), (3600, "b"), (17981, "a"), (17982, "c"))
"""Around the minutes at which timecode drops numbers, at 29.97 and 59.94."""

LONG = 40_000
"""Slots: more than ten minutes at every rate."""

rates = {f"{float(fps):.3f}".rstrip("0").rstrip("."): fps for fps in FRAME_RATES}
"""Every rate that a canvas may have, by its name."""


def show(fps: Fraction = Fraction(30), slots: int = LONG, **changes: Any) -> Manifest:
    """Cameras a, b, c and microphones m (at a) and n (at b), all of them as long as the show."""
    length_s = round(float(slots / fps), 6)
    files = [
        FilePart(name="program.mp4", role=FileRole.PROGRAM, duration_s=length_s),
        *(
            FilePart(name=f"cam_{number}_iso.mp4", role=FileRole.ISO, source=camera, duration_s=length_s)
            for number, camera in enumerate("abc", 1)
        ),
        *(
            FilePart(name=f"mic_{number}.flac", role=FileRole.MICROPHONE, source=mic, duration_s=length_s)
            for number, mic in enumerate("mn", 1)
        ),
    ]
    made = Manifest(
        id=SESSION,
        title="The Open Table",
        app_version="0",
        state=SessionState.CLOSED,
        created_at=datetime(2026, 11, 22, 20, 0, tzinfo=UTC),
        canvas=CanvasPart(width=1920, height=1080, fps=(fps.numerator, fps.denominator)),
        opening_camera="a",
        slots=slots,
        cameras=tuple(
            CameraPart(id=each, number=number, label=label, kind="demo", source=each)
            for number, (each, label) in enumerate(zip("abc", ("Ana", "Ben", "Wide"), strict=True), 1)
        ),
        microphones=(
            MicrophonePart(id="m", label="Ana", camera="a", kind="demo", source="m"),
            MicrophonePart(id="n", label="Ben", camera="b", kind="demo", source="n"),
        ),
        files=tuple(files),
    )
    return made.model_copy(update=changes)


def without(manifest: Manifest, name: str) -> Manifest:
    """The same show, one of whose files was never made."""
    return manifest.model_copy(update={"files": tuple(part for part in manifest.files if part.name != name)})


def shortened(manifest: Manifest, name: str, slots: int) -> Manifest:
    """The same show, one of whose files has so many slots only."""
    length_s = manifest.canvas.canvas().slot_time_s(slots)
    files = (
        part.model_copy(update={"duration_s": length_s}) if part.name == name else part for part in manifest.files
    )
    return manifest.model_copy(update={"files": tuple(files)})


def log(canvas: Canvas, *lines: tuple[str, int, dict[str, Any]]) -> list[EventRecord]:
    """Events from (type, slot at which it happened, fields)."""
    return [
        {"seq": seq, "t_s": round(canvas.slot_time_s(slot), 4), "type": kind, **fields}
        for seq, (kind, slot, fields) in enumerate(lines)
    ]


def switches(canvas: Canvas, cuts: Sequence[tuple[int, str]] = LONG_CUTS) -> list[EventRecord]:
    """Automatic cuts, each with a reason of its own."""
    return log(
        canvas,
        *(
            ("switch", slot, {"slot": slot, "to": camera, "reason": f"{camera.upper()} has the floor at {slot}."})
            for slot, camera in cuts
        ),
    )


def film(*stretches: Sequence[tuple[str, int, int]]) -> Edit:
    """An edit from (camera, first slot, slot after the last) in each stretch."""
    return Edit(
        Stretch(tuple(Shot(CameraId(camera), Slot(first), Slot(end)) for camera, first, end in stretch))
        for stretch in stretches
    )
