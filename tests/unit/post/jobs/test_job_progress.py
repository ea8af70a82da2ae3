"""Progress of a whole job: it never goes back, ends at one, and what was kept says nothing of the time left."""

from director_app.post.jobs.progress import JobProgress, ProgressOfAll, Weight
from director_app.post.render.progress import Stage


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_two_works_add_up_to_one_and_never_go_back() -> None:
    told: list[JobProgress] = []
    progress = ProgressOfAll(told.append, lambda: False, Clock())
    first, second = Weight.copied(300), Weight.copied(100)
    progress.plan(400)
    for name, weight in (("a.mp4", first), ("b.mp4", second)):
        work = progress.of(name, weight)
        for stage in (Stage.LISTENING, Stage.SOUND, Stage.SOUND, Stage.COPYING, Stage.CHECKING):
            for done in (0, 50, 100):
                work.at(stage, done, 100)
        progress.finished(weight)

    shares = [each.share for each in told]
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert max(each.share for each in told if each.work == "a.mp4") == 0.75


def test_the_time_that_is_left_comes_from_what_was_really_made() -> None:
    told: list[JobProgress] = []
    clock = Clock()
    progress = ProgressOfAll(told.append, lambda: False, clock)
    kept, made = Weight.copied(900), Weight.copied(100)
    progress.plan(1000)
    progress.keep(kept)
    clock.now_s = 2.0
    progress.at("b.mp4", "copying", made, 0.2)
    clock.now_s = 10.0
    progress.at("b.mp4", "copying", made, 0.25)

    assert told[0].left_s is None, "after two seconds nobody knows"
    assert told[1].left_s == 30.0


def test_a_film_that_is_encoded_counts_for_more() -> None:
    assert Weight.encoded(100).frames > 10 * Weight.copied(100).frames
