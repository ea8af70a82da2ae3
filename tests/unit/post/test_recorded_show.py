"""What is read of a recorded show, and what of it a replay is compared with."""

import math
from pathlib import Path

import pytest

from director_app.post.recorded_show import read_recorded_show
from director_app.post.replay import replay
from director_app.post.replay_differences import differences
from director_app.session.event_log import EventRecord, append_events, read_events
from tests.helpers.sound_files import demo_files
from tests.helpers.talk_sessions import talk_session

ASKED_S = 2.0
ASKED: EventRecord = {"t_s": ASKED_S, "type": "command", "command": "ShowName", "hops": 100}
FOUND: EventRecord = {
    "t_s": ASKED_S,
    "type": "name_on",
    "slot": 60,
    "end": 100,
    "camera": "a",
    "microphone": None,
    "cause": "recovered",
    "box": [0, 240, 640, 120],
}
"""The line of a recovery that has seen a name in the program."""


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """Somebody asks for a name, and no line says that it came on."""
    return talk_session(tmp_path / "sessions", demo_files(tmp_path, 4.0), 1.0, [ASKED])


def test_a_name_that_the_log_lacks_is_a_difference(session: Path) -> None:
    show = read_recorded_show(session)
    assert show.logged_until_s == math.inf
    assert differences(show, replay(show, show.rules, show.settings)) == [
        "The show made 0 decisions about names; replayed, it makes 1."
    ]


def test_names_whose_lines_a_crash_took_are_no_other_decisions(session: Path) -> None:
    own = [event for event in read_events(session) if event["t_s"] <= ASKED_S]
    (session / "events.jsonl").unlink()
    append_events(session, [*own, FOUND])
    show = read_recorded_show(session)
    assert show.logged_until_s == ASKED_S
    assert differences(show, replay(show, show.rules, show.settings)) == []
