"""Keeps one sound device or file going: reads it in a thread, hands blocks on, opens it again when it has gone.

A device that is missing never keeps a show from starting or stopping; one that was ever heard is never given up.
Must not change, queue or mix sound.
"""

import threading
import time
from collections import deque
from collections.abc import Callable

from director_app.capture.errors import SourceError, SourceUnusableError
from director_app.capture.reader import MicrophoneReader
from director_app.core.sources import SourceState
from director_app.media.sound.block import SoundBlock

Listener = Callable[[SoundBlock], None]

FIRST_WAIT_S = 0.25
LONGEST_WAIT_S = 4.0
READ_S = 0.2
RECENT_BLOCKS = 25


class MicrophoneFeed:
    """Owner of one reader and its thread. Listeners are called in that thread and must neither block nor call back.

    state: OPENING until the first block, then OK or LOST. error: the sentence of the last trouble, None while OK.
    last_block_ns: time.perf_counter_ns of the last arrival. The first block after a reopening has gap_before set.
    """

    def __init__(self, reader: MicrophoneReader, name: str) -> None:
        self._reader = reader
        self._listeners: tuple[Listener, ...] = ()
        self._recent: deque[SoundBlock] = deque(maxlen=RECENT_BLOCKS)
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"microphone feed {name}", daemon=True)
        self._unexpected: Exception | None = None
        self.name = name
        self.state = SourceState.OPENING
        self.error: str | None = None
        self.last_block_ns: int | None = None

    def add_listener(self, listener: Listener) -> None:
        """Every block goes to listener too, with all channels of the device, beginning with the last half second.

        So that a recording that starts now lacks nothing, and its clock has something to go by.
        """
        with self._lock:
            for block in self._recent:
                listener(block)
            self._listeners = (*self._listeners, listener)

    def remove_listener(self, listener: Listener) -> None:
        """No block goes there any more. Unknown listeners are ignored."""
        with self._lock:
            self._listeners = tuple(known for known in self._listeners if known != listener)

    def start(self) -> None:
        """Returns at once; idempotent."""
        if self._thread.ident is None:
            self._thread.start()

    def stop(self, timeout_s: float = 10.0) -> None:
        """Close the reader and join; idempotent. Raises the first thing that nobody had expected, or TimeoutError."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
            if self._thread.is_alive():
                raise TimeoutError(f"the microphone {self.name} did not close within {timeout_s:g} s")
        if self._unexpected is not None:
            raise self._unexpected

    def _run(self) -> None:
        try:
            self._keep_going()
        except Exception as unexpected:  # noqa: BLE001 - the thread's outer edge: stop() raises it to the owner
            self._lose(self._sentence_of(unexpected))

    def _keep_going(self) -> None:
        wait_s = FIRST_WAIT_S
        while not self._stopping.is_set():
            trouble = self._read_until_gone()
            if trouble is None:
                return
            if self.state is SourceState.OK:
                wait_s = FIRST_WAIT_S
            self._lose(self._sentence_of(trouble))
            if isinstance(trouble, SourceUnusableError) and self.last_block_ns is None:
                return
            self._stopping.wait(wait_s)
            wait_s = min(2 * wait_s, LONGEST_WAIT_S)

    def _read_until_gone(self) -> Exception | None:
        """One opening, to its end; gives what ended it, None for stop()."""
        try:
            try:
                self._reader.open()
                self._read(lost_before=self.state is SourceState.LOST)
            finally:
                self._reader.close()
        except SourceError as trouble:
            return trouble
        except Exception as unexpected:  # noqa: BLE001 - the outer edge of one opening: stop() raises it, the show goes on
            return unexpected
        return None

    def _sentence_of(self, trouble: Exception) -> str:
        if isinstance(trouble, SourceError):
            return str(trouble)
        self._unexpected = self._unexpected or trouble
        return f"The microphone {self.name} failed unexpectedly: {str(trouble) or type(trouble).__name__}"

    def _read(self, *, lost_before: bool) -> None:
        gap = lost_before
        while not self._stopping.is_set():
            block = self._reader.read(READ_S)
            if block is None:
                continue
            if gap:
                block = SoundBlock(block.samples, block.rate, block.end_ns, gap_before=True)
                gap = False
            self.last_block_ns = time.perf_counter_ns()
            self.state, self.error = SourceState.OK, None
            self._hand_on(block)

    def _hand_on(self, block: SoundBlock) -> None:
        with self._lock:
            self._recent.append(block)
            for listener in self._listeners:
                listener(block)

    def _lose(self, sentence: str) -> None:
        self.state, self.error = SourceState.LOST, sentence
        with self._lock:
            self._recent.clear()
