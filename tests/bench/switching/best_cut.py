"""The cheapest sequence of cameras under a minimum shot, exactly: dynamic programming. Knows no talk, only costs."""

import numpy as np
from numpy.typing import NDArray

from tests.bench.switching.cut_list import Cut
from tests.bench.switching.mistakes import MIN_SHOT_S

CUT_COST_S = 0.2
"""Seconds of a wrong picture that a cut is worth; breaks ties towards fewer cuts."""
_KEPT = -1

Costs = NDArray[np.float64]
"""Shape (cameras, steps): cost per second of each camera; the last row is the wide shot."""


def best_cuts(costs: Costs, step_s: float, min_shot_s: float = MIN_SHOT_S, cut_cost: float = CUT_COST_S) -> list[Cut]:
    """Begins on the wide shot, which may be left at once; the end may cut the last shot off."""
    table = _Table(costs, step_s, max(1, round(min_shot_s / step_s)), cut_cost)
    table.fill()
    wide = len(costs) - 1
    return [Cut(at * step_s, "wide" if camera == wide else camera) for at, camera in table.cuts()]


class _Table:
    """cheapest[t, c]: cost of the steps before t with camera c on air and free to be left at t.

    came_from[t, c]: the camera that was left for c one minimum shot before t, or _KEPT.
    """

    def __init__(self, costs: Costs, step_s: float, shortest: int, cut_cost: float) -> None:
        cameras, steps = costs.shape
        self._steps, self._shortest, self._cut_cost = steps, shortest, cut_cost
        self._each = costs * step_s
        self._until = np.cumsum(np.c_[np.zeros(cameras), self._each], 1)
        self._cheapest = np.full((steps + 1, cameras), np.inf)
        self._cheapest[0, cameras - 1] = 0.0
        self._came_from = np.full((steps + 1, cameras), _KEPT, np.int16)
        self._cameras = np.arange(cameras)

    def fill(self) -> None:
        """Step by step: stay, or have cut here one minimum shot ago."""
        for t in range(1, self._steps + 1):
            self._cheapest[t] = self._cheapest[t - 1] + self._each[:, t - 1]
            if t >= self._shortest:
                left, cost = self._shot(t - self._shortest, t)
                better = cost < self._cheapest[t]
                self._cheapest[t, better], self._came_from[t, better] = cost[better], left[better]

    def _shot(self, first: int, end: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """For each camera: the cheapest other one to leave at first, and the cost of the shot up to end."""
        order = np.argsort(self._cheapest[first])
        left = np.where(self._cameras == order[0], order[1], order[0])
        cost = self._cheapest[first, left] + self._cut_cost
        return left, cost + self._until[:, end] - self._until[:, first]

    def cuts(self) -> list[tuple[int, int]]:
        """(step, camera) in order."""
        t, camera, found = self._end()
        while t > 0:
            left = int(self._came_from[t, camera])
            if left == _KEPT:
                t -= 1
            else:
                t -= self._shortest
                found.append((t, camera))
                camera = left
        return found[::-1]

    def _end(self) -> tuple[int, int, list[tuple[int, int]]]:
        """Where to go back from: the end, or the start of a last shot that the end cuts off."""
        lowest = self._cheapest[self._steps].min()
        end: tuple[int, int, list[tuple[int, int]]] = (self._steps, int(self._cheapest[self._steps].argmin()), [])
        for first in range(max(0, self._steps - self._shortest + 1), self._steps):
            left, cost = self._shot(first, self._steps)
            last = int(cost.argmin())
            if cost[last] < lowest:
                lowest, end = cost[last], (first, int(left[last]), [(first, last)])
        return end
