"""Lets made sound come in real time: sample n of a source is due at epoch + n / rate, whoever is late.

Must not know what the sound is.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

NowNs = Callable[[], int]
Sleep = Callable[[float], None]

BLOCK_S = 0.04
"""Length of a block of made sound."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The time and a way to wait; tests put their own in place."""

    now_ns: NowNs = time.perf_counter_ns
    sleep: Sleep = time.sleep


class SoundPace:
    """rate: samples per second as this source's own crystal counts them, which may be a fraction."""

    def __init__(self, clock: Clock, epoch_ns: int, rate: float) -> None:
        self._clock = clock
        self._epoch_ns = epoch_ns
        self._rate = rate

    def position(self) -> int:
        """The sample that is due now; 0 before the epoch."""
        return max(0, int((self._clock.now_ns() - self._epoch_ns) * self._rate / 1e9))

    def due_ns(self, sample: int) -> int:
        """When sample `sample` begins."""
        return self._epoch_ns + round(sample * 1e9 / self._rate)

    def wait_for(self, sample: int, timeout_s: float) -> bool:
        """Wait until that sample is due, at most timeout_s; whether it is."""
        left_s = (self.due_ns(sample) - self._clock.now_ns()) / 1e9
        if left_s > 0:
            self._clock.sleep(min(left_s, timeout_s))
        return left_s <= timeout_s
