"""Which tests go to the same worker when several run at once: those that share fixtures, so that none is made twice.

The marks of pytest-xdist for this do nothing under pytest 9.2 (pytest-xdist issue 1386: it writes them into names of
tests, which cannot be written any more), so the groups are told to its scheduler directly.
"""

from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

_TESTS = Path(__file__).parent


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out whole groups, in the order in which they were collected."""

    def __init__(self, config: pytest.Config, log: Producer) -> None:
        super().__init__(config, log)
        # By the number of its tests the slowest module came last, and the other worker had nothing left.
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return group_of(Path(nodeid.partition("::")[0]).relative_to(_TESTS.name))


def group_of(path: Path) -> str:
    """Of a module, its path counted from tests/: all that lie beside the conftest of a folder, else the module."""
    beside = next((each for each in path.parents if each.parts and (_TESTS / each / "conftest.py").is_file()), path)
    return beside.as_posix()


def is_in_a_module_of_its_own(item: pytest.Item) -> bool:
    """What to sort tests by: whole folders come first, because one begun last would keep one worker long."""
    path = item.path.relative_to(_TESTS)
    return group_of(path) == path.as_posix()
