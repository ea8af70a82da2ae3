"""What is read of a session afterwards: who spoke when, and what its log says besides cuts."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from director_app.core.highlight_material import Marker
from director_app.core.score_reference import OutOfUse
from director_app.core.sources import CameraId, MicrophoneId
from director_app.post.logged_facts import logged_facts, logged_speech
from director_app.post.score_sound import sound_sentences
from director_app.post.session_talk import HeardFrom, NotClosedError, read_closed_session, talk_of_session
from director_app.session.errors import ManifestError, SessionError
from director_app.session.event_log import LOG_NAME, EventRecord
from director_app.session.manifest import FILE_NAME, FileRole, read_manifest
from tests.helpers.past import manifest
from tests.helpers.sound_files import RATE, write_sound

A, B = CameraId("a"), CameraId("b")


def line(t_s: float, kind: str, **fields: Any) -> EventRecord:
    return {"t_s": t_s, "type": kind, **fields}


def test_marks_takes_and_faults_are_read_from_the_log() -> None:
    facts = logged_facts(
        manifest(),
        [
            line(0.0, "record_start", states={"a": "ok", "b": "opening"}),
            line(2.0, "manual_cut", slot=60, to="b"),
            line(3.0, "marker", label="good"),
            line(4.0, "source_back", source="b"),
            line(5.0, "switch", slot=150, cause="fault"),
            line(6.0, "wrong_cut", slot=150),
            line(6.5, "wrong_cut", slot=150),
            line(7.0, "source_frozen", source="a"),
            line(8.0, "source_lost", source="a"),
            line(9.0, "marker"),
            line(20.0, "frames_repeated", by_camera={"a": 12, "x": 3}),
        ],
        20.0,
    )
    assert facts.takes == {60}
    assert facts.fault_cuts == {150}
    assert facts.wrong_cuts == (150,)
    assert facts.markers == (Marker(3.0, "good"), Marker(9.0, ""))
    assert facts.out_of_use == (OutOfUse(A, 7.0, 20.0), OutOfUse(B, 0.0, 4.0))
    assert facts.repeated == {A: 12}


@pytest.mark.parametrize(
    "senseless",
    [
        line(1.0, "manual_cut"),
        line(1.0, "manual_cut", slot="7"),
        line(1.0, "wrong_cut", slot=None),
        line(1.0, "record_start", states=3),
        line(1.0, "record_start", states={"a": "on fire"}),
        line(1.0, "source_lost", source=["a"]),
        line(1.0, "frames_repeated", by_camera=4),
        line(1.0, "frames_repeated", by_camera={"a": "many"}),
        line(99.0, "marker"),
    ],
)
def test_lines_that_damage_made_senseless_say_nothing(senseless: EventRecord) -> None:
    assert logged_facts(manifest(), [senseless], 20.0) == logged_facts(manifest(), [], 20.0)


def test_who_spoke_is_read_from_the_log_even_if_it_ends_in_a_word() -> None:
    events = [
        line(1.0, "speaking_start", microphone="m"),
        line(2.0, "speaking_stop", microphone="m"),
        line(2.5, "speaking_stop", microphone="m"),
        line(3.0, "speaking_start", microphone="nobody"),
        line(4.0, "speaking_start", microphone="m"),
    ]
    assert logged_speech(manifest(), events, 9.0) == {MicrophoneId("m"): [(1.0, 2.0), (4.0, 9.0)]}


def test_a_session_is_heard_from_its_files(closed: Path) -> None:
    session = read_closed_session(closed)
    shares: list[float] = []
    heard = talk_of_session(session, shares.append)
    assert (heard.heard_from, heard.problems) == (HeardFrom.SOUND, ())
    assert heard.talk.length == session.length
    assert shares[-1] == pytest.approx(1.0, abs=0.01)
    assert all(end_s <= session.length_s for spans in heard.talk.speech.values() for _, end_s in spans)


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"")])
def test_where_a_microphone_file_is_gone_the_log_is_asked(closed: Path, damage: Any) -> None:
    part = read_manifest(closed).file(FileRole.MICROPHONE)
    assert part is not None
    damage(closed / part.name)
    heard = talk_of_session(read_closed_session(closed))
    assert heard.heard_from is HeardFrom.LOG
    assert part.name in heard.problems[0]
    assert heard.problems[1] == "So it was taken from the log who spoke when."


def test_a_microphone_file_that_lost_its_end_is_no_silence(talk: Path) -> None:
    whole = talk_of_session(read_closed_session(talk)).talk
    path = talk / "mic_1.flac"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    heard = talk_of_session(read_closed_session(talk))
    assert heard.heard_from is HeardFrom.LOG
    assert "is truncated" in heard.problems[0]
    first = MicrophoneId("mic_a")
    assert max(heard.talk.speech[first])[1] == pytest.approx(max(whole.speech[first])[1], abs=0.5)
    assert max(heard.talk.speech[first])[1] > 25.0


def test_a_microphone_that_gave_no_sound_is_named(talk: Path) -> None:
    write_sound(talk / "mic_2.flac", np.zeros(40 * RATE, np.float32))
    session = read_closed_session(talk)
    heard = talk_of_session(session)
    assert (heard.heard_from, heard.silent, heard.problems) == (HeardFrom.SOUND, ("mic_b",), ())
    assert sound_sentences(session, heard)[0] == "B's microphone gave no sound at all."


def test_a_session_that_was_not_closed_is_refused_with_the_next_step(wreck: Path) -> None:
    with pytest.raises(NotClosedError, match="first: director recover"):
        read_closed_session(wreck)


@pytest.mark.parametrize("change", [{"slots": 10**15}, {"microphones": [{"id": "m", "camera": "nowhere"}]}])
def test_a_manifest_that_cannot_be_is_refused(closed: Path, change: dict[str, Any]) -> None:
    path = closed / FILE_NAME
    content = json.loads(path.read_text("utf-8"))
    if "microphones" in change:
        content["microphones"][0]["camera"] = "nowhere"
    else:
        content |= change
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(ManifestError, match="is damaged"):
        read_closed_session(closed)


def test_a_log_that_is_gone_says_nothing(closed: Path) -> None:
    (closed / LOG_NAME).unlink()
    assert read_closed_session(closed).events == []
    assert issubclass(NotClosedError, SessionError)
