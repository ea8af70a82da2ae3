"""What the engine writes into the manifest: at the start of a recording and when it has been closed."""

import uuid
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import director_app
from director_app.core.cuts_fall import CutsFall
from director_app.core.sources import CameraId
from director_app.engine.session_files import planned_files
from director_app.media.encoder import EncoderSettings
from director_app.session import show as tables
from director_app.session.manifest import (
    CameraPart,
    CanvasPart,
    DirectingPart,
    EncodingPart,
    FilePart,
    FileRole,
    Manifest,
    MicrophonePart,
    PersonPart,
    PriorPart,
    SessionState,
    TitlesPart,
)
from director_app.session.redact import without_password
from director_app.session.show import Show


def opening_manifest(
    folder: Path,
    show: Show,
    settings: EncoderSettings,
    opening: CameraId,
    cuts_fall: CutsFall,
    prior: PriorPart | None = None,
) -> Manifest:
    """The manifest of a recording that begins now."""
    canvas, rules = settings.canvas, show.directing.rules()
    return Manifest(
        id=str(uuid.UUID(folder.name)),
        title=show.title,
        app_version=director_app.__version__,
        state=SessionState.RECORDING,
        created_at=datetime.now(UTC),
        canvas=CanvasPart(
            width=canvas.width, height=canvas.height, fps=(canvas.fps.numerator, canvas.fps.denominator)
        ),
        programme_delay_s=show.directing.programme_delay_s,
        opening_camera=opening,
        cameras=tuple(_camera(number, table) for number, table in enumerate(show.camera, 1)),
        microphones=tuple(_microphone(table) for table in show.microphone),
        files=planned_files(show),
        rules=asdict(rules),
        directing=DirectingPart(
            style=show.directing.style,
            key_period_slots=settings.period_slots,
            cuts_fall=cuts_fall,
            by_hand=show.directing.by_hand,
        ),
        encoding=EncodingPart(
            codec=settings.codec, preset=settings.preset, crf=settings.crf, maxrate=settings.maxrate
        ),
        prior=prior,
        titles=_titles(show),
    )


def closed_manifest(
    manifest: Manifest, slots: int, sizes: Mapping[str, int], problems: Mapping[str, str], state: SessionState
) -> Manifest:
    """The manifest of the same recording after its end. problems: sentences by file name."""
    duration_s = round(manifest.canvas.canvas().slot_time_s(slots), 6)
    files = tuple(
        part.model_copy(
            update={
                "bytes": sizes.get(part.name),
                "duration_s": None if part.name in problems else duration_s,
                "problem": problems.get(part.name),
            }
        )
        for part in manifest.files
    )
    return manifest.model_copy(
        update={
            "state": state,
            "ended_at": datetime.now(UTC),
            "slots": slots,
            "files": (*files, FilePart(name="events.json", role=FileRole.EVENTS)),
        }
    )


def _titles(show: Show) -> TitlesPart:
    titles = show.titles
    return TitlesPart(
        lower_thirds=titles.lower_thirds,
        live=titles.live,
        position=titles.position,
        colour=titles.colour,
        seconds=titles.seconds,
        people=tuple(
            PersonPart(microphone=each.id, name=each.name or each.label, role=each.role or "")
            for each in show.microphone
        ),
    )


def _camera(number: int, table: tables.CameraTable) -> CameraPart:
    return CameraPart(
        id=table.id, number=number, label=table.label, kind=table.kind, source=_source(table), wide=table.wide
    )


def _microphone(table: tables.MicrophoneTable) -> MicrophonePart:
    return MicrophonePart(
        id=table.id,
        label=table.label,
        camera=table.camera,
        kind=table.kind,
        source=_source(table),
        channel=table.channel,
    )


def _source(table: tables.CameraTable | tables.MicrophoneTable) -> str:
    """What the source was, without passwords: manifests are handed on."""
    match table:
        case tables.DeviceCameraTable() | tables.DeviceMicrophoneTable():
            return str(table.device)
        case tables.StreamCameraTable():
            return without_password(table.url)
        case tables.FileCameraTable() | tables.FileMicrophoneTable():
            return str(table.path)
        case tables.DemoCameraTable() | tables.DemoMicrophoneTable():
            return table.who
        case _:
            return table.kind
