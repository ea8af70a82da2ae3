"""Puts the microphones of a recording side by side, 20 ms at a time. Must not read a clock, wait or encode."""

from collections.abc import Callable, Sequence

import numpy as np

from director_app.core.canvas import BLOCK_SAMPLES, SAMPLE_RATE
from director_app.media.sound.intake import MicrophoneIntake
from director_app.media.sound.packets import SoundTick
from director_app.media.sound.track import Taken

OVERDUE_NS = 200_000_000
"""How long after its end a tick waits for a microphone that is alive; then the missing sound is zeros."""

_MOST_TOGETHER = 50
"""Ticks that are taken in one go; more come after a stall only, and a microphone keeps no more than some seconds."""


class TickAssembler:
    """Tick k holds samples [960 k, 960 k + 960) of every microphone; with no microphones its shape is (0, 960).

    A microphone whose sound cannot be placed is silent from then on and costs the others nothing. on_broken hears
    of it once, in the thread of step(): its row, and what was raised.
    """

    def __init__(
        self,
        origin_ns: int,
        intakes: Sequence[MicrophoneIntake],
        on_broken: Callable[[int, Exception], None] = lambda _row, _error: None,
    ) -> None:
        self._origin_ns = origin_ns
        self._intakes = tuple(intakes)
        self._on_broken = on_broken
        self._broken: set[int] = set()
        self._index = 0
        self._end: int | None = None

    @property
    def next_sample(self) -> int:
        """First absolute sample that is in no tick yet."""
        return self._index * BLOCK_SAMPLES

    def end_at(self, end_sample: int) -> None:
        """The recording ends before this sample. What was handed on already stays, so name a moment not yet past."""
        self._end = max(end_sample, self.next_sample)

    @property
    def end_sample(self) -> int | None:
        """Where the recording ends, once that is known."""
        return self._end

    @property
    def done(self) -> bool:
        """Whether the last tick was given."""
        return self._end is not None and self.next_sample >= self._end

    def step(self, now_ns: int) -> list[SoundTick]:
        """Every tick that is complete, or overdue, at now_ns (time.perf_counter_ns)."""
        for row, intake in enumerate(self._intakes):
            self._drain(row, intake, now_ns)
        ticks: list[SoundTick] = []
        while counts := self._due(now_ns):
            ticks += self._assemble(counts)
        return ticks

    def _due(self, now_ns: int) -> list[int]:
        """How many samples each of the next ticks has, as far as they are due and are taken together."""
        counts: list[int] = []
        while len(counts) < _MOST_TOGETHER and (count := self._count(len(counts))):
            if not self._is_due(self.next_sample + sum(counts) + count, now_ns):
                break
            counts.append(count)
        return counts

    def _is_due(self, end: int, now_ns: int) -> bool:
        """Whether the tick that ends before this sample is."""
        overdue_ns = now_ns - self._origin_ns - end * 1_000_000_000 // SAMPLE_RATE
        if overdue_ns < 0:
            return False
        return overdue_ns >= OVERDUE_NS or all(
            row in self._broken or intake.track.available_until >= end or not intake.is_waited_for(now_ns)
            for row, intake in enumerate(self._intakes)
        )

    def _drain(self, row: int, intake: MicrophoneIntake, now_ns: int) -> None:
        if row in self._broken:
            return
        try:
            intake.drain(now_ns)
        except Exception as error:  # noqa: BLE001 - the outer edge of one microphone: the others must go on
            self._breaks(row, error)

    def _take(self, row: int, intake: MicrophoneIntake, start: int, count: int) -> Taken:
        if row not in self._broken:
            try:
                return intake.track.take(start, count)
            except Exception as error:  # noqa: BLE001 - the outer edge of one microphone: the others must go on
                self._breaks(row, error)
        return Taken(start, np.zeros(count, np.int32), ())

    def _breaks(self, row: int, error: Exception) -> None:
        self._broken.add(row)
        self._on_broken(row, error)

    def _count(self, ahead: int) -> int:
        """Samples of the recording in the tick that is so many after the next one; 0 beyond its end."""
        if self._end is None:
            return BLOCK_SAMPLES
        return max(0, min(BLOCK_SAMPLES, self._end - self.next_sample - ahead * BLOCK_SAMPLES))

    def _assemble(self, counts: Sequence[int]) -> list[SoundTick]:
        """Ticks of so many samples, taken in one go: of each microphone several cost nearly as little as one."""
        first, start, count = self._index, self.next_sample, sum(counts)
        samples = np.zeros((len(self._intakes), len(counts) * BLOCK_SAMPLES), np.int32)
        taken = [self._take(row, intake, start, count) for row, intake in enumerate(self._intakes)]
        for row, each in zip(samples, taken, strict=True):
            row[:count] = each.samples
        self._index += len(counts)
        ticks = []
        for number, (own, length) in enumerate(zip(np.split(samples, len(counts), axis=1), counts, strict=True)):
            begin = start + number * BLOCK_SAMPLES
            missing = tuple(each.missing_in(begin, begin + length) for each in taken)
            ticks.append(SoundTick(first + number, begin, own, length, missing))
        return ticks
