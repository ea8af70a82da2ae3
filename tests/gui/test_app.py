"""The desktop app as a process on a real X screen: it starts, obeys, and closes what it records."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from director_app import app as desktop
from director_app.engine.command_socket import CommandRefusedError, NobodyListensError, tell_desk
from director_app.engine.finishing import Finishing
from director_app.engine.studio import Studio
from director_app.gui import start
from director_app.gui.models.settings import SettingsFile
from director_app.session.demo_show import demo_show
from director_app.session.event_log import read_events
from director_app.session.manifest import SessionState, read_manifest
from tests.helpers.screen import screen
from tests.helpers.wait import eventually

pytestmark = pytest.mark.patient

_SHOW = """
title = "Two test pictures"
[canvas]
width = 320
height = 180
[[camera]]
id = "cam_1"
label = "One"
kind = "synthetic"
[[camera]]
id = "cam_2"
label = "Two"
kind = "synthetic"
[[microphone]]
id = "mic_1"
label = "Ana"
camera = "cam_1"
kind = "synthetic"
"""


@dataclass
class App:
    """Where the app lives in a test, and how it is started."""

    room: Path
    environment: Mapping[str, str]

    @property
    def address(self) -> str:
        return str(self.room / "run" / "ai-director" / "desk.sock")

    @property
    def sessions(self) -> Path:
        return self.room / "sessions"

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "director_app.app", "--sessions", str(self.sessions), *arguments]
        surroundings = {**self.environment, **environment}
        return subprocess.Popen(command, env=surroundings, stderr=subprocess.PIPE, text=True)

    def tell(self, command: str) -> str | None:
        """None while nobody listens or the desk refuses."""
        try:
            return tell_desk(command, self.address)
        except (NobodyListensError, CommandRefusedError):
            return None

    def recorded(self) -> Path:
        """Says record until it is done; the session's folder."""
        eventually(lambda: self.tell("record"), 40.0, "the recording")
        eventually(lambda: self.tell("marker"), 20.0, "the first slot")
        folder = next(self.sessions.glob("*/manifest.json")).parent
        # What is ended before its first picture leaves no session.
        eventually(lambda: (folder / "cam_1_iso.mp4").stat().st_size > 0, 20.0, "the first picture")
        return folder


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    (tmp_path / "run").mkdir(mode=0o700)
    (tmp_path / "show.toml").write_text(_SHOW)
    homes = {name: str(tmp_path / "home") for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    environment = {**os.environ, **homes, "XDG_RUNTIME_DIR": str(tmp_path / "run"), "QT_QPA_PLATFORM": "xcb"}
    # Tests that were started by nohup hand on that a closed terminal does not matter.
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield App(tmp_path, environment)
    signal.signal(signal.SIGHUP, before)
    for child in psutil.Process().children():
        if "director_app.app" in " ".join(child.cmdline()):
            child.kill()
            child.wait(10)


def _ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, errors = process.communicate(timeout=60)
    return process.returncode, errors


def test_without_a_display_there_is_one_sentence(app: App) -> None:
    process = app.start(DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    code, errors = _ended(process)
    assert code == 2
    assert errors.splitlines() == [
        "There is no display to open a window on. Start the desk in a desktop session, or use: director run"
    ]


@pytest.mark.parametrize("content", [None, "camera = 3\n", "[[camera"])
def test_a_show_file_that_cannot_be_is_refused_with_its_name(app: App, content: str | None) -> None:
    path = app.room / "bad.toml"
    if content is not None:
        path.write_text(content)
    code, errors = _ended(app.start("--show", str(path), QT_QPA_PLATFORM="offscreen"))
    assert code == 2
    assert "bad.toml" in errors and "Traceback" not in errors


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP])
def test_a_show_is_recorded_and_the_end_of_the_system_or_of_its_terminal_closes_it(
    app: App, end: signal.Signals
) -> None:
    with screen(1440, 900) as display:
        process = app.start("--show", str(app.room / "show.toml"), DISPLAY=display)
        folder = app.recorded()
        assert app.tell("take 2") == "Done."
        assert app.tell("keys") == "Done."
        eventually(lambda: "manual_cut" in {event["type"] for event in read_events(folder)}, 10.0, "the cut")
        process.send_signal(signal.SIGTSTP)
        process.send_signal(end)
        code, errors = _ended(process)
    assert (code, "Traceback" in errors) == (0, False), errors
    assert read_manifest(folder).state is SessionState.CLOSED


def test_a_second_start_brings_the_first_to_the_front_and_ends(app: App) -> None:
    with screen(1440, 900) as display:
        first = app.start("--show", str(app.room / "show.toml"), DISPLAY=display)
        eventually(lambda: app.tell("raise"), 40.0, "the desk")
        code, _ = _ended(app.start(DISPLAY=display))
        assert code == 0
        assert first.poll() is None
        first.send_signal(signal.SIGTERM)
        assert _ended(first)[0] == 0


def test_a_display_that_disappears_closes_the_recording(app: App) -> None:
    with screen(1440, 900) as display:
        process = app.start("--show", str(app.room / "show.toml"), DISPLAY=display)
        folder = app.recorded()
    code, errors = _ended(process)
    assert code != 0
    assert "Traceback" not in errors
    assert read_manifest(folder).state is SessionState.CLOSED


def test_what_a_crash_left_is_recovered_by_the_next_start(app: App) -> None:
    with screen(1440, 900) as display:
        process = app.start("--show", str(app.room / "show.toml"), DISPLAY=display)
        folder = app.recorded()
        eventually(lambda: (folder / "program.mp4").stat().st_size > 20_000, 20.0, "some of the program")
        process.kill()
        _ended(process)
        assert read_manifest(folder).state is SessionState.RECORDING
        again = app.start("--show", str(app.room / "show.toml"), DISPLAY=display)
        eventually(lambda: read_manifest(folder).state is SessionState.RECOVERED, 60.0, "the recovery")
        eventually(lambda: app.tell("raise"), 40.0, "the desk")
        again.send_signal(signal.SIGTERM)
        assert _ended(again)[0] == 0


def test_a_session_that_is_still_being_hashed_keeps_no_recording_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[str] = []

    def hangs(finishing: Finishing, deadline_s: float = 30.0) -> None:
        ended.append("finishing")
        raise TimeoutError("Hashing did not break off within 30 s.")

    monkeypatch.setattr(start, "run_window", lambda *_: 0)
    monkeypatch.setattr(desktop, "close_when_ended", lambda _studio: None)
    monkeypatch.setattr(Studio, "start", lambda studio, show: setattr(studio, "_show", show))
    monkeypatch.setattr(Studio, "close", lambda _studio: ended.append("studio"))
    monkeypatch.setattr(Finishing, "start", lambda _finishing: None)
    monkeypatch.setattr(Finishing, "close", hangs)
    with pytest.raises(TimeoutError):
        desktop._run(demo_show(), tmp_path, SettingsFile(tmp_path / "settings.json"), None)
    assert ended == ["studio", "finishing"]
