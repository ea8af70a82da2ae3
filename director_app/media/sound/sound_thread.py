"""The one thread through which all sound of a recording goes: drift, gaps, ticks, encoders, analysis.

Must not open devices or files. One sink's failure is reported and that sink left out; the others go on, because
a broken encoder must not cost the other microphones.
"""

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

from director_app.core.canvas import BLOCK_SAMPLES, SAMPLE_RATE
from director_app.core.sound_batch import SoundBatch
from director_app.media.sound.packets import SoundTick
from director_app.media.sound.sinks import SoundSink
from director_app.media.sound.ticks import TickAssembler

_TICK_NS = BLOCK_SAMPLES * 1_000_000_000 // SAMPLE_RATE

_DRAINING_S = 0.01


class SoundThread:
    """Owner of the thread; feeds the sinks in the order given.

    batch: how many ticks are taken and encoded together; sound may not trail the pictures by more than 0.2 s in all.
    on_failure is called in the thread, once per failed sink. now_ns: the clock that the assembler's origin is on.
    """

    def __init__(
        self,
        assembler: TickAssembler,
        sinks: Sequence[SoundSink],
        batch: SoundBatch,
        on_failure: Callable[[Exception], None] = lambda _: None,
        now_ns: Callable[[], int] = time.perf_counter_ns,
    ) -> None:
        self._assembler = assembler
        self._sinks = list(sinks)
        self._period_ns = batch.hops * _TICK_NS
        self._on_failure = on_failure
        self._now_ns = now_ns
        self._end_at: int | None = None
        self._wake = threading.Event()
        self._failures: list[Exception] = []
        self._thread = threading.Thread(target=self._run, name="sound", daemon=True)

    def start(self) -> None:
        """Begin; once."""
        self._thread.start()

    @property
    def is_alive(self) -> bool:
        """Whether the thread runs and may use its sinks."""
        return self._thread.is_alive()

    def stop(self, end_sample: int, timeout_s: float = 60.0) -> None:
        """End the recording before end_sample (not yet past), drain, end the encoders, join. Idempotent.

        Late devices are waited for by 200 ms, as always. Raises the first failure of a sink, or TimeoutError; after
        that the thread still uses its sinks, so nothing of theirs may be freed while it is alive.
        """
        if self._thread.ident is None:
            return
        if self._end_at is None:
            self._end_at = end_sample
        self._wake.set()
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            raise TimeoutError(f"the sound thread did not end within {timeout_s:g} s")
        if self._failures:
            raise self._failures[0]

    def _run(self) -> None:
        try:
            self._work()
        except Exception as failure:  # noqa: BLE001 - the thread's outer edge: stop() raises it to the owner
            self._failed(failure)
        end_sample = self._assembler.end_sample
        self._each_sink(lambda sink: sink.finish(self._assembler.next_sample if end_sample is None else end_sample))

    def _work(self) -> None:
        due_ns = self._now_ns()
        while not self._assembler.done:
            if self._end_at is not None and self._assembler.end_sample is None:
                self._assembler.end_at(self._end_at)
            ticks = self._assembler.step(self._now_ns())
            if ticks:
                self._each_sink(partial(_take, ticks))
            # Absolute deadlines; after a stall the missed ones are skipped, the ticks come in one go.
            due_ns = max(due_ns + self._period_ns, self._now_ns())
            self._pause((due_ns - self._now_ns()) / 1e9)

    def _pause(self, seconds: float) -> None:
        if self._end_at is None:
            self._wake.wait(max(0.0, seconds))
        else:
            time.sleep(min(max(0.0, seconds), _DRAINING_S))

    def _each_sink(self, action: Callable[[SoundSink], None]) -> None:
        for sink in tuple(self._sinks):
            try:
                action(sink)
            except Exception as failure:  # noqa: BLE001 - the thread's outer edge: the other sinks must go on
                self._sinks.remove(sink)
                self._failed(failure)

    def _failed(self, failure: Exception) -> None:
        self._failures.append(failure)
        self._on_failure(failure)


def _take(ticks: Sequence[SoundTick], sink: SoundSink) -> None:
    sink.take(ticks)
