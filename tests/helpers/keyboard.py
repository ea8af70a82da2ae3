"""A keyboard on an X screen: key events that the X server makes, for the window that has the focus; and the ear of
whoever types there without seeing. What is said comes from tests/helpers/spoken_desk.py.
"""

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.helpers.wait import eventually

_PATIENCE_S = 20.0
_MOST_TABS = 80


@dataclass(frozen=True, slots=True)
class Spoken:
    """moves: how often the focus has moved. focus, value: of what has it. names: of everything that is visible."""

    moves: int
    focus: str
    value: str
    names: tuple[str, ...]


class Keyboard:
    """Fingers and an ear. Needs no window manager."""

    def __init__(self, display: str, file: Path) -> None:
        """file: where the reader writes."""
        self._environment: Mapping[str, str] = {**os.environ, "DISPLAY": display}
        self._file = file

    def sit_down(self, window: str) -> None:
        """Waits for the window of this title and gives it the keyboard."""
        eventually(self._file.exists, _PATIENCE_S, "something to be said")
        eventually(lambda: self._focus(window), _PATIENCE_S, f"the window {window}")

    def press(self, *keys: str) -> None:
        """One after the other: "Tab", "ctrl+2", "R"."""
        self._do("key", *keys)

    def type(self, text: str) -> None:
        """Letter by letter."""
        self._do("type", "--delay", "5", text)

    def hear(self) -> Spoken:
        """What is said now."""
        said = json.loads(self._file.read_text("utf-8"))
        return Spoken(**{**said, "names": tuple(said["names"])})

    def hears(self, words: str) -> str:
        """Waits until something visible is called so, or begins so; its whole name."""

        def heard() -> str | None:
            return next((name for name in self.hear().names if name.startswith(words)), None)

        return eventually(heard, _PATIENCE_S, f'"{words}" among {self.hear().names}')

    def hears_no_more(self, words: str) -> None:
        """Waits until nothing visible begins so."""

        def silent() -> bool:
            return not any(name.startswith(words) for name in self.hear().names)

        eventually(silent, _PATIENCE_S, f'no "{words}" among {self.hear().names}')

    def can_use(self, name: str) -> None:
        """Waits until this very control can be used."""
        eventually(lambda: name in self.hear().names, _PATIENCE_S, f'"{name}" among {self.hear().names}')

    def tab_to(self, name: str) -> Spoken:
        """Tab by Tab until the control of this name has the focus; fails if Tab does not lead there."""
        passed = []
        for _ in range(_MOST_TABS):
            spoken = self.hear()
            if spoken.focus == name:
                return spoken
            passed.append(spoken.focus)
            self.press("Tab")
            eventually(lambda moves=spoken.moves: self.hear().moves > moves, _PATIENCE_S, f"Tab leaves {passed}")  # type: ignore[misc]
        raise AssertionError(f'Tab does not lead to "{name}", but to {passed}')

    def reaches(self, name: str) -> None:
        """Waits until the focus has come to the control of this name by itself."""
        eventually(lambda: self.hear().focus == name, _PATIENCE_S, f'the focus on "{name}"')

    def choose(self, name: str) -> None:
        """Down the menu that is open to the entry of this name, and Enter."""
        passed: list[str] = []
        while (now := self.hear().focus) != name:
            assert passed.count(now) < 2, f'the menu has no "{name}", but {passed}'
            passed.append(now)
            self.press("Down")
            eventually(lambda now=now: self.hear().focus != now, _PATIENCE_S, f"Down leaves {passed}")  # type: ignore[misc]
        self.press("Return")

    def pick(self, name: str, entry: str) -> None:
        """Goes to the list of this name, and in it down and up again to this entry."""
        now = self.tab_to(name).value
        key = "Down"
        while not now.startswith(f"{entry}, "):
            place, count = map(int, now.rpartition(", ")[2].split(" of "))
            if place == count:
                assert key == "Down", f'"{name}" has no "{entry}"'
                key = "Up"
            assert key == "Down" or place > 1, f'"{name}" has no "{entry}"'
            now = self._press_for_news(key, now)

    def _press_for_news(self, key: str, said: str) -> str:
        """Presses it and waits until another value is said."""
        self.press(key)

        def look() -> str | None:
            return value if (value := self.hear().value) != said else None

        return eventually(look, _PATIENCE_S, f'another value than "{said}"')

    def write(self, name: str, text: str) -> None:
        """Goes to the field of this name and replaces what stands there."""
        self.tab_to(name)
        self.press("ctrl+a")
        self.type(text)
        eventually(lambda: self.hear().value == text, _PATIENCE_S, f'"{text}" in "{name}"')

    def _focus(self, title: str) -> bool:
        """Nobody but us gives windows the focus where there is no window manager."""
        found = self._do("search", "--onlyvisible", "--name", f"^{title}$")
        if not found:
            return False
        self._do("windowfocus", found[0])
        return self._do("getwindowfocus") == found[:1]

    def _do(self, *words: str) -> list[str]:
        """Lines of its answer. A window that is not there yet is no error."""
        said = subprocess.run(
            ["xdotool", *words],
            env=self._environment,
            check=False,
            timeout=_PATIENCE_S,
            capture_output=True,
            text=True,
        )
        return said.stdout.split()
