"""A show and its replay: the same sound and the same keys give the same cuts on the same slots."""

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from director_app.cli.commands import app
from director_app.cli.demo import demo_show
from director_app.core.events import (
    CameraChanged,
    ChooseNext,
    Hold,
    SetAuto,
    SetManual,
    Take,
    TakeNext,
    TakePrevious,
    TakeWide,
)
from director_app.core.sources import CameraId, SourceState
from director_app.core.styles import Style, rules
from director_app.post.other_ways import changed_rules
from director_app.post.recorded_show import read_recorded_show
from director_app.post.recover import recover_session
from director_app.post.replay import replay
from director_app.post.replay_differences import differences, timely
from director_app.session.event_log import LOG_NAME
from director_app.session.manifest import FILE_NAME
from director_app.session.show import CanvasTable, Show, SyntheticCameraTable
from tests.helpers.shows import events_of, recorded, small_show
from tests.helpers.wrecks import wreck_session

CAM_1, CAM_2, CAM_3 = (CameraId(f"cam_{number}") for number in (1, 2, 3))
KEYS = (
    (60, Take(CAM_3)),
    (75, SetAuto()),
    (150, CameraChanged(CAM_2, SourceState.BLACK)),
    (200, Take(CAM_2)),
    (210, Take(CAM_1)),
    (215, SetManual()),
    (300, TakeWide()),
    (310, CameraChanged(CAM_2, SourceState.OK)),
    (330, SetAuto()),
    (420, Hold()),
    (450, SetAuto()),
    (470, ChooseNext(CAM_3)),
    (480, TakeNext()),
    (495, TakePrevious()),
    (510, SetAuto()),
)


SCRIPTS = {"automatic": (), "without delay": (), "with keys": KEYS}


def small_demo(programme_delay_s: float = 1.0) -> Show:
    """The people of the demo show before small test pictures: three shows share two cores and must be in time."""
    show = demo_show("720p")
    directing = show.directing.model_copy(update={"programme_delay_s": programme_delay_s})
    recording = show.recording.model_copy(update={"preset": "ultrafast"})
    cameras = tuple(
        SyntheticCameraTable(id=each.id, label=each.label, kind="synthetic", wide=each.wide) for each in show.camera
    )
    canvas = CanvasTable(width=320, height=180, fps=30.0)
    changes = {"canvas": canvas, "directing": directing, "recording": recording, "camera": cameras}
    return show.model_copy(update=changes)


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Twenty seconds of each show, all at the same time."""
    # Made here because pytest's factory may not be asked by several threads at once.
    rooms = {name: tmp_path_factory.mktemp("demo") for name in SCRIPTS}

    def session(name: str) -> Path:
        show = small_demo(0.0 if name == "without delay" else 1.0)
        folder, engine = recorded(show, rooms[name], 600, SCRIPTS[name])
        assert engine.problems == ()
        return folder

    with ThreadPoolExecutor(len(SCRIPTS)) as pool:
        return dict(zip(SCRIPTS, pool.map(session, SCRIPTS), strict=True))


@pytest.fixture(params=SCRIPTS)
def session(request: pytest.FixtureRequest, sessions: dict[str, Path]) -> Path:
    """One of them; nobody changes it."""
    return sessions[request.param]


def director(*arguments: object) -> Result:
    """A command of the program."""
    return CliRunner().invoke(app, list(map(str, arguments)))


def test_a_replay_gives_the_decisions_and_slots_of_the_show(session: Path) -> None:
    show = read_recorded_show(session)
    again = replay(show, show.rules, show.settings)
    assert len(show.cuts) >= 4
    assert differences(show, again) == []


def test_what_was_on_air_by_the_replay_is_what_was_on_air(session: Path) -> None:
    show = read_recorded_show(session)
    again = replay(show, show.rules, show.settings)
    end = show.manifest.slots or 0
    replayed, shown = again.air.shots(end), show.air.shots(end)
    assert [shot.camera for shot in replayed] == [shot.camera for shot in shown]
    late = {cut.slot for cut, is_timely in zip(show.cuts, timely(show.cuts), strict=True) if not is_timely}
    for one, other in zip(replayed, shown, strict=True):
        assert one.first == other.first or other.first in late


def test_the_command_says_that_nothing_differs(session: Path, tmp_path: Path) -> None:
    out = tmp_path / "replay.json"
    result = director("replay", session, "--json", out)
    assert result.exit_code == 0, result.output
    assert "The same settings give the same" in result.stdout
    made = json.loads(out.read_text("utf-8"))
    assert (made["same_decisions"], made["differences"]) == (True, [])
    assert len(made["decisions"]) == len(events_of(session, "switch", "manual_cut"))


def test_with_other_settings_it_says_what_would_have_been_different(session: Path) -> None:
    result = director("replay", session, "--minimum-shot", "5", "--programme-delay", "0", "--json", "-")
    assert result.exit_code == 0
    made: dict[str, Any] = json.loads(result.stdout)
    assert made["rules"]["minimum_shot_s"] == 5.0
    assert {change["what"] for change in made["changes_of_picture"]} & {"moved", "gone", "new"}
    assert "changes of picture would have been different." in result.stderr


def test_another_style_keeps_only_what_the_show_file_named(session: Path) -> None:
    """The tables of styles change from version to version: what a session had from its style is nobody's wish."""
    show = read_recorded_show(session)
    older = replace(show, rules=replace(show.rules, confirm_s=0.33, hold_after_take_s=5.0))
    lively = changed_rules(older, Style.LIVELY, None, None)
    expected = rules(Style.LIVELY, show.settings.programme_delay_s)
    assert lively == replace(expected, hold_after_take_s=5.0)
    directing = show.manifest.directing
    assert directing is not None
    named = directing.model_copy(update={"by_hand": ("confirm_s",)})
    wanted = replace(older, manifest=show.manifest.model_copy(update={"directing": named}))
    assert changed_rules(wanted, Style.LIVELY, None, None).confirm_s == 0.33


@pytest.fixture
def copy(session: Path, tmp_path: Path) -> Path:
    """One that may be damaged."""
    return Path(shutil.copytree(session, tmp_path / session.name))


def test_a_log_that_tells_another_story_is_found_out(copy: Path) -> None:
    log = copy / LOG_NAME
    lines = log.read_text("utf-8").splitlines(keepends=True)
    last = max(number for number, line in enumerate(lines) if '"slot"' in line and '"reason"' in line)
    del lines[last]
    log.write_text("".join(lines), "utf-8")
    result = director("replay", copy)
    assert result.exit_code == 1
    assert "The same settings do not give the same decisions:" in result.stdout
    assert "replayed, it makes" in result.stdout


@pytest.mark.parametrize("first_lost", [1, -1])
def test_lines_that_a_crash_took_are_no_other_decisions(first_lost: int, copy: Path) -> None:
    lines = (copy / LOG_NAME).read_text("utf-8").splitlines()
    cuts = [number for number, line in enumerate(lines) if '"head_end"' in line or '"blocked_by"' in line]
    recover_session(wreck_session(copy, cuts[first_lost]))
    assert any(event["cause"] == "recovered" for event in events_of(copy, "switch"))
    result = director("replay", copy)
    assert result.exit_code == 0, result.output
    assert "a crash took the lines of the log" in result.stdout


def shorten(path: Path) -> None:
    """Half of it stays."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def forget(folder: Path, part: str) -> None:
    """As an older version would have written the manifest."""
    content = json.loads((folder / FILE_NAME).read_text("utf-8"))
    del content[part]
    (folder / FILE_NAME).write_text(json.dumps(content), "utf-8")


def mark_broken(folder: Path) -> None:
    """As if a disk had failed."""
    content = json.loads((folder / FILE_NAME).read_text("utf-8"))
    for part in content["files"]:
        if part["name"] == "mic_2.flac":
            part["problem"] = "mic_2.flac cannot be written any more: no space left on device."
    (folder / FILE_NAME).write_text(json.dumps(content), "utf-8")


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda folder: (folder / "mic_2.flac").unlink(), "There is no file"),
        (lambda folder: shorten(folder / "mic_2.flac"), "mic_2.flac is truncated"),
        (lambda folder: (folder / "mic_1.flac").write_bytes(b"no sound"), "holds no samples"),
        (lambda folder: forget(folder, "directing"), "did not note how it directed"),
        (mark_broken, "mic_2.flac cannot be written any more"),
        (lambda folder: (folder / LOG_NAME).unlink(), "The events of"),
        (lambda folder: (folder / LOG_NAME).write_text("{}\n"), "damaged, or of another version"),
        (lambda folder: (folder / FILE_NAME).write_text("{"), "is no JSON"),
    ],
)
def test_what_cannot_be_replayed_ends_with_a_sentence_and_code_2(
    damage: Callable[[Path], object], sentence: str, copy: Path, tmp_path: Path
) -> None:
    damage(copy)
    out = tmp_path / "replay.json"
    result = director("replay", copy, "--json", out)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--minimum-shot", "1"), "A minimum shot of 1 s is too short"),
        (("--programme-delay", "9"), "A programme delay of 9 s cannot be"),
        (("--json", "/no/such/folder.json"), "There is no folder"),
    ],
)
def test_settings_that_cannot_be_are_refused(arguments: tuple[str, ...], sentence: str, session: Path) -> None:
    result = director("replay", session, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr


def test_a_replay_never_writes_over_the_session(copy: Path) -> None:
    before = (copy / LOG_NAME).read_bytes()
    result = director("replay", copy, "--json", copy / LOG_NAME)
    assert (result.exit_code, "would destroy it" in result.stderr) == (2, True)
    assert (copy / LOG_NAME).read_bytes() == before


def test_no_session_at_all_is_told(tmp_path: Path) -> None:
    result = director("replay", tmp_path)
    assert result.exit_code == 2
    assert "is no session" in result.stderr


def test_a_show_without_microphones_is_replayed_too(tmp_path: Path) -> None:
    script = ((20, Take(CameraId("b"))), (50, Take(CameraId("a"))))
    folder, _ = recorded(small_show(2, microphone=[]), tmp_path, 80, script)
    result = director("replay", folder)
    assert (result.exit_code, "same 2 decisions" in result.stdout) == (0, True), result.output
