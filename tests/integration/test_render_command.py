"""`director render` as a program: what it makes, what it keeps, and how it goes on after it was ended."""

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from director_app.core.events import Take
from director_app.core.sources import CameraId
from director_app.media.mp4_reader import Mp4Reader
from director_app.post.check import check_session
from director_app.session.manifest import Manifest, SessionState, read_manifest, write_manifest
from tests.helpers.made_sessions import Making, made_session
from tests.helpers.running import director
from tests.helpers.shows import recorded, show_file, small_show

pytestmark = pytest.mark.computes

SLOTS = 95


@pytest.fixture(scope="module")
def recorded_show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds of two cameras and a take; nobody changes it."""
    script = ((30, Take(CameraId("b"))),)
    folder, engine = recorded(small_show(), tmp_path_factory.mktemp("recorded"), SLOTS, script)
    assert engine.problems == ()
    return folder


@pytest.fixture
def show(recorded_show: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(recorded_show, tmp_path / "show"))


def run(*arguments: str | Path, exits: int = 0) -> tuple[list[str], list[str]]:
    with director("render", *arguments) as running:
        assert running.ended() == exits, "\n".join(running.news)
        return running.results, running.news


def result(*arguments: str | Path, exits: int = 0) -> dict[str, Any]:
    lines, _ = run(*arguments, "--json", exits=exits)
    return dict(json.loads("\n".join(lines)))


def test_master_cameras_and_timelines_are_made_noted_and_not_made_again(show: Path) -> None:
    before = {path.name: path.read_bytes() for path in show.iterdir() if path.suffix in {".mp4", ".flac", ".jsonl"}}
    asked = ("--master", "--cameras", "--timelines")

    made = result(show, *asked)

    assert made["state"] == "done" and made["problems"] == []
    names = [part["name"] for part in made["made"]]
    assert names[:3] == ["master.mp4", "cam_1.mp4", "cam_2.mp4"] and "timeline.kdenlive" in names
    manifest = read_manifest(show)
    assert manifest.slots is not None
    with Mp4Reader(show / "master.mp4") as film:
        assert film.slots == manifest.slots
    noted = {part.name: part for part in manifest.deliveries}
    assert set(noted) == set(names)
    assert noted["master.mp4"].bytes == (show / "master.mp4").stat().st_size
    assert noted["master.mp4"].facts["loudness"]["target"] == "talk"
    assert {name: (show / name).read_bytes() for name in before} == before, "recordings are never touched"
    assert check_session(show).is_good

    times = {name: (show / name).stat().st_mtime_ns for name in names}
    again = result(show, *asked)
    assert [part["kept"] for part in again["made"]] == [True] * len(names)
    assert {name: (show / name).stat().st_mtime_ns for name in names} == times

    write_manifest(show, read_manifest(show).model_copy(update={"title": "Another title"}))
    assert [part["kept"] for part in result(show, "--master")["made"]] == [False]
    louder = result(show, "--master", "--loudness", "online")
    assert [part["kept"] for part in louder["made"]] == [False]


def test_a_folder_of_ones_own_gets_the_films_and_a_list_of_them(show: Path, tmp_path: Path) -> None:
    out = tmp_path / "films"
    out.mkdir()

    results, _ = run(show, "--recut", "--style", "calm", "--out", out)

    assert results[0].startswith("recut.mp4  smart: ")
    assert read_manifest(show).deliveries == ()
    (entry,) = json.loads((out / "deliveries.json").read_text())
    assert (entry["name"], entry["bytes"]) == ("recut.mp4", (out / "recut.mp4").stat().st_size)
    assert run(show, "--recut", "--style", "calm", "--out", out)[0][0].startswith("recut.mp4  was made before")


def test_a_file_that_was_not_made_here_stays_unless_asked_for(show: Path) -> None:
    (show / "master.mp4").write_bytes(b"the producer's own")

    _, news = run(show, "--master", exits=2)
    assert any("is not what was made here" in line for line in news)
    assert (show / "master.mp4").read_bytes() == b"the producer's own"

    run(show, "--master", "--force")
    with Mp4Reader(show / "master.mp4") as film:
        assert film.slots > 0


def test_what_was_made_of_another_session_stays_unless_asked_for(show: Path, tmp_path: Path) -> None:
    out = tmp_path / "films"
    out.mkdir()
    other = Path(shutil.copytree(show, tmp_path / "other"))
    write_manifest(other, read_manifest(other).model_copy(update={"id": "another one"}))
    run(other, "--stills", "--out", out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    _, news = run(show, "--stills", "--out", out, exits=2)

    assert any("was made of another session" in line for line in news)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert result(show, "--stills", "--out", out, "--force")["state"] == "done"


def test_a_folder_in_the_way_is_told_of_before_anything_is_made(show: Path) -> None:
    (show / "score.json").mkdir()

    for force in ((), ("--force",)):
        _, news = run(show, "--stills", "--score", *force, exits=2)
        assert any("score.json is a folder" in line for line in news)
    assert not (show / "poster.jpg").exists()


def test_an_edited_timeline_is_followed(show: Path, tmp_path: Path) -> None:
    run(show, "--timelines")
    document = json.loads((show / "timeline.otio").read_text())
    edited = tmp_path / "edited.otio"
    edited.write_text(json.dumps(document))

    made = result(show, "--timeline", edited)

    assert [part["name"] for part in made["made"]] == ["recut.mp4"]
    edited.write_text("{}")
    _, news = run(show, "--timeline", edited, exits=2)
    assert any("edited.otio" in line for line in news)


def test_a_show_without_talk_has_no_highlights_and_says_so(show: Path) -> None:
    made = result(show, "--highlights", "--clips")

    assert made["state"] == "done" and made["made"] == []
    assert made["notes"][0].startswith("No highlights were made.")
    assert not (show / "highlights.mp4").exists()


def test_a_log_that_was_cut_off_in_its_last_line_is_told_of_and_the_rest_is_used(show: Path) -> None:
    log = show / "events.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    stop = next(number for number, line in enumerate(lines) if b'"record_stop"' in line)
    log.write_bytes(b"".join(lines[:stop]) + lines[stop][: len(lines[stop]) // 2])

    made = result(show, "--timelines", "--score")

    assert len(made["made"]) > 1
    assert any(
        note.startswith("The log of the show (events.jsonl) breaks off before the end of the show: ")
        for note in made["notes"]
    )
    content = json.loads((show / "score.json").read_text("utf-8"))
    assert content["session"]


def test_what_is_no_film_has_words_of_its_own_while_it_is_made(show: Path, tmp_path: Path) -> None:
    job = tmp_path / "words.json"
    job.write_text(json.dumps({"session": str(show), "make": ["stills", "score"]}), "utf-8")

    lines, _ = run("--job", job, "--progress-json")

    said = {(told["work"], told["what"]) for each in lines if (told := json.loads(each).get("progress"))}
    assert ("peaks.npz", "drawing waveforms") in said
    assert ("score.json", "directing it again for the score") in said
    assert not {what for work, what in said if work in {"peaks.npz", "score.json"}} & {"measuring the sound"}


@pytest.mark.parametrize(("lines", "said"), [((4, 6), "lacks 2 lines"), ((0, 100), "holds nothing")])
def test_cuts_whose_lines_of_the_log_are_lost_are_told_of(show: Path, lines: tuple[int, int], said: str) -> None:
    log = show / "events.jsonl"
    kept = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join([*kept[: lines[0]], *kept[lines[1] :]]))

    told = result(show, "--timelines")["notes"]

    assert any(note.startswith("The log of the show (events.jsonl)") and said in note for note in told)


def test_a_job_file_is_done_and_answered(show: Path, tmp_path: Path) -> None:
    job = tmp_path / "job.json"
    job.write_text('{"session": "show", "make": ["master"]}')

    lines, _ = run("--job", job, "--progress-json")

    assert json.loads(lines[-1])["result"]["state"] == "done"
    shares = [json.loads(line)["progress"]["share"] for line in lines[:-1]]
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert json.loads((tmp_path / "job.result.json").read_text())["made"][0]["name"] == "master.mp4"

    job.write_text('{"session": "nowhere", "make": ["master"]}')
    run("--job", job, exits=2)
    refused = json.loads((tmp_path / "job.result.json").read_text())
    assert refused["state"] == "refused" and "is no session" in refused["problems"][0]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends programs in another way")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_ended_in_the_middle_it_goes_on_and_makes_the_same(
    tmp_path: Path, ending: signal.Signals, endless: Callable[[Path], Path]
) -> None:
    show = endless(tmp_path / "sessions")
    job = tmp_path / "job.json"
    job.write_text(json.dumps({"session": str(show), "make": ["master", "cameras"]}))
    with director("render", "--job", job, "--progress-json") as running:
        running.wait_for('"cam_1.mp4"')
        running.send(ending)
        code = running.ended()
    assert code == (75 if ending is signal.SIGTERM else -9)
    assert not (show / "cam_2.mp4").exists()
    films = {path.name for path in show.glob("*.mp4") if "iso" not in path.name}
    assert films == {part.name for part in read_manifest(show).deliveries if part.bytes is not None}
    master = (show / "master.mp4").read_bytes()

    run("--job", job)

    assert (show / "master.mp4").read_bytes() == master
    assert json.loads((tmp_path / "job.result.json").read_text())["state"] == "done"
    assert not [path for path in show.iterdir() if path.name.endswith(".part")]
    for name in ("cam_1.mp4", "cam_2.mp4"):
        with Mp4Reader(show / name) as film:
            assert film.slots == read_manifest(show).slots


@pytest.fixture
def endless() -> Callable[[Path], Path]:
    """A show that takes a while to render, because it lasts a while."""
    return lambda sessions: made_session(sessions, Making(slots=1500))


def test_sessions_that_cannot_be_rendered_are_refused_with_a_sentence(show: Path, tmp_path: Path) -> None:
    manifest = read_manifest(show)
    for change, said in (
        ({"state": SessionState.RECORDING}, "was not closed"),
        ({"slots": 0, "state": SessionState.CLOSED}, "holds no pictures"),
    ):
        write_manifest(show, _changed(manifest, change))
        _, news = run(show, "--master", exits=2)
        assert any(said in line for line in news), news
    write_manifest(show, manifest)
    for arguments, said in (
        ((tmp_path / "none",), "is no session"),
        ((show, "--out", tmp_path / "none"), "no folder"),
    ):
        _, news = run(*arguments, exits=2)
        assert any(said in line for line in news), news


def _changed(manifest: Manifest, change: dict[str, Any]) -> Manifest:
    return manifest.model_copy(update=change)


def test_one_film_that_cannot_be_made_does_not_cost_the_others(show: Path) -> None:
    (show / "cam_2_iso.mp4").unlink()

    made = result(show, "--cameras", exits=1)

    assert [part["name"] for part in made["made"]] == ["cam_1.mp4"]
    assert "B" in made["problems"][0] and not (show / "cam_2.mp4").exists()


@pytest.fixture
def written_no_more(show: Path) -> Iterator[Path]:
    """The show on a disk that nothing can be written to."""
    mounted = subprocess.run(["mount", "--bind", str(show), str(show)], capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.strip()}")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(show)], check=True)
        yield show
    finally:
        subprocess.run(["umount", str(show)], check=True)


def test_a_disk_that_cannot_be_written_is_no_reason_to_try_again(written_no_more: Path) -> None:
    made = result(written_no_more, "--timelines", "--cameras", exits=1)

    assert made["state"] == "problems" and made["made"] == []
    assert ["Read-only file system" in problem for problem in made["problems"]] == [True]


def test_a_show_file_may_want_films_when_the_recording_has_stopped(tmp_path: Path) -> None:
    wish = '[after]\nmake = ["master", "timelines"]\nloudness = "online"'
    path = show_file(tmp_path / "show.toml", extra=wish)

    with director("run", path, "--for", "3s", "--sessions", tmp_path / "sessions") as running:
        assert running.ended() == 0, running.news
        (line,) = running.results

    deliveries = {part.name: part for part in read_manifest(Path(line)).deliveries}
    assert deliveries["master.mp4"].facts["loudness"]["target"] == "online"
    assert (Path(line) / "timeline.otio").is_file()
    (answer,) = (tmp_path / "sessions" / ".jobs").glob("*.result.json")
    assert json.loads(answer.read_text())["state"] == "done"
