"""The cheapest sequence of shots when everything is known: an exact dynamic programme under the minimum shot.

Knows costs per camera and slot only, not why they are what they are. Method: Bellman's principle over (slot, camera);
the state "on this camera and free to cut" is reached by staying or by a whole minimum shot.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

from director_app.core.canvas import Slot

Costs = Sequence[Sequence[float]]
"""[camera][slot], per slot; every row of the same length."""


_Costs: TypeAlias = "Sequence[array[float]]"
_Cameras: TypeAlias = "Sequence[array[int]]"
"""[camera][slot]. Arrays, not lists: eight hours have close to a million slots."""


@dataclass(frozen=True, slots=True)
class Lock:
    """A cut that must stay: at this slot to this camera (a row of the costs)."""

    slot: Slot
    camera: int


@dataclass(frozen=True, slots=True)
class PlannedCut:
    """From this slot on this camera (a row of the costs) is on air."""

    slot: Slot
    camera: int


def plan(costs: Costs, minimum_slots: int, cut_cost: float, locks: Sequence[Lock] = ()) -> list[PlannedCut]:
    """The cheapest shots; the first cut stands at slot 0 and names the opening camera.

    Shots between cuts of its own last minimum_slots or longer; the one before a locked cut may be shorter only where
    two locked cuts stand too near to each other. Raises ValueError for locks out of order or outside.
    """
    length = len(costs[0]) if costs else 0
    if length == 0:
        return []
    bounds = _checked(locks, length)
    cuts: list[PlannedCut] = []
    for index, (start, camera) in enumerate(bounds):
        end = bounds[index + 1][0] if index + 1 < len(bounds) else length
        is_last = index + 1 == len(bounds)
        cuts += _stretch(costs, start, end, camera, _Terms(minimum_slots, cut_cost, is_last))
    return [cut for index, cut in enumerate(cuts) if index == 0 or cut.camera != cuts[index - 1].camera]


@dataclass(frozen=True, slots=True)
class _Terms:
    minimum: int
    cut_cost: float
    is_last: bool


def _checked(locks: Sequence[Lock], length: int) -> list[tuple[int, int | None]]:
    slots = [lock.slot for lock in locks]
    if slots != sorted(set(slots)) or any(not 0 <= slot < length for slot in slots):
        raise ValueError("Locked cuts must stand in order, each on its own slot inside the show.")
    bounds: list[tuple[int, int | None]] = [(lock.slot, lock.camera) for lock in locks]
    return bounds if slots[:1] == [0] else [(0, None), *bounds]


def _stretch(costs: Costs, start: int, end: int, camera: int | None, terms: _Terms) -> list[PlannedCut]:
    """The best shots of one stretch between locked cuts; camera: the one it must begin with."""
    rows = [array("d", accumulate(row[start:end], initial=0.0)) for row in costs]
    length, minimum = end - start, terms.minimum
    opening = range(len(rows)) if camera is None else (camera,)
    if length < (minimum if terms.is_last else 2 * minimum):
        return [PlannedCut(Slot(start), min(opening, key=lambda each: rows[each][length]))]
    best = [array("d", [float("inf")]) * (length + 1) for _ in rows]
    came = [array("h", [-1]) * (length + 1) for _ in rows]
    for each in opening:
        best[each][minimum] = rows[each][minimum]
    for slot in range(minimum + 1, length + 1):
        _step(best, came, rows, slot, terms)
    slot, shown, source = _end(best, rows, length, terms)
    return _traced(came, slot, shown, source, start, minimum)


def _step(best: _Costs, came: _Cameras, rows: _Costs, slot: int, terms: _Terms) -> None:
    """Everything that can be free to cut at this slot."""
    left = slot - terms.minimum
    order = sorted(range(len(rows)), key=lambda each: best[each][left])[:2]
    for camera, row in enumerate(rows):
        cheapest = min(best[camera][slot], best[camera][slot - 1] + row[slot] - row[slot - 1])
        if len(order) > 1:
            source = order[0] if order[0] != camera else order[1]
            comes = best[source][left] + terms.cut_cost + row[slot] - row[left]
            if comes < cheapest:
                cheapest, came[camera][slot] = comes, source
        best[camera][slot] = cheapest


def _end(best: _Costs, rows: _Costs, length: int, terms: _Terms) -> tuple[int, int, int | None]:
    """(slot, camera, camera before): the last shot of the show, and only that one, may be cut off by the end."""
    final = min(range(len(rows)), key=lambda each: best[each][length])
    ending: tuple[float, int, int, int | None] = (best[final][length], length, final, None)
    if terms.is_last:
        for slot in range(max(1, length - terms.minimum + 1), length):
            for source in range(len(rows)):
                for camera, row in enumerate(rows):
                    cost = best[source][slot] + terms.cut_cost + row[length] - row[slot]
                    if camera != source and cost < ending[0]:
                        ending = (cost, slot, camera, source)
    return ending[1:]


def _traced(came: _Cameras, slot: int, camera: int, source: int | None, start: int, minimum: int) -> list[PlannedCut]:
    """The way back to the first shot."""
    cuts: list[PlannedCut] = []
    if source is not None:
        cuts.append(PlannedCut(Slot(start + slot), camera))
        camera = source
    while slot > 0:
        if came[camera][slot] < 0:
            slot -= 1
            continue
        source = came[camera][slot]
        slot -= minimum
        cuts.append(PlannedCut(Slot(start + slot), camera))
        camera = source
    return [PlannedCut(Slot(start), camera), *reversed(cuts)]
