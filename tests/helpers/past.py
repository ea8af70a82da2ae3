"""Past sessions for the models of windows, made of words alone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from director_app.engine.past_sessions import PastSession, PastState
from director_app.session.manifest import CameraPart, CanvasPart, FilePart, FileRole, Manifest, SessionState
from director_app.session.manifest import MicrophonePart as Mic

NOW = datetime(2026, 11, 22, 21, 48, tzinfo=UTC)


def manifest(title: str = "The Open Table", **changes: Any) -> Manifest:
    """Two cameras and a microphone, 1:24:10 long, from 20:00 of NOW's day on."""
    began = NOW.replace(hour=20, minute=0)
    made = Manifest(
        id="an id",
        title=title,
        app_version="0",
        state=SessionState.CLOSED,
        created_at=began,
        ended_at=began + timedelta(seconds=5050),
        canvas=CanvasPart(width=1920, height=1080, fps=(30, 1)),
        opening_camera="a",
        slots=5050 * 30,
        cameras=(
            CameraPart(id="a", number=1, label="Ana", kind="demo", source="ana"),
            CameraPart(id="b", number=2, label="Ben", kind="demo", source="ben"),
        ),
        microphones=(Mic(id="m", label="Cara", camera="a", kind="demo", source="cara"),),
        files=(
            FilePart(name="program.mp4", role=FileRole.PROGRAM),
            FilePart(name="cam_1_iso.mp4", role=FileRole.ISO),
        ),
    )
    return made.model_copy(update=changes)


def past(
    name: str, title: str = "The Open Table", state: PastState = PastState.RECORDED, **changes: Any
) -> PastSession:
    """A session in a folder of this name, 14.5 GB large."""
    return PastSession(Path("/sessions") / name, state, 14_500_000_000, manifest(title, **changes))


def damaged(name: str) -> PastSession:
    """One whose manifest cannot be read."""
    return PastSession(Path("/sessions") / name, PastState.DAMAGED, 12, None, "manifest.json is damaged.")
