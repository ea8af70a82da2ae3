"""What follows a recording: hashes and overview, never while another one runs, and what a crash left."""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from director_app.engine.finishing import Finishing
from director_app.post.finish import add_overview
from director_app.post.overview import OverviewStopped
from director_app.session.manifest import FileRole, SessionState, read_manifest
from tests.helpers.shows import recorded, small_show
from tests.helpers.wait import eventually
from tests.helpers.wrecks import wreck_session


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, _ = recorded(small_show(), tmp_path_factory.mktemp("finishing"), 60)
    return folder


@pytest.fixture
def session(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "sessions" / made.name))


Make = Callable[[Callable[[], bool]], Finishing]


@pytest.fixture
def make() -> Iterator[Make]:
    every: list[Finishing] = []

    def begin(is_busy: Callable[[], bool]) -> Finishing:
        every.append(Finishing(is_busy))
        every[-1].start()
        return every[-1]

    yield begin
    for each in every:
        each.close()
        each.close()


def _is_hashed(folder: Path) -> bool:
    return all(part.sha256 for part in read_manifest(folder).files if part.role is not FileRole.OVERVIEW)


def test_a_closed_session_gets_its_hashes_and_its_overview(session: Path, make: Make) -> None:
    make(lambda: False).finish(session)
    eventually(lambda: _is_hashed(session), 20.0, "the hashes")
    assert (session / "overview.png").exists()


def test_nothing_is_hashed_while_a_recording_runs(session: Path, make: Make) -> None:
    busy = threading.Event()
    busy.set()
    looked = threading.Event()

    def is_busy() -> bool:
        looked.set()
        return busy.is_set()

    finishing = make(is_busy)
    finishing.finish(session)
    assert looked.wait(10)
    assert not _is_hashed(session) and not (session / "overview.png").exists()
    busy.clear()
    eventually(lambda: _is_hashed(session), 20.0, "the hashes")


def test_what_a_new_recording_interrupts_is_done_after_it(session: Path, make: Make) -> None:
    looks = iter([False, True, True])
    make(lambda: next(looks, False)).finish(session)
    eventually(lambda: _is_hashed(session), 20.0, "the hashes")
    assert next(looks, None) is None


def test_a_recovery_that_a_recording_interrupts_goes_on_after_it(session: Path, make: Make) -> None:
    wreck_session(session)
    looks = iter([False, True])
    make(lambda: next(looks, False)).recover(session.parent)
    eventually(lambda: read_manifest(session).state is SessionState.RECOVERED, 30.0, "the recovery")


def test_what_a_crash_left_is_completed_and_told(session: Path, make: Make) -> None:
    wreck_session(session)
    assert read_manifest(session).state is SessionState.RECORDING
    finishing = make(lambda: False)
    finishing.recover(session.parent)
    told = eventually(finishing.news, 30.0, "the news")
    assert "was interrupted and has been recovered" in told[0]
    assert read_manifest(session).state is SessionState.RECOVERED


def test_one_damaged_session_does_not_end_the_work_on_the_next(session: Path, make: Make) -> None:
    finishing = make(lambda: False)
    finishing.finish(session.parent / "gone")
    finishing.finish(session)
    eventually(lambda: _is_hashed(session), 20.0, "the hashes")
    assert len(eventually(finishing.news, 5.0, "the news")) == 1


def test_closing_breaks_off_at_once(session: Path, make: Make) -> None:
    finishing = make(lambda: True)
    finishing.finish(session)
    finishing.close(5.0)
    assert not (session / "overview.png").exists()


def test_drawing_the_overview_is_broken_off_between_two_pictures(session: Path) -> None:
    asked = iter([True, False])
    with pytest.raises(OverviewStopped):
        add_overview(session, asked.__next__)
    assert next(asked, None) is None
    assert not [*session.glob("*overview*")]


def test_an_overview_that_a_recording_interrupts_is_drawn_after_it(session: Path, make: Make) -> None:
    # Asked before the work, before its first picture, and while it waits.
    looks = iter([False, True, True])
    make(lambda: next(looks, False)).finish(session)
    eventually((session / "overview.png").exists, 20.0, "the overview")
    assert next(looks, None) is None
