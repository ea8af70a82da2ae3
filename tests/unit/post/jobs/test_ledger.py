"""What stands in a folder that is no session's: entries of two renders at once are all kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from director_app.post.jobs import ledger as ledgers
from director_app.post.jobs.ledger import LIST_NAME, Ledger
from director_app.session.atomic import write_atomically
from director_app.session.manifest import DeliveryPart


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Films of several sessions."""
    (tmp_path / "films").mkdir()
    return tmp_path / "films"


def part(name: str) -> DeliveryPart:
    return DeliveryPart(name=name, make="master", order="as asked", made_at=datetime.now(UTC), bytes=1)


def test_two_renders_that_enter_at_once_lose_nothing(
    closed_session: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"film_{number}.mp4" for number in range(20)]
    writing: list[str] = []

    def write_alone(path: Path, text: str) -> None:
        """Fails where two are between reading and writing."""
        writing.append(path.name)
        assert len(writing) == 1
        write_atomically(path, text)
        writing.pop()

    monkeypatch.setattr(ledgers, "write_atomically", write_alone)
    with ThreadPoolExecutor(4) as pool:
        # A ledger each, as two programs have.
        list(pool.map(lambda name: Ledger(closed_session, folder).finish(part(name)), names))
    ledger = Ledger(closed_session, folder)
    assert all(ledger.entry(name) is not None for name in names), (folder / LIST_NAME).read_text("utf-8")
