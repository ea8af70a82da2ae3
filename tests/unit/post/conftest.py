"""One small real session for all tests here: recorded once, copied by whoever changes it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from director_app.core.events import Take
from director_app.core.sources import CameraId
from director_app.session.event_log import AGGREGATE_NAME, LOG_NAME
from director_app.session.manifest import FileRole, SessionState, read_manifest, write_manifest
from tests.helpers.shows import recorded, small_show

A, B = CameraId("a"), CameraId("b")
SCRIPT = ((20, Take(B)), (50, Take(A)), (70, Take(B)))

Copy = Callable[[], Path]


@pytest.fixture(scope="session")
def closed_session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nobody changes this one."""
    folder, _ = recorded(small_show(), tmp_path_factory.mktemp("closed"), 95, SCRIPT)
    return folder


@pytest.fixture
def closed(closed_session: Path, tmp_path: Path) -> Path:
    """A copy of a session that was closed in order."""
    return Path(shutil.copytree(closed_session, tmp_path / "sessions" / closed_session.name))


@pytest.fixture
def wreck(closed: Path) -> Path:
    """The same as a crash right at the end would have left it: manifest and log are not closed."""
    manifest = read_manifest(closed)
    parts = tuple(
        part.model_copy(update={"bytes": None, "duration_s": None})
        for part in manifest.files
        if part.role is not FileRole.EVENTS
    )
    state = {"state": SessionState.RECORDING, "slots": None, "ended_at": None, "files": parts}
    write_manifest(closed, manifest.model_copy(update=state))
    lines = (closed / LOG_NAME).read_text("utf-8").splitlines(keepends=True)
    (closed / LOG_NAME).write_text("".join(line for line in lines if '_stop"' not in line), "utf-8")
    (closed / AGGREGATE_NAME).unlink()
    return closed
