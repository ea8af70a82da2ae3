"""The three people of the demo show, each as the layers that the program moves: back hair, body, head.

Origin between the eyes, sizes of a close camera; the wide camera shows the very same groups, smaller.
"""

from collections.abc import Callable
from dataclasses import dataclass

from demo_show import ana, ben, cara
from demo_show.faces import EYES, MOUTHS, Face, eyes
from demo_show.svg import Drawing, group


@dataclass(frozen=True, slots=True)
class Person:
    """How to draw one person. Every part takes the drawing and returns SVG."""

    face: Face
    back: Callable[[Drawing], str]
    body: Callable[[Drawing], str]
    under: Callable[[Drawing], str]
    mouth: Callable[[Drawing, int], str]
    over: Callable[[Drawing], str]


PEOPLE = {
    "ana": Person(ana.FACE, ana.back, ana.body, ana.under, ana.mouth, ana.over),
    "ben": Person(ben.FACE, ben.back, ben.body, ben.under, ben.mouth, ben.over),
    "cara": Person(cara.FACE, cara.back, cara.body, cara.under, cara.mouth, cara.over),
}


def layers(d: Drawing, who: str, transform: str) -> str:
    """All layers of one person; of the mouths and eyes only the resting ones are shown."""
    person = PEOPLE[who]
    mouths = [
        group(person.mouth(d, number), id=f"{who}-mouth-{number}", display="none" if number else "inline")
        for number in range(MOUTHS)
    ]
    lids = [
        group(eyes(d, person.face, state), id=f"{who}-eyes-{state}", display="inline" if state == "open" else "none")
        for state in EYES
    ]
    return (
        group(person.back(d), id=f"{who}-back", transform=transform)
        + group(person.body(d), id=f"{who}-body", transform=transform)
        + group(
            group(person.under(d)),
            *mouths,
            *lids,
            group(person.over(d)),
            id=f"{who}-head",
            transform=transform,
        )
    )
