"""Keys as data: what ships is whole, and a user's file can only add to it or fail by itself."""

from pathlib import Path

import pytest

from director_app.engine.commands import SHOW_COMMANDS
from director_app.gui.models.keymap import KNOWN, WINDOW_COMMANDS, canonical, read_keymap
from director_app.session.resources import resource

SHIPPED = resource("keymap.toml")


def _own(folder: Path, text: str) -> Path:
    path = folder / "keymap.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_keys_have_no_conflict_and_name_only_commands_there_are() -> None:
    keymap = read_keymap(SHIPPED)
    assert keymap.problems == ()
    assert set(keymap.commands.values()) <= KNOWN


def test_every_command_of_the_window_has_a_key() -> None:
    assert set(WINDOW_COMMANDS) <= set(read_keymap(SHIPPED).commands.values())


def test_what_only_other_programs_need_has_no_key() -> None:
    without = set(SHOW_COMMANDS) - set(read_keymap(SHIPPED).commands.values())
    assert without == {"auto", "manual", "record", "stop"}


def test_own_keys_stand_over_the_shipped_ones(tmp_path: Path) -> None:
    keymap = read_keymap(SHIPPED, _own(tmp_path, '[keys]\nmarker = ["ctrl+shift+x"]\nhold = []\n'))
    assert keymap.commands["Ctrl+Shift+X"] == "marker"
    assert "M" not in keymap.commands
    assert keymap.keys_of("hold") == ()


def test_a_conflict_is_told_with_both_names_and_the_users_own_key_wins(tmp_path: Path) -> None:
    keymap = read_keymap(SHIPPED, _own(tmp_path, '[keys]\nmarker = ["1"]\n'))
    assert keymap.commands["1"] == "marker"
    assert keymap.problems == ('1 stands for "marker" and for "take 1"; it does the first of them.',)


def test_an_unknown_command_is_passed_over(tmp_path: Path) -> None:
    path = _own(tmp_path, '[keys]\n"make coffee" = ["C"]\n"take 1" = ["Q"]\n')
    keymap = read_keymap(SHIPPED, path)
    assert keymap.problems == (f'{path}: there is no command "make coffee". It was passed over.',)
    assert keymap.commands["Q"] == "take 1"


def test_what_is_no_key_is_passed_over(tmp_path: Path) -> None:
    keymap = read_keymap(SHIPPED, _own(tmp_path, '[keys]\nmarker = ["Hyper+M", "J"]\n'))
    assert keymap.problems == ('"Hyper+M" of "marker" is no key. It was passed over.',)
    assert keymap.keys_of("marker") == ("J",)


@pytest.mark.parametrize("text", ["[keys\n", "keys = 3\n", '[keys]\nmarker = "M"\n', "\x00", "[other]\n"])
def test_a_damaged_file_leaves_the_usual_keys(tmp_path: Path, text: str) -> None:
    keymap = read_keymap(SHIPPED, _own(tmp_path, text))
    assert keymap.commands == read_keymap(SHIPPED).commands
    assert len(keymap.problems) == 1
    assert keymap.problems[0].endswith("The usual keys are in place.")


def test_without_a_file_of_his_own_nothing_is_told(tmp_path: Path) -> None:
    assert read_keymap(SHIPPED, tmp_path / "none.toml").problems == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a", "A"),
        ("shift+ctrl+1", "Ctrl+Shift+1"),
        ("f11", "F11"),
        ("enter", "Enter"),
        ("Ctrl++", "Ctrl++"),
        ("?", "?"),
        ("", None),
        ("Ctrl+", None),
        ("F25", None),
        ("Mouse", None),
    ],
)
def test_keys_are_written_in_one_way(written: str, meant: str | None) -> None:
    assert canonical(written) == meant
