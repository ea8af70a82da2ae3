"""The lists of a session's files: what was recorded, and what was made of it."""

from pathlib import Path
from typing import Any

import pytest

from director_app.engine.past_files import FileFound
from director_app.gui.models.session_files import files_summary, group_words, made_rows, recorded_rows, unfolded
from director_app.session.manifest import DeliveryPart, FileRole
from tests.helpers.past import NOW

FOLDER = Path("/s")


def made(name: str, make: str, length_s: float | None = 60.0, **facts: Any) -> FileFound:
    part = DeliveryPart(name=name, make=make, order="o", made_at=NOW, bytes=1_000_000, slots=1800, facts=facts)
    return FileFound(FOLDER / name, length_s=length_s, bytes=1_000_000, delivery=part)


def test_a_file_says_whose_it_is_and_what_is_wrong() -> None:
    found = (
        FileFound(Path("/s/program.mp4"), FileRole.PROGRAM, "", 5050.0, 2_800_000_000),
        FileFound(Path("/s/cam_2_iso.mp4"), FileRole.ISO, "Ben", 5050.0, 2_800_000_000, None, 7.0),
        FileFound(Path("/s/mic_1.flac"), FileRole.MICROPHONE, "Ana", None, None, "mic_1.flac is missing."),
        FileFound(Path("/s/cam_1_iso.mp4"), FileRole.ISO, "Ana", None, 0, "cam_1_iso.mp4 is empty."),
        FileFound(Path("/s/notes.txt"), bytes=12),
    )
    rows = recorded_rows(found)
    assert [row.spoken for row in rows] == [
        "program.mp4, 1:24:10, 2.8 GB",
        "cam_2_iso.mp4, Ben, 7 s lost, 1:24:10, 2.8 GB",
        "mic_1.flac, Ana, missing",
        "cam_1_iso.mp4, Ana, empty, 0 B",
        "notes.txt, 12 B",
    ]
    assert [row.icon for row in rows] == ["film", "camera", "microphone", "camera", "document"]
    assert files_summary(found) == "5 files, 5.6 GB"


def test_good_microphones_and_what_programs_read_stand_in_one_line_each_and_are_unfolded() -> None:
    found = [
        *(FileFound(FOLDER / f"mic_{n}.flac", FileRole.MICROPHONE, "ABC"[n], 60.0, 1_000_000) for n in range(3)),
        FileFound(FOLDER / "events.json", FileRole.EVENTS, bytes=100_000),
        FileFound(FOLDER / "manifest.json", bytes=100_000),
    ]
    rows = recorded_rows(found)
    assert [row.spoken for row in rows] == [
        "mic_0.flac to mic_2.flac, 1:00, 3.0 MB, 3 files in one line",
        "events.json, manifest.json, 200 kB, 2 files in one line",
    ]
    below = unfolded(rows, frozenset([rows[0].path]))
    assert [row.path.name for row in below if row.is_member] == ["mic_0.flac", "mic_1.flac", "mic_2.flac"]
    assert below[-1] is rows[1]


def test_a_hurt_microphone_is_never_hidden_in_a_line_of_several() -> None:
    found = [
        FileFound(FOLDER / "mic_1.flac", FileRole.MICROPHONE, "A", 60.0, 1_000_000),
        FileFound(FOLDER / "mic_2.flac", FileRole.MICROPHONE, "B", None, None, "mic_2.flac is missing."),
        FileFound(FOLDER / "mic_3.flac", FileRole.MICROPHONE, "C", 60.0, 1_000_000),
    ]
    assert [row.words for row in recorded_rows(found)] == ["mic_1.flac, mic_3.flac", "mic_2.flac, B"]


def test_what_was_made_says_how_and_how_loud_and_what_there_is_to_know() -> None:
    loud = {"target": "talk", "lufs": -16.04, "true_peak_db": -1.0}
    film = made("master.mp4", "master", way="smart", loudness=loud)
    noted = made("recut.mp4", "recut", way="full", warnings=["Camera 2 lacks 3 pictures."])
    lines = [made(f"timeline.{ending}", "timelines", None) for ending in ("otio", "edl", "fcpxml")]
    rows = made_rows([film, noted, *lines])
    assert [row.spoken for row in rows] == [
        "master.mp4, smart, \u221216.0 LUFS, 1:00, 1.0 MB",
        "recut.mp4, full, 1 note, 1:00, 1.0 MB",
        "timeline.otio, .edl, .fcpxml, 3.0 MB, 3 files in one line",
    ]
    assert rows[1].problem == "Camera 2 lacks 3 pictures."
    assert [row.icon for row in rows] == ["film", "film", "timeline"]
    assert recorded_rows([film, noted]) == ()


@pytest.mark.parametrize("facts", [{}, {"loudness": "loud"}, {"loudness": {"lufs": None}}, {"warnings": 3, "way": 4}])
def test_senseless_facts_are_passed_over(facts: dict[str, Any]) -> None:
    (row,) = made_rows([made("x.mp4", "of a newer version", **facts)])
    assert row.spoken == "x.mp4, 1:00, 1.0 MB"


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("mic_9.wav", "mic_10.wav", "mic_11.wav"), "mic_9.wav to mic_11.wav"),
        (("timeline.otio", "timeline.edl"), "timeline.otio, .edl"),
        (("poster.jpg", "peaks.npz"), "poster.jpg, peaks.npz"),
    ],
)
def test_a_line_of_several_names_them(names: tuple[str, ...], words: str) -> None:
    assert group_words(names) == words
