"""Keys as data: which key means which command, from the file that ships and the user's own over it. Holds no Qt."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from director_app.engine.commands import SHOW_COMMANDS

_MODIFIERS = ("Ctrl", "Alt", "Shift")
_NAMED = frozenset({"Enter", "Space", "Backspace", "Esc", "Tab", "?", "+", "-", "=", "Delete", "Home", "End"})

WINDOW_COMMANDS: tuple[str, ...] = (
    "record or ask to stop",
    "yes, stop recording",
    "first problem",
    "message action",
    "lock or unlock keys",
    "page Desk",
    "page Set up",
    "page Sessions",
    "program window",
    "larger text",
    "smaller text",
    "full screen",
    "keys",
    "help",
    "quit",
    "close",
)
"""What only a window can do."""

EVERYWHERE = frozenset(
    {
        *(name for name in WINDOW_COMMANDS if name.startswith("page ")),
        "full screen",
        "keys",
        "help",
        "quit",
        "close",
        "message action",
        "program window",
        "larger text",
        "smaller text",
    }
)
"""Commands whose keys work on every page; all others belong to the desk."""

KNOWN: frozenset[str] = frozenset(SHOW_COMMANDS) | frozenset(WINDOW_COMMANDS)


@dataclass(frozen=True, slots=True)
class Keymap:
    """commands: by key. problems: what was passed over in a user's file, a sentence each."""

    commands: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def keys_of(self, command: str) -> tuple[str, ...]:
        """In the order of the file."""
        return tuple(key for key, name in self.commands.items() if name == command)


def read_keymap(shipped: Path, own: Path | None = None) -> Keymap:
    """The shipped keys with the user's own over them. A faulty own file costs only what is faulty in it.

    Raises ValueError or OSError if the shipped file is broken.
    """
    problems: list[str] = []
    keys = _own_keys(own, problems) if own is not None and own.exists() else {}
    # The user's own come first, so that a key that stands twice does what he wants.
    for command, names in _table(tomllib.loads(shipped.read_text("utf-8"))).items():
        keys.setdefault(command, names)
    commands: dict[str, str] = {}
    for command, names in keys.items():
        for name in names:
            if (taken := commands.get(name)) is not None:
                problems.append(f'{name} stands for "{taken}" and for "{command}"; it does the first of them.')
                continue
            commands[name] = command
    return Keymap(commands, tuple(problems))


def _own_keys(path: Path, problems: list[str]) -> dict[str, tuple[str, ...]]:
    try:
        table = _table(tomllib.loads(path.read_text("utf-8")))
    except (OSError, ValueError) as error:
        problems.append(f"{path} cannot be used: {error}. The usual keys are in place.")
        return {}
    usable: dict[str, tuple[str, ...]] = {}
    for command, names in table.items():
        if command not in KNOWN:
            problems.append(f'{path}: there is no command "{command}". It was passed over.')
            continue
        usable[command] = tuple(name for name in names if _is_key(name, command, problems))
    return usable


def _is_key(name: str, command: str, problems: list[str]) -> bool:
    if canonical(name) == name:
        return True
    problems.append(f'"{name}" of "{command}" is no key. It was passed over.')
    return False


def _table(document: dict[str, object]) -> dict[str, tuple[str, ...]]:
    """Raises ValueError for another form than [keys] with a list of keys each."""
    keys = document.get("keys")
    if not isinstance(keys, dict):
        raise ValueError('there is no table "[keys]" in it')
    for command, names in keys.items():
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise ValueError(f'"{command}" has no list of keys in "quotes"')
    return {command: tuple(canonical(name) or name for name in names) for command, names in keys.items()}


def canonical(name: str) -> str | None:
    """How a key is written here: Ctrl+Alt+Shift+X in this order. None: that is no key."""
    rest, held = name.strip(), set()
    while "+" in rest[1:]:
        word, _, rest_after = rest.partition("+")
        found = next((each for each in _MODIFIERS if each.lower() == word.strip().lower()), None)
        if found is None:
            return None
        held.add(found)
        rest = rest_after.strip()
    key = _key(rest)
    return None if key is None else "+".join([*(each for each in _MODIFIERS if each in held), key])


def _key(name: str) -> str | None:
    if len(name) == 1 and (name.isalnum() or name in _NAMED):
        return name.upper()
    if name[:1] in {"F", "f"} and name[1:].isdigit() and 1 <= int(name[1:]) <= 24:
        return f"F{int(name[1:])}"
    return next((each for each in _NAMED if each.lower() == name.lower()), None)
