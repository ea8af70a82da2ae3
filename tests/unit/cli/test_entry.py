"""The way into the program: what is loaded for which command, and an end before anything is."""

import builtins
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from director_app.cli import main
from director_app.cli.commands import app

HEAVY = ("PySide6", "av", "cv2", "numpy", "opentimelineio", "sounddevice")

_LOADED = """
import atexit, sys
from director_app.cli import main

atexit.register(lambda: print("loaded:", *(name for name in {heavy} if name in sys.modules), file=sys.stderr))
main()
"""


def loaded_by(folder: Path, *arguments: str) -> tuple[int, str, set[str]]:
    """Exit code of `director` with these arguments, what it said, and which of the heavy packages it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", _LOADED.format(heavy=HEAVY), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        timeout=60,
        check=False,
    )
    *said, loaded = done.stderr.splitlines()
    assert loaded.startswith("loaded:"), done.stderr
    return done.returncode, "\n".join([done.stdout, *said]), set(loaded.split()[1:])


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ("--help", 0, "sound-check"),
        ("render --help", 0, "--highlights"),
        ("cut --help", 0, "--placement"),
        ("run --help", 0, "--start-anyway"),
        ("nonsense", 2, "nonsense"),
        ("render --nonsense", 2, "--nonsense"),
        ("render . --preset nonsense", 2, "preset"),
        ("run none.toml", 2, "does not exist"),
        ("demo --for soon", 2, "is no duration"),
        ("sessions --sessions none", 0, "No sessions yet"),
    ],
)
def test_what_needs_no_pictures_and_no_sound_loads_nothing_for_them(
    arguments: str, code: int, said: str, tmp_path: Path
) -> None:
    found, text, loaded = loaded_by(tmp_path, *arguments.split())
    assert (found, loaded) == (code, set()), text
    assert said in text


def test_nobody_at_the_desk_is_told_without_loading_one(tmp_path: Path) -> None:
    _code, _text, loaded = loaded_by(tmp_path, "tell", "make coffee")
    assert loaded == set()


def test_a_command_loads_what_it_needs(tmp_path: Path) -> None:
    """That the others load nothing is no accident of how it is looked for."""
    assert loaded_by(tmp_path, "check", "none")[2] >= {"av", "numpy"}


def test_ctrl_c_while_the_program_is_loaded_ends_it_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def interrupted(name: str, *rest: Any) -> Any:
        if name == "director_app.cli" and "commands" in (rest[2] or ()):
            raise KeyboardInterrupt
        return load(name, *rest)

    monkeypatch.setattr(builtins, "__import__", interrupted)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130


def test_ctrl_c_while_a_command_is_loaded_ends_it_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def interrupted(name: str, *rest: Any) -> Any:
        if name == "director_app.post.check":
            raise KeyboardInterrupt
        return load(name, *rest)

    monkeypatch.setattr(builtins, "__import__", interrupted)
    ended = CliRunner().invoke(app, ["check", "none"])
    assert ended.exit_code == 130
    assert "Traceback" not in ended.output
