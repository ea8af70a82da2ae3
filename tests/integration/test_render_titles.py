"""Names and title cards by jobs: the show file is followed, a job may say otherwise, and what was done is told."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest

from director_app.core.canvas import Canvas
from director_app.core.sources import CameraId
from director_app.post.jobs.order import Cards, JobOrder, JobState, Make, Names
from director_app.post.jobs.run import run_job
from director_app.session.manifest import PersonPart, TitlesPart, change_manifest
from tests.helpers.made_sessions import Making, made_session
from tests.helpers.pictures import strips_of
from tests.helpers.rendered import isos_of

pytestmark = pytest.mark.computes

TINY = Canvas(320, 180, Fraction(30))
SLOTS = 1500
SPOKEN = (
    ("mic_a", 0.2, 9.0),
    ("mic_b", 9.2, 19.6),
    ("mic_a", 20.4, 28.0),
    ("mic_b", 28.7, 34.0),
    ("mic_a", 34.7, 42.0),
    ("mic_b", 43.0, 49.5),
)
TITLES = TitlesPart(
    lower_thirds=True,
    position="right",
    colour="#D92B2F",
    seconds=3,
    people=(PersonPart(microphone="mic_a", name="Ana Ruiz", role="Architect"),),
)


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fifty seconds of two people; who spoke when is known from the log, for their microphones' files are gone."""
    lines: list[dict[str, Any]] = [
        {"t_s": at_s, "type": kind, "microphone": microphone}
        for microphone, *spoken in SPOKEN
        for kind, at_s in zip(("speaking_start", "speaking_stop"), spoken, strict=True)
    ]
    cut = {"t_s": 9.4, "type": "switch", "to": "b", "slot": 280, "cause": "speech", "reason": "B has the floor."}
    events = tuple(sorted([*lines, cut], key=lambda line: float(line["t_s"])))
    folder = made_session(tmp_path_factory.mktemp("sessions"), Making(TINY, slots=SLOTS, events=events))
    for path in folder.glob("mic_*.flac"):
        path.unlink()
    change_manifest(folder, lambda manifest: manifest.model_copy(update={"titles": TITLES}))
    return folder


def facts_of(show: Path, out: Path, *make: Make, **more: Any) -> dict[str, dict[str, Any]]:
    done = run_job(JobOrder(session=str(show), out=str(out), make=make, **more))
    assert done.state is JobState.DONE, done.problems
    return {part.name: part.facts for part in done.made}


def test_a_show_that_wants_names_gets_them_where_people_are_seen_in_their_long_turns(
    show: Path, tmp_path: Path
) -> None:
    facts = facts_of(show, tmp_path, Make.MASTER)["master.mp4"]
    assert facts["names"] == [
        {"name": "Ana Ruiz", "role": "Architect", "from_s": 0.7, "to_s": 3.7},
        {"name": "B", "role": "", "from_s": 9.833, "to_s": 12.833},
    ]
    assert facts["way"] == "smart" and "the pictures with 2 names" in facts["why"]
    assert 0 < facts["encoded_frames"] < 2 * 90 + 120


def test_a_job_may_leave_names_out_and_a_film_with_others_is_made_anew(show: Path, tmp_path: Path) -> None:
    assert "names" in facts_of(show, tmp_path, Make.MASTER)["master.mp4"]
    assert "names" not in facts_of(show, tmp_path, Make.MASTER, lower_thirds=Names.OFF)["master.mp4"]
    again = run_job(JobOrder(session=str(show), out=str(tmp_path), make=(Make.MASTER,), lower_thirds=Names.OFF))
    assert [part.kept for part in again.made] == [True]


def test_cameras_films_are_clean(show: Path, tmp_path: Path) -> None:
    facts = facts_of(show, tmp_path, Make.CAMERAS, lower_thirds=Names.ON)
    assert [each["encoded_frames"] for each in facts.values()] == [0, 0]
    assert strips_of(tmp_path / "cam_1.mp4") == strips_of(isos_of(show)[CameraId("a")])


def test_highlights_have_a_card_before_each_and_chapters_begin_there(show: Path, tmp_path: Path) -> None:
    facts = facts_of(show, tmp_path, Make.HIGHLIGHTS, Make.CLIPS, cards=Cards.TITLES)
    (clip,) = facts["highlights.mp4"]["clips"]
    assert "one title card" in facts["highlights.mp4"]["why"]
    assert "Ana Ruiz" in clip["title"]
    for name in ("highlights.mp4", "highlight_1.mp4"):
        strips = strips_of(tmp_path / name)
        assert strips[:60] == [None] * 60
        shown = [each.frame_number for each in strips[60:] if each is not None]
        assert shown == list(range(clip["first"], clip["end"]))
        with av.open(str(tmp_path / name)) as container:
            assert [(each["start"], each["metadata"]["title"]) for each in container.chapters()] == [
                (0, clip["title"])
            ]
        people = [each["name"] for each in facts[name]["names"]]
        assert people and len(set(people)) == len(people)
        assert all(2.5 <= each["from_s"] < each["to_s"] <= len(strips) / 30 for each in facts[name]["names"])
