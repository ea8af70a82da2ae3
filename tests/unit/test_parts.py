"""The parts of the suite: which one a test is in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.parts import mark_parts


class _Item:
    """As much of a pytest item as is looked at."""

    def __init__(self, place: str, *marks: str, of_module: tuple[str, ...] = ()) -> None:
        self.path, self.nodeid, self.marks = Path(__file__).parents[1] / place, place, set(marks)
        self._of_module = of_module

    def iter_markers_with_node(self) -> Iterator[tuple[str, pytest.Mark]]:
        for node, marks in (("test", sorted(self.marks)), ("module", self._of_module)):
            yield from ((node, getattr(pytest.mark, name).mark) for name in marks)

    def add_marker(self, name: str) -> None:
        self.marks.add(name)


@pytest.mark.parametrize(
    ("place", "says", "marks"),
    [
        ("integration/test_x.py", (), {"realtime"}),
        ("gui/test_x.py", (), {"realtime"}),
        ("integration/test_x.py", ("computes",), {"computes"}),
        ("gui/test_x.py", ("patient",), {"patient"}),
        ("integration/test_x.py", ("light",), {"light"}),
        ("unit/core/test_x.py", (), set()),
        ("unit/core/test_x.py", ("realtime",), {"realtime"}),
    ],
)
def test_a_test_that_may_wait_runs_alone_unless_it_says_otherwise(
    place: str, says: tuple[str, ...], marks: set[str]
) -> None:
    item = _Item(place, *says)
    mark_parts([item])  # type: ignore[list-item]
    assert item.marks == marks


def test_a_tests_own_mark_counts_more_than_its_modules() -> None:
    item = _Item("gui/test_x.py", "realtime", of_module=("patient",))
    mark_parts([item])  # type: ignore[list-item]
    assert item.marks == {"realtime"}
    item = _Item("gui/test_x.py", of_module=("patient",))
    mark_parts([item])  # type: ignore[list-item]
    assert item.marks == set()


def test_a_test_cannot_be_in_two_parts() -> None:
    with pytest.raises(pytest.UsageError, match="in more than one part: computes, realtime"):
        mark_parts([_Item("gui/test_x.py", "realtime", "computes")])  # type: ignore[list-item]
