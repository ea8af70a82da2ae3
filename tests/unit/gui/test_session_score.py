"""The score card of a past session: what its log says, and what was worked out."""

from typing import Any

from director_app.engine.past_score import PastScore
from director_app.engine.past_show import PastShow, Shot, ShowFigures
from director_app.gui.models.session_score import figures, sentences, shown_sentences
from tests.helpers.past import past


def show(known: ShowFigures | None, length_s: float = 120.0) -> PastShow:
    return PastShow(past("a"), length_s, (), known)


def test_the_score_card_says_what_the_log_says() -> None:
    known = ShowFigures(
        cuts=10,
        takes=2,
        wrong_cuts=1,
        longest=Shot(2, "Ben", 10.0, 75.0),
        lost_s={2: 7.0},
        on_air_s={1: 30.0, 2: 90.0},
    )
    said = {figure.name: (figure.value, figure.unit, figure.detail) for figure in figures(show(known))}
    assert said == {
        "Cuts": ("5.0", "a minute", "10 in all"),
        "Your takes": ("2", "", "20 % of the cuts"),
        "Longest shot": ("1:05", "", "2 Ben"),
        "Most on air": ("75", "%", "2 Ben"),
        "Marked wrong": ("1", "", "of 10 cuts"),
        "Lost picture": ("7", "s", "camera 2"),
    }


def test_two_lost_cameras_are_told_apart() -> None:
    said = figures(show(ShowFigures(lost_s={2: 7.0, 1: 130.0})))[-1]
    assert (said.value, said.unit, said.detail) == ("2:17", "min", "2:10 min camera 1, 7 s camera 2")


def test_without_a_log_or_a_length_nothing_is_said() -> None:
    assert figures(show(None)) == ()
    assert figures(show(ShowFigures(), length_s=0.0)) == ()


def test_a_show_without_a_cut_is_said_without_a_division() -> None:
    assert figures(show(ShowFigures()))[1].detail == "all cuts by itself"


def scored(**changes: Any) -> PastScore:
    live = {
        "right_of_speech_pct": 98.42,
        "latency_median_s": 0.04,
        "latency_p95_s": 1.14,
        "ping_pongs": 12,
        "ping_pongs_per_minute": 0.143,
    }
    document = {
        "schema": 1,
        "session": "an id",
        "speech_s": 4260.0,
        "live": live,
        "rhythm": {"cuts": 446, "cuts_per_minute": 5.3, "takes": 18, "by_hand_pct": 4.2},
        "sentences": [{"about": "cut", "sentence": f"Sentence {number}."} for number in range(1, 6)],
        "of a newer version": None,
    }
    return PastScore.model_validate(document | changes)


def test_the_score_card_says_what_was_worked_out() -> None:
    shown = PastShow(past("a"), 5050.0, (), ShowFigures(lost_s={2: 7.0}), score=scored())
    said = {figure.name: (figure.value, figure.unit, figure.detail) for figure in figures(shown)}
    assert said == {
        "On the floor": ("98.4", "%", "of 1 h 11 min of speech"),
        "Cuts": ("5.3", "a minute", "446 in all"),
        "Median latency": ("0.0", "s", "95 % within 1.1 s"),
        "Ping-pong": ("0.14", "a minute", "12 in all"),
        "Manual": ("4", "% of the time", "18 takes"),
        "Lost picture": ("7", "s", "camera 2"),
    }


def test_where_nobody_speaks_the_card_says_so_and_keeps_its_six_cells() -> None:
    said = figures(PastShow(past("a"), 60.0, (), None, score=scored(live=None)))
    assert [figure.spoken for figure in said if figure.name == "On the floor"] == [
        "On the floor – nobody is heard to speak"
    ]
    assert len(said) == 6


def test_three_sentences_stand_there_and_the_others_when_they_are_asked_for() -> None:
    every = sentences(scored())
    assert shown_sentences(every[:3], is_open=False) == (every[:3], "")
    assert shown_sentences(every, is_open=False) == (every[:3], "2 more")
    assert shown_sentences(every, is_open=True) == (every, "Fewer")


def test_without_a_score_there_are_no_sentences() -> None:
    assert sentences(None) == ()
