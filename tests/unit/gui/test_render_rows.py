"""What is said of the renderer's jobs: the row of a session, and its chip in the list."""

from pathlib import Path

import pytest

from director_app.engine.rendering import RenderNow, RenderPhase
from director_app.gui.models.rendering import Answer, JobRow, Jobs, Pace, made_words, make_of
from director_app.gui.models.session_words import Tag, Tone
from director_app.post.jobs.order import JobOrder, JobResult, JobState, MadePart, Make
from director_app.post.jobs.progress import JobProgress

HERE, ELSEWHERE = Path("/s/here").absolute(), Path("/s/elsewhere").absolute()
ALL = (Make.MASTER, Make.HIGHLIGHTS, Make.CAMERAS)
MASTER = MadePart(name="master.mp4", make=Make.MASTER)


def job(
    number: int,
    phase: RenderPhase,
    make: tuple[Make, ...] = ALL,
    progress: JobProgress | None = None,
    result: JobResult | None = None,
    folder: Path = HERE,
) -> RenderNow:
    return RenderNow(number, JobOrder(session=str(folder), make=make), phase, progress, result)


def row(*jobs: RenderNow, records: bool = False, problem: str | None = None) -> JobRow:
    found = Jobs(jobs, records, problem).row(HERE, 4)
    assert found is not None
    return found


def running(work: str, make: tuple[Make, ...] = ALL, left_s: float | None = 190.0) -> JobRow:
    return row(job(1, RenderPhase.RUNNING, make, JobProgress(work, "encoding", 0.626, left_s)))


@pytest.mark.parametrize(
    ("work", "make", "title", "more"),
    [
        ("master.mp4", ALL, "Rendering master.mp4", "then highlights.mp4 and 4 camera files"),
        ("highlights.mp4", ALL, "Rendering highlights.mp4", "then 4 camera files"),
        ("cam_1.mp4", ALL, "Rendering cam_1.mp4", "then 3 camera files"),
        ("cam_3.mp4", (*ALL, Make.SOUND), "Rendering cam_3.mp4", "then 1 camera file and sound files"),
        ("cam_4.mp4", ALL, "Rendering cam_4.mp4", ""),
        ("highlights_vertical.mp4", (Make.VERTICAL,), "Rendering highlights_vertical.mp4", ""),
        ("timeline.otio", (Make.TIMELINES,), "Exporting timeline.otio", ""),
        ("score.json", (Make.SCORE,), "Working out the score card", ""),
        ("mix.wav", (Make.SOUND, Make.STILLS), "Writing mix.wav", "then pictures"),
        ("peaks.npz", (Make.STILLS,), "Drawing peaks.npz", ""),
        ("", ALL, "Encoding", "then master.mp4, highlights.mp4 and 4 camera files"),
        ("of a newer version", ALL, "Drawing of a newer version", ""),
    ],
)
def test_a_job_that_runs_says_what_is_made_and_what_then(
    work: str, make: tuple[Make, ...], title: str, more: str
) -> None:
    said = running(work, make)
    assert (said.title, said.more, said.percent, said.left, said.pace) == (
        title,
        more,
        "62 %",
        "3 min left",
        Pace.RUNNING,
    )
    assert said.answers == (Answer.CANCEL,)


def test_a_time_that_nobody_knows_is_not_said_and_all_is_read_out() -> None:
    assert running("master.mp4", left_s=None).left == ""
    assert running("master.mp4").spoken == (
        "Rendering master.mp4, then highlights.mp4 and 4 camera files, 62 %, 3 min left."
    )


@pytest.mark.parametrize(
    ("before", "records", "title"),
    [
        (0, True, "Waits: a show is being recorded"),
        (0, False, "Waits for its turn"),
        (1, False, "Waits for 1 other"),
        (2, False, "Waits for 2 others"),
        (2, True, "Waits: a show is being recorded"),
    ],
)
def test_a_job_that_waits_says_for_what(before: int, records: bool, title: str) -> None:  # noqa: FBT001 - a table
    phases = (RenderPhase.RUNNING, RenderPhase.WAITING)
    others = [job(number, phases[number], folder=ELSEWHERE) for number in range(before)]
    done = job(5, RenderPhase.DONE, folder=ELSEWHERE)
    said = row(*others, done, job(9, RenderPhase.WAITING), records=records)
    assert (said.title, said.pace) == (title, Pace.WAITING)
    assert said.more == "master.mp4, highlights.mp4 and 4 camera files"


def test_what_keeps_every_job_from_running_is_told_in_its_row() -> None:
    assert row(job(1, RenderPhase.WAITING), problem="Another program renders.").sentences == (
        "Another program renders.",
    )


def test_a_job_that_is_held_can_be_tried_again() -> None:
    result = JobResult(state=JobState.TRY_AGAIN, made=(MASTER,), problems=("The disk is full.",))
    said = row(job(1, RenderPhase.HELD, result=result))
    assert (said.pace, said.more, said.sentences) == (Pace.STOPPED, "master.mp4 done", ("The disk is full.",))
    assert said.answers == (Answer.RETRY, Answer.CANCEL)
    assert row(job(1, RenderPhase.HELD)).sentences == ("It could not go on.",)


CLIPS = tuple(MadePart(name=f"highlight_{number}.mp4", make=Make.CLIPS) for number in (1, 2))
KEPT = MadePart(name="master.mp4", make=Make.MASTER, kept=True)


@pytest.mark.parametrize(
    ("result", "title", "more", "pace"),
    [
        (JobResult(state=JobState.DONE, made=(MASTER, *CLIPS)), "Made master.mp4 and 2 clips", "", Pace.MADE),
        (JobResult(state=JobState.DONE, made=(KEPT,)), "There already: master.mp4", "", Pace.MADE),
        (JobResult(state=JobState.DONE), "Nothing was made", "", Pace.MADE),
        (
            JobResult(state=JobState.PROBLEMS, made=(MASTER,), problems=("No.",)),
            "Not all of it could be made",
            "master.mp4 done",
            Pace.STOPPED,
        ),
        (JobResult(state=JobState.REFUSED, problems=("No.",)), "It could not be made", "", Pace.STOPPED),
    ],
)
def test_what_came_of_a_job_stands_there_until_it_is_dismissed(
    result: JobResult, title: str, more: str, pace: Pace
) -> None:
    said = row(job(1, RenderPhase.DONE, result=result))
    assert (said.title, said.more, said.pace, said.share) == (title, more, pace, None)
    assert said.answers[-1] is Answer.DISMISS
    assert (Answer.RETRY in said.answers) == (pace is Pace.STOPPED)


def test_notes_are_told_after_problems() -> None:
    result = JobResult(state=JobState.PROBLEMS, notes=("No highlights were made.",), problems=("No.",))
    assert row(job(1, RenderPhase.DONE, result=result)).sentences == ("No.", "No highlights were made.")


def test_what_is_still_to_be_done_goes_before_what_was_done_and_the_last_of_that_is_told() -> None:
    done = [job(number, RenderPhase.DONE, result=JobResult(state=JobState.DONE)) for number in (1, 2)]
    assert row(*done).number == 2
    assert row(*done, job(3, RenderPhase.WAITING), job(4, RenderPhase.RUNNING)).number == 4
    assert Jobs((*done, job(3, RenderPhase.HELD))).is_open(HERE)
    assert not Jobs(tuple(done)).is_open(HERE)


def test_jobs_of_other_sessions_and_damaged_ones_are_not_told_here() -> None:
    damaged = RenderNow(7, None, RenderPhase.DONE, result=JobResult(state=JobState.REFUSED))
    jobs = Jobs((job(1, RenderPhase.RUNNING, folder=ELSEWHERE), damaged))
    assert jobs.row(HERE, 4) is None and jobs.of(HERE) is None
    assert list(jobs.chips()) == [ELSEWHERE]


FAILED = JobResult(state=JobState.PROBLEMS, problems=("No.",))


@pytest.mark.parametrize(
    ("now", "chip"),
    [
        (job(1, RenderPhase.RUNNING, ALL, JobProgress("", "", 0.62, None)), Tag("rendering 62 %", Tone.AUTO)),
        (job(1, RenderPhase.RUNNING, (Make.SCORE,)), Tag("scoring 0 %", Tone.AUTO)),
        (job(1, RenderPhase.WAITING, (Make.TIMELINES,)), Tag("exporting waits")),
        (job(1, RenderPhase.HELD), Tag("rendering stopped", Tone.WARN)),
        (job(1, RenderPhase.DONE, result=FAILED), Tag("rendering failed", Tone.WARN)),
    ],
)
def test_the_chip_of_a_session(now: RenderNow, chip: Tag) -> None:
    assert Jobs((now,)).chips() == {HERE: chip}


def test_a_job_that_went_well_needs_no_chip() -> None:
    assert Jobs((job(1, RenderPhase.DONE, result=JobResult(state=JobState.DONE)),)).chips() == {}


def test_everything_that_can_be_made_has_words_and_is_known_by_its_files() -> None:
    assert all(made_words([make], 2) for make in Make)
    names = {"recut.mp4": Make.RECUT, "highlight_12.mp4": Make.CLIPS, "mic_1.wav": Make.SOUND}
    assert {name: make_of(name) for name in names} == names
