"""Time and size of the program: every other module counts slots and samples through this one.

Must never read a clock. A slot is one program frame; slot n belongs at n / fps seconds of session time,
and slot 0 is the first IDR frame of the recording.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import NewType

Slot = NewType("Slot", int)

SAMPLE_RATE = 48_000
"""Rate of all recorded sound, samples per second."""

EVIDENCE_HOP_S = 0.02
"""One evidence record per microphone per this many seconds."""

BLOCK_SAMPLES = 960
"""Samples in one evidence hop at SAMPLE_RATE."""

FRAME_RATES = (
    Fraction(24000, 1001),
    Fraction(24),
    Fraction(25),
    Fraction(30000, 1001),
    Fraction(30),
    Fraction(50),
    Fraction(60000, 1001),
    Fraction(60),
)
"""Frame rates that files, editors and live services all understand."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """Program size in pixels (both even) and rate in frames per second.

    Counted in whole numbers: every thread asks for every slot, and fractions would cost more than what is done with
    them.
    """

    width: int
    height: int
    fps: Fraction

    def slot_time_s(self, slot: int) -> float:
        """Session time in seconds at which the slot begins."""
        return slot * self.fps.denominator / self.fps.numerator

    def slot_time_ns(self, slot: int) -> int:
        """Session time in nanoseconds at which the slot begins."""
        return slot * 1_000_000_000 * self.fps.denominator // self.fps.numerator

    def slot_at(self, t_s: float) -> Slot:
        """The slot that is showing at session time t_s (times before slot 0 give slot 0)."""
        nearest = round(t_s * self.fps)
        if abs(t_s - nearest / self.fps) < 1e-7:
            return Slot(max(0, nearest))
        return Slot(max(0, int(Fraction(t_s) * self.fps)))

    def slot_from(self, t_s: float) -> Slot:
        """The first slot that begins at t_s or later; also how many slots a time of this length needs."""
        return Slot(math.ceil(t_s * self.fps - 1e-6))

    def first_sample_of(self, slot: int) -> int:
        """Absolute sample index (48 kHz) at which the slot begins; rounded once, never accumulated.

        Halves go to the even one, as round() has it.
        """
        samples, rest = divmod(slot * SAMPLE_RATE * self.fps.denominator, self.fps.numerator)
        return samples + (2 * rest + samples % 2 > self.fps.numerator)


def timecode(t_s: float) -> str:
    """Session time for people: 01:02:03.4."""
    tenths = max(0, int(t_s * 10 + 1e-6))
    seconds, tenth = divmod(tenths, 10)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{tenth}"
