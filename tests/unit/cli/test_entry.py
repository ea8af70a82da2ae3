"""The way into the program, before anything of it is loaded."""

import builtins
from typing import Any

import pytest

from director_app.cli import main


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
