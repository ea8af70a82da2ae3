"""Rendering beside the desk: one job after the other in a real child, never while a show is recorded."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from director_app.engine.rendering import Rendering, RenderNow, RenderPhase
from director_app.media.mp4_reader import Mp4Reader
from director_app.post.jobs.order import JobOrder, JobResult, JobState, Make
from director_app.post.jobs.queue import JobQueue
from director_app.session.manifest import read_manifest
from director_app.session.show import AfterTable
from tests.helpers.made_sessions import Making, made_session
from tests.helpers.wait import eventually

PATIENCE_S = 60.0


class Bench:
    """A folder of sessions and its renderer. recording: whether a show is said to be recorded."""

    def __init__(self, sessions: Path) -> None:
        self.sessions = sessions
        self.recording = threading.Event()
        self.rendering = Rendering(sessions, self.recording.is_set)

    def add(self, folder: Path, *make: Make) -> int:
        return self.rendering.add(JobOrder(session=str(folder), make=make))

    def now(self, number: int) -> RenderNow | None:
        return next((each for each in self.rendering.look() if each.number == number), None)

    def until(self, number: int, phase: RenderPhase) -> RenderNow:
        def look() -> RenderNow | None:
            now = self.now(number)
            return now if now is not None and now.phase is phase else None

        return eventually(look, PATIENCE_S, f"job {number} {phase}")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path / "sessions")
    bench.sessions.mkdir()
    bench.rendering.start()
    yield bench
    bench.rendering.close()


def test_jobs_are_done_in_order_and_answered(bench: Bench) -> None:
    show = made_session(bench.sessions)
    first, second = bench.add(show, Make.MASTER), bench.add(bench.sessions / "nowhere", Make.MASTER)

    done, refused = bench.until(first, RenderPhase.DONE), bench.until(second, RenderPhase.DONE)

    assert done.result is not None and done.result.state is JobState.DONE
    assert [part.name for part in done.result.made] == ["master.mp4"]
    assert refused.result is not None and refused.result.state is JobState.REFUSED
    assert "is no session" in refused.result.problems[0]


def test_nothing_is_rendered_during_a_recording_and_what_was_begun_is_gone_on_with(bench: Bench) -> None:
    show = made_session(bench.sessions, Making(slots=600))
    number = bench.add(show, Make.MASTER, Make.CAMERAS)
    eventually(lambda: read_manifest(show).deliveries, PATIENCE_S, "the first film is begun")

    bench.recording.set()

    waiting = bench.until(number, RenderPhase.WAITING)
    assert waiting.progress is None
    assert not [path for path in show.iterdir() if path.name.endswith(".part")]
    later = bench.add(show, Make.TIMELINES)
    assert bench.now(later) == RenderNow(
        later, JobOrder(session=str(show), make=(Make.TIMELINES,)), RenderPhase.WAITING
    )

    bench.recording.clear()

    assert bench.until(number, RenderPhase.DONE).result is not None
    assert bench.until(later, RenderPhase.DONE).result is not None
    with Mp4Reader(show / "cam_2.mp4") as film:
        assert film.slots == 600


def test_a_cancelled_job_is_forgotten_and_leaves_nothing_unfinished(bench: Bench) -> None:
    show = made_session(bench.sessions, Making(slots=600))
    bench.recording.set()
    waits, runs = bench.add(show, Make.TIMELINES), bench.add(show, Make.MASTER, Make.CAMERAS)

    bench.rendering.cancel(waits)
    bench.recording.clear()
    bench.until(runs, RenderPhase.RUNNING)
    bench.rendering.cancel(runs)

    eventually(lambda: not list((bench.sessions / ".jobs").glob("00*.json")), PATIENCE_S, "no job")
    assert bench.rendering.look() == ()
    assert not (show / "timeline.otio").exists()
    assert not [path for path in show.iterdir() if path.name.endswith(".part")]


def test_a_job_that_comes_after_a_cancelled_one_is_shown_and_done(bench: Bench) -> None:
    show = made_session(bench.sessions)
    bench.recording.set()
    bench.rendering.cancel(bench.add(show, Make.MASTER))

    number = bench.add(show, Make.TIMELINES)

    assert bench.now(number) is not None
    bench.recording.clear()
    assert bench.until(number, RenderPhase.DONE).result is not None


def test_a_job_whose_answer_cannot_be_written_is_held_and_not_done_again_and_again(bench: Bench) -> None:
    show = made_session(bench.sessions)
    bench.recording.set()
    number = bench.add(show, Make.TIMELINES)
    (bench.sessions / ".jobs" / f"{number:06d}.result.json").mkdir()

    bench.recording.clear()

    bench.until(number, RenderPhase.HELD)
    assert f"What became of job {number} cannot be written" in str(bench.rendering.problem)
    assert (show / "timeline.otio").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_a_renderer_that_dies_is_told_of_and_the_next_job_is_done(bench: Bench) -> None:
    show = made_session(bench.sessions, Making(slots=600))
    dies, lives = bench.add(show, Make.MASTER, Make.CAMERAS), bench.add(show, Make.TIMELINES)
    eventually(lambda: bench.rendering._running, PATIENCE_S, "a child")
    running = bench.rendering._running
    assert running is not None
    os.kill(running[1].pid, signal.SIGKILL)

    told = bench.until(dies, RenderPhase.DONE).result

    assert told is not None and told.state is JobState.PROBLEMS
    assert "ended by a fault (exit code -9)" in told.problems[0]
    assert bench.until(lives, RenderPhase.DONE).result is not None


def test_a_restart_goes_on_with_what_was_left(bench: Bench) -> None:
    show = made_session(bench.sessions)
    bench.recording.set()
    number = bench.add(show, Make.MASTER)
    bench.rendering.close()
    again = Bench(bench.sessions)
    again.rendering.start()
    try:
        assert again.until(number, RenderPhase.DONE).result is not None
    finally:
        again.rendering.close()
    assert (show / "master.mp4").is_file()


def test_while_another_program_renders_in_this_folder_jobs_wait_and_that_is_told(bench: Bench) -> None:
    show = made_session(bench.sessions)
    blocked = show / "master.mp4"
    other = Bench(bench.sessions)
    with other.rendering._queue.lock():
        number = bench.add(show, Make.MASTER)
        eventually(lambda: bench.rendering.problem, PATIENCE_S, "a problem")
        assert "Another program" in str(bench.rendering.problem)
        assert not blocked.exists()
    assert bench.until(number, RenderPhase.DONE).result is not None
    assert bench.rendering.problem is None


def test_what_another_program_has_done_meanwhile_is_no_problem_any_more(bench: Bench) -> None:
    show = made_session(bench.sessions)
    other = JobQueue(bench.sessions)
    with other.lock():
        number = bench.add(show, Make.TIMELINES)
        eventually(lambda: bench.rendering.problem, PATIENCE_S, "a problem")
        other.answer(number, JobResult(state=JobState.DONE))
    eventually(lambda: bench.rendering.problem is None, PATIENCE_S, "no problem any more")


def test_a_job_that_is_done_ends_the_problem_of_one_before(bench: Bench) -> None:
    show = made_session(bench.sessions)
    bench.recording.set()
    held, good = bench.add(show, Make.TIMELINES), bench.add(show, Make.TIMELINES)
    (bench.sessions / ".jobs" / f"{held:06d}.result.json").mkdir()
    bench.recording.clear()
    bench.until(held, RenderPhase.HELD)
    bench.until(good, RenderPhase.DONE)
    assert bench.rendering.problem is None


def test_what_a_show_file_wants_is_made_after_its_recording_and_nothing_for_one_that_wants_nothing(
    bench: Bench,
) -> None:
    show = made_session(bench.sessions)

    bench.rendering.follow(AfterTable(), show)
    assert bench.rendering.look() == ()
    bench.rendering.follow(AfterTable(make=("master",), loudness="online"), show)

    (waiting,) = bench.rendering.look()
    made = bench.until(waiting.number, RenderPhase.DONE).result
    assert made is not None and made.made[0].facts["loudness"]["target"] == "online"
