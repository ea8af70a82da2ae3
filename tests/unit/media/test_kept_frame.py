"""Frames that are filled again and again give the very packets that fresh ones would give."""

from fractions import Fraction
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from director_app.core.canvas import SAMPLE_RATE
from director_app.media.sound.aac import AAC_FRAME, AacEncoder, Layout
from director_app.media.sound.flac import FLAC_FRAME, FlacEncoder
from director_app.media.sound.kept_frame import KeptFrame
from director_app.media.sound.packets import Pcm24

_SECONDS = 3


def _noise(seed: int, samples: int = _SECONDS * SAMPLE_RATE) -> NDArray[np.float32]:
    """Loud and soft by turns, so that a sample in the wrong frame shows."""
    random = np.random.default_rng(seed)
    loudness = np.repeat(random.uniform(0.001, 0.6, samples // 500 + 1), 500)[:samples]
    return (random.standard_normal(samples) * loudness).clip(-1, 1).astype(np.float32)


def _fresh(frame: NDArray[Any], sample_format: str, layout: str, pts: int) -> av.AudioFrame:
    made = av.AudioFrame.from_ndarray(np.ascontiguousarray(frame), format=sample_format, layout=layout)
    made.sample_rate, made.time_base, made.pts = SAMPLE_RATE, Fraction(1, SAMPLE_RATE), pts
    return made


_AT_ONCE = (700, 3840, 10_000)
"""Less than one frame, as a show takes it, and what has piled up: with samples left over, each time others."""


@pytest.mark.parametrize("at_once", _AT_ONCE)
@pytest.mark.parametrize("layout", Layout)
def test_aac_of_kept_frames_is_that_of_fresh_ones(layout: Layout, at_once: int) -> None:
    sound = _noise(1)
    kept, fresh = AacEncoder("a", layout), AacEncoder("a", layout)
    ours = [
        (packet.pts, packet.payload)
        for at in range(0, len(sound), at_once)
        for packet in kept.encode(sound[at : at + at_once])
    ]
    channels = 1 if layout is Layout.MONO else 2
    theirs: list[tuple[int | None, bytes]] = []
    for at in range(AAC_FRAME, len(sound) - AAC_FRAME + 1, AAC_FRAME):
        samples = np.tile(sound[at : at + AAC_FRAME], (channels, 1))
        packets = fresh.stream.encode(_fresh(samples, "fltp", layout.value, at))
        theirs += [(packet.pts, bytes(packet)) for packet in packets if packet.size]
    kept.close()
    fresh.close()
    assert len(ours) > _SECONDS * 40
    assert ours == theirs


@pytest.mark.parametrize("at_once", _AT_ONCE)
def test_flac_of_kept_frames_is_that_of_fresh_ones_to_the_last_short_one(at_once: int) -> None:
    sound: Pcm24 = np.rint(_noise(2)[: 70 * FLAC_FRAME + 123] * (2**23 - 1)).astype(np.int32)
    kept, fresh = FlacEncoder("a"), FlacEncoder("a")
    packets = [packet for at in range(0, len(sound), at_once) for packet in kept.encode(sound[at : at + at_once])]
    ours = [(packet.pts, packet.payload) for packet in packets + kept.finish()]
    theirs: list[tuple[int | None, bytes]] = []
    for at in range(0, len(sound), FLAC_FRAME):
        samples = (sound[at : at + FLAC_FRAME] << 8)[np.newaxis, :]
        theirs += [
            (packet.pts, bytes(packet))
            for packet in fresh._stream.encode(_fresh(samples, "s32", "mono", at))
            if packet.size
        ]
    theirs += [(packet.pts, bytes(packet)) for packet in fresh._stream.encode(None) if packet.size]
    kept.close()
    fresh.close()
    assert len(ours) == 71
    assert ours == theirs


def test_it_holds_what_was_filled_in_at_the_sample_that_was_said() -> None:
    frame = KeptFrame("fltp", "stereo", 2, 1000)
    for number in range(3):
        for plane in frame.planes:
            plane[:] = number
        filled = frame.at(number * 1000)
        assert (filled.pts, filled.samples, filled.sample_rate) == (number * 1000, 1000, SAMPLE_RATE)
        assert np.array_equal(filled.to_ndarray(), np.full((2, 1000), number, np.float32))
