"""Both parts of the suite: which part a test is in."""

from pathlib import Path

import pytest

from tests.parts import mark_parts


class _Item:
    """As much of a pytest item as is looked at."""

    def __init__(self, place: str, *marks: str) -> None:
        self.path, self.nodeid, self.marks = Path(__file__).parents[1] / place, place, set(marks)

    def get_closest_marker(self, name: str) -> str | None:
        return name if name in self.marks else None

    def add_marker(self, name: str) -> None:
        self.marks.add(name)


@pytest.mark.parametrize(
    ("place", "says", "marks"),
    [
        ("integration/test_x.py", (), {"realtime"}),
        ("gui/test_x.py", (), {"realtime"}),
        ("integration/test_x.py", ("computes",), {"computes"}),
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


def test_a_test_cannot_be_in_both_parts() -> None:
    with pytest.raises(pytest.UsageError, match="both as realtime and as computes"):
        mark_parts([_Item("gui/test_x.py", "realtime", "computes")])  # type: ignore[list-item]
