"""Trouble in the order in which it matters: what needs the producer first, then what the app handles. No Qt."""

from collections.abc import Iterable
from dataclasses import dataclass

from director_app.core.sources import Cast, SourceState
from director_app.engine.state import Notice, Urgency
from director_app.engine.studio_state import Phase, StudioState
from director_app.gui.models.messages import in_two

_HANDLED = ("camera ", "slow disk")
_CAMERA = {
    SourceState.LOST: "gives no picture.",
    SourceState.FROZEN: "is frozen.",
    SourceState.BLACK: "is black.",
}
_LOOK = "Check its cable and its power. It is opened again by itself."
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


def problems_now(state: StudioState, cast: Cast) -> tuple[Problem, ...]:
    """While recording what the show tells, before it what is wrong with its cameras and microphones."""
    if state.snapshot is not None:
        return problems_of(state.snapshot.notices)
    return _before(state, cast) if state.phase in {Phase.READY, Phase.FAILED} else ()


def _before(state: StudioState, cast: Cast) -> tuple[Problem, ...]:
    cameras = (
        (f"camera {each.id}", f"Camera {each.title} {_CAMERA[now.state]}", now.error or _LOOK)
        for each in cast.cameras
        if (now := state.cameras.get(each.id)) is not None and now.state in _CAMERA
    )
    microphones = (
        (f"microphone {each.id}", f"The microphone of {each.label} gives no sound.", heard.error or _LOOK)
        for each in cast.microphones
        if (heard := state.microphones.get(each.id)) is not None and heard.state is SourceState.LOST
    )
    told = (Notice(Urgency.TROUBLE, f"{title} {text}", cause) for cause, title, text in (*cameras, *microphones))
    return problems_of(told)


def problems_of(notices: Iterable[Notice]) -> tuple[Problem, ...]:
    """Of all troubles that are not over."""
    found = [_problem(notice) for notice in notices if notice.urgency is Urgency.TROUBLE]
    return tuple(sorted(found, key=lambda problem: not problem.needs_producer))


def _problem(notice: Notice) -> Problem:
    title, text = in_two(notice.text)
    word = notice.cause.split(" ")[0]
    return Problem(
        cause=notice.cause,
        title=title,
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
