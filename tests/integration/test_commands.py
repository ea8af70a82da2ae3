"""The command line in real programs and a real terminal: every command does what its help says."""

import json
import signal
import sys
from pathlib import Path

import pytest
from PIL import Image

from director_app.core.sources import SourceState
from director_app.post.overview import WIDTH
from director_app.session.manifest import FileRole, read_manifest
from tests.helpers.running import Running, director
from tests.helpers.shows import events_of, show_file

if sys.platform == "win32":
    pytest.skip("terminals of Unix are tested here", allow_module_level=True)

from tests.helpers.terminal import Terminal

_RAISING = """
from director_app.capture.errors import SourceLostError
from director_app.cli import commands, record
from director_app.cli.run import ShowRun
from director_app.media.encoder import EncoderError
from director_app.session.errors import FolderError

class Raising(ShowRun):
    looks = 0

    def _over(self):
        self.looks += 1
        if self.looks > 10:
            raise {fault}
        return super()._over()

vars(record)["ShowRun"] = Raising
commands.main()
"""

_OVER_AT_ONCE = """
from director_app.cli import commands, record
from director_app.cli.run import ShowRun

class OverAtOnce(ShowRun):
    def _over(self):
        return True

vars(record)["ShowRun"] = OverAtOnce
commands.main()
"""

_UNSHOWABLE = """
from director_app.cli import commands, display, run

def fail(*_):
    raise ZeroDivisionError("oh")

vars(display)["plain_status"] = vars(display)["status"] = vars(run)["toggle"] = fail
commands.main()
"""


def test_demo_prints_one_line_and_leaves_a_finished_session(tmp_path: Path) -> None:
    with director("demo", "--for", "3s", "--sessions", tmp_path) as running:
        assert running.ended() == 0
        (line,) = running.results
    folder = Path(line)
    manifest = read_manifest(folder)
    assert [camera.label for camera in manifest.cameras] == ["Ana", "Ben", "Cara", "Wide"]
    assert manifest.slots is not None and manifest.slots >= 80
    assert all(part.sha256 for part in manifest.files)
    assert manifest.file(FileRole.OVERVIEW) is not None
    with Image.open(folder / "overview.png") as sheet:
        assert sheet.width == WIDTH
    with director("check", folder, "--json") as running:
        assert running.ended() == 0
    report = json.loads("\n".join(running.results))
    assert report["good"] is True
    assert {file["name"] for file in report["files"]} == {part.name for part in manifest.files}


@pytest.mark.patient
def test_what_init_writes_is_run_as_it_is(tmp_path: Path) -> None:
    with director("init", "my show.toml", folder=tmp_path) as running:
        assert running.ended() == 0
        assert "director run my show.toml" in running.results[0]
    with director(
        "run", "my show.toml", "--for", "1s", "--sessions", "shows", "--start-anyway", folder=tmp_path
    ) as running:
        assert running.ended() == 0
    folder = Path(running.results[-1])
    assert folder.is_absolute()
    assert folder.parent == (tmp_path / "shows").resolve()


@pytest.mark.patient
def test_devices_and_doctor_speak_to_scripts(tmp_path: Path) -> None:
    with director("devices", "--json") as running:
        assert running.ended() == 0
    assert {"cameras", "microphones"} <= set(json.loads("\n".join(running.results)))
    with director("doctor", "--json", "--sessions", tmp_path / "none yet") as running:
        assert running.ended() in {0, 1}
    findings = json.loads("\n".join(running.results))
    assert {"x264", "cameras", "microphones", "disk"} <= {finding["subject"] for finding in findings}
    assert not (tmp_path / "none yet").exists()


@pytest.mark.patient
def test_no_sessions_yet(tmp_path: Path) -> None:
    with director("sessions", "--sessions", tmp_path / "none") as running:
        assert running.ended() == 0
        running.wait_for("No sessions yet. Try: director demo")
    with director("sessions", "--sessions", tmp_path / "none", "--json") as running:
        assert (running.ended(), running.results) == (0, ["[]"])


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A show with two cameras and a wide one, running in a terminal."""
    show = show_file(tmp_path / "show.toml", cameras=3)
    text = show.read_text("utf-8").replace('label = "C"\nkind', 'label = "C"\nwide = true\nkind')
    show.write_text(text, "utf-8")
    return Terminal(["-m", "director_app", "run", str(show), "--sessions", str(tmp_path / "sessions")])


def only_session(tmp_path: Path) -> Path:
    (manifest,) = (tmp_path / "sessions").glob("*/manifest.json")
    return manifest.parent


def test_keys_cut_hold_mark_and_quit(terminal: Terminal, tmp_path: Path) -> None:
    with terminal:
        terminal.wait_for("on air 3 C  The show opens.")
        assert not terminal.is_line_by_line
        terminal.type("2")
        terminal.wait_for("on air 2 B  Your take.")
        terminal.wait_for("HOLD")
        terminal.type("\x1b[11~\x1b[A")
        terminal.type("m w")
        terminal.wait_for("on air 3 C  Your take.")
        terminal.wait_for("AUTO")
        terminal.type("h")
        terminal.wait_for("HOLD 8")
        terminal.type("9")
        terminal.type("q")
        assert terminal.ended() == 0
        assert terminal.settings == terminal.settings_before
        folder = only_session(tmp_path)
        assert terminal.text.rstrip().splitlines()[-1] == str(folder.resolve())
    commands = [event["command"] for event in events_of(folder, "command")]
    assert commands == ["Take", "SetAuto", "TakeWide", "Hold"]
    assert len(events_of(folder, "marker")) == 1
    assert [cut["to"] for cut in events_of(folder, "manual_cut")] == ["b", "c"]
    states = events_of(folder, "record_start")[0]["states"]
    assert set(states.values()) == {SourceState.OK}


def test_the_status_has_no_line_that_an_80_column_terminal_would_break(terminal: Terminal) -> None:
    with terminal:
        terminal.wait_for("frames repeated")
        terminal.wait_for("1-9 take  w wide")
        terminal.send(signal.SIGTERM)
        assert terminal.ended() == 0
        status = [line for line in terminal.text.splitlines() if "REC" in line or "frames" in line]
        assert status
        assert max(len(line) for line in status) <= 80


@pytest.mark.patient
def test_sigterm_gives_the_terminal_back(terminal: Terminal) -> None:
    with terminal:
        terminal.wait_for("REC")
        assert not terminal.is_line_by_line
        terminal.send(signal.SIGTERM)
        assert terminal.ended() == 0
        assert terminal.settings == terminal.settings_before


@pytest.mark.patient
def test_a_fault_nobody_expected_gives_the_terminal_back_and_keeps_the_recording(tmp_path: Path) -> None:
    show = show_file(tmp_path / "show.toml", cameras=1)
    script = _RAISING.format(fault='RuntimeError("a fault that nobody expected")')
    command = ["-c", script, "run", str(show), "--sessions", str(tmp_path / "sessions")]
    with Terminal(command) as terminal:
        assert terminal.ended() == 1
        assert terminal.settings == terminal.settings_before
        terminal.wait_for("The show ended by a fault of this program: a fault that nobody expected.")
        folder = only_session(tmp_path)
        terminal.wait_for(str(folder.resolve()))
    with director("check", folder) as running:
        assert running.ended() == 0


def test_a_show_that_is_stopped_before_its_first_picture_leaves_no_session_and_says_so(tmp_path: Path) -> None:
    show = show_file(tmp_path / "show.toml", cameras=1)
    with Running(["-c", _OVER_AT_ONCE, "run", str(show), "--sessions", str(tmp_path / "sessions")]) as running:
        assert running.ended() == 0
    assert running.results == []
    assert running.news[-1].startswith("Nothing was recorded: the recording was stopped before its first picture.")
    assert not [*(tmp_path / "sessions").glob("*/manifest.json")]


@pytest.mark.patient
@pytest.mark.parametrize("fault", ["EncoderError", "FolderError", "SourceLostError"])
def test_an_expected_error_in_a_recorded_show_is_no_bad_input(fault: str, tmp_path: Path) -> None:
    show = show_file(tmp_path / "show.toml", cameras=1)
    script = _RAISING.format(fault=f'{fault}("The last thing that happened.")')
    with Running(["-c", script, "run", str(show), "--sessions", str(tmp_path / "sessions")]) as running:
        assert running.ended() == 1
        assert running.results == [str(only_session(tmp_path).resolve())]
        assert "The last thing that happened." in running.news
        assert "Traceback" not in "\n".join(running.news)
    folder = Path(running.results[0])
    assert all(part.sha256 for part in read_manifest(folder).files)
    assert (folder / "overview.png").exists()


def test_a_status_that_cannot_be_printed_ends_no_show(tmp_path: Path) -> None:
    show = show_file(tmp_path / "show.toml", cameras=1)
    command = ["-c", _UNSHOWABLE, "run", str(show), "--for", "2s", "--sessions", str(tmp_path / "sessions")]
    with Running(command) as running:
        assert running.ended() == 0
    assert running.news == ["The status cannot be shown any more; the show goes on. (oh)"]


@pytest.mark.patient
def test_neither_a_status_nor_a_key_that_fails_ends_a_show_in_a_terminal(tmp_path: Path) -> None:
    show = show_file(tmp_path / "show.toml", cameras=1)
    command = ["-c", _UNSHOWABLE, "run", str(show), "--sessions", str(tmp_path / "sessions")]
    with Terminal(command) as terminal:
        terminal.wait_for("The status cannot be shown any more; the show goes on. (oh)")
        terminal.type("  m ")
        terminal.wait_for("A key could not be obeyed; the show and the other keys go on. (oh)")
        terminal.type("q")
        assert terminal.ended() == 0
        assert terminal.text.count("could not be obeyed") == terminal.text.count("cannot be shown") == 1
    assert len(events_of(only_session(tmp_path), "marker")) == 1


def test_in_a_pipe_the_status_is_plain_lines(tmp_path: Path) -> None:
    show = show_file(tmp_path / "show.toml", cameras=1)
    with director("run", show, "--for", "1s", "--sessions", tmp_path) as running:
        assert running.ended() == 0
    (line,) = running.news
    assert line.startswith("● REC 00:00:0")
    assert "on air 1 A  The show opens.  frames repeated " in line
    assert (Path(running.results[0]) / "overview.png").exists()
