"""Edits of a session: the live cut, and the same show cut again with hindsight."""

from pathlib import Path

import pytest

from director_app.core.shot_costs import Talk
from director_app.core.sources import CameraId, MicrophoneId
from director_app.core.styles import Style
from director_app.core.turns import floor, turns
from director_app.post.choices import Takes
from director_app.post.recut import RecutError
from director_app.post.session_edits import RecutWish, recut_session
from director_app.post.session_talk import ClosedSession, HeardFrom, SessionTalk, read_closed_session, talk_of_session
from director_app.session.event_log import EventRecord, append_events
from tests.helpers.made_sessions import Making, made_session


@pytest.fixture(scope="module")
def heard(talk_closed: Path) -> tuple[ClosedSession, SessionTalk]:
    """Forty seconds of talk, heard once."""
    session = read_closed_session(talk_closed)
    return session, talk_of_session(session)


def test_a_recut_covers_the_show_and_keeps_the_shortest_shot_of_its_style(
    heard: tuple[ClosedSession, SessionTalk],
) -> None:
    session, talk = heard
    normal, calm = (recut_session(session, talk, RecutWish(style)) for style in (None, Style.CALM))

    for recut, shortest in ((normal, 45), (calm, 90)):
        (stretch,) = recut.edit.stretches
        assert (stretch.first, stretch.end) == (0, session.length)
        assert all(shot.end - shot.first >= shortest for shot in stretch.shots[:-1])
        assert [each.slot for each in recut.placed] == [shot.first for shot in stretch.shots]


def test_a_calmer_style_cuts_less_where_people_take_short_turns(heard: tuple[ClosedSession, SessionTalk]) -> None:
    session, _ = heard
    speech: dict[MicrophoneId, list[tuple[float, float]]] = {
        MicrophoneId(f"mic_{each}"): [(start + index * 2.2, start + index * 2.2 + 2.0) for start in (0.0, 6.6, 13.2)]
        for index, each in enumerate("abc")
    }
    every = turns(speech)
    talk = Talk(speech, every, floor(every, session.length_s), session.canvas.fps, session.length)
    counts = [
        len(list(recut_session(session, SessionTalk(talk, HeardFrom.LOG), RecutWish(style)).edit.shots()))
        for style in (Style.CALM, Style.NORMAL)
    ]

    assert counts[0] < counts[1] - 2


def test_whoever_is_left_out_is_never_seen_and_the_wide_shot_stands_in(
    heard: tuple[ClosedSession, SessionTalk],
) -> None:
    session, talk = heard
    edits = [recut_session(session, talk, RecutWish(without=(name,))).edit for name in ("b", "B", "2", "2 B")]

    assert edits[0] == edits[1] == edits[2] == edits[3]
    seen = {each.shot.camera for each in edits[0].shots()}
    assert CameraId("b") not in seen and CameraId("wide") in seen


def test_a_camera_that_nobody_knows_or_one_too_many_is_refused(heard: tuple[ClosedSession, SessionTalk]) -> None:
    session, talk = heard
    with pytest.raises(RecutError, match=r'no camera or person "Zoe" in this show; there are 1 A, 2 B'):
        recut_session(session, talk, RecutWish(without=("Zoe",)))
    with pytest.raises(RecutError, match="none left"):
        recut_session(session, talk, RecutWish(without=("1", "2", "3", "wide")))


def test_takes_stay_where_they_are_unless_told_otherwise(tmp_path: Path) -> None:
    takes: tuple[EventRecord, ...] = tuple(
        {"t_s": slot / 30, "type": "manual_cut", "from": "a", "to": to, "slot": slot, "reason": "Your take."}
        for slot, to in ((30, "b"), (40, "a"), (60, "b"))
    )
    session = read_closed_session(made_session(tmp_path, Making(events=takes)))
    talk = talk_of_session(session)

    kept = recut_session(session, talk, RecutWish()).edit
    anew = recut_session(session, talk, RecutWish(takes=Takes.DECIDE)).edit

    assert [(each.shot.first, each.shot.camera) for each in kept.shots()] == [
        (0, "a"),
        (30, "b"),
        (40, "a"),
        (60, "b"),
    ]
    assert len(list(anew.shots())) == 1


def test_a_camera_that_gave_no_picture_is_not_shown_then(talk: Path) -> None:
    session = read_closed_session(talk)
    speaking = recut_session(session, talk_of_session(session), RecutWish()).edit
    gone = max(
        (each.shot for each in speaking.shots() if each.shot.camera == "a"), key=lambda shot: shot.end - shot.first
    )
    span_s = (gone.first / 30, gone.end / 30)
    append_events(
        talk,
        [
            {"t_s": span_s[0], "type": "source_lost", "source": "a", "detail": None},
            {"t_s": span_s[1], "type": "source_back", "source": "a", "detail": None},
        ],
    )
    session = read_closed_session(talk)

    edit = recut_session(session, talk_of_session(session), RecutWish()).edit

    middle = (gone.first + gone.end) // 2
    assert next(each.shot.camera for each in edit.shots() if each.shot.first <= middle < each.shot.end) != "a"


def test_a_session_without_pictures_cannot_be_cut(tmp_path: Path, talk_closed: Path) -> None:
    session = read_closed_session(talk_closed)
    empty = ClosedSession(session.folder, session.manifest, session.events, 0)
    with pytest.raises(RecutError, match="holds no pictures"):
        recut_session(empty, SessionTalk(talk_of_session(session).talk, HeardFrom.LOG), RecutWish())
