"""Cut lists as the scorer takes them: what is on air from when. Judges nothing."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.bench.switching.floor import step

Camera = int | Literal["wide"]
"""Cameras count from 0; camera k shows speaker k."""


class Cut(NamedTuple):
    """t_s: when the first picture of camera is on air."""

    t_s: float
    camera: Camera


def in_order(cuts: Iterable[Cut], start: Camera) -> list[Cut]:
    """By time, without those that change nothing."""
    kept: list[Cut] = []
    on_air = start
    for cut in sorted(cuts, key=lambda each: each.t_s):
        if cut.camera != on_air:
            kept.append(cut)
            on_air = cut.camera
    return kept


def on_air_rows(cuts: Sequence[Cut], start: Camera, speakers: int, steps: int) -> NDArray[np.int64]:
    """The row of Reference.right that is on air at every step; cuts in order."""
    rows = np.full(steps, row(start, speakers))
    for cut in cuts:
        rows[max(0, step(cut.t_s)) :] = row(cut.camera, speakers)
    return rows


def row(camera: Camera, speakers: int) -> int:
    """Where Reference.right keeps this camera."""
    return speakers if camera == "wide" else camera
