"""A device's sample count against the clock: when was sample n captured?

Arrival times are always late, never early, by anything up to some 40 ms; the device's crystal is off by up to
some 300 parts per million. So a straight line is laid under the earliest arrivals. Must never read a clock.
"""

from collections import deque

import numpy as np

BIN_S = 1.0
"""The earliest arrival of each second is one point of the line."""

KEPT_BINS = 40
"""Seconds of history behind the line."""

MAX_SLOPE = 1e-3
"""No crystal is off by more than this; a steeper line is noise."""

_PRIOR_S2 = 100.0
"""Ridge on the slope, in s²: 1 ms of scatter in a point against 100 ppm expected of a crystal."""

_TOLERANCE_NS = 500_000.0
"""Points higher above the line than this lose weight: they were late, not different."""


class ArrivalLine:
    """Line residual(n) = arrival(n) - n / rate, kept to the lower edge of what arrives.

    rate: nominal, samples per second. slope: drift to expect (seconds per second), from an earlier line of
    the same device; positive means that the device's clock is slow.
    """

    def __init__(self, rate: int, slope: float = 0.0) -> None:
        self._ns_per_sample = 1e9 / rate
        self._bin_samples = int(rate * BIN_S)
        self._prior = slope
        self._base_ns: int | None = None
        self._bins: deque[tuple[float, float]] = deque(maxlen=KEPT_BINS)
        self._current: tuple[float, float] | None = None
        self._bin_end = 0
        self._worst_ns = 0.0
        self._at_s, self._offset_ns = 0.0, 0.0
        self.slope = slope
        self.scatter_ns = 0.0

    def add(self, count: int, arrived_ns: int) -> None:
        """The device's samples up to count (exclusive) had arrived at arrived_ns."""
        if self._base_ns is None:
            self._base_ns = arrived_ns - round(count * self._ns_per_sample)
            self._bin_end = count + self._bin_samples
        at_s = count * self._ns_per_sample * 1e-9
        residual = arrived_ns - self._base_ns - count * self._ns_per_sample
        self._worst_ns = max(self._worst_ns, self.late_ns(count, arrived_ns))
        if self._current is None or residual - self._current[1] < self.slope * 1e9 * (at_s - self._current[0]):
            self._current = (at_s, residual)
            self._lower(at_s, residual)
        if count >= self._bin_end:
            self._close_bin(count)

    def time_ns(self, count: int) -> int:
        """Best estimate of when sample `count` (the one after `count` samples) was captured."""
        if self._base_ns is None:
            raise ValueError("no arrival yet")
        at_s = count * self._ns_per_sample * 1e-9
        drift_ns = self._offset_ns + self.slope * 1e9 * (at_s - self._at_s)
        return self._base_ns + round(count * self._ns_per_sample + drift_ns)

    def late_ns(self, count: int, arrived_ns: int) -> int:
        """How much later than the line an arrival is (negative: earlier)."""
        return arrived_ns - self.time_ns(count)

    def _lower(self, at_s: float, residual: float) -> None:
        """Before the first second is over there is no line: follow the earliest arrival at once."""
        if not self._bins:
            self._at_s, self._offset_ns = at_s, residual

    def _close_bin(self, count: int) -> None:
        if self._current is not None:
            self._bins.append(self._current)
        self._current = None
        self._bin_end = count + self._bin_samples
        self.scatter_ns = max(self._worst_ns, 0.8 * self.scatter_ns)
        self._worst_ns = 0.0
        self._fit()

    def _fit(self) -> None:
        """Ridge regression, reweighted so that points above the line count less (asymmetric least squares)."""
        at_s, residual = np.array(self._bins).T
        weight = np.ones_like(at_s)
        for _ in range(4):
            total = weight.sum()
            mean_s, mean_ns = (weight @ at_s) / total, (weight @ residual) / total
            spread = weight @ (at_s - mean_s) ** 2
            joint = weight @ ((at_s - mean_s) * (residual - mean_ns))
            slope = (joint * 1e-9 + _PRIOR_S2 * self._prior) / (spread + _PRIOR_S2)
            slope = float(np.clip(slope, -MAX_SLOPE, MAX_SLOPE))
            above = residual - mean_ns - slope * 1e9 * (at_s - mean_s)
            weight = np.where(above > _TOLERANCE_NS, _TOLERANCE_NS / np.maximum(above, 1.0), 1.0)
        self.slope, self._at_s, self._offset_ns = slope, float(mean_s), float(mean_ns)
