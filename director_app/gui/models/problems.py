"""Trouble in the order in which it matters: what needs the producer first, then what the app handles. No Qt."""

from collections.abc import Iterable
from dataclasses import dataclass

from director_app.engine.state import Notice, Urgency

_HANDLED = ("camera ", "slow disk")
_ICONS = {
    "camera": "camera-lost",
    "microphone": "microphone",
    "gain": "microphone",
    "disk": "disk",
    "file": "document",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """title: what happened, to which camera or file. text: what was done and what to do. icon: by its name."""

    cause: str
    title: str
    text: str
    needs_producer: bool
    icon: str


def problems_of(notices: Iterable[Notice]) -> tuple[Problem, ...]:
    """Of all troubles that are not over."""
    found = [_problem(notice) for notice in notices if notice.urgency is Urgency.TROUBLE]
    return tuple(sorted(found, key=lambda problem: not problem.needs_producer))


def _problem(notice: Notice) -> Problem:
    title, _, text = notice.text.partition(". ")
    word = notice.cause.split(" ")[0]
    return Problem(
        cause=notice.cause,
        title=title.rstrip(".") + ".",
        text=text,
        needs_producer=not notice.cause.startswith(_HANDLED),
        icon=_ICONS.get(word, "warning"),
    )


def headline(problems: tuple[Problem, ...]) -> str:
    """2 need you, 1 being handled."""
    need = sum(problem.needs_producer for problem in problems)
    handled = len(problems) - need
    parts = [f"{need} {'needs' if need == 1 else 'need'} you"] if need else []
    parts += [f"{handled} being handled"] if handled else []
    return ", ".join(parts)
