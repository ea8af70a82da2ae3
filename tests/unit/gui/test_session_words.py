"""What is said of a past session."""

from datetime import timedelta
from pathlib import Path

import pytest

from director_app.engine.past_sessions import PastSession, PastState
from director_app.engine.past_show import FileFound, PastShow, Shot, ShowFigures
from director_app.gui.models.session_words import (
    Tag,
    Tone,
    about,
    figures,
    file_rows,
    files_summary,
    one_line,
    row_detail,
    span,
    tags,
)
from director_app.session.manifest import CanvasPart, FilePart, FileRole, SessionState
from tests.helpers.past import NOW, damaged, manifest, past


def test_a_show_of_today_has_its_time_and_an_older_one_its_date() -> None:
    assert row_detail(past("a"), NOW) == "Today 20:00, 1:24:10, 14.5 GB"
    assert row_detail(past("a"), NOW + timedelta(days=8)) == "22 Nov 2026, 1:24:10, 14.5 GB"


def test_a_length_that_nobody_knows_is_not_said() -> None:
    assert row_detail(past("a", slots=None), NOW) == "Today 20:00, 14.5 GB"
    assert row_detail(damaged("a"), NOW) == "12 B"


def test_the_circumstances_of_a_show_stand_under_its_title() -> None:
    assert about(past("a"), NOW) == "Today 20:00 to 21:24, 2 cameras, 1 microphone, 1080p30"


def test_the_end_of_a_recovery_is_not_the_end_of_the_show() -> None:
    assert about(past("a", state=PastState.RECOVERED), NOW).startswith("Today 20:00 to")
    recovered = PastSession(Path("/a"), PastState.RECOVERED, 1, manifest(state=SessionState.RECOVERED))
    assert about(recovered, NOW).startswith("Today 20:00, 2 cameras")


def test_a_rate_that_is_no_number_is_rounded() -> None:
    ntsc = past("a", canvas=CanvasPart(width=1280, height=720, fps=(30000, 1001)))
    assert about(ntsc, NOW).endswith("720p29.97")


def test_a_damaged_session_says_where_it_lies() -> None:
    assert about(damaged("broken"), NOW) == "12 B in /sessions/broken"


@pytest.mark.parametrize(
    ("state", "tone"),
    [
        (PastState.RECORDED, Tone.PLAIN),
        (PastState.RECOVERED, Tone.PLAIN),
        (PastState.IN_USE, Tone.PLAIN),
        (PastState.INTERRUPTED, Tone.WARN),
        (PastState.DAMAGED, Tone.WARN),
        (PastState.RECORDING, Tone.AIR),
    ],
)
def test_red_is_for_recording_and_amber_for_trouble(state: PastState, tone: Tone) -> None:
    assert tags(past("a", state=state)) == (Tag(state.value, tone),)


def test_files_that_are_not_whole_are_counted() -> None:
    hurt = FilePart(name="cam_1_iso.mp4", role=FileRole.ISO, problem="cam_1_iso.mp4 is damaged.")
    assert tags(past("a", files=(hurt,)))[1:] == (Tag("1 file not whole", Tone.WARN),)


def test_a_title_is_one_line_whatever_it_holds() -> None:
    assert one_line("Two\nlines\tand\x00more ") == "Two lines and more"
    assert one_line(" \n ") == "Untitled"


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


@pytest.mark.parametrize(("seconds", "words"), [(0.4, "0.4 s"), (7.0, "7 s"), (99.4, "99 s"), (125.0, "2:05 min")])
def test_short_lengths(seconds: float, words: str) -> None:
    assert span(seconds) == words


def test_a_file_says_whose_it_is_and_what_is_wrong() -> None:
    found = (
        FileFound(Path("/s/program.mp4"), FileRole.PROGRAM, "", 5050.0, 2_800_000_000),
        FileFound(Path("/s/cam_2_iso.mp4"), FileRole.ISO, "Ben", 5050.0, 2_800_000_000, None, 7.0),
        FileFound(Path("/s/mic_1.flac"), FileRole.MICROPHONE, "Ana", None, None, "mic_1.flac is missing."),
        FileFound(Path("/s/cam_1_iso.mp4"), FileRole.ISO, "Ana", None, 0, "cam_1_iso.mp4 is empty."),
        FileFound(Path("/s/notes.txt"), bytes=12),
    )
    rows = file_rows(found)
    assert [row.spoken for row in rows] == [
        "program.mp4, 1:24:10, 2.8 GB",
        "cam_2_iso.mp4, Ben, 7 s lost, 1:24:10, 2.8 GB",
        "mic_1.flac, Ana, missing",
        "cam_1_iso.mp4, Ana, empty, 0 B",
        "notes.txt, 12 B",
    ]
    assert [row.icon for row in rows] == ["film", "camera", "microphone", "camera", "document"]
    assert files_summary(found) == "5 files, 5.6 GB"


def test_a_session_without_picture_and_sound_says_so_and_one_with_sound_alone_does_not() -> None:
    stub = (
        FilePart(name="program.mp4", role=FileRole.PROGRAM, bytes=0),
        FilePart(name="mic_1.flac", role=FileRole.MICROPHONE, bytes=42),
    )
    assert tags(past("a", slots=0, files=stub)) == (Tag("nothing recorded", Tone.WARN),)
    heard = (stub[0], stub[1].model_copy(update={"bytes": 90_000}))
    assert tags(past("a", slots=0, files=heard)) == (Tag("recorded"),)
    assert row_detail(past("a", slots=0, files=stub), NOW) == "Today 20:00, 0:00, 14.5 GB"
