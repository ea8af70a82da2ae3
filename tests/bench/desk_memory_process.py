"""How much memory the desk takes, not recording, while its pages are opened and closed again and again.

Usage: python -m tests.bench.desk_memory_process SESSIONS TURNS
"""

import gc
import sys
import time
from pathlib import Path

import psutil
from PySide6.QtWidgets import QApplication

from director_app.engine.studio import Studio
from director_app.engine.studio_state import Phase
from director_app.gui.models.keymap import read_keymap
from director_app.gui.models.messages import Messages
from director_app.gui.models.settings import SettingsFile
from director_app.gui.start import application, make_window
from director_app.gui.surroundings import PageName
from director_app.gui.theme.type import Scale
from director_app.session.demo_show import demo_show
from director_app.session.resources import resource
from tests.bench.shows import report

_WARM_UP_TURNS = 15
_ON_A_PAGE_S = 0.6


def main() -> None:
    """Opens Set up and Sessions in turn and notes the resident memory after each turn, MB."""
    sessions, turns = Path(sys.argv[1]), int(sys.argv[2])
    studio = Studio(sessions)
    studio.start(demo_show())
    running = application(Scale())
    settings = SettingsFile(sessions.with_name("settings.json"))
    window = make_window(studio, settings, Messages(), read_keymap(resource("keymap.toml")))
    window.resize(1440, 900)
    window.show()
    while studio.look().phase is not Phase.READY:
        _run(running, 0.1)
    megabytes = []
    for turn in range(_WARM_UP_TURNS + turns):
        for page in (PageName.SETUP, PageName.SESSIONS, PageName.DESK):
            window.go(page)
            _run(running, _ON_A_PAGE_S)
        if turn >= _WARM_UP_TURNS:
            gc.collect()
            megabytes.append(psutil.Process().memory_info().rss / 1e6)
    window.close()
    studio.close()
    report({"megabytes": megabytes})


def _run(running: QApplication, seconds: float) -> None:
    end_s = time.perf_counter() + seconds
    while time.perf_counter() < end_s:
        running.processEvents()
        time.sleep(0.005)


if __name__ == "__main__":
    main()
