"""What becomes of a tick: a FLAC and an AAC per microphone, one AAC of the mix, and whoever listens.

Each sink hands its packets to one callable, which must not block. Must not know files or threads.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from director_app.media.sound.aac import AacEncoder
from director_app.media.sound.automix import Automix
from director_app.media.sound.flac import FlacEncoder
from director_app.media.sound.packets import Pcm24, SoundPacket, SoundTick, to_float


class PacketsOut(Protocol):
    """Where a sink's packets go."""

    def __call__(self, *packets: SoundPacket) -> None:
        """The next ones, some at a time or none."""


class SoundSink(Protocol):
    """Used by the sound thread only: take() for all ticks in order, some at a time, then finish() once."""

    def take(self, ticks: Sequence[SoundTick]) -> None:
        """The next ticks, at least one; their samples must not be changed."""

    def finish(self, end_sample: int) -> None:
        """No tick comes any more; the recording ends before this sample. Frees what the sink holds."""


class FlacSink:
    """Row `microphone` of every tick as FLAC packets."""

    def __init__(self, encoder: FlacEncoder, microphone: int, out: PacketsOut) -> None:
        self._encoder, self._microphone, self._out = encoder, microphone, out

    def take(self, ticks: Sequence[SoundTick]) -> None:
        self._out(*self._encoder.encode(_row(ticks, self._microphone)))

    def finish(self, end_sample: int) -> None:  # noqa: ARG002 - a FLAC ends with the last sample it was given
        self._out(*self._encoder.finish())
        self._encoder.close()


class AacSink:
    """Row `microphone` of every tick as AAC packets. The encoder stays open: files use its stream as template."""

    def __init__(self, encoder: AacEncoder, microphone: int, out: PacketsOut) -> None:
        self._encoder, self._microphone, self._out = encoder, microphone, out

    def take(self, ticks: Sequence[SoundTick]) -> None:
        self._out(*self._encoder.encode(to_float(_row(ticks, self._microphone))))

    def finish(self, end_sample: int) -> None:
        self._out(*self._encoder.finish(end_sample))


class MixSink:
    """The program's sound: all microphones mixed, as AAC packets."""

    def __init__(self, encoder: AacEncoder, mixer: Automix, out: PacketsOut) -> None:
        self._encoder, self._mixer, self._out = encoder, mixer, out

    def take(self, ticks: Sequence[SoundTick]) -> None:
        samples = np.concatenate([tick.samples[:, : tick.count] for tick in ticks], axis=1)
        self._out(*self._encoder.encode(self._mixer.mix(samples)))

    def finish(self, end_sample: int) -> None:
        self._out(*self._encoder.finish(end_sample))


class ListenerSink:
    """Hands all ticks to a callable that must not block: the analysis, a meter."""

    def __init__(self, listener: Callable[[Sequence[SoundTick]], None]) -> None:
        self._listener = listener

    def take(self, ticks: Sequence[SoundTick]) -> None:
        self._listener(ticks)

    def finish(self, end_sample: int) -> None:
        """Nothing to end."""


def _row(ticks: Sequence[SoundTick], microphone: int) -> Pcm24:
    return np.concatenate([tick.samples[microphone, : tick.count] for tick in ticks])
