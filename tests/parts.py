"""Which tests may run beside others: what must be in time, or looks at whether it was, may not.

In tests/gui and tests/integration a test runs alone unless it, or its module by `pytestmark`, is marked as one that
`computes`, or that is `patient`: it waits for what comes, however late, and asserts nothing about when it came, how
many pictures were new, or that nobody was told of a slow computer. Elsewhere a test runs beside others unless it is
marked `realtime`. What must be in time but mostly waits, with less than half a processor for itself, is `light`: two
of those run at a time, and nothing else. `make test` runs the three parts one after the other; `pytest` alone runs
all.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest

REALTIME = "realtime"
_MARKS = frozenset({REALTIME, "light", "computes", "patient"})

_WAITING = frozenset({"gui", "integration"})
_TESTS = Path(__file__).parent


def mark_parts(items: Iterable[pytest.Item]) -> None:
    """Marks what runs alone; a test's own mark counts more than its module's. Raises UsageError for two at once."""
    for item in items:
        marks = [(node, mark.name) for node, mark in item.iter_markers_with_node() if mark.name in _MARKS]
        nearest = {name for node, name in marks if node is marks[0][0]}
        if len(nearest) > 1:
            raise pytest.UsageError(f"{item.nodeid} is in more than one part: {', '.join(sorted(nearest))}")
        if not nearest and item.path.relative_to(_TESTS).parts[0] in _WAITING:
            item.add_marker(REALTIME)
