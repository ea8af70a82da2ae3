"""Both parts of the suite: which part a test is in, and what stays together in one worker."""

from pathlib import Path

import pytest

from tests.parts import group_of, mark_parts


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


def test_what_lies_beside_a_conftest_stays_together_and_other_modules_stand_alone() -> None:
    assert group_of(Path("unit/post/render/test_plan.py")) == group_of(Path("unit/post/test_heads.py")) == "unit/post"
    assert group_of(Path("gui/test_start.py")) == "gui"
    assert group_of(Path("unit/core/test_shots.py")) == "unit/core/test_shots.py"
