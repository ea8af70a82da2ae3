"""Which tests may run beside others: what only computes may, what records, plays or waits in real time may not.

In tests/gui and tests/integration every module waits unless it says `pytestmark = pytest.mark.computes`; elsewhere
every module computes unless it says `pytestmark = pytest.mark.realtime`. `make test` runs one part after the other;
`pytest` alone runs all.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest

REALTIME, COMPUTES = "realtime", "computes"

_WAITING = frozenset({"gui", "integration"})
_TESTS = Path(__file__).parent


def mark_parts(items: Iterable[pytest.Item]) -> None:
    """Marks what runs alone. Raises UsageError for a test that says both."""
    for item in items:
        says_realtime, says_computes = item.get_closest_marker(REALTIME), item.get_closest_marker(COMPUTES)
        if says_realtime and says_computes:
            raise pytest.UsageError(f"{item.nodeid} is marked both as {REALTIME} and as {COMPUTES}")
        waits = item.path.relative_to(_TESTS).parts[0] in _WAITING
        if waits and not says_realtime and not says_computes:
            item.add_marker(REALTIME)
