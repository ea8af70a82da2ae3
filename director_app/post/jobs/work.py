"""One file that a job makes: plain data, and the function that makes it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from director_app.post.jobs.order import Make
from director_app.post.jobs.progress import Weight
from director_app.post.render.progress import Progress


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a work. bytes: of its file. facts: how it was made and what was measured, by name."""

    bytes: int
    slots: int | None
    facts: dict[str, Any]


def _nothing(_path: Path) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Work:
    """One file. order: a fingerprint of everything that it depends on. run: raises SessionError.

    knows: whether a file in the way can be seen to be one of ours by what stands in it.
    """

    name: str
    make: Make
    order: str
    weight: Weight
    run: Callable[[Progress], Done]
    knows: Callable[[Path], bool] = _nothing
