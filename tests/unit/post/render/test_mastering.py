"""How loud a mix is and how much a limiter takes of it, found on a part of long sound."""

import numpy as np
import pytest
from numpy.typing import NDArray

from director_app.core.canvas import SAMPLE_RATE
from director_app.post.render.loudness import measured, measured_mix
from director_app.post.render.mastering import excerpt
from director_app.post.render.sound_track import Mono, Pieces

TONE: NDArray[np.float32] = (0.1 * np.sin(2 * np.pi * 997 * np.arange(4 * SAMPLE_RATE) / SAMPLE_RATE)).astype(
    np.float32
)


def in_pieces(sound: Mono, seconds: int = 2) -> Pieces:
    for at in range(0, len(sound), seconds * SAMPLE_RATE):
        yield sound[at : at + seconds * SAMPLE_RATE]


def test_a_tone_is_as_loud_as_the_standard_says_whichever_peaks_are_measured() -> None:
    # BS.1770: a sine of 997 Hz at 0 dBFS on both sides is 0 LUFS (-3.01 on one side); here 20 dB less.
    encoded, mix = measured(in_pieces(TONE)), measured_mix(in_pieces(TONE))
    assert encoded.lufs == mix.lufs == pytest.approx(-20.0, abs=0.1)
    assert encoded.true_peak_db == pytest.approx(-20.0, abs=0.1)
    assert mix.peak_db == pytest.approx(-20.0, abs=0.1)


def test_the_highest_sample_of_a_mix_may_lie_below_zero() -> None:
    sound = TONE.copy()
    sound[100_000] = -0.5
    assert measured_mix(in_pieces(sound)).peak_db == pytest.approx(-6.02, abs=0.01)


def test_silence_has_neither_loudness_nor_peak() -> None:
    found = measured_mix(in_pieces(np.zeros(2 * SAMPLE_RATE, np.float32)))
    assert (found.lufs, found.peak_db) == (None, None)


def test_an_excerpt_is_ten_seconds_of_every_forty() -> None:
    seconds = np.repeat(np.arange(90, dtype=np.float32), SAMPLE_RATE)
    heard = np.concatenate(list(excerpt(in_pieces(seconds))))
    assert list(dict.fromkeys(heard.tolist())) == [*range(10), *range(40, 50), *range(80, 90)]
    assert len(heard) == 30 * SAMPLE_RATE
