"""The queue on the disk: in order, found again after a restart, damage told of and passed over."""

from pathlib import Path

import pytest

from director_app.post.jobs.order import JobOrder, JobResult, JobState, Make
from director_app.post.jobs.queue import QUEUE_NAME, JobQueue
from director_app.session.errors import FolderError, InUseError

DONE = JobResult(state=JobState.DONE)


def order(session: str = "/shows/1") -> JobOrder:
    return JobOrder(session=session, make=(Make.MASTER,))


def test_jobs_wait_in_the_order_in_which_they_came_and_a_restart_finds_them(tmp_path: Path) -> None:
    numbers = [JobQueue(tmp_path).add(order(f"/shows/{name}")) for name in "cab"]

    again = JobQueue(tmp_path).jobs()

    assert [job.number for job in again] == numbers == sorted(numbers)
    assert [job.order.session for job in again if job.order] == ["/shows/c", "/shows/a", "/shows/b"]
    assert all(job.waits for job in again)


def test_a_job_with_an_answer_waits_no_more_unless_the_answer_is_to_try_again(tmp_path: Path) -> None:
    queue = JobQueue(tmp_path)
    first, second = queue.add(order()), queue.add(order())
    queue.answer(first, DONE)
    queue.answer(second, JobResult(state=JobState.TRY_AGAIN))

    assert [(job.number, job.waits) for job in queue.jobs()] == [(first, False), (second, True)]

    queue.remove(first)
    assert [job.number for job in queue.jobs()] == [second]


def test_a_damaged_job_is_done_with_a_sentence(tmp_path: Path) -> None:
    queue = JobQueue(tmp_path)
    number = queue.add(order())
    queue.jobs()[0].path.write_text("{")

    (job,) = queue.jobs()

    assert job.number == number and not job.waits
    assert job.result is not None and "is no JSON" in job.result.problems[0]


def test_only_the_last_answers_are_kept_and_a_number_is_never_given_twice(tmp_path: Path) -> None:
    queue = JobQueue(tmp_path)
    waiting = queue.add(order())
    for _ in range(25):
        queue.answer(queue.add(order()), DONE)
    queue.forget_old()

    assert len(queue.jobs()) == 21
    assert queue.jobs()[0].number == waiting
    assert queue.add(order()) == 27


def test_the_number_of_a_job_that_was_removed_is_not_given_to_another(tmp_path: Path) -> None:
    removed = JobQueue(tmp_path).add(order())
    JobQueue(tmp_path).remove(removed)

    assert JobQueue(tmp_path).add(order()) == removed + 1


def test_one_program_runs_the_jobs_of_a_folder(tmp_path: Path) -> None:
    with JobQueue(tmp_path).lock(), pytest.raises(InUseError, match="rendering"):
        JobQueue(tmp_path).lock()
    JobQueue(tmp_path).lock().release()


def test_a_folder_that_cannot_be_written_is_told_of(tmp_path: Path) -> None:
    (tmp_path / QUEUE_NAME).write_text("a file in the way")

    assert JobQueue(tmp_path).jobs() == []
    with pytest.raises(FolderError, match="Nothing will be rendered"):
        JobQueue(tmp_path).add(order())
