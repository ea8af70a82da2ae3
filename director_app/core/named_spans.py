"""In which slots a name was really seen live: from what was decided about names and what was on air.

One rule for checks, recovery and films. Must not know how events are written.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from director_app.core.cut_list import CutList
from director_app.core.sources import CameraId

Box = tuple[int, int, int, int]
"""Where a name stands in the picture: left, top, width, height; pixels."""


@dataclass(frozen=True, slots=True)
class PlacedName:
    """A name that was to be seen over a camera's pictures from slot first up to, not including, slot end."""

    camera: CameraId
    first: int
    end: int
    box: Box


@dataclass(frozen=True, slots=True)
class EndedName:
    """The name that began at slot `of` is not seen from this slot on."""

    slot: int
    of: int


def named_spans(cuts: CutList, names: Sequence[PlacedName], ended: Sequence[EndedName]) -> tuple[PlacedName, ...]:
    """What was seen of each, in order: up to its end, the next name, or where the program cut away."""
    never = {each.of for each in ended if each.slot <= each.of}
    begun = [name for name in names if name.first not in never and cuts.on_air(name.first) == name.camera]
    found: list[PlacedName] = []
    for name, following in zip(begun, [*begun[1:], None], strict=False):
        ends = [name.end, *(each.slot for each in ended if each.of == name.first)]
        if following is not None and following.first > name.first:
            ends.append(following.first)
        if (left := cuts.leaves(name.first)) is not None:
            ends.append(left)
        if min(ends) > name.first:
            found.append(replace(name, end=min(ends)))
    return tuple(found)


def drawn_spans(cuts: CutList, names: Sequence[PlacedName], ended: Sequence[EndedName]) -> tuple[PlacedName, ...]:
    """The slots whose pictures were encoded anew for a name, which may begin with the slot before it."""
    ends = {(each.camera, each.first): each.end for each in named_spans(cuts, names, ended)}
    found: list[PlacedName] = []
    for name in names:
        first = name.first - 1 if cuts.on_air(name.first - 1) == name.camera else name.first
        end = ends.get((name.camera, name.first), name.first)
        if end > first:
            found.append(replace(name, first=first, end=end))
    return tuple(found)
