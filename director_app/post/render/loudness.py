"""How loud a mix is, and how it is limited: FFmpeg's ebur128 and alimiter, run inside this process.

The mix is one channel that both sides of a film carry, so it is measured as two equal ones. A filter graph lives as
long as its frames: dropping it earlier ends the process.
"""

import math
from collections.abc import Iterator
from contextlib import closing
from enum import StrEnum
from fractions import Fraction

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.filter.context import FilterContext

from director_app.core.canvas import SAMPLE_RATE
from director_app.post.render.order import Loudness, MixLoudness
from director_app.post.render.sound_track import Mono, Pieces

_UNHEARD_LUFS = -69.9
"""ebur128 says -70 where nothing is loud enough to count."""

_INTEGRATED, _TRUE_PEAK = "lavfi.r128.I", "lavfi.r128.true_peak"


class _Graph:
    """A chain of filters for one channel: samples in, frames out."""

    def __init__(self, *filters: tuple[str, str]) -> None:
        self._graph = av.filter.Graph()
        self._source = self._graph.add_abuffer(
            sample_rate=SAMPLE_RATE, format="flt", layout="mono", time_base=Fraction(1, SAMPLE_RATE)
        )
        nodes = [self._graph.add(name, arguments) for name, arguments in filters]
        self._sink: FilterContext = self._graph.add("abuffersink")
        self._graph.link_nodes(self._source, *nodes, self._sink)
        self._graph.configure()
        self._at = 0

    def push(self, samples: Mono) -> Iterator[AudioFrame]:
        """What comes out at once."""
        if len(samples):
            frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples, np.float32)[None], "flt", "mono")
            frame.sample_rate, frame.time_base, frame.pts = SAMPLE_RATE, Fraction(1, SAMPLE_RATE), self._at
            self._at += len(samples)
            self._source.push(frame)
        yield from self._out()

    def finish(self) -> Iterator[AudioFrame]:
        """The rest."""
        self._source.push(None)
        yield from self._out()

    def _out(self) -> Iterator[AudioFrame]:
        while True:
            try:
                frame = self._sink.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            assert isinstance(frame, AudioFrame)
            yield frame


class _Peaks(StrEnum):
    """What is measured besides loudness: finding true peaks costs more than all the rest."""

    TRUE = "true"
    NONE = "none"


class _Meter:
    """Integrated loudness and true peak (ITU-R BS.1770-4, EBU R 128) of a mix."""

    def __init__(self, peaks: _Peaks) -> None:
        self._graph = _Graph(("ebur128", f"metadata=1:peak={peaks}:framelog=quiet:dualmono=true"))
        self._said: dict[str, str] = {}

    def push(self, samples: Mono) -> None:
        """The next samples."""
        self._note(self._graph.push(samples))

    def finish(self) -> Loudness:
        """What all of it is; once. Sound shorter than 0.4 s has no loudness."""
        self._note(self._graph.finish())
        lufs, peak = (float(self._said.get(key, "nan")) for key in (_INTEGRATED, _TRUE_PEAK))
        return Loudness(round(lufs, 2) if lufs > _UNHEARD_LUFS else None, _db(peak))

    def _note(self, frames: Iterator[AudioFrame]) -> None:
        for frame in frames:
            said = frame.metadata
            if _INTEGRATED in said:
                self._said = dict(said)


def measured(pieces: Pieces) -> Loudness:
    """Of all of them together."""
    meter = _Meter(_Peaks.TRUE)
    with closing(pieces):
        for piece in pieces:
            meter.push(piece)
    return meter.finish()


def measured_mix(pieces: Pieces) -> MixLoudness:
    """The same at a third of the cost: with the peaks that a limiter sees, which are samples."""
    meter, peak = _Meter(_Peaks.NONE), 0.0
    with closing(pieces):
        for piece in pieces:
            if len(piece):
                peak = max(peak, float(piece.max()), -float(piece.min()))
                meter.push(piece)
    return MixLoudness(meter.finish().lufs, _db(peak))


def _db(peak: float) -> float | None:
    return round(20 * math.log10(peak), 2) if peak > 0 else None


def amplified(pieces: Pieces, gain_db: float, ceiling_db: float | None) -> Pieces:
    """The mix raised by so many dB, as long as before; nothing is above the ceiling (dBFS; None: not limited)."""
    factor = np.float32(10 ** (gain_db / 20))
    with closing(pieces):
        louder = (piece * factor for piece in pieces)
        yield from louder if ceiling_db is None else _limited(louder, ceiling_db)


def _limited(pieces: Iterator[Mono], ceiling_db: float) -> Iterator[Mono]:
    # latency=1: the limiter looks 5 ms ahead, and would else shift the sound by as much.
    limit = 10 ** (ceiling_db / 20)
    graph = _Graph(
        ("alimiter", f"limit={limit:.6f}:attack=5:release=50:level=disabled:latency=1"),
        ("aformat", "sample_fmts=flt"),
    )
    for piece in pieces:
        for frame in graph.push(piece):
            yield _samples(frame)
    for frame in graph.finish():
        yield _samples(frame)


def _samples(frame: AudioFrame) -> Mono:
    return np.array(frame.to_ndarray(), np.float32).reshape(-1)
