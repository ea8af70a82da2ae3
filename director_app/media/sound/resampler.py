"""Any rate to exactly 48 kHz on the program's timeline, pulled slowly after a drifting device clock.

libswresample's asynchronous mode does the work: time stamps say where each sample belongs, and whatever differs
by more than 1 ms is stretched in over the next second. Must not decide where a gap is: a gap gets a new one.
"""

from collections.abc import Iterator
from fractions import Fraction

import av
import av.filter
import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from director_app.core.canvas import SAMPLE_RATE

MAX_STRETCH = 240
"""Samples a second by which sound is stretched or squeezed at most (0.5 %, a twelfth of a semitone)."""

_NS = Fraction(1, 1_000_000_000)


class TimelineResampler:
    """One unbroken run of one microphone. rate: the device's nominal rate, samples per second."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        # The graph is kept for as long as its filters: freed under them, FFmpeg crashes.
        self._graph = av.filter.Graph()
        # One filter after the other: threads of its own would only wait, and outlive the show until Python clears up.
        self._graph.threads = 1
        self._source = self._graph.add_abuffer(sample_rate=rate, format="flt", layout="mono", time_base=_NS)
        # flags=res keeps the resampler in from the start: put in at the first correction, it would click.
        # The hard limit is out of reach because jumps are decided upon before sound comes here.
        stretch = self._graph.add(
            "aresample",
            args=f"{SAMPLE_RATE}:async={MAX_STRETCH}:min_hard_comp=1000:flags=res:linear_interp=1",
        )
        self._sink = self._graph.add("abuffersink")
        self._source.link_to(stretch)
        stretch.link_to(self._sink)
        self._graph.configure()

    def push(self, samples: NDArray[np.float32], start_ns: int) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Mono samples whose first belongs at start_ns of session time; gives (absolute index, samples) runs."""
        frame = AudioFrame.from_ndarray(samples[np.newaxis, :], format="flt", layout="mono")
        frame.sample_rate, frame.time_base, frame.pts = self._rate, _NS, start_ns
        self._source.push(frame)
        yield from self._pull()

    def flush(self) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """What was still inside; nothing may be pushed afterwards."""
        self._source.push(None)
        yield from self._pull()

    def _pull(self) -> Iterator[tuple[int, NDArray[np.float32]]]:
        while True:
            try:
                frame = self._sink.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            # The filter counts its output in samples: time base 1 / 48000.
            assert isinstance(frame, AudioFrame) and frame.pts is not None
            yield frame.pts, frame.to_ndarray()[0]
