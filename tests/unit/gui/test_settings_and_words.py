"""What the app remembers, and how it writes times and sizes."""

import json
import threading
from pathlib import Path

import pytest

from director_app.gui.models import words
from director_app.gui.models.settings import MOST_RECENT, Settings, SettingsFile
from director_app.session.atomic import write_atomically


def test_settings_are_read_back(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "deep" / "settings.json")
    file.change(text_scale=1.2)
    file.change(text_scale=1.3, window=(1, 2, 1300, 800))
    file.settle()
    again = SettingsFile(file.path)
    assert (again.now.text_scale, again.now.window, again.problems()) == (1.3, (1, 2, 1300, 800), [])


def test_nobody_waits_for_a_disk_and_the_newest_settings_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    goes_on, written = threading.Event(), []

    def slow(path: Path, text: str) -> None:
        goes_on.wait(20)
        written.append(json.loads(text)["text_scale"])
        write_atomically(path, text)

    monkeypatch.setattr("director_app.gui.models.small_files.write_atomically", slow)
    file = SettingsFile(tmp_path / "settings.json")
    for scale in (1.1, 1.2, 1.3, 1.4):
        file.change(text_scale=scale)
    with pytest.raises(TimeoutError):
        file.settle(0.01)
    goes_on.set()
    file.settle()
    assert written[-1] == 1.4 and len(written) <= 2
    assert SettingsFile(file.path).now.text_scale == 1.4


def test_what_a_newer_version_wrote_stays(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"text_scale": 1.2, "from_the_future": [1]}')
    file = SettingsFile(path)
    file.change(reduced_motion=True)
    file.settle()
    assert json.loads(path.read_text())["from_the_future"] == [1]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"text_scale": 9}', '{"window": "wide"}', "\x00\x01"])
def test_a_damaged_file_is_kept_aside_and_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content)
    file = SettingsFile(path)
    assert file.now == Settings()
    (problem,) = file.problems()
    assert "settings.json.damaged" in problem and file.problems() == []
    assert (tmp_path / "settings.json.damaged").read_text() == content


def test_a_disk_that_refuses_costs_only_the_memory(tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("a file")
    file = SettingsFile(tmp_path / "in the way" / "settings.json")
    (problem,) = file.problems()
    assert problem.startswith(f"{file.path} cannot be read: ") and problem.endswith(". Defaults are used.")
    file.change(text_scale=1.1)
    file.settle()
    assert file.now.text_scale == 1.1
    for _ in range(2):
        (problem,) = file.problems()
        assert problem.endswith("What stands in it lasts until you quit.")
        file.change(text_scale=1.2)
        file.settle()


def test_recent_shows_are_few_and_newest_first() -> None:
    settings = Settings()
    for number in range(MOST_RECENT + 5):
        settings = settings.with_show(Path(f"/shows/{number}.toml"))
    settings = settings.with_show(Path("/shows/9.toml"))
    assert settings.show_file == Path("/shows/9.toml")
    assert len(settings.recent_shows) == MOST_RECENT
    assert settings.recent_shows[:2] == (Path("/shows/9.toml"), Path("/shows/14.toml"))


def test_times_as_people_read_them() -> None:
    assert words.clock(2538) == "00:42:18"
    assert [words.length(seconds) for seconds in (14, 3487, 5050)] == ["0:14", "58:07", "1:24:10"]
    assert [words.spoken(seconds) for seconds in (40, 540, 22320, 1e9)] == [
        "40 s",
        "9 min",
        "6 h 12 min",
        "over 99 h",
    ]


def test_sizes_and_rates() -> None:
    sizes = [words.size(count) for count in (12, 21_200, 212_000, 1_700_000_000, 250e9)]
    assert sizes == ["12 B", "21.2 kB", "212 kB", "1.7 GB", "250 GB"]
    assert words.rate(23_140_000) == "23.1 Mb/s"
    assert words.level(-16.4) == "−16"
    assert words.counted(1, "cut", "cuts") == "1 cut"
    assert words.short("x" * 200, 10) == "xxxxxxxxx…"
