"""What goes wrong in a recording is told at once, and the first problem of each file stays for its end."""

import pytest

from director_app.core.sources import CameraId
from director_app.engine.notices import Notices
from director_app.engine.recording_problems import RecordingProblems
from director_app.engine.state import Urgency
from tests.helpers.shows import small_show


@pytest.fixture
def notices() -> Notices:
    return Notices()


@pytest.fixture
def problems(notices: Notices) -> RecordingProblems:
    return RecordingProblems(small_show().cast(), notices)


def test_what_ends_is_told_and_kept_by_its_file(problems: RecordingProblems, notices: Notices) -> None:
    camera = small_show().cast().cameras[1]
    problems.camera_failed(CameraId(camera.id), "its encoder gave up.")
    problems.program_failed(OSError("gone"))
    problems.file_failed("mic_1.flac", "No space left on device")
    kept = problems.by_file
    assert list(kept) == ["cam_2_iso.mp4", "program.mp4", "mic_1.flac"]
    assert kept["cam_2_iso.mp4"] == (
        f"The recording of camera {camera.title} has ended: its encoder gave up. The other cameras go on."
    )
    assert [(each.urgency, each.text) for each in notices.all()] == [
        (Urgency.TROUBLE, sentence) for sentence in kept.values()
    ]


def test_the_first_problem_of_a_file_is_the_one_that_stays(problems: RecordingProblems) -> None:
    problems.file_failed("program.mp4", "Input/output error")
    problems.packets_lacking({"program.mp4": 3, "mic_1.flac": 2, "cam_1_iso.mp4": 0}, skipped=5)
    problems.taken_away(["program.mp4", "cam_1_iso.mp4"])
    kept = problems.by_file
    assert kept["program.mp4"].startswith("program.mp4 cannot be written any more: Input/output error.")
    assert kept["mic_1.flac"] == "mic_1.flac lacks 2 packets: the disk stood still for too long."
    assert kept["cam_1_iso.mp4"].startswith("cam_1_iso.mp4 was taken away")


def test_pictures_that_the_bus_left_out_are_a_problem_of_the_program(problems: RecordingProblems) -> None:
    problems.packets_lacking({}, skipped=0)
    assert problems.by_file == {}
    problems.packets_lacking({}, skipped=5)
    assert problems.by_file == {"program.mp4": "program.mp4 lacks 5 pictures."}


def test_what_costs_no_file_is_told_only(problems: RecordingProblems, notices: Notices) -> None:
    problems.sound_failed(RuntimeError("no more"))
    problems.name_lost()
    problems.name_lost()
    assert [each.urgency for each in notices.all()] == [Urgency.TROUBLE, Urgency.NEWS]
    assert problems.by_file == {}
