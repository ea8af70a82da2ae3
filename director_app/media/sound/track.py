"""One microphone on the program's timeline: sample k belongs to origin + k / 48000 s, for hours.

Blocks come late, in bursts, with holes, at any rate, from crystals that are off. They leave as an unbroken row of
24-bit samples: drift is stretched away, a hole is zeros of the right length, never a shift. Must not read a
clock or wait: whoever takes decides how long to wait.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from director_app.core.canvas import SAMPLE_RATE
from director_app.media.sound.arrivals import ArrivalLine
from director_app.media.sound.block import SoundBlock
from director_app.media.sound.packets import Pcm24, to_pcm24
from director_app.media.sound.resampler import TimelineResampler
from director_app.media.sound.sample_ring import SampleRing

JUMP_NS = 30_000_000
"""An arrival this far off the line, if it stays, means that the device lost (or doubled) sound unsaid."""

JUMP_PERSISTS_NS = 120_000_000
"""For at least this long; longer where arrivals scatter much. Meanwhile the sound is held back."""

JUMP_DECIDED_NS = 500_000_000
"""After this time it is a jump however much arrivals scatter."""

ANCHOR_BLOCKS = 5
"""A new run is placed by the earliest of this many arrivals, because the first alone may be late."""

AHEAD_SAMPLES = 12 * SAMPLE_RATE
"""Sound kept for a taker who has not come yet; what lies further ahead is dropped."""


@dataclass(frozen=True, slots=True)
class Taken:
    """samples: shape (count,), from sample `start` on. came: from which to before which there was sound at all."""

    start: int
    samples: Pcm24
    came: tuple[tuple[int, int], ...]

    @property
    def missing(self) -> int:
        """How many of the samples are zeros because no sound came for them."""
        return self.missing_in(self.start, self.start + len(self.samples))

    def missing_in(self, start: int, end: int) -> int:
        """The same of the samples from `start` to before `end`."""
        return end - start - sum(max(0, min(end, stop) - max(start, begin)) for begin, stop in self.came)


@dataclass(slots=True)
class _Piece:
    samples: NDArray[np.float32]
    end_ns: int


class MicrophoneTrack:
    """One channel of one device.

    origin_ns: time.perf_counter_ns of absolute sample 0. channel: from 0; a device with fewer gives silence.
    offset_ms: positive when this microphone is late by that much; it is moved earlier.
    """

    def __init__(self, origin_ns: int, channel: int = 0, offset_ms: float = 0.0) -> None:
        self._origin_ns = origin_ns + round(offset_ms * 1e6)
        self._channel = channel
        self._run: _Run | None = None
        self._rate = 0
        self._ring = SampleRing(AHEAD_SAMPLES)
        self._written: deque[tuple[int, int]] = deque()
        self._taken_until = 0
        self.available_until = 0
        self.late_dropped = 0
        self.gaps = 0

    def push(self, *blocks: SoundBlock) -> None:
        """Sound as it came, in order; several blocks at a time cost little more than one. Empty ones are ignored."""
        for block in blocks:
            self._place(block)
        if self._run is not None:
            self._collect(self._run)

    def _place(self, block: SoundBlock) -> None:
        samples = self._pick(block.samples)
        if not len(samples):
            return
        if self._run is not None and (block.gap_before or block.rate != self._rate):
            self._begin_run()
            self.gaps += 1
        self._rate = block.rate
        run = self._run = self._run or _Run(block.rate)
        pieces = run.push(_Piece(samples, block.end_ns))
        if pieces:
            self._begin_run()
            self.gaps += 1
            run = self._run = _Run(block.rate, run.slope)
            for piece in pieces:
                run.push(piece)

    def lost(self) -> None:
        """The device has gone: hand on what is still inside. The next block begins a new run."""
        if self._run is not None and self._run.begun:
            self._begin_run()

    def take(self, start: int, count: int) -> Taken:
        """Samples [start, start + count), zeros where nothing came; in order, from sample 0 on, without a hole."""
        if start != self._taken_until:
            raise ValueError(f"sample {self._taken_until} is next, {start} was asked for")
        end = start + count
        out = self._ring.take(start, count)
        came = tuple(self._written)
        while self._written and self._written[0][1] <= end:
            self._written.popleft()
        self._taken_until = end
        return Taken(start, out, came)

    def _begin_run(self) -> None:
        if self._run is not None:
            self._run.finish()
            self._collect(self._run)
        slope = self._run.slope if self._run is not None else 0.0
        self._run = _Run(self._rate, slope) if self._rate else None

    def _pick(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        if self._channel >= samples.shape[1]:
            return np.zeros(len(samples), np.float32)
        picked = np.ascontiguousarray(samples[:, self._channel], np.float32)
        if np.isfinite(picked).all():
            return picked
        # The resampler would smear one NaN over all that follows.
        return np.nan_to_num(picked, nan=0.0, posinf=0.0, neginf=0.0)

    def _collect(self, run: "_Run") -> None:
        for index, samples in run.ready(self._origin_ns):
            self._write(index, to_pcm24(samples))

    def _write(self, index: int, samples: Pcm24) -> None:
        """Put samples in their place; never over what another run has written or what was taken."""
        begin = max(index, self._taken_until, self.available_until)
        end = min(index + len(samples), self._taken_until + AHEAD_SAMPLES)
        if index + len(samples) > 0 and index < self._taken_until:
            self.late_dropped += min(index + len(samples), self._taken_until) - max(index, 0)
        if end <= begin:
            return
        self._ring.write(begin, samples[begin - index : end - index])
        if self._written and self._written[-1][1] == begin:
            begin = self._written.pop()[0]
        self._written.append((begin, end))
        self.available_until = end


class _Run:
    """Unbroken sound between two gaps: waits for an anchor, then is resampled; notices when it is not unbroken."""

    def __init__(self, rate: int, slope: float = 0.0) -> None:
        self._rate = rate
        self._line = ArrivalLine(rate, slope)
        self._resampler: TimelineResampler | None = None
        self._count = 0
        self._pushed = 0
        self._held: list[_Piece] = []
        self._queue: list[_Piece] = []
        self._finished = False

    @property
    def begun(self) -> bool:
        return bool(self._count or self._held)

    @property
    def slope(self) -> float:
        return self._line.slope

    def push(self, piece: _Piece) -> list[_Piece]:
        """Take one piece; returns the pieces that belong to a new run if this one has turned out to be over."""
        if self._resampler is None and not self._finished:
            self._follow(piece)
            if len(self._queue) >= ANCHOR_BLOCKS:
                self._resampler = TimelineResampler(self._rate)
            return []
        late_ns = self._line.late_ns(self._count + self._held_samples() + len(piece.samples), piece.end_ns)
        self._held.append(piece)
        if abs(late_ns) <= JUMP_NS:
            self._release()
            return []
        persists_ns = min(JUMP_PERSISTS_NS + 10 * self._line.scatter_ns, JUMP_DECIDED_NS)
        if piece.end_ns - self._held[0].end_ns < persists_ns:
            return []
        held, self._held = self._held, []
        return held

    def finish(self) -> None:
        """Nothing more comes: what was held back is let go, where it seems to belong."""
        self._release()
        self._finished = True
        if self._resampler is None and self._queue:
            self._resampler = TimelineResampler(self._rate)

    def ready(self, origin_ns: int) -> list[tuple[int, NDArray[np.float32]]]:
        """(absolute index, samples) that have become certain."""
        out: list[tuple[int, NDArray[np.float32]]] = []
        if self._resampler is None:
            return out
        if self._queue:
            samples = np.concatenate([piece.samples for piece in self._queue])
            out += self._resampler.push(samples, self._line.time_ns(self._pushed) - origin_ns)
            self._pushed += len(samples)
            self._queue.clear()
        if self._finished:
            out += self._resampler.flush()
        return out

    def _follow(self, piece: _Piece) -> None:
        self._count += len(piece.samples)
        self._line.add(self._count, piece.end_ns)
        self._queue.append(piece)

    def _release(self) -> None:
        for piece in self._held:
            self._follow(piece)
        self._held.clear()

    def _held_samples(self) -> int:
        return sum(len(piece.samples) for piece in self._held)
