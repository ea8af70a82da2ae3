"""`director cut`: its document, its sentences, its exit codes."""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from director_app.cli.commands import app
from tests.helpers.sound_files import RATE, demo_files, demo_sound, write_sound


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Twenty seconds of three people."""
    return demo_files(tmp_path_factory.mktemp("talk"), 20.0)


def director_cut(*arguments: object, mics: list[Path] | tuple[Path, ...] = ()) -> Result:
    """What the command makes of it."""
    named = [part for path in mics for part in ("--mic", str(path))]
    return CliRunner().invoke(app, ["cut", *named, *map(str, arguments)])


def document(result: Result) -> dict[str, Any]:
    """What it printed."""
    assert result.exit_code == 0, result.output
    loaded: dict[str, Any] = json.loads(result.stdout)
    return loaded


def test_the_document_is_what_its_readers_were_promised(talk: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "cuts.json"
    result = director_cut("--json", out, mics=talk)
    assert (result.exit_code, result.output) == (0, "")
    made = json.loads(out.read_text("utf-8"))
    assert (made["schema"], made["mode"], made["programme_delay_s"]) == (1, "live", 1.0)
    assert (made["start_camera"], made["warnings"]) == ("wide", [])
    assert [path.name for path in tmp_path.iterdir()] == ["cuts.json"]
    times = [cut["t"] for cut in made["cuts"]]
    assert times == sorted(times) and len(times) >= 3
    for cut in made["cuts"]:
        assert cut["camera"] in {0, 1, 2, "wide"}
        assert cut["reason"].endswith(".")
        assert cut["evidence"]
        assert abs(cut["t"] * 30 - round(cut["t"] * 30)) < 1e-3


def test_the_same_again_gives_the_same(talk: list[Path]) -> None:
    one, other = (director_cut("--json", "-", mics=talk).stdout for _ in range(2))
    assert one == other


def test_explained_cuts_say_when_what_and_why(talk: list[Path]) -> None:
    lines = director_cut("--explain", mics=talk).stdout.splitlines()
    assert lines[0] == "00:00:00.0  Wide  The show opens."
    assert "ana has the floor" in lines[1] and lines[1].split()[1:3] == ["0", "ana"]
    assert "decided at" in lines[2] and "dB, margin" in lines[2]
    assert lines[-1].endswith("in 00:00:20.0.")


def test_with_json_on_the_standard_output_explanations_go_to_the_other(talk: list[Path]) -> None:
    result = director_cut("--explain", "--json", "-", mics=talk)
    assert document(result)["cuts"]
    assert "The show opens." in result.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--programme-delay", "3.5"), "A programme delay of 3.5 s cannot be"),
        (("--programme-delay", "-1"), "A programme delay of -1 s cannot be"),
        (("--programme-delay", "nan"), "A programme delay of nan s cannot be"),
        (("--minimum-shot", "1.4"), "A minimum shot of 1.4 s is too short: use 1.5 s or more, because"),
        (("--minimum-shot", "nan"), "A minimum shot of nan s cannot be"),
        (("--minimum-shot", "inf"), "A minimum shot of inf s cannot be"),
        (("--locked", "cuts.json"), "Cuts can be locked with --mode offline only."),
        (("--mode", "offline", "--locked", "missing.json"), "missing.json cannot be read"),
        (("--json", "no/such/folder.json"), "There is no folder"),
        (("--json", "."), "is a folder"),
        (("--json", "x" * 300), "File name too long"),
        (("--mic", "missing.wav"), "There is no file missing.wav. Check the path."),
        (("--mode", "loud"), "--mode"),
        (("--style", "wild"), "--style"),
        (("--placement", "here"), "--placement"),
        (("--programme-delay", "soon"), "--programme-delay"),
    ],
)
def test_bad_input_ends_with_a_sentence_and_code_2(
    arguments: tuple[str, ...], sentence: str, talk: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = director_cut(*arguments, mics=talk)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_microphone_file_is_never_written_over(talk: list[Path], tmp_path: Path) -> None:
    mic = tmp_path / "ana.flac"
    mic.write_bytes(talk[0].read_bytes())
    (tmp_path / "link.flac").symlink_to(mic)
    for out in (mic, tmp_path / "link.flac"):
        result = director_cut("--json", out, mics=[mic, *talk[1:]])
        assert (result.exit_code, "would destroy it. Name another file." in result.stderr) == (2, True)
    assert mic.read_bytes() == talk[0].read_bytes()


def test_json_goes_through_links_and_pipes_and_replaces_neither(talk: list[Path], tmp_path: Path) -> None:
    real, link, pipe = tmp_path / "real.json", tmp_path / "link.json", tmp_path / "pipe"
    link.symlink_to(real)
    os.mkfifo(pipe)
    quiet = write_sound(tmp_path / "quiet.wav", np.zeros(RATE))
    assert director_cut("--json", link, mics=talk).exit_code == 0
    assert (link.is_symlink(), json.loads(real.read_text("utf-8"))["schema"]) == (True, 1)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        # One microphone and no cut: a document that fits into a pipe nobody reads yet.
        assert director_cut("--json", pipe, mics=[quiet]).exit_code == 0
        assert json.loads(os.read(reader, 1 << 20))["schema"] == 1
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_no_microphone_at_all_is_told() -> None:
    result = director_cut()
    assert (result.exit_code, result.stderr) == (2, "Name at least one microphone file: director cut --mic FILE\n")


def test_a_bad_file_among_good_ones_writes_nothing(talk: list[Path], tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    out = tmp_path / "cuts.json"
    result = director_cut("--json", out, mics=[*talk, tmp_path / "empty.wav"])
    assert result.exit_code == 2
    assert result.stderr == f"The file {tmp_path / 'empty.wav'} is empty. Choose another file.\n"
    assert not out.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "is no JSON"),
        ("[]", "is no list of cuts"),
        ('{"schema": 2, "cuts": []}', "see schema"),
        ('{"schema": 1, "cuts": [{"t": -1, "camera": 0}]}', "see cuts.0.t"),
        ('{"schema": 1, "cuts": [{"t": 1e308, "camera": 0}]}', "see cuts.0.t"),
        ('{"schema": 1, "cuts": [{"t": 1, "camera": "left"}]}', "see cuts.0.camera"),
        ('{"schema": 1, "cuts": [{"t": 1, "camera": 7}]}', "cuts to camera 7 at 1 s, and there are 3"),
    ],
)
def test_locked_cuts_that_make_no_sense_are_refused(
    content: str, sentence: str, talk: list[Path], tmp_path: Path
) -> None:
    locked = tmp_path / "locked.json"
    locked.write_text(content, "utf-8")
    result = director_cut("--mode", "offline", "--locked", locked, mics=talk)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_a_truncated_file_is_used_and_told(talk: list[Path], tmp_path: Path) -> None:
    path = write_sound(tmp_path / "ana.wav", demo_sound("ana", 20.0))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    result = director_cut("--json", "-", mics=[path, *talk[1:]])
    (warning,) = document(result)["warnings"]
    assert (warning["kind"], warning["mic"]) == ("truncated", 0)
    assert warning["t"] == pytest.approx(10.0, abs=0.1)
    assert warning["sentence"] == result.stderr.strip()


def test_silence_and_one_microphone_are_no_error(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "quiet.wav", np.zeros(2 * RATE))
    made = document(director_cut("--json", "-", mics=[path]))
    assert (made["start_camera"], made["cuts"]) == ("wide", [])
    assert made["warnings"][0]["kind"] == "silent"
