"""Job files: what they may say, and what is said of those that say something else."""

from pathlib import Path

import pytest

from director_app.post.jobs.order import (
    Cards,
    JobError,
    JobOrder,
    JobResult,
    JobState,
    Make,
    Names,
    read_job,
    read_result,
    result_path,
    write_job,
    write_result,
)
from director_app.post.render.order import LoudnessTarget, VideoCodec

ORDER = JobOrder(session="show", make=(Make.MASTER, Make.CLIPS), size=(1280, 720), codec=VideoCodec.HEVC)


def test_a_job_file_is_read_as_it_was_written_and_its_folders_count_from_its_own(tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    write_job(path, ORDER)

    assert read_job(path) == ORDER.model_copy(update={"session": str(tmp_path / "show")})
    assert read_job(path).delivery().size == (1280, 720)


def test_what_is_not_said_is_as_most_people_want_it(tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    path.write_text('{"session": "/shows/1", "make": ["master"], "recut": {"timeline": "edited.otio"}}')

    job = read_job(path)

    assert job.session == "/shows/1"
    assert (job.loudness, job.size, job.way) == (LoudnessTarget.TALK, None, None)
    assert (job.lower_thirds, job.cards) == (Names.SHOW, Cards.NONE)
    assert job.recut.timeline == str(tmp_path / "edited.otio")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("[]", "is wrong at the file"),
        ('{"make": ["master"]}', "is wrong at session"),
        ('{"session": "a", "make": []}', "is wrong at make"),
        ('{"session": "\\ud800", "make": ["master"]}', "is wrong at session: this is no path"),
        ('{"session": "a", "make": ["recut"], "recut": {"timeline": "a\\u0000b"}}', "is wrong at recut.timeline"),
        ('{"session": "a", "make": ["mater"]}', "is wrong at make.0"),
        ('{"session": "a", "make": ["master"], "size": [1281, 720]}', "a film of 1281x720 cannot be"),
        ('{"session": "a", "make": ["master"], "speed": 2}', "is wrong at speed"),
        ('{"session": "a", "make": ["master"], "schema_version": 2}', "is wrong at schema_version"),
        ('{"session": "a", "make": ["recut"], "recut": {"timeline": "x", "style": "calm"}}', "not both"),
        ('{"session": "a", "make": ["master"], "quality": {"crf": 99}}', "is wrong at quality.crf"),
        ('{"session": "a", "make": ["master"], "lower_thirds": true}', "is wrong at lower_thirds"),
        ('{"session": "a", "make": ["clips"], "cards": "title"}', "is wrong at cards"),
    ],
)
def test_a_job_file_that_cannot_be_used_is_named_with_the_place(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "job.json"
    path.write_text(content)

    with pytest.raises(JobError) as caught:
        read_job(path)

    assert str(path) in str(caught.value) and said in str(caught.value)


def test_a_job_file_that_is_not_there_or_far_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JobError, match="cannot be read"):
        read_job(tmp_path / "none.json")
    large = tmp_path / "large.json"
    large.write_bytes(b" " * 1_000_001)
    with pytest.raises(JobError, match="too large"):
        read_job(large)


def test_the_answer_stands_beside_the_job(tmp_path: Path) -> None:
    answer = result_path(tmp_path / "job.json")
    write_result(answer, JobResult(state=JobState.DONE, notes=("All well.",)))

    assert answer.name == "job.result.json"
    assert read_result(answer).notes == ("All well.",)
