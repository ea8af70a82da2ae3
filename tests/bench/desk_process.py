"""The desk over a recording in its own process: CPU, how long the window's thread is busy, how old pictures are.

Usage: python -m tests.bench.desk_process SESSIONS SECONDS   (DISPLAY must name a screen)
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from director_app.engine.studio import Studio
from director_app.engine.studio_state import Phase
from director_app.gui.desk.picture import Picture
from director_app.gui.models.keymap import read_keymap
from director_app.gui.models.messages import Messages
from director_app.gui.models.settings import SettingsFile
from director_app.gui.start import application, make_window
from director_app.gui.theme.type import Scale
from director_app.gui.window import Window
from director_app.session.resources import resource
from tests.bench.show_process import cpu_by_thread, cpu_s
from tests.bench.shows import report, synthetic_show

_SETTLE_S = 4.0
_RESIZE_EVERY_S = 10.0
_KEY_EVERY_S = 1.7


class Busy:
    """How long the window's thread worked each time it woke, seconds."""

    def __init__(self) -> None:
        self.spans: list[float] = []
        self._woke_s: float | None = None
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        dispatcher.awake.connect(self._woke)
        dispatcher.aboutToBlock.connect(self._slept)

    def _woke(self) -> None:
        if self._woke_s is None:
            self._woke_s = time.perf_counter()

    def _slept(self) -> None:
        if self._woke_s is not None:
            self.spans.append(time.perf_counter() - self._woke_s)
            self._woke_s = None


class Ages:
    """How old each picture was when it was painted, ms; program and tiles apart."""

    def __init__(self, window: Window) -> None:
        self._last: dict[int, float | None] = {}
        self.program: list[float] = []
        self.tiles: list[float] = []
        self._pictures: list[tuple[Picture, list[float]]] = [(window.desk._program.picture, self.program)]
        self._pictures += [(tile.picture, self.tiles) for tile in window.desk._tiles]

    def look(self) -> None:
        """Notes what was painted since the last look."""
        for picture, ages in self._pictures:
            if picture.age_ms is not None and picture.age_ms != self._last.get(id(picture)):
                self._last[id(picture)] = picture.age_ms
                ages.append(picture.age_ms)


def main() -> None:
    """Records for so many seconds with a key every 1.7 s and another window size every ten."""
    sessions, seconds = Path(sys.argv[1]), float(sys.argv[2])
    began_s = time.perf_counter()
    studio = Studio(sessions)
    studio.start(synthetic_show())
    settings = SettingsFile(sessions.with_name("settings.json"))
    running = application(Scale())
    window = make_window(studio, settings, Messages(), read_keymap(resource("keymap.toml")))
    window.resize(1440, 900)
    window.show()
    first_s = _until(running, lambda: window.desk._program.picture.age_ms is not None, 20.0) - began_s
    _until(running, lambda: studio.look().phase is Phase.READY, 20.0)
    studio.record()
    _until(running, lambda: studio.look().snapshot is not None, 20.0)
    busy, ages = Busy(), Ages(window)
    pressed = _drive(window, ages, _SETTLE_S)
    busy.spans.clear()
    ages.program.clear()
    ages.tiles.clear()
    cpu_before, threads_before, at_s = cpu_s(), cpu_by_thread(), time.perf_counter()
    pressed += _drive(window, ages, seconds)
    span_s = time.perf_counter() - at_s
    used = (cpu_s() - cpu_before) / span_s
    threads = {name: (cpu - threads_before.get(name, 0.0)) / span_s for name, cpu in cpu_by_thread().items()}
    _, events = studio.events_since(0)
    snapshot = studio.look().snapshot
    repeated = 0 if snapshot is None else snapshot.frames_repeated
    studio.stop()
    _until(running, lambda: studio.look().phase is Phase.READY, 60.0)
    window.close()
    studio.close()
    decided = [event["t_s"] for event in events if event["type"] == "manual_cut"]
    late = [min((t_s - at for t_s in decided if t_s >= at - 0.001), default=9.0) for at in pressed]
    report(
        {
            "cpu": used,
            "threads": threads,
            "busy": sorted(busy.spans),
            "program_age": sorted(ages.program),
            "tile_age": sorted(ages.tiles),
            "key": sorted(late),
            "first": first_s,
            "repeated": repeated,
            "program_fps": len(ages.program) / span_s,
            "tile_fps": len(ages.tiles) / span_s / 3,
        }
    )


def _until(running: QApplication, done: Callable[[], bool], patience_s: float) -> float:
    """Processes events until done() is true; gives the time."""
    end_s = time.perf_counter() + patience_s
    while not done():
        assert time.perf_counter() < end_s, "this took too long"
        running.processEvents()
        time.sleep(0.002)
    return time.perf_counter()


def _drive(window: Window, ages: Ages, seconds: float) -> list[float]:
    """Lets the loop run; returns the session times at which keys were pressed."""
    dispatcher = QAbstractEventDispatcher.instance()
    assert dispatcher is not None
    end_s, pressed, key = time.perf_counter() + seconds, [], 0
    key_due_s, size_due_s = time.perf_counter() + 0.5, time.perf_counter() + _RESIZE_EVERY_S
    sizes = [(1440, 900), (1280, 720), (1600, 940)]
    while time.perf_counter() < end_s:
        # Waits for events as exec() does, so that sleeping and working can be told apart.
        dispatcher.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        ages.look()
        now_s = time.perf_counter()
        if now_s >= key_due_s:
            key_due_s, key = now_s + _KEY_EVERY_S, key + 1
            snapshot = window.surroundings.studio.look().snapshot
            assert snapshot is not None
            pressed.append(snapshot.t_s)
            QTest.keyClick(window, Qt.Key(Qt.Key.Key_1.value + key % 3))
        if now_s >= size_due_s:
            size_due_s = now_s + _RESIZE_EVERY_S
            sizes.append(sizes.pop(0))
            window.resize(*sizes[0])
    return pressed


if __name__ == "__main__":
    main()
