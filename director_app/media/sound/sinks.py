"""What becomes of a tick: a FLAC and an AAC per microphone, one AAC of the mix, and whoever listens.

Each sink hands its packets to one callable, which must not block. Must not know files or threads.
"""

from collections.abc import Callable
from typing import Protocol

import numpy as np

from director_app.media.sound.aac import AacEncoder
from director_app.media.sound.automix import Automix
from director_app.media.sound.flac import FlacEncoder
from director_app.media.sound.packets import Pcm24, SoundPacket, SoundTick, to_float

PacketOut = Callable[[SoundPacket], None]

TICKS_AT_ONCE = 4
"""Ticks (80 ms) that are taken and encoded together; sound may not trail the pictures by more than 0.2 s in all."""


class SoundSink(Protocol):
    """Used by the sound thread only: take() for every tick in order, then finish() once."""

    def take(self, tick: SoundTick) -> None:
        """The next tick; its samples must not be changed."""

    def finish(self, end_sample: int) -> None:
        """No tick comes any more; the recording ends before this sample. Frees what the sink holds."""


class FlacSink:
    """Row `microphone` of every tick as FLAC packets."""

    def __init__(self, encoder: FlacEncoder, microphone: int, out: PacketOut) -> None:
        self._encoder, self._microphone, self._out = encoder, microphone, out
        self._batch = _Batch()

    def take(self, tick: SoundTick) -> None:
        self._batch.add(tick.samples[self._microphone, : tick.count])
        if self._batch.full:
            self._encode()

    def finish(self, end_sample: int) -> None:  # noqa: ARG002 - a FLAC ends with the last sample it was given
        self._encode()
        for packet in self._encoder.finish():
            self._out(packet)
        self._encoder.close()

    def _encode(self) -> None:
        for packet in self._encoder.encode(self._batch.samples()):
            self._out(packet)


class AacSink:
    """Row `microphone` of every tick as AAC packets. The encoder stays open: files use its stream as template."""

    def __init__(self, encoder: AacEncoder, microphone: int, out: PacketOut) -> None:
        self._encoder, self._microphone, self._out = encoder, microphone, out
        self._batch = _Batch()

    def take(self, tick: SoundTick) -> None:
        self._batch.add(tick.samples[self._microphone, : tick.count])
        if self._batch.full:
            self._encode()

    def finish(self, end_sample: int) -> None:
        self._encode()
        for packet in self._encoder.finish(end_sample):
            self._out(packet)

    def _encode(self) -> None:
        for packet in self._encoder.encode(to_float(self._batch.samples())):
            self._out(packet)


class MixSink:
    """The program's sound: all microphones mixed, as AAC packets."""

    def __init__(self, encoder: AacEncoder, mixer: Automix, out: PacketOut) -> None:
        self._encoder, self._mixer, self._out = encoder, mixer, out
        self._batch = _Batch()

    def take(self, tick: SoundTick) -> None:
        self._batch.add(tick.samples[:, : tick.count])
        if self._batch.full:
            self._encode()

    def finish(self, end_sample: int) -> None:
        self._encode()
        for packet in self._encoder.finish(end_sample):
            self._out(packet)

    def _encode(self) -> None:
        for ticks in self._batch.parts():
            for packet in self._encoder.encode(self._mixer.mix(ticks)):
                self._out(packet)


class _Batch:
    """Ticks that wait to be encoded in one go: woken for 20 ms at a time, an encoder finds its caches cold."""

    def __init__(self) -> None:
        self._parts: list[Pcm24] = []

    @property
    def full(self) -> bool:
        return len(self._parts) >= TICKS_AT_ONCE

    def add(self, part: Pcm24) -> None:
        self._parts.append(part)

    def parts(self) -> list[Pcm24]:
        parts, self._parts = self._parts, []
        return parts

    def samples(self) -> Pcm24:
        parts = self.parts()
        return np.concatenate(parts) if parts else np.zeros(0, np.int32)


class ListenerSink:
    """Hands every tick to a callable that must not block: the analysis, a meter."""

    def __init__(self, listener: Callable[[SoundTick], None]) -> None:
        self._listener = listener

    def take(self, tick: SoundTick) -> None:
        self._listener(tick)

    def finish(self, end_sample: int) -> None:
        """Nothing to end."""
