"""`director sound-check` on shows whose microphones are files: asked, heard, judged, kept, used by the next show."""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from director_app.cli.commands import app
from director_app.cli.demo import demo_show
from director_app.post.recorded_show import read_recorded_show
from director_app.post.replay import replay
from director_app.post.replay_differences import differences
from director_app.session.manifest import PriorPart, read_manifest, write_manifest
from director_app.session.show import CanvasTable
from director_app.session.show_file import read_show
from director_app.session.sound_checks import default_file, device_key, prior_for, read_checks
from director_app.speech import sound_check_course
from tests.bench.switching.generate import make_show
from tests.bench.switching.sound import SAMPLE_RATE
from tests.bench.switching.truth import OWN_DATA, Excerpt
from tests.bench.switching.voices import find_voices
from tests.helpers.running import director as running_director
from tests.helpers.short_sound_check import shorten
from tests.helpers.shows import recorded
from tests.helpers.sound_files import write_sound


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    shorten(monkeypatch)


def director(*arguments: object) -> Result:
    """A command of the program."""
    return CliRunner().invoke(app, list(map(str, arguments)))


def show_of(folder: Path, *microphones: dict[str, Any]) -> Path:
    """A show file with a camera for each of these microphones, which are called Ana, Ben ..."""
    lines = ['title = "Check"']
    for row, _ in enumerate(microphones):
        lines += ["[[camera]]", f'id = "c{row}"', f'label = "{row}"', 'kind = "synthetic"']
    for row, microphone in enumerate(microphones):
        lines += ["[[microphone]]", f'id = "m{row}"', f'label = "{["Ana", "Ben"][row]}"', f'camera = "c{row}"']
        lines += [f"{key} = {json.dumps(value)}" for key, value in microphone.items()]
    path = folder / "show.toml"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def files_of_a_room(folder: Path) -> list[dict[str, Any]]:
    """Ana speaks after a second, then Ben."""
    spoken = Excerpt("check", 6.0, (((1.3, 2.9),), ((3.5, 5.3),)))
    tracks, _ = make_show(spoken, "table", 1, find_voices(OWN_DATA / "voices"))
    return [
        {"kind": "file", "path": str(write_sound(folder / f"{row}.wav", track, rate=SAMPLE_RATE))}
        for row, track in enumerate(tracks)
    ]


def test_everybody_is_asked_heard_and_kept_for_the_next_show(tmp_path: Path) -> None:
    show = show_of(tmp_path, *files_of_a_room(tmp_path))
    result = director("sound-check", show, "--json", tmp_path / "check.json")
    assert result.exit_code == 0, result.output
    asked = ["Please be quiet", "Ana, please speak", "Ben, please speak", "Shows with these microphones begin"]
    for line, beginning in zip(result.stderr.splitlines(), asked, strict=True):
        assert line.startswith(beginning)
    assert "Ana's microphone is good" in result.stdout and "in Ben's" in result.stdout
    written = json.loads((tmp_path / "check.json").read_text("utf-8"))
    assert written["kept"] is True
    assert [each["what"] for each in written["findings"]] == ["good", "good"]
    keys = [device_key(table) for table in read_show(show).microphone]
    prior = prior_for(read_checks(default_file()).checks, keys, datetime.now(UTC))
    assert prior is not None
    assert prior.offsets_db == pytest.approx([each["offset_db"] for each in written["microphones"]], abs=0.06)


def test_a_show_without_microphones_and_one_whose_files_or_devices_are_missing(tmp_path: Path) -> None:
    show = show_of(tmp_path)
    show.write_text('[[camera]]\nid = "a"\nlabel = "A"\nkind = "synthetic"\n', "utf-8")
    result = director("sound-check", show)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "has no microphones" in result.stderr
    result = director("sound-check", show_of(tmp_path, {"kind": "file", "path": "nothing.wav"}))
    assert result.exit_code == 2
    assert 'Microphone "Ana"' in result.stderr and "nothing.wav" in result.stderr
    result = director("sound-check", show_of(tmp_path, {"kind": "device", "device": "No such thing"}))
    assert result.exit_code == 2
    assert "--start-anyway" not in result.stderr
    result = director("sound-check", tmp_path / "no show.toml")
    assert result.exit_code == 2
    result = director("sound-check", show, "--json", tmp_path / "no folder" / "x.json")
    assert result.exit_code == 2
    assert not default_file().exists()


def test_one_silent_microphone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_check_course, "LONGEST_TURN_S", 0.5)
    silent = write_sound(tmp_path / "silent.wav", np.zeros(SAMPLE_RATE), rate=SAMPLE_RATE)
    result = director("sound-check", show_of(tmp_path, {"kind": "file", "path": str(silent)}), "--json", "-")
    assert result.exit_code == 1
    assert [each["what"] for each in json.loads(result.stdout)["findings"]] == ["dead"]
    assert "Ana's microphone gives no sound at all." in result.stderr and "not kept" in result.stderr
    assert "Who is heard where" not in result.stderr
    assert not default_file().exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix are tested here")
def test_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    show, out = show_of(tmp_path, {"kind": "synthetic"}, {"kind": "synthetic"}), tmp_path / "check.json"
    with running_director("sound-check", show, "--json", out) as running:
        running.wait_for("Please be quiet")
        running.press_ctrl_c()
        assert running.ended() == 1
    assert running.news[-1] == "Stopped. Nothing was kept."
    assert not out.exists()
    assert os.listdir(os.environ["XDG_DATA_HOME"]) == []  # noqa: PTH208 - names are enough


def test_what_a_show_began_with_is_in_its_manifest_and_its_replay_begins_with_it(tmp_path: Path) -> None:
    bleed = tuple(tuple(0.0 if one == other else -12.0 for other in range(3)) for one in range(3))
    # Far from the truth, so that it shows.
    prior = PriorPart(
        checked_at=datetime.now(UTC), offsets_db=(30.0, -15.0, -15.0), bleed_db=bleed, own_db=(-30.0, -30.0, -30.0)
    )
    show = demo_show("720p").model_copy(update={"canvas": CanvasTable(width=320, height=180, fps=30.0)})
    folder, _ = recorded(show, tmp_path, 75, prior=prior)
    session = read_recorded_show(folder)
    assert session.manifest.prior == prior
    assert differences(session, replay(session, session.rules, session.settings)) == []
    write_manifest(folder, read_manifest(folder).model_copy(update={"prior": None}))
    blind = read_recorded_show(folder)
    assert differences(blind, replay(blind, blind.rules, blind.settings)) != []
