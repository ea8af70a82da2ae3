"""What is said of a past session."""

from datetime import timedelta
from pathlib import Path

import pytest

from director_app.engine.past_sessions import PastSession, PastState
from director_app.gui.models.session_words import (
    Tag,
    Tone,
    about,
    one_line,
    row_detail,
    span,
    tags,
)
from director_app.session.manifest import CanvasPart, DeliveryPart, FilePart, FileRole, SessionState
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


@pytest.mark.parametrize(
    ("make", "count", "is_told"), [("master", 10, 1), ("cameras", 10, 1), ("master", None, 0), ("score", 10, 0)]
)
def test_a_session_is_rendered_when_a_film_of_it_is_complete(make: str, count: int | None, is_told: int) -> None:
    made = DeliveryPart(name="x.mp4", make=make, order="o", made_at=NOW, bytes=count)
    assert tags(past("a", deliveries=(made,))).count(Tag("rendered")) == is_told


def test_a_title_is_one_line_whatever_it_holds() -> None:
    assert one_line("Two\nlines\tand\x00more ") == "Two lines and more"
    assert one_line(" \n ") == "Untitled"


@pytest.mark.parametrize(("seconds", "words"), [(0.4, "0.4 s"), (7.0, "7 s"), (99.4, "99 s"), (125.0, "2:05 min")])
def test_short_lengths(seconds: float, words: str) -> None:
    assert span(seconds) == words


def test_a_session_without_picture_and_sound_says_so_and_one_with_sound_alone_does_not() -> None:
    stub = (
        FilePart(name="program.mp4", role=FileRole.PROGRAM, bytes=0),
        FilePart(name="mic_1.flac", role=FileRole.MICROPHONE, bytes=42),
    )
    assert tags(past("a", slots=0, files=stub)) == (Tag("nothing recorded", Tone.WARN),)
    heard = (stub[0], stub[1].model_copy(update={"bytes": 90_000}))
    assert tags(past("a", slots=0, files=heard)) == (Tag("recorded"),)
    assert row_detail(past("a", slots=0, files=stub), NOW) == "Today 20:00, 0:00, 14.5 GB"
