"""All microphones of a show side by side, without pictures or files: what a sound check listens to.

The same feeds and the same timeline as in a recording, so that what is measured is what a show will hear. Feeds that
run already, in a studio, are listened to along with whoever else does: no device is opened twice.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from queue import Empty, SimpleQueue

from director_app.capture.errors import SourceNotFoundError
from director_app.core.canvas import BLOCK_SAMPLES
from director_app.core.sound_batch import TOGETHER
from director_app.core.sources import SourceState
from director_app.engine.endings import take_all
from director_app.engine.sound import MicrophoneLine
from director_app.engine.sources import microphone_sources
from director_app.media.sound.intake import MicrophoneIntake
from director_app.media.sound.packets import SoundTick
from director_app.media.sound.sinks import ListenerSink
from director_app.media.sound.sound_thread import SoundThread
from director_app.media.sound.ticks import TickAssembler
from director_app.session.show import Show

OPEN_S = 8.0
_MOST_WAITING = 150
"""Batches of ticks (12 s) that may wait; beyond it sound is left out, as it would be in a show."""

_POLL_S = 0.1


class Listening:
    """Owner of one sound thread that hears lines whose feeds are somebody else's; close() in any case."""

    def __init__(self, lines: Sequence[MicrophoneLine]) -> None:
        self._lines = tuple(lines)
        self._ticks: SimpleQueue[Sequence[SoundTick]] = SimpleQueue()
        self._intakes: list[MicrophoneIntake] = []
        self._thread: SoundThread | None = None
        self._failure: Exception | None = None

    def start(self) -> None:
        """Hears from now on; the feeds must run."""
        start_ns = time.perf_counter_ns()
        self._intakes = [MicrophoneIntake(start_ns, line.is_ok, line.channel, line.offset_ms) for line in self._lines]
        for line, intake in zip(self._lines, self._intakes, strict=True):
            line.feed.add_listener(intake.offer)
        assembler = TickAssembler(start_ns, self._intakes, lambda _row, error: self._fail(error))
        self._thread = SoundThread(assembler, [ListenerSink(self._offer)], TOGETHER, self._fail)
        self._thread.start()

    def ticks(self) -> Iterator[Sequence[SoundTick]]:
        """Sound as it comes, some whole ticks at a time; nothing for a moment in which none came. Never ends.

        Raises what went wrong in the sound thread.
        """
        while True:
            if self._failure is not None:
                raise self._failure
            try:
                yield self._ticks.get(timeout=_POLL_S)
            except Empty:
                yield ()

    def close(self) -> None:
        """Listens no more and joins; the feeds go on. Idempotent; raises what nobody had expected."""
        for line, intake in zip(self._lines, self._intakes, strict=False):
            line.feed.remove_listener(intake.offer)
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.stop(0)

    def _offer(self, ticks: Sequence[SoundTick]) -> None:
        whole = [tick for tick in ticks if tick.count == BLOCK_SAMPLES]
        if whole and self._ticks.qsize() < _MOST_WAITING:
            self._ticks.put(whole)

    def _fail(self, error: Exception) -> None:
        self._failure = self._failure or error


class Microphones:
    """Owner of the feeds of a show's microphones; use it in one thread, close() in any case."""

    def __init__(self, show: Show) -> None:
        self._labels = [table.label for table in show.microphone]
        self._feeds, self._lines = microphone_sources(show, time.perf_counter_ns())
        self._listening = Listening(self._lines)

    def open(self, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Until every microphone gives sound. Raises SourceNotFoundError with a line for each one that does not."""
        for feed in self._feeds:
            feed.start()
        deadline_s = time.monotonic() + OPEN_S
        while is_wanted() and any(feed.state is SourceState.OPENING for feed in self._feeds):
            if time.monotonic() >= deadline_s:
                break
            time.sleep(0.01)
        if not is_wanted():
            return
        refuse_silent(self._labels, self._lines)
        self._listening.start()

    def ticks(self) -> Iterator[Sequence[SoundTick]]:
        """See Listening."""
        return self._listening.ticks()

    def close(self) -> None:
        """Joins everything. Idempotent; raises the first error."""
        take_all((self._listening.close, *(feed.stop for feed in self._feeds)))


def refuse_silent(labels: Sequence[str], lines: Sequence[MicrophoneLine]) -> None:
    """Raises SourceNotFoundError with a line for each microphone that gives no sound."""
    silent = [
        f'Microphone "{label}": {line.feed.error or "It has not given any sound."}'
        for label, line in zip(labels, lines, strict=True)
        if not line.is_ok()
    ]
    if silent:
        raise SourceNotFoundError("\n".join(silent))
