"""One small real session for all tests here: recorded once, copied by whoever changes it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from director_app.core.events import Take
from director_app.core.sources import CameraId
from tests.helpers.shows import recorded, small_show
from tests.helpers.wrecks import wreck_session

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
    return wreck_session(closed)
