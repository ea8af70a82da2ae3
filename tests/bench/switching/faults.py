"""What goes wrong with microphones in real rooms, done to a made show. Each says nothing about what should follow."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

import numpy as np

from tests.bench.switching.gain_control import controlled
from tests.bench.switching.microphones import FANS
from tests.bench.switching.sound import SAMPLE_RATE, Samples, factor, stationary_bed
from tests.bench.switching.truth import GainStep, Truth

TURNED_AT_S = 120.0
TURNED_DB = 6
EXTRA_NOISE_DB = -50.0
"""dBFS: an input with nobody at it and its gain up, louder than the noise of the others at a table."""


class Fault(StrEnum):
    """FAR is no fault of a microphone but a level beyond what is promised."""

    NONE = "none"
    GAIN_CONTROL = "gain-control"
    SILENT_EXTRA = "silent-extra"
    NOISE_EXTRA = "noise-extra"
    GAIN_TURNED = "gain-turned"
    FAR = "far"


def with_fault(fault: Fault, tracks: Samples, truth: Truth) -> tuple[Samples, Truth]:
    """The show as the program gets it; the same of the same seed."""
    return _DONE[fault](tracks, truth)


def _nothing(tracks: Samples, truth: Truth) -> tuple[Samples, Truth]:
    return tracks, truth


def _gain_control(tracks: Samples, truth: Truth) -> tuple[Samples, Truth]:
    return controlled(tracks, truth.seed), truth


def _silent_extra(tracks: Samples, truth: Truth) -> tuple[Samples, Truth]:
    return _with_extra(tracks, np.zeros(tracks.shape[1], np.float32), truth)


def _noise_extra(tracks: Samples, truth: Truth) -> tuple[Samples, Truth]:
    rng = np.random.default_rng([truth.seed, 29])
    noise = factor(EXTRA_NOISE_DB) * stationary_bed(rng, tracks.shape[1], *FANS)
    return _with_extra(tracks, noise.astype(np.float32), truth)


def _with_extra(tracks: Samples, extra: Samples, truth: Truth) -> tuple[Samples, Truth]:
    """A microphone and a camera more, with nobody there."""
    return np.vstack([tracks, extra]), replace(truth, speakers=(*truth.speakers, ()))


def _gain_turned(tracks: Samples, truth: Truth) -> tuple[Samples, Truth]:
    """Every second one up, the others down, so that none keeps its place among them."""
    turned = tracks.copy()
    gains_db = [TURNED_DB if (index + truth.seed) % 2 else -TURNED_DB for index in range(len(tracks))]
    for track, gain_db in zip(turned, gains_db, strict=True):
        track[round(TURNED_AT_S * SAMPLE_RATE) :] *= factor(gain_db)
    steps = tuple(GainStep(index, TURNED_AT_S, gain_db) for index, gain_db in enumerate(gains_db))
    return np.clip(turned, -1, 1), replace(truth, gain_steps=(*truth.gain_steps, *steps))


_DONE: dict[Fault, Callable[[Samples, Truth], tuple[Samples, Truth]]] = {
    Fault.NONE: _nothing,
    Fault.GAIN_CONTROL: _gain_control,
    Fault.SILENT_EXTRA: _silent_extra,
    Fault.NOISE_EXTRA: _noise_extra,
    Fault.GAIN_TURNED: _gain_turned,
    Fault.FAR: _nothing,
}
