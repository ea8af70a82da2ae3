"""One small real session for all tests here: recorded once, copied by whoever changes it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from director_app.core.events import Take
from director_app.core.sources import CameraId
from tests.helpers.shows import recorded, small_show
from tests.helpers.sound_files import demo_files
from tests.helpers.talk_sessions import talk_session
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


TROUBLE = (
    {"t_s": 5.0, "type": "marker", "label": "good"},
    {"t_s": 20.0, "type": "source_lost", "source": "c", "detail": None},
    {"t_s": 22.5, "type": "source_back", "source": "c", "detail": None},
    {"t_s": 40.0, "type": "frames_repeated", "by_camera": {"a": 60, "b": 2}},
)


@pytest.fixture(scope="session")
def talk_closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty seconds of the demo's people without pictures, cut live without a programme delay: every cut comes late.

    Nobody changes what was recorded in it.
    """
    room = tmp_path_factory.mktemp("talk")
    return talk_session(room / "sessions", demo_files(room, 40.0), 0.0, TROUBLE)


@pytest.fixture
def talk(talk_closed: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(talk_closed, tmp_path / "talk" / talk_closed.name))
