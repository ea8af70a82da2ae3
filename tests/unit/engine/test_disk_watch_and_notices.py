"""How long the disk lasts, and what the producer is told: scripts of moments, no clock and no disk."""

import errno
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from director_app.engine.disk_watch import DiskWatch
from director_app.engine.notices import Notices
from director_app.engine.session_files import reserve_bytes
from director_app.engine.state import Notice, Urgency
from tests.helpers.shows import small_show

RESERVE = 200_000_000
RATE = 1_000_000.0


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Says how many bytes are free."""

    def free(count: int) -> None:
        monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=count))

    return free


def test_before_it_knows_better_it_reckons_with_the_expected_rate(
    disk: Callable[[int], None], tmp_path: Path
) -> None:
    disk(RESERVE + 600_000_000)
    watch = DiskWatch(tmp_path, RATE)
    assert watch.look(0.0, 0, RESERVE).left_s == pytest.approx(600)
    assert watch.look(4.0, 40_000_000, RESERVE).left_s == pytest.approx(600), "four seconds tell nothing"


def test_then_it_reckons_with_what_was_written(disk: Callable[[int], None], tmp_path: Path) -> None:
    disk(RESERVE + 600_000_000)
    watch = DiskWatch(tmp_path, RATE)
    lefts = [watch.look(float(second), second * 2_000_000, RESERVE).left_s for second in range(11)]
    assert lefts[-1] == pytest.approx(300)


def test_it_follows_a_rate_that_changes_within_twenty_seconds(disk: Callable[[int], None], tmp_path: Path) -> None:
    disk(RESERVE + 600_000_000)
    watch = DiskWatch(tmp_path, RATE)
    written = 0
    for second in range(100):
        written += 1_000_000 if second < 50 else 3_000_000
        state = watch.look(float(second), written, RESERVE)
    assert state.left_s == pytest.approx(200)


def test_below_the_reserve_nothing_is_left(disk: Callable[[int], None], tmp_path: Path) -> None:
    disk(RESERVE - 1)
    state = DiskWatch(tmp_path, RATE).look(0.0, 0, RESERVE)
    assert (state.left_s, state.free_bytes) == (0.0, RESERVE - 1)


def test_a_disk_that_stands_still_leaves_the_expected_rate(disk: Callable[[int], None], tmp_path: Path) -> None:
    disk(RESERVE + 600_000_000)
    watch = DiskWatch(tmp_path, RATE)
    lefts = [watch.look(float(second), 5_000_000, RESERVE).left_s for second in range(30)]
    assert lefts[-1] == pytest.approx(600)


def test_a_disk_that_is_gone_raises(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file") as told:
        DiskWatch(tmp_path / "gone", RATE).look(0.0, 0, RESERVE)
    assert told.value.errno == errno.ENOENT


def test_the_reserve_grows_with_the_index_of_long_shows() -> None:
    show = small_show(4)
    assert reserve_bytes(show, 0.0) == RESERVE
    assert reserve_bytes(show, 8 * 3600) == pytest.approx(5 * (750_000 + 320e6), rel=0.01)


def test_a_trouble_stays_until_it_is_over_and_its_cause_stands_once() -> None:
    notices = Notices()
    notices.trouble("camera a", "Camera 1 froze.")
    notices.trouble("camera a", "Camera 1 is black.")
    notices.news("Camera 2 is back.")
    assert notices.all() == (
        Notice(Urgency.TROUBLE, "Camera 1 is black."),
        Notice(Urgency.NEWS, "Camera 2 is back."),
    )
    notices.over("camera a")
    notices.over("never heard of")
    assert notices.all() == (Notice(Urgency.NEWS, "Camera 2 is back."),)


def test_a_recording_begins_without_the_troubles_of_the_one_before() -> None:
    notices = Notices()
    notices.trouble("encoder", "The hardware encoder cannot be used.")
    notices.trouble("camera a", "Camera 1 froze.")
    notices.news("Camera 2 is back.")
    notices.begin("encoder")
    assert notices.all() == (Notice(Urgency.TROUBLE, "The hardware encoder cannot be used."),)


def test_only_the_latest_news_are_kept() -> None:
    notices = Notices()
    for number in range(50):
        notices.news(str(number))
    assert [notice.text for notice in notices.all()] == [str(number) for number in range(30, 50)]
