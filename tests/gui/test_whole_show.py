"""A whole show as a producer runs it: the app as a process, a window on a real X screen, and nothing but a keyboard.

Every key is an event of the X server. What the producer would see is heard: accessible names and the focus, read out
by tests/helpers/spoken_desk.py. What has been done is looked up in the session's folder.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from director_app.capture.demo import DemoPerson
from director_app.post.check import check_session
from director_app.session.event_log import EventRecord, read_events
from director_app.session.manifest import SessionState, read_manifest
from director_app.session.resources import resource
from tests.helpers.keyboard import Keyboard
from tests.helpers.pulse import PulseAudio
from tests.helpers.rtsp_server import RtspServer
from tests.helpers.screen import screen
from tests.helpers.sound_files import RATE, demo_sound
from tests.helpers.wait import eventually

_PATIENCE_S = 30.0
_SCREEN = (1440, 900)
_MICROPHONES = {"headset_ana": 1, "headset_ben": 1}
_PEOPLE: tuple[DemoPerson, ...] = ("ana", "ben")
_ROOM_DB = -66.0


@dataclass(frozen=True, slots=True)
class Desk:
    """The running app, the keyboard before it, and where it lives."""

    keys: Keyboard
    process: subprocess.Popen[str]
    home: Path
    sound: PulseAudio

    @property
    def sessions(self) -> Path:
        return self.home / "sessions"

    @property
    def session(self) -> Path:
        """The one that is or was recorded."""
        return next(self.sessions.glob("*/manifest.json")).parent

    def events(self, kind: str) -> list[EventRecord]:
        return [event for event in read_events(self.session) if event["type"] == kind]

    def logged(self, kind: str, **values: object) -> EventRecord:
        """Waits for an event of this kind that has these values."""

        def look() -> EventRecord | None:
            matching = (
                event for event in self.events(kind) if all(event.get(key) == each for key, each in values.items())
            )
            return next(matching, None)

        return eventually(look, _PATIENCE_S, f"{kind} {values} in the log")

    def ended(self) -> tuple[int, str]:
        _, errors = self.process.communicate(timeout=60)
        return self.process.returncode, errors


@contextmanager
def desk(home: Path) -> Iterator[Desk]:
    """The app in a home with nothing in it; it has ended afterwards, one way or another."""
    with PulseAudio(_MICROPHONES) as sound, screen(*_SCREEN) as display, ExitStack() as noise:
        for number, name in enumerate(_MICROPHONES):
            noise.enter_context(sound.playing(name, _room_noise(number)))
        said = home / "said.json"
        command = [sys.executable, str(Path(__file__).parents[1] / "helpers" / "spoken_desk.py"), str(said)]
        process = subprocess.Popen(
            [*command, "--sessions", str(home / "sessions")],
            env=_environment(home, display),
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            yield Desk(Keyboard(display, said), process, home, sound)
        finally:
            if process.poll() is None:
                process.kill()
                sys.stderr.write(process.communicate()[1])


def _environment(home: Path, display: str) -> dict[str, str]:
    """HOME is where PulseAudio's clients find it; all that is the app's own lies in the test's folder."""
    player = home / "programs" / "xdg-open"
    player.parent.mkdir()
    player.write_text(f'#!/bin/sh\nprintf %s "$1" > "{home}/played.new"\nmv "{home}/played.new" "{home}/played"\n')
    player.chmod(0o755)
    (home / "run").mkdir(mode=0o700)
    return {
        **os.environ,
        "DISPLAY": display,
        "PATH": f"{player.parent}{os.pathsep}{os.environ['PATH']}",
        "QT_QPA_PLATFORM": "xcb",
        **{f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "CACHE", "STATE")},
    }


def _room_noise(seed: int) -> NDArray[np.float32]:
    """Three minutes of a quiet room: microphones that hear nothing at all are broken."""
    noise = np.random.default_rng(seed).standard_normal(180 * RATE).astype(np.float32)
    return noise * np.float32(10 ** (_ROOM_DB / 20))


def _speech(who: DemoPerson) -> NDArray[np.float32]:
    """What one person of the demo says, without the pauses."""
    said = json.loads(resource("demo/demo.json").read_text("utf-8"))["speech"]
    sound = demo_sound(who, 60.0)
    spans = [(each["start_s"], each["end_s"]) for each in said if each["who"] == who]
    return np.concatenate([sound[round(start * RATE) : round(end * RATE)] for start, end in spans])


def _set_up(desk: Desk, *addresses: str) -> None:
    """A new show: network streams instead of test pictures, and who sits where, with which microphone."""
    keys = desk.keys
    keys.hears("none plugged in")
    keys.tab_to("Show file")
    keys.press("space")
    keys.choose("New from devices")
    keys.hears("Name at microphone 2")
    for number, (address, name) in enumerate(zip(addresses, _PEOPLE, strict=True), 1):
        keys.write(f"Name of camera {number}", name.capitalize())
        # Network streams stand first where no camera is plugged in, and ask for their address at once.
        keys.tab_to(f"Source of camera {number}")
        keys.press("Home")
        keys.reaches(f"Address of camera {number}")
        keys.type(address)
    for number, (device, name) in enumerate(zip(_MICROPHONES, _PEOPLE, strict=True), 1):
        keys.write(f"Name at microphone {number}", name.capitalize())
        keys.pick(f"Device of microphone {number}", device)
        keys.pick(f"Camera that shows microphone {number}", f"{number} {name.capitalize()}")
    keys.write("Show title", "By keyboard")
    # Small pictures: what is tested is the desk, on machines that have other work to do.
    keys.tab_to("Canvas 1080p30")
    keys.press("Left")
    keys.reaches("Canvas 720p30")


def _check_the_sound(desk: Desk) -> None:
    """Both are asked in turn and answer."""
    keys = desk.keys
    keys.can_use("Start sound check")
    keys.tab_to("Start sound check")
    keys.press("space")
    for device, who in zip(_MICROPHONES, _PEOPLE, strict=True):
        name = who.capitalize()
        keys.hears(f"{name}, speak now")
        with desk.sound.playing(device, _speech(who)):
            keys.hears_no_more(f"{name}, ")
    for who in _PEOPLE:
        keys.hears(f"Result: {who.capitalize()}'s microphone is good")


def _direct(desk: Desk) -> None:
    """Ana speaks all the time; the producer overrules the automatic, and gives the show back to it."""
    keys = desk.keys
    keys.press("2")
    desk.logged("manual_cut", to="cam_2")
    held = len(desk.events("hold"))
    keys.press("h")
    eventually(lambda: len(desk.events("hold")) > held, _PATIENCE_S, "a hold of its own")
    keys.press("space")
    desk.logged("auto_on")
    desk.logged("switch", to="cam_1")


def _lose_the_camera_on_air(desk: Desk, camera: RtspServer) -> None:
    keys = desk.keys
    takes = len(desk.events("manual_cut"))
    keys.press("2")
    eventually(lambda: len(desk.events("manual_cut")) > takes, _PATIENCE_S, "the take")
    camera.kill()
    lost = desk.logged("source_lost", source="cam_2")
    eventually(
        lambda: any(event["to"] == "cam_1" and event["seq"] > lost["seq"] for event in desk.events("switch")),
        _PATIENCE_S,
        "the program leaves the lost camera",
    )
    keys.hears("1 being handled. Camera 2 Ben stopped sending pictures. Check its cable;")


def _record(desk: Desk, second: RtspServer) -> None:
    keys = desk.keys
    keys.press("ctrl+1")
    keys.hears("RECORD")
    keys.press("r")
    eventually(lambda: any(desk.sessions.glob("*/events.jsonl")), _PATIENCE_S, "a session")
    with desk.sound.playing("headset_ana", _speech("ana")):
        desk.logged("record_start")
        # Keys that are pressed before the first picture are all obeyed at the very same moment.
        desk.logged("floor")
        _direct(desk)
        _lose_the_camera_on_air(desk, second)
    keys.press("m")
    desk.logged("marker")
    keys.press("r")
    keys.hears("Stop recording?")
    keys.press("R")
    desk.logged("session_stop")


def _play(desk: Desk) -> None:
    """The system's player is asked for the program of the session that stands first on the page."""
    keys = desk.keys
    keys.press("ctrl+3")
    keys.reaches("Sessions")
    keys.hears("Files of this session")
    keys.press("Return")
    played = desk.home / "played"
    eventually(played.exists, _PATIENCE_S, "the player")
    assert played.read_text("utf-8").removeprefix("file://") == str(desk.session / "program.mp4")


def test_a_whole_show_by_keyboard(tmp_path: Path) -> None:
    with RtspServer() as one, RtspServer() as two, desk(tmp_path) as at:
        at.keys.sit_down("AI Director")
        at.keys.press("ctrl+2")
        _set_up(at, one.url, two.url)
        _check_the_sound(at)
        at.keys.press("ctrl+Return")
        at.keys.hears("Ready to record. This set-up is in use.")
        _record(at, two)
        _play(at)
        at.keys.press("ctrl+q")
        code, errors = at.ended()
    assert (code, "Traceback" in errors) == (0, False), errors
    manifest = read_manifest(at.session)
    assert (manifest.state, manifest.title) == (SessionState.CLOSED, "By keyboard")
    assert manifest.prior is not None, "the sound check counts"
    report = check_session(at.session)
    assert report.is_good, report.lines()
